"""Notifies systemd that the server listens, and that its event loop goes round (sd_notify(3), WatchdogSec= of systemd.service(5)).

The heartbeat is a task of the loop that answers `/health`: where that is stuck, it stops, and systemd starts the server anew.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Mapping
from contextlib import suppress

logger = logging.getLogger(__name__)
# Two of them may be missed.
BEATS_A_PERIOD = 3


class Notifier:
    """Speaks to the service manager, if there is one."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._period = _period(environment)
        self._beating: asyncio.Task[None] | None = None

    def ready(self) -> None:
        """The server listens; from now on its heart beats."""
        self._say("READY=1")
        if self._address and self._period:
            self._beating = asyncio.create_task(self._beat(self._period / BEATS_A_PERIOD))

    def stopping(self) -> None:
        """It listens no more, but may still work. The heart goes on."""
        self._say("STOPPING=1")

    async def close(self) -> None:
        """Says no more."""
        if self._beating:
            self._beating.cancel()
            with suppress(asyncio.CancelledError):
                await self._beating

    async def _beat(self, seconds: float) -> None:
        while True:
            self._say("WATCHDOG=1")
            await asyncio.sleep(seconds)

    def _say(self, state: str) -> None:
        if not self._address:
            return
        # A name that begins with @ is in the abstract namespace.
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK) as systemd:
                systemd.sendto(state.encode(), address)
        except OSError as error:
            logger.warning("the service manager cannot be notified", extra={"state": state, "reason": error.strerror})


def _period(environment: Mapping[str, str]) -> float:
    """The watchdog period of systemd in seconds; 0 if there is none for this process."""
    meant = environment.get("WATCHDOG_PID", "")
    microseconds = environment.get("WATCHDOG_USEC", "")
    if not microseconds.isdecimal() or (meant and meant != str(os.getpid())):
        return 0.0
    return int(microseconds) / 1_000_000
