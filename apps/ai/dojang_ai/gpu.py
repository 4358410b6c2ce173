"""The graphics processor of this machine, asked of nvidia-smi; none where there is none."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

QUERY = ["nvidia-smi", "--query-gpu=name,memory.total,memory.used", "--format=csv,noheader,nounits"]
FRESH_SECONDS = 5.0


@dataclass(frozen=True)
class Gpu:
    """The first processor and its memory in MiB."""

    name: str
    memory_total: int
    memory_used: int

    def as_dict(self) -> dict[str, object]:
        """As `/health` tells it."""
        return {"name": self.name, "memoryTotalMiB": self.memory_total, "memoryUsedMiB": self.memory_used}


def ask() -> Gpu | None:
    """What nvidia-smi says now."""
    if not shutil.which(QUERY[0]):
        return None
    try:
        told = subprocess.run(QUERY, capture_output=True, timeout=5, check=True).stdout.decode("utf-8", "replace")
        name, total, used = (part.strip() for part in told.strip().splitlines()[0].rsplit(",", 2))
        return Gpu(name, int(total), int(used))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


class GpuWatch:
    """Remembers the answer for some seconds, since health and metrics are asked more often than it changes."""

    def __init__(self, asked: Callable[[], Gpu | None] = ask) -> None:
        self._ask = asked
        self._at = float("-inf")
        self.last: Gpu | None = None

    async def now(self) -> Gpu | None:
        """The processor, at most some seconds old."""
        if time.monotonic() - self._at > FRESH_SECONDS:
            self._at = time.monotonic()
            self.last = await asyncio.to_thread(self._ask)
        return self.last
