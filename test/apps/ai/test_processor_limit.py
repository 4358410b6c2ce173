"""Only a contract that has used up the processor is too costly: a measurement that failed says nothing of it."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace

import anyio
import pytest
from dojang_ai.workers import processor
from dojang_ai.workers.frames import Report
from dojang_ai.workers.processor import ProcessorMeter
from dojang_ai.workers.worker import Worker, WorkerLost

pytestmark = pytest.mark.anyio
ANSWER = (Report(kind="answered"), b"{}")
NO_THREAD = RuntimeError("can't start new thread")


class Asked(Worker):
    """A worker without a process, which answers when `answers` is set."""

    def __init__(self) -> None:
        # A process id that none has.
        super().__init__(SimpleNamespace(pid=2**22 + 1, returncode=None), -1, 60)
        self.answers = asyncio.Event()

    async def _asked(self, *_: object) -> tuple[Report, bytes]:
        await self.answers.wait()
        return ANSWER


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "LOOK_SECONDS", 0.001)


@pytest.mark.parametrize("error", [NO_THREAD, OSError(24, "too many open files"), ValueError("no such field")], ids=repr)
async def test_a_meter_that_fails_does_not_cost_the_contract_its_answer(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    worker = Asked()

    async def fails(*_: object) -> None:
        asyncio.get_running_loop().call_later(0.01, worker.answers.set)
        raise error

    monkeypatch.setattr(ProcessorMeter, "exceeds", fails)
    report, answer = await worker.ask(b"{}", 60)
    assert (report.kind, answer) == ("answered", b"{}")


async def test_a_contract_that_is_late_while_the_meter_fails_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object) -> None:
        raise NO_THREAD

    monkeypatch.setattr(ProcessorMeter, "exceeds", fails)
    with pytest.raises(WorkerLost) as lost:
        await Asked().ask(b"{}", 0.01)
    assert lost.value.cause == "deadline"


@pytest.mark.parametrize("error", [NO_THREAD, OSError(24, "too many open files")], ids=repr)
async def test_the_meter_looks_again_after_a_look_that_failed(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    looks: list[object] = []

    async def second_time(look: Callable[[float], bool], seconds: float) -> bool:
        looks.append(look)
        if len(looks) == 1:
            raise error
        return True

    monkeypatch.setattr(processor.asyncio, "to_thread", second_time)
    with anyio.fail_after(30), pytest.raises(WorkerLost) as lost:
        await Asked().ask(b"{}", 60)
    assert (lost.value.cause, len(looks)) == ("processor", 2)
