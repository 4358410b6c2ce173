"""Whose fault it is that there is no answer: only a contract that ended its worker or used up the processor is too costly."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
from conftest import asking
from dojang_ai.assembly import assemble
from dojang_ai.settings import read_settings
from dojang_ai.workers.frames import Report
from dojang_ai.workers.worker import WorkerLost

pytestmark = pytest.mark.anyio
PATH = "/api/v1/analyze"
COSTLY = (422, "urn:dojang:problem:too-costly")
LATE = (504, "urn:dojang:problem:too-late")
UNAVAILABLE = (503, "about:blank")


class Fails:
    """A runner that ends like this, again and again."""

    def __init__(self, end: WorkerLost | Report, reason: str | None = None) -> None:
        self.end = end
        self.reason = reason
        self.runs = 0

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    def health_error(self) -> str | None:
        return self.reason

    async def run(self, body: bytes, seconds: float) -> tuple[Report, bytes]:
        self.runs += 1
        if isinstance(self.end, WorkerLost):
            raise self.end
        return self.end, b""


@pytest.fixture
async def served(tmp_path) -> AsyncIterator[Callable]:
    async with AsyncExitStack() as stack:

        async def start(runner: Fails, **given: str) -> httpx.AsyncClient:
            app = assemble(read_settings({"AI_DATA": str(tmp_path), "AI_OCR": "none", **given}), runner)
            await stack.enter_async_context(app.router.lifespan_context(app))
            return await stack.enter_async_context(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://ai"))

        yield start


CASES = {
    "it used up the processor": (WorkerLost("processor", "reading", 121, 150), COSTLY),
    "it ended its worker": (WorkerLost("crashed", "reading", 1, 1), COSTLY),
    "its worker ran out of its own memory": (Report(kind="memory", last=True), COSTLY),
    "killed from outside": (WorkerLost("killed", "reading", 100, 100), UNAVAILABLE),
    "its program was killed from outside": (Report(kind="killed"), UNAVAILABLE),
    "its worker had ended before": (WorkerLost("unasked"), UNAVAILABLE),
    "there was no worker": (WorkerLost("unstarted"), UNAVAILABLE),
    "it waited for the processor all the time": (WorkerLost("deadline", "reading", 20, 280), LATE),
    "it says itself that it is late, and had little of the processor": (
        Report(kind="late", reason="reading", cpu_seconds=20, seconds=279),
        LATE,
    ),
    "it took its time of the processor": (WorkerLost("deadline", "reading", 70, 280), COSTLY),
    "it says itself that it is late, and had its time": (Report(kind="late", reason="reading", cpu_seconds=70, seconds=279), COSTLY),
}


@pytest.mark.parametrize(("end", "expected"), CASES.values(), ids=CASES)
async def test_whose_fault_it_is(served: Callable, end: WorkerLost | Report, expected: tuple[int, str]) -> None:
    client = await served(Fails(end))
    answer = await client.post(PATH, json=asking(["임대차 계약"]))
    assert (answer.status_code, answer.json()["type"]) == expected


async def test_a_contract_that_is_too_costly_is_refused_again_without_a_try(served: Callable) -> None:
    runner = Fails(WorkerLost("processor", "reading", 121, 150))
    client = await served(runner)
    answers = [await client.post(PATH, json=asking(["임대차 계약"])) for _ in range(3)]
    assert ([answer.status_code for answer in answers], runner.runs) == ([422] * 3, 1)
    assert 'dojang_ai_engine_errors_total{reason="cost"} 1.0' in (await client.get("/metrics")).text


@pytest.mark.parametrize("end", [WorkerLost("killed", "reading", 1, 1), Report(kind="killed")], ids=["the worker", "its program"])
async def test_a_contract_that_the_kernel_ends_again_and_again_is_never_blamed(served: Callable, end: WorkerLost | Report) -> None:
    runner = Fails(end)
    client = await served(runner)
    answers = [await client.post(PATH, json=asking(["임대차 계약"])) for _ in range(3)]
    assert ([answer.status_code for answer in answers], runner.runs) == ([503] * 3, 3)
    assert {answer.headers["retry-after"] for answer in answers} == {"10"}


async def test_health_fails_when_no_worker_lives(served: Callable) -> None:
    health = await (await served(Fails(Report(kind="error"), "no worker can be started"))).get("/health")
    assert (health.status_code, health.json()["ok"], health.json()["reason"]) == (503, False, "no worker can be started")


async def test_an_analysis_that_fails_says_so_by_its_type(served: Callable) -> None:
    answer = await (await served(Fails(Report(kind="error")))).post(PATH, json=asking(["임대차 계약"]))
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:dojang:problem:analysis-failed")
