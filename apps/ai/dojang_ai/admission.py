"""How many analyses run at once and how many more may wait; a bounded queue keeps waiting short and memory bounded."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .problems import unavailable


class Slot:
    """Of one request, held from before its body is read until it is answered."""

    def __init__(self, admission: "Admission") -> None:
        self._admission: Admission | None = admission

    def leave(self) -> None:
        """Gives it back. Doing so twice is harmless."""
        if self._admission:
            self._admission.taken -= 1
            self._admission = None


class Admission:
    """Doorkeeper of the analyses."""

    def __init__(self, concurrency: int, queue: int) -> None:
        self.taken = 0
        self.running = 0
        self._concurrency = concurrency
        self._total = concurrency + queue
        self._turns = asyncio.Semaphore(concurrency)
        self._usual_seconds = 1.0

    @property
    def waiting(self) -> int:
        """Requests that have a slot but do not run yet."""
        return self.taken - self.running

    def enter(self) -> Slot:
        """A slot.

        :raises Problem: 503 with `Retry-After` when all are taken
        """
        if self.taken >= self._total:
            turn = self._usual_seconds * self._total / self._concurrency
            raise unavailable("too many contracts are waiting", retry_after=min(60, max(1, math.ceil(turn))))
        self.taken += 1
        return Slot(self)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until this analysis may run."""
        loop = asyncio.get_running_loop()
        async with self._turns:
            self.running += 1
            begun = loop.time()
            try:
                yield
            finally:
                self.running -= 1
                self._usual_seconds += (loop.time() - begun - self._usual_seconds) / 8
