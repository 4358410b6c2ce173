"""The largest contract fits what a worker and its programs may take, and where memory is short they are ended before the server."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from documents import asked, blank_png, image
from dojang_ai import processes
from dojang_ai.pages.image import MAX_PIXELS
from servers import Server, wait

SIDE = int(MAX_PIXELS**0.5)
# As the recipe of the smallest host sets them (lib/host/services/ai-memory.ts).
LIMITS = {"AI_CONCURRENCY": "1", "AI_WORKER_MEMORY_MIB": "608", "AI_PROGRAM_MEMORY_MIB": "480", "AI_OCR": "none"}
Start = Callable[..., Server]


@pytest.mark.parametrize("transparent", [True, False])
def test_the_largest_picture_is_made_ready_within_the_memory_of_a_worker(start: Start, transparent: bool) -> None:
    refused = start(**LIMITS).analyze(asked(image(blank_png(SIDE, SIDE, transparent=transparent))))
    # Past the picture itself: there is no program here that reads it.
    assert refused.json()["detail"].endswith("images cannot be read here; send the page as text or as a PDF with a text layer")


def test_the_kernel_ends_workers_before_the_server(start: Start) -> None:
    server = start(**LIMITS)
    wait(lambda: [adjustment(worker) for worker in server.workers()] == [500, 500])
    assert adjustment(server.process.pid) < 500


def adjustment(process: int) -> int:
    return int(Path(f"/proc/{process}/oom_score_adj").read_text())


def test_a_program_may_take_so_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    takes_300_mib = [sys.executable, "-c", "x = bytearray(300 << 20); print(len(x))"]
    monkeypatch.setattr(processes, "_memory_mib", processes._memory_mib)
    processes.limit_programs(480)
    assert processes.run_limited(takes_300_mib, b"", 60) == b"314572800\n"
    processes.limit_programs(200)
    with pytest.raises(processes.ProgramFailed):
        processes.run_limited(takes_300_mib, b"", 60)
