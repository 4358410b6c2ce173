"""A value that somebody else has to be asked for, which may take long, for answers that must not."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 0.5


class Fresh(Generic[T]):
    """Asks again when the last answer is old. Whoever wants it waits half a second at most and then gets the one before."""

    def __init__(self, ask: Callable[[], Awaitable[T]], fresh_seconds: float, before: T) -> None:
        self._ask = ask
        self._fresh_seconds = fresh_seconds
        self._at = float("-inf")
        self._last = before
        self._asking: asyncio.Task[T] | None = None

    async def now(self) -> T:
        """The value."""
        if time.monotonic() - self._at > self._fresh_seconds:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._asked())
            with suppress(asyncio.TimeoutError):
                return await asyncio.wait_for(asyncio.shield(self._asking), PATIENCE_SECONDS)
        return self._last

    async def close(self) -> None:
        """Asks no more."""
        if self._asking:
            self._asking.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._asking

    async def _asked(self) -> T:
        self._last = await self._ask()
        self._at = time.monotonic()
        return self._last
