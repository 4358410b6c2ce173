"""The graphics processor of this machine, asked of nvidia-smi; none where there is none."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from .cached_value import CachedValue

QUERY = ["nvidia-smi", "--query-gpu=name,memory.total,memory.used", "--format=csv,noheader,nounits"]
MAX_AGE_SECONDS = 5.0


@dataclass(frozen=True)
class Gpu:
    """The first processor and its memory in MiB."""

    name: str
    memory_total: int
    memory_used: int

    def as_dict(self) -> dict[str, object]:
        """The form that `/health` reports."""
        return {"name": self.name, "memoryTotalMiB": self.memory_total, "memoryUsedMiB": self.memory_used}


def ask() -> Gpu | None:
    """What nvidia-smi says now."""
    if not shutil.which(QUERY[0]):
        return None
    try:
        answer = subprocess.run(QUERY, capture_output=True, timeout=5, check=True).stdout.decode("utf-8", "replace")
        name, total, used = (part.strip() for part in answer.strip().splitlines()[0].rsplit(",", 2))
        return Gpu(name, int(total), int(used))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


class GpuWatch:
    """Remembers the answer for some seconds, since health and metrics are asked more often than it changes."""

    def __init__(self, asked: Callable[[], Gpu | None] = ask) -> None:
        self._gpu: CachedValue[Gpu | None] = CachedValue(lambda: asyncio.to_thread(asked), MAX_AGE_SECONDS, None)

    async def now(self) -> Gpu | None:
        """The processor, at most some seconds old; none where nvidia-smi does not answer."""
        return await self._gpu.get()
