"""The largest contract fits what a worker and its programs may take, and where memory is short they are ended before the server."""

import base64
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from documents import asked, blank_png, image
from dojang_ai import processes
from dojang_ai.pages.image import MAX_PIXELS
from servers import LIMIT_SECONDS, Server, wait

SIDE = int(MAX_PIXELS**0.5)
# As the recipe of the smallest host sets them (lib/host/services/ai-memory.ts).
LIMITS = {"AI_CONCURRENCY": "1", "AI_WORKER_MEMORY_MIB": "608", "AI_PROGRAM_MEMORY_MIB": "480", "AI_OCR": "none"}
# The same for n1-standard-2, on which the server itself may take SERVER_MIB, the answers that it
# keeps included.
SERVER = {"AI_CONCURRENCY": "4", "AI_QUEUE": "2", "MAX_BYTES": "29360128", "MALLOC_MMAP_THRESHOLD_": "1048576", "AI_OCR": "none"}
SERVER_MIB = 404
KEPT_ANSWERS_MIB = 64
AT_ONCE = 6
LOOKS = 50
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


def test_the_server_itself_stays_within_its_share_with_as_many_of_the_largest_requests_as_it_admits(start: Start) -> None:
    server = start(**SERVER)
    wait(lambda: len(server.workers()) == 5)
    head, tail = b'{"locale":"ko","requestId":"r-%d","pages":[{"kind":"image","mediaType":"image/png","data":"', b'"}]}'
    room = int(SERVER["MAX_BYTES"]) - len(head) - len(tail)
    data = base64.b64encode(os.urandom(room // 4 * 3))

    def ask(number: int) -> int:
        body = b"".join((head % number, data, tail))
        return httpx.post(f"{server.address}/api/v1/analyze", content=body, timeout=LIMIT_SECONDS).status_code

    with ThreadPoolExecutor(AT_ONCE) as threads:
        with stopped(server.workers()):
            asked_at_once = [threads.submit(ask, number) for number in range(AT_ONCE)]
            wait(lambda: {"dojang_ai_running 4.0", "dojang_ai_waiting 2.0"} <= set(httpx.get(f"{server.address}/metrics").text.splitlines()))
            assert ask(AT_ONCE) == 503
            # They are counted before they are read.
            wait(rests(server))
        assert [answer.result() for answer in asked_at_once] == [422] * AT_ONCE
    print(f"the server: at most {mebibytes(server, 'VmHWM')} MiB, afterwards {mebibytes(server, 'VmRSS')}")
    assert mebibytes(server, "VmHWM") <= SERVER_MIB - KEPT_ANSWERS_MIB
    # None of them is held by a refusal that is kept.
    assert mebibytes(server, "VmRSS") < 64 + (room >> 20)


@contextmanager
def stopped(processes: set[int]) -> Iterator[None]:
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def rests(server: Server) -> Callable[[], bool]:
    """Whether it has used no processor for so many looks."""
    seen: list[int] = []

    def looks() -> bool:
        seen.append(processor_ticks(server.process.pid))
        return len(seen) > LOOKS and seen[-1] == seen[-LOOKS]

    return looks


def processor_ticks(process: int) -> int:
    return sum(map(int, Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()[11:13]))


def mebibytes(server: Server, name: str) -> int:
    """VmHWM is the most that it has taken, VmRSS what it takes now."""
    (kibibytes,) = re.findall(rf"^{name}:\s+(\d+) kB$", Path(f"/proc/{server.process.pid}/status").read_text(), re.MULTILINE)
    return int(kibibytes) >> 10


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
