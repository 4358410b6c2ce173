"""The pool of workers: it survives every failure to start one, and takes an ended worker for what it is."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import anyio
import pytest
from dojang_ai.workers import pool as pool_module
from dojang_ai.workers.frames import Report
from dojang_ai.workers.pool import WorkerPool
from dojang_ai.workers.worker import WorkerLost

pytestmark = pytest.mark.anyio
ANSWERED = Report(kind="answered")


class FakeWorker:
    """A worker without a process. `ends` ends it, as the kernel would."""

    def __init__(self, number: int, report: Report = ANSWERED, *, gets_ready: bool = True) -> None:
        self.pid = number
        self.report = report
        self.asked = 0
        self.gets_ready = gets_ready
        self.over = asyncio.Event()

    @property
    def alive(self) -> bool:
        return not self.over.is_set()

    async def ready(self) -> None:
        if not self.gets_ready:
            await asyncio.Event().wait()

    async def ask(self, body: bytes, seconds: float) -> tuple[Report, bytes]:
        self.asked += 1
        if not self.alive:
            raise WorkerLost("unasked")
        return self.report, b"{}"

    async def ended(self) -> None:
        await self.over.wait()

    def kill(self) -> None:
        self.over.set()


async def until(condition: Callable[[], object]) -> None:
    with anyio.fail_after(30):
        while not condition():
            await anyio.sleep(0.005)


@pytest.fixture
async def pool(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable]:
    """Starts a pool of one worker and a spare one, whose workers are made by `make`."""
    # What a test does not wait for must not take its time.
    quick = lambda seconds, pause=asyncio.sleep: pause(min(seconds, 0.01))  # noqa: E731
    monkeypatch.setattr(pool_module.asyncio, "sleep", quick)
    async with AsyncExitStack() as stack:

        async def started(make: Callable[[int], FakeWorker], concurrency: int = 1) -> tuple[WorkerPool, list[FakeWorker]]:
            made: list[FakeWorker] = []

            async def start_worker(*_: object) -> FakeWorker:
                made.append(make(len(made)))
                return made[-1]

            monkeypatch.setattr(pool_module, "start_worker", start_worker)
            running = WorkerPool(concurrency, {})
            await running.start()
            stack.push_async_callback(running.close)
            await until(lambda: len(made) > concurrency)
            return running, made

        yield started


@pytest.mark.parametrize("error", [BlockingIOError(11, "no process"), RuntimeError("can't start new thread"), MemoryError()], ids=repr)
async def test_a_worker_that_cannot_be_started_is_started_later(pool: Callable, error: Exception) -> None:
    failures = iter([error] * 6)

    def make(number: int) -> FakeWorker:
        if number >= 2 and (fault := next(failures, None)):
            raise fault
        return FakeWorker(number)

    running, made = await pool(make)
    for worker in made[:2]:
        worker.kill()
    assert (await asyncio.wait_for(running.run(b"", 20), 20))[0].kind == "answered"


async def test_a_worker_that_does_not_get_ready_is_replaced(pool: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "READY_SECONDS", 0.05, raising=False)
    running, made = await pool(lambda number: FakeWorker(number, gets_ready=number not in (2, 3)))
    for worker in made[:2]:
        worker.kill()
    assert (await asyncio.wait_for(running.run(b"", 20), 20))[0].kind == "answered"
    assert not made[2].alive and not made[3].alive


async def test_health_says_that_no_worker_lives(pool: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "REPLACED_SECONDS", 0.05, raising=False)
    works = asyncio.Event()

    def make(number: int) -> FakeWorker:
        if number >= 2 and not works.is_set():
            raise BlockingIOError
        return FakeWorker(number)

    running, made = await pool(make)
    assert running.health_error() is None
    made[0].kill()
    await until(lambda: running.health_error() is None)
    made[1].kill()
    await until(lambda: running.health_error() == "no worker can be started")
    works.set()
    await until(lambda: running.health_error() is None)


async def test_a_contract_does_not_wait_for_long_for_a_worker_that_is_not_there(pool: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "FREE_SECONDS", 0.05, raising=False)

    def make(number: int) -> FakeWorker:
        if number >= 2:
            raise BlockingIOError
        return FakeWorker(number)

    running, made = await pool(make)
    for worker in made[:2]:
        worker.kill()
    with pytest.raises(WorkerLost) as lost:
        await asyncio.wait_for(running.run(b"", 60), 20)
    assert lost.value.cause == "unstarted"


async def test_a_contract_whose_worker_had_ended_is_asked_of_another(pool: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeWorker, "alive", True)
    running, made = await pool(FakeWorker)
    await until(lambda: running._idle.qsize() == 2)
    first = made[0]

    async def ended(body: bytes, seconds: float) -> tuple[Report, bytes]:
        raise WorkerLost("unasked")

    first.ask = ended
    assert (await running.run(b"", 20))[0].kind == "answered"


@pytest.mark.parametrize("report", [Report(kind="memory", last=True), Report(kind="answered", last=True)], ids=["memory", "worn"])
async def test_a_worker_that_ends_is_not_asked_again(pool: Callable, report: Report) -> None:
    running, made = await pool(lambda number: FakeWorker(number, report))
    for _ in range(6):
        await running.run(b"", 20)
    assert {worker.asked for worker in made} <= {0, 1}
