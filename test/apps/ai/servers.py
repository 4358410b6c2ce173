"""The server as a process of its own, and what it has started."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx

from conftest import HOME

LIMIT_SECONDS = 60


class Server:
    """A running server. `wait` waits for what must become so."""

    def __init__(self, process: subprocess.Popen, address: str) -> None:
        self.process = process
        self.address = address

    def analyze(self, body: object, timeout: float = LIMIT_SECONDS, **headers: str) -> httpx.Response:
        return httpx.post(f"{self.address}/api/v1/analyze", json=body, timeout=timeout, headers=headers)

    def health(self) -> float:
        """The seconds that a healthy answer took."""
        begun = time.monotonic()
        assert httpx.get(f"{self.address}/health", timeout=LIMIT_SECONDS).status_code == 200
        return time.monotonic() - begun

    def descendants(self) -> set[int]:
        """All processes that it, or one of those, has started."""
        return descendants_of(self.process.pid)

    def workers(self) -> set[int]:
        """The processes that it has started itself; a worker may run a program for a moment, even while it imports its libraries."""
        return {child for child, parent in parents().items() if parent == self.process.pid}

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


def started(data: Path, **settings: str) -> Server:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "PORT": str(port), "AI_DATA": str(data), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "dojang_ai"]
    process = subprocess.Popen(command, cwd=HOME, env={**environment, **settings}, stderr=subprocess.PIPE, text=True)
    server = Server(process, f"http://127.0.0.1:{port}")

    def listens() -> bool:
        with suppress(httpx.TransportError):
            httpx.get(f"{server.address}/health")
            return True
        return process.poll() is not None

    wait(listens)
    return server


def wait(condition: Callable[[], object], seconds: float = LIMIT_SECONDS) -> None:
    """Until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not so within the time"
        time.sleep(0.02)


def parents() -> dict[int, int]:
    """The parent of every process; zombies, which only wait to be looked at, are none."""
    found: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(") ")[2].split()[:2]
            if state != "Z":
                found[int(folder.name)] = int(parent)
    return found


def descendants_of(process: int) -> set[int]:
    known, found = parents(), {process}
    while more := {child for child, parent in known.items() if parent in found} - found:
        found |= more
    return found - {process}


def alive(processes: set[int]) -> set[int]:
    return processes & set(parents())


def commands(process: int) -> bytes:
    """What it was started with."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def killed(process: int) -> None:
    os.kill(process, signal.SIGKILL)
