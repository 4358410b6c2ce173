"""A pool of one worker more than analyses may run.

Workers start before they are needed; one that ends is replaced.
"""

import asyncio
import logging
import time
from collections.abc import Mapping

from .frames import Report
from .worker import Worker, WorkerLost, start_worker

logger = logging.getLogger(__name__)
SPARE = 1
LONGEST_PAUSE = 10.0
# A worker imports its libraries in a second or two; a machine under load takes ten times as long.
READY_SECONDS = 60.0
# How long an analysis waits for a worker; after that the client can retry.
FREE_SECONDS = 30.0
# Workers that end all at once are replaced within seconds: health speaks only of those that are
# not.
REPLACED_SECONDS = 10.0
# A worker that ends while it is idle is found out by asking it. Several in a row mean that the
# machine has no room.
MOST_ASKED = 3


class PoolBroken(Exception):
    """No worker can be started."""


class WorkerPool:
    """Runs analyses in processes. `cpu_seconds` of the processor are for one analysis, with the programs that it runs."""

    def __init__(self, concurrency: int, settings: Mapping[str, str], cpu_seconds: float = float("inf")) -> None:
        self._settings = settings
        self._cpu_seconds = cpu_seconds
        self._size = concurrency + SPARE
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._ready: set[Worker] = set()
        self._none_ready_since = time.monotonic()
        self._keepers: list[asyncio.Task[None]] = []

    @property
    def pids(self) -> list[int]:
        """The processes of the workers that are there now."""
        return [worker.pid for worker in self._workers if worker.alive]

    async def start(self) -> None:
        """Starts all, and waits for the first.

        :raises PoolBroken: when it ends before it is ready
        """
        first = await self._started()
        if first is None:
            raise PoolBroken("the first worker ended before it was ready; the log says why")
        self._keepers = [asyncio.create_task(self._keep(worker)) for worker in [first, *[None] * (self._size - 1)]]

    def health_error(self) -> str | None:
        """Why no contract can be analysed now, or nothing."""
        if self._ready or time.monotonic() - self._none_ready_since < REPLACED_SECONDS:
            return None
        return "no worker can be started"

    async def run(self, body: bytes, seconds: float) -> tuple[Report, bytes]:
        """The report and the answer about this request.

        :raises WorkerLost: when the time is up or the worker ended
        """
        end = time.monotonic() + seconds
        for _ in range(MOST_ASKED):
            worker = await self._free(end - time.monotonic())
            try:
                report, answer = await worker.ask(body, max(0.01, end - time.monotonic()))
            except WorkerLost as lost:
                if lost.cause != "unasked":
                    raise
                continue
            self._again(worker, report)
            return report, answer
        raise WorkerLost("unstarted")

    async def close(self) -> None:
        """Ends all workers."""
        for keeper in self._keepers:
            keeper.cancel()
        for worker in self._workers:
            worker.kill()
        await asyncio.gather(*self._keepers, *(worker.ended() for worker in self._workers), return_exceptions=True)

    def _again(self, worker: Worker, report: Report) -> None:
        """For the next one, unless it ends after this one."""
        if report.last:
            worker.kill()
        else:
            self._idle.put_nowait(worker)

    async def _free(self, seconds: float) -> Worker:
        try:
            return await asyncio.wait_for(self._next(), min(seconds, FREE_SECONDS))
        except asyncio.TimeoutError:
            raise WorkerLost("deadline" if seconds <= FREE_SECONDS and self._ready else "unstarted") from None

    async def _next(self) -> Worker:
        while not (worker := await self._idle.get()).alive:
            pass
        return worker

    async def _keep(self, worker: Worker | None) -> None:
        """Has one worker at any time."""
        pause = 0.5
        while True:
            worker = worker or await self._started()
            if worker is None:
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
                continue
            pause = 0.5
            self._ready.add(worker)
            self._idle.put_nowait(worker)
            await worker.ended()
            self._gone(worker)
            logger.info("worker replaced", extra={"worker": worker.pid})
            worker = None

    def _gone(self, worker: Worker) -> None:
        self._workers.discard(worker)
        self._ready.discard(worker)
        if not self._ready:
            self._none_ready_since = time.monotonic()

    async def _started(self) -> Worker | None:
        """Never raises: whatever keeps a worker from starting now, the next try may succeed."""
        try:
            worker = await start_worker(self._settings, self._cpu_seconds)
        except Exception as error:  # No process (OSError) or no thread (RuntimeError) to be had.
            logger.error("a worker cannot be started", extra={"reason": str(error)})
            return None
        self._workers.add(worker)
        try:
            await asyncio.wait_for(worker.ready(), READY_SECONDS)
            return worker
        except (EOFError, ConnectionError, ValueError, asyncio.TimeoutError):
            worker.kill()
            await worker.ended()
            self._workers.discard(worker)
            logger.error("a worker ended before it was ready", extra={"worker": worker.pid})
            return None
