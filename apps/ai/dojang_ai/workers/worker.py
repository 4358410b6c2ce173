"""One worker process as the server sees it: asked for one analysis at a time, killed with everything that it has started."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from .frames import READY, RESULT, STAGE, Report, job, next_frame, read_result

PACKAGE_HOME = str(Path(__file__).resolve().parents[2])
# The service manager's messages are for the server alone.
NOT_FOR_WORKERS = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")

# A worker that asks for its deadline says by itself that it is late, and lives on.
GRACE_SECONDS = 0.5

# One analysis at a time needs no pools of threads; each thread would reserve memory that counts against the worker's limit.
FEW_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


class WorkerLost(Exception):
    """The worker ended before its answer: killed by us when the time was up (`in_time` is false), or ended by what it had to read."""

    def __init__(self, stage: str, spent: float, in_time: bool) -> None:
        super().__init__(f"the worker was lost after {spent:.1f} s while {stage}")
        self.stage = stage
        self.spent = spent
        self.in_time = in_time


class Worker:
    """A process that has said that it is ready."""

    def __init__(self, process: Process, lifeline: int) -> None:
        self._process = process
        self._lifeline = lifeline
        self._stage = "reading"

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

    async def ask(self, body: bytes, seconds: float) -> tuple[Report, bytes]:
        """The report and the answer about this request.

        :raises WorkerLost: when there is none in time; the worker is dead then
        """
        begun = time.monotonic()
        self._stage = "reading"
        try:
            return await asyncio.wait_for(self._asked(body, seconds), seconds + GRACE_SECONDS)
        except asyncio.TimeoutError:
            raise WorkerLost(self._stage, time.monotonic() - begun, in_time=False) from None
        except (EOFError, ConnectionError, ValueError) as error:
            raise WorkerLost(self._stage, time.monotonic() - begun, in_time=True) from error
        finally:
            # Whatever else ends this, as when the server stops: a worker with half a job is of no use.
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

    async def _asked(self, body: bytes, seconds: float) -> tuple[Report, bytes]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(job(body, seconds))
        await self._process.stdin.drain()
        while True:
            kind, content = await next_frame(self._process.stdout)
            if kind == STAGE:
                self._stage = content.decode("utf-8", "replace")
            elif kind == RESULT:
                report = read_result(content)
                self._stage = "done"
                return report


async def start_worker(settings: Mapping[str, str]) -> Worker:
    """A new process, not yet ready. `settings` are variables of its environment."""
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
    return Worker(process, lifeline)
