"""How much of the processor a worker has used together with the programs that it runs."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LOOK_SECONDS = 1.0


class ProcessorMeter:
    """Seconds of the processor that a group of processes uses from now on. What others use of the machine does not count."""

    def __init__(self, group: int) -> None:
        self._group = group
        self._before = group_seconds(group)

    def spent(self) -> float:
        """Until now; 0 when the group is gone."""
        return max(0.0, group_seconds(self._group) - self._before)

    async def exceeds(self, seconds: float) -> None:
        """Waits until more than these are spent."""
        exceeded = False
        while not exceeded:
            await asyncio.sleep(LOOK_SECONDS)
            # No thread, or no file more, to be had for the moment: the next look may succeed.
            with suppress(RuntimeError, OSError):
                exceeded = await asyncio.to_thread(self._more_than, seconds)

    def _more_than(self, seconds: float) -> bool:
        # Twice: a program that ends while the processes are read may be counted for itself and for
        # its parent.
        return self.spent() > seconds and self.spent() > seconds


def group_seconds(group: int) -> float:
    """Of all processes of this group, and of their children that have ended (utime, stime, cutime, cstime of proc_pid_stat(5))."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_text().rpartition(") ")[2].split()
            if int(fields[2]) == group:
                ticks += sum(map(int, fields[11:15]))
    return ticks / TICKS
