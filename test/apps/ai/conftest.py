"""What the tests of the AI server share: the application in process, sample contracts, a report for vitest."""

import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
HOME = HERE.parents[2] / "apps" / "ai"
sys.path[:0] = [str(HOME), str(HERE)]

from documents import FONT  # noqa: E402
from dojang_ai.assembly import analysis_of, assemble  # noqa: E402
from dojang_ai.deadline import Deadline  # noqa: E402
from dojang_ai.knowledge.findings import Findings  # noqa: E402
from dojang_ai.knowledge.load import bundled  # noqa: E402
from dojang_ai.settings import Settings, read_settings  # noqa: E402
from dojang_ai.workers import frames  # noqa: E402
from stub_endpoint import StubEndpoint  # noqa: E402

# A busy machine is no fault of the code, and no run remembers another.
settings.register_profile("dojang", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dojang")

PAGE_BREAK = "----- page -----\n"


def reads_korean() -> bool:
    """Whether this machine can recognise Korean: the program, its data, the program that draws PDFs, a font for the test pictures."""
    if not (shutil.which("tesseract") and shutil.which("pdftoppm") and FONT):
        return False
    return "kor" in subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()


# What needs those programs is there where they are; what happens without them is tested everywhere.
collect_ignore = [] if reads_korean() else ["test_recognition.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--report", help="file for what each test said, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    if file := config.getoption("--report"):
        config.pluginmanager.register(Report(Path(file)))


class Report:
    """Writes one object for each test, so that each can be shown by its name."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.cases: dict[str, str | None] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        failed = report.longreprtext if not report.passed else None
        self.cases[report.nodeid] = self.cases.get(report.nodeid) or failed

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps([{"name": name, "failure": failure} for name, failure in self.cases.items()]), "utf-8")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def findings() -> Findings:
    return Findings(bundled())


@pytest.fixture
def deadline() -> Deadline:
    return Deadline(60)


@pytest.fixture
def sample() -> Callable[[str], list[str]]:
    """The pages of a sample contract."""
    return lambda name: (HOME / "samples" / f"{name}.txt").read_text("utf-8").split(PAGE_BREAK)


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator[Callable]:
    """Starts the application with these settings, and gives a client that calls it.

    Analyses run in this process, unless it is the processes that a test is about.
    """
    async with AsyncExitStack() as stack:

        async def started(*, in_processes: bool = False, **given: str) -> httpx.AsyncClient:
            settings = read_settings({"AI_DATA": str(tmp_path / "data"), "AI_OCR": "none", **given})
            app: FastAPI = assemble(settings, None if in_processes else InProcess(settings))
            await stack.enter_async_context(app.router.lifespan_context(app))
            transport = httpx.ASGITransport(app)
            return await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://ai", timeout=60))

        yield started


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable]:
    """Starts servers as processes of their own with these settings; they end with the test."""
    from servers import Server, started

    servers: list[Server] = []

    def start(**settings: str) -> Server:
        servers.append(started(tmp_path / "data", **settings))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def endpoint() -> Iterator[StubEndpoint]:
    with StubEndpoint() as stub:
        yield stub


class InProcess:
    """A runner without processes: what a worker does, where a test can reach it."""

    def __init__(self, settings: Settings) -> None:
        self.analysis = analysis_of(settings)

    async def start(self) -> None:
        pass

    async def run(self, body: bytes, seconds: float) -> tuple[frames.Report, bytes]:
        return await self.analysis.carry_out(body, seconds)

    def health_error(self) -> str | None:
        return None

    async def close(self) -> None:
        await self.analysis.engine.close()
        self.analysis.threads.shutdown(wait=False, cancel_futures=True)


def asking(pages: list[str], request_id: str = "r-1", locale: str = "ko") -> dict[str, object]:
    """The body of a request with these pages of text."""
    return {"requestId": request_id, "locale": locale, "pages": [{"kind": "text", "text": text} for text in pages]}


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One vector index for all tests: it is filled at its first use."""
    return str(tmp_path_factory.mktemp("data"))


@pytest.fixture
async def asks(serve: Callable, endpoint: StubEndpoint, index: str) -> Callable:
    """A client of the server that uses the stub."""

    async def started(**given: str) -> object:
        return await serve(AI_ENGINE="endpoint", AI_ENDPOINT=endpoint.url, AI_MODEL="small", AI_DATA=index, **given)

    return started


async def analyze(client: httpx.AsyncClient, pages: list[str], request_id: str = "r-1", locale: str = "ko") -> dict:
    """Analyzes these pages, which must succeed, and returns the answer."""
    answer = await client.post("/api/v1/analyze", json=asking(pages, request_id, locale))
    assert answer.status_code == 200, answer.text
    return answer.json()
