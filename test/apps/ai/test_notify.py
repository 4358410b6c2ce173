"""The server notifies systemd when it listens, and its watchdog while the event loop runs."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from conftest import HOME
from servers import Server, started, wait

# Heartbeats come three times in this period, and systemd would wait for all of it.
PERIOD = 3.0
# Ends the loop's turn for ever, in the process of the server: what a bug would do.
STUCK = """
import asyncio, signal, time
from dojang_ai import __main__ as server
def stuck(*_):
    server_loop.call_soon_threadsafe(time.sleep, 3600)
server_loop = None
whole = server.Server.startup
async def startup(self, sockets=None):
    global server_loop
    server_loop = asyncio.get_running_loop()
    await whole(self, sockets)
server.Server.startup = startup
signal.signal(signal.SIGUSR1, stuck)
raise SystemExit(server.main())
"""


class Systemd:
    """The socket of a service manager, and what was said to it with the time of each."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.address = address.replace("\0", "@", 1)

    def next(self, seconds: float) -> str | None:
        """What is said next within so many seconds."""
        self.socket.settimeout(seconds)
        try:
            return self.socket.recv(4096).decode()
        except TimeoutError:
            return None

    def until(self, state: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while (said := self.next(seconds)) != state:
            assert said is not None and time.monotonic() < end, f"{state} was not said"


@pytest.fixture(params=["path", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Systemd]:
    manager = Systemd(str(tmp_path / "notify") if request.param == "path" else f"\0dojang-test-{os.getpid()}-{time.monotonic_ns()}")
    yield manager
    manager.socket.close()


@pytest.fixture
def start(tmp_path: Path, systemd: Systemd) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(**settings: str) -> Server:
        watchdog = {"NOTIFY_SOCKET": systemd.address, "WATCHDOG_USEC": str(int(PERIOD * 1_000_000))}
        servers.append(started(tmp_path / "data", AI_CONCURRENCY="1", **watchdog, **settings))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def test_it_is_active_when_it_listens_and_its_heart_beats(start: Callable, systemd: Systemd) -> None:
    server = start()
    assert systemd.next(60) == "READY=1"
    server.health()
    assert [systemd.next(PERIOD * 10) for _ in range(4)] == ["WATCHDOG=1"] * 4
    server.process.send_signal(signal.SIGTERM)
    systemd.until("STOPPING=1")
    assert server.process.wait(60) in (0, -signal.SIGTERM)


def test_workers_say_nothing_to_systemd(start: Callable) -> None:
    server = start()
    wait(lambda: len(server.descendants()) == 2)
    for process in server.descendants():
        assert b"NOTIFY_SOCKET" not in Path(f"/proc/{process}/environ").read_bytes()


def test_a_loop_that_is_stuck_beats_no_more(tmp_path: Path, systemd: Systemd) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    watchdog = {"NOTIFY_SOCKET": systemd.address, "WATCHDOG_USEC": str(int(PERIOD * 1_000_000))}
    environment = {"PATH": os.environ["PATH"], "PORT": str(port), "AI_CONCURRENCY": "1", "PYTHONDONTWRITEBYTECODE": "1", **watchdog}
    process = subprocess.Popen([sys.executable, "-c", STUCK], cwd=HOME, env=environment, stderr=subprocess.DEVNULL)
    try:
        systemd.until("READY=1")
        systemd.until("WATCHDOG=1")
        process.send_signal(signal.SIGUSR1)
        # The last beat may be on its way; then there is none for longer than systemd waits.
        with pytest.raises(httpx.TimeoutException):
            while True:
                httpx.get(f"http://127.0.0.1:{port}/health", timeout=PERIOD)
        while systemd.next(0.01) == "WATCHDOG=1":
            pass
        assert systemd.next(PERIOD * 2) is None
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
    assert process.returncode == -signal.SIGKILL


def test_without_a_service_manager_it_serves_all_the_same(tmp_path: Path) -> None:
    server = started(tmp_path / "data", AI_CONCURRENCY="1", NOTIFY_SOCKET=str(tmp_path / "gone"), WATCHDOG_USEC="1000000")
    try:
        server.health()
    finally:
        server.stop()
