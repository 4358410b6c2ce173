"""A value that takes long to get, kept for some seconds, for answers that must not take long."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 0.5


class CachedValue(Generic[T]):
    """Refreshes a value older than `max_age_seconds`. Readers wait for half a second at most and then get the previous value."""

    def __init__(self, refresh: Callable[[], Awaitable[T]], max_age_seconds: float, initial: T) -> None:
        self._refresh = refresh
        self._max_age_seconds = max_age_seconds
        self._refreshed_at = float("-inf")
        self._value = initial
        self._refreshing: asyncio.Task[T] | None = None

    async def get(self) -> T:
        """The value."""
        if time.monotonic() - self._refreshed_at > self._max_age_seconds:
            if self._refreshing is None or self._refreshing.done():
                self._refreshing = asyncio.create_task(self._refreshed())
            with suppress(asyncio.TimeoutError):
                return await asyncio.wait_for(asyncio.shield(self._refreshing), PATIENCE_SECONDS)
        return self._value

    async def close(self) -> None:
        """Refreshes no more."""
        if self._refreshing:
            self._refreshing.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._refreshing

    async def _refreshed(self) -> T:
        self._value = await self._refresh()
        self._refreshed_at = time.monotonic()
        return self._value
