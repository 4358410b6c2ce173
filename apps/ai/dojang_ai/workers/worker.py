"""One worker process as the server sees it: asked for one analysis at a time, killed with everything that it has started."""

import asyncio
import logging
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from .frames import ACCEPTED, READY, RESULT, STAGE, Report, job, next_frame, read_result
from .processor import ProcessorMeter

PACKAGE_HOME = str(Path(__file__).resolve().parents[2])
# For the server alone: the service manager's messages, and how malloc gives requests back
# (lib/host/services/settings-files.ts).
NOT_FOR_WORKERS = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "MALLOC_MMAP_THRESHOLD_")

# A worker that checks its deadline reports that it is late, and goes on running.
GRACE_SECONDS = 0.5
# A process whose pipes have closed ends at once, unless the machine is short of everything.
EXIT_SECONDS = 5.0

# One analysis at a time needs no pools of threads; each thread would reserve memory that counts
# against the worker's limit.
FEW_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "2", "MALLOC_ARENA_MAX": "2"}

# deadline: its time was up. processor: it used more CPU time than one may. crashed: it ended by
# itself or by its own fault. killed: by another than the server, as by the kernel when memory is
# short. unasked: it ended before it had the request. unstarted: there was no worker to ask.
Cause = Literal["deadline", "processor", "crashed", "killed", "unasked", "unstarted"]

Answered = tuple[Report, bytes]
logger = logging.getLogger(__name__)


class WorkerLost(Exception):
    """There is no answer, for this cause. `cpu_seconds` were used for it, with programs; `seconds` have passed."""

    def __init__(self, cause: Cause, stage: str = "starting", cpu_seconds: float = 0.0, seconds: float = 0.0) -> None:
        super().__init__(f"{cause} after {seconds:.1f} s, {cpu_seconds:.1f} s of the processor, while {stage}")
        self.cause: Cause = cause
        self.stage = stage
        self.cpu_seconds = cpu_seconds
        self.seconds = seconds


class Worker:
    """A process that is ready. `cpu_limit` is for one analysis, in seconds, programs included."""

    def __init__(self, process: Process, lifeline: int, cpu_limit: float = float("inf")) -> None:
        self._process = process
        self._lifeline = lifeline
        self._cpu_limit = cpu_limit
        self._stage = "reading"
        self._accepted = False

    @property
    def pid(self) -> int:
        """Also the id of its group of processes."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    async def ready(self) -> None:
        """Waits until it is.

        :raises EOFError: when it ended instead
        """
        assert self._process.stdout
        kind, _ = await next_frame(self._process.stdout)
        if kind != READY:
            raise EOFError(f"a worker began with {kind!r}")

    async def ask(self, body: bytes, seconds: float) -> Answered:
        """The report and the answer about this request.

        :raises WorkerLost: when there is none in time; the worker is dead then
        """
        self._stage, self._accepted = "reading", False
        begun, meter = time.monotonic(), ProcessorMeter(self.pid)
        answering = asyncio.create_task(self._asked(body, seconds))
        exceeding = asyncio.create_task(meter.exceeds(self._cpu_limit))

        def lost(cause: Cause) -> WorkerLost:
            return WorkerLost(cause, self._stage, meter.spent(), time.monotonic() - begun)

        try:
            await _either(answering, exceeding, seconds + GRACE_SECONDS)
            if not answering.done():
                raise lost("processor" if _succeeded(exceeding) else "deadline")
            report, answer = answering.result()
            return report.model_copy(update={"cpu_seconds": meter.spent(), "seconds": time.monotonic() - begun}), answer
        except ValueError as error:
            raise lost("crashed") from error
        except (EOFError, ConnectionError) as error:
            raise lost(await self._end()) from error
        finally:
            answering.cancel()
            exceeding.cancel()
            # Whatever else ends this, as when the server stops: a worker with half a job is of no
            # use.
            if self._stage != "done":
                self.kill()

    async def ended(self) -> None:
        """Waits until it has ended, by itself or killed, and ends what it may have left."""
        await self._process.wait()
        self.kill()
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def kill(self) -> None:
        """Ends it and every program that it runs, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    async def _end(self) -> Cause:
        """Why it has ended, from its exit status."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._process.wait(), EXIT_SECONDS)
        if not self._accepted:
            return "unasked"
        causes: dict[int | None, Cause] = {-signal.SIGXCPU: "processor", -signal.SIGKILL: "killed"}
        return causes.get(self._process.returncode, "crashed")

    async def _asked(self, body: bytes, seconds: float) -> Answered:
        assert self._process.stdin and self._process.stdout
        for piece in job(body, seconds):
            self._process.stdin.write(piece)
            await self._process.stdin.drain()
        while True:
            kind, content = await next_frame(self._process.stdout)
            if kind == ACCEPTED:
                self._accepted = True
            elif kind == STAGE:
                self._stage = content.decode("utf-8", "replace")
            elif kind == RESULT:
                report = read_result(content)
                self._stage = "done"
                return report


async def _either(answering: asyncio.Task[Answered], exceeding: asyncio.Task[None], seconds: float) -> None:
    """Until there is an answer, the processor is used up, or these seconds have passed. A meter that failed ends nothing."""
    end = time.monotonic() + seconds
    await asyncio.wait({answering, exceeding}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    if exceeding.done() and not _succeeded(exceeding):
        logger.error("the processor's use cannot be measured", exc_info=exceeding.exception())
        await asyncio.wait({answering}, timeout=max(0.0, end - time.monotonic()))


def _succeeded(task: asyncio.Task[None]) -> bool:
    return task.done() and task.exception() is None


async def start_worker(settings: Mapping[str, str], cpu_limit: float = float("inf")) -> Worker:
    """A new process, not yet ready. `settings` are variables of its environment.

    :raises OSError: when the machine has no room for another process
    """
    environment = {name: value for name, value in os.environ.items() if name not in NOT_FOR_WORKERS}
    environment |= {**FEW_THREADS, "PYTHONPATH": PACKAGE_HOME, **settings}
    end, lifeline = os.pipe()
    try:
        command = [sys.executable, "-m", "dojang_ai.workers", str(end)]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, env=environment, start_new_session=True, pass_fds=(end,)
        )
    except BaseException:
        os.close(lifeline)
        raise
    finally:
        os.close(end)
    return Worker(process, lifeline, cpu_limit)
