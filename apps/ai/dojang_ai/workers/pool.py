"""As many workers as analyses may run, and one more, all of them started before they are needed; whoever ends is replaced."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress

from .frames import Report
from .worker import Worker, WorkerLost, start_worker

logger = logging.getLogger(__name__)
SPARE = 1
LONGEST_PAUSE = 10.0


class PoolBroken(Exception):
    """No worker can be started."""


class WorkerPool:
    """Runs analyses in processes."""

    def __init__(self, concurrency: int, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self._size = concurrency + SPARE
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
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

    async def run(self, body: bytes, seconds: float) -> tuple[Report, bytes]:
        """The report and the answer about this request.

        :raises WorkerLost: when the time is up or the worker ended
        """
        begun = asyncio.get_running_loop().time()
        try:
            worker = await asyncio.wait_for(self._free(), seconds)
        except asyncio.TimeoutError:
            raise WorkerLost("starting", 0, in_time=False) from None
        left = max(0.01, seconds - (asyncio.get_running_loop().time() - begun))
        report = await worker.ask(body, left)
        self._idle.put_nowait(worker)
        return report

    async def close(self) -> None:
        """Ends all workers."""
        for keeper in self._keepers:
            keeper.cancel()
        for worker in self._workers:
            worker.kill()
        await asyncio.gather(*self._keepers, *(worker.ended() for worker in self._workers), return_exceptions=True)

    async def _free(self) -> Worker:
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
            self._idle.put_nowait(worker)
            await worker.ended()
            self._workers.discard(worker)
            logger.info("worker replaced", extra={"worker": worker.pid})
            worker = None

    async def _started(self) -> Worker | None:
        worker = await start_worker(self._settings)
        self._workers.add(worker)
        with suppress(EOFError, ConnectionError, ValueError):
            await worker.ready()
            return worker
        worker.kill()
        await worker.ended()
        self._workers.discard(worker)
        logger.error("a worker ended before it was ready", extra={"worker": worker.pid})
        return None
