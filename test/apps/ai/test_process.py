"""The server as a process: it listens, answers over a socket, logs no contract, and ends gracefully."""

import json
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
from conftest import HOME, asking
from stub_endpoint import StubEndpoint

Server = Callable[..., tuple[subprocess.Popen, str]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Starts the server with these settings, and gives its process and its address."""
    started: list[subprocess.Popen] = []

    def start(**settings: str) -> tuple[subprocess.Popen, str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {"PATH": os.environ["PATH"], "PORT": str(port), "AI_DATA": str(tmp_path / "data"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "dojang_ai"]
        process = subprocess.Popen(command, cwd=HOME, env={**environment, **settings}, stderr=subprocess.PIPE, text=True)
        started.append(process)
        address = f"http://127.0.0.1:{port}"
        while process.poll() is None:
            try:
                httpx.get(f"{address}/health")
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        return process, address

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen) -> list[dict]:
    """The log of the server, ended by SIGTERM."""
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=60)[1]
    return [json.loads(line) for line in said.splitlines()]


def test_it_answers_and_ends(server: Server, sample: Callable) -> None:
    process, address = server()
    answer = httpx.post(f"{address}/api/v1/analyze", json=asking(sample("risky-lease")), timeout=60)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert httpx.get(f"{address}/health").json()["ok"]
    logged = ended(process)
    assert process.returncode in (0, -signal.SIGTERM)
    (analysis,) = (line for line in logged if line["message"] == "analysis")
    assert (analysis["requestId"], analysis["pages"], analysis["engine"]) == ("r-1", 3, "offline")
    assert not any("보증금" in json.dumps(line, ensure_ascii=False) for line in logged)


def test_what_is_too_large_is_answered_before_the_connection_ends(server: Server) -> None:
    _, address = server(MAX_BYTES="100000")
    refused = httpx.post(f"{address}/api/v1/analyze", content=b" " * 100_001, timeout=60)
    assert (refused.status_code, refused.headers["content-type"]) == (413, "application/problem+json")


def test_running_analyses_are_finished_before_it_ends(server: Server, endpoint: StubEndpoint) -> None:
    endpoint.delay = 1.5
    process, address = server(AI_ENGINE="endpoint", AI_ENDPOINT=endpoint.url, AI_MODEL="small")
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as connection:
        body = json.dumps(asking(["제1조 임대인은 보증금을 반환한다."])).encode()
        connection.sendall(b"POST /api/v1/analyze HTTP/1.1\r\nHost: ai\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        while not endpoint.asked and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    process.communicate(timeout=60)


def test_faults_of_the_settings_end_it_with_a_word(server: Server) -> None:
    process, _ = server(AI_ENGINE="endpoint", MAX_PAGES="many")
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert said.startswith("the settings have faults:\n  MAX_PAGES many: ") and "AI_ENDPOINT is needed" in said
