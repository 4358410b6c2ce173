"""Analyses run in processes that are killed, with all that they have started, when they take too much; meanwhile the server answers."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from conftest import asking
from documents import asked, blank_png, costly_pdf, document, image
from servers import Server, alive, commands, killed, parents, wait

LEASE = "제1조 (보증금의 반환) 임대차가 끝나면 임대인은 보증금을 반환한다."
Start = Callable[..., Server]
COSTLY = asked(document(costly_pdf()))
COSTLY_TYPE = "urn:dojang:problem:too-costly"
LATE_TYPE = "urn:dojang:problem:too-late"


# The machine that runs the tests has other work too. What jams the server takes several times as
# long.
LONGEST_HEALTH_SECONDS = 3


def named(number: int, body: dict) -> dict:
    return {**body, "requestId": f"r-{number}"}


def reading(server: Server) -> tuple[int, int] | None:
    """A worker and the program by which it reads a PDF, once both are there."""
    known = parents()
    programs = [process for process in server.descendants() if b"pdf_worker" in commands(process)]
    return next(((known[program], program) for program in programs if program in known), None)


def until_it_reads(server: Server) -> tuple[int, int]:
    wait(lambda: reading(server))
    return reading(server) or (0, 0)


ATTACKS = {
    "spaces at the start of a line": asking(["임대차\n" + " " * 30_000 + "x"]),
    "spaces and brackets": asking(["임대차\n" + "[ " * 15_000]),
    "combining marks": asking(["임대차 a" + "\u0301\u0315" * 40_000]),
    "a document that takes minutes": COSTLY,
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_health_is_answered_within_three_seconds_while_all_workers_are_attacked(start: Start, attack: dict) -> None:
    server = start(AI_CONCURRENCY="2", AI_QUEUE="4", AI_CONTRACT_CPU_SECONDS="1")
    took: list[float] = []
    over = threading.Event()

    def watches() -> None:
        while not over.is_set():
            took.append(server.health())
            over.wait(0.05)

    with ThreadPoolExecutor(8) as threads:
        watching = threads.submit(watches)
        answers = list(threads.map(lambda number: server.analyze(named(number, attack)), range(6)))
        over.set()
        watching.result()
    print(f"health: {len(took)} times, longest {max(took):.3f} s")
    assert max(took) < LONGEST_HEALTH_SECONDS
    assert {answer.status_code for answer in answers} <= {200, 422}
    assert server.analyze(asking([LEASE], "honest")).status_code == 200


def test_the_programs_of_a_contract_count_as_its_own_time_of_the_processor_and_end_with_it(start: Start) -> None:
    server = start(AI_CONCURRENCY="1", AI_CONTRACT_CPU_SECONDS="1")
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(server.analyze, COSTLY)
        _, program = until_it_reads(server)
        refused = answer.result()
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert (refused.json()["type"], refused.json()["status"]) == (COSTLY_TYPE, 422)
    wait(lambda: not alive({program}))
    again = server.analyze(COSTLY)
    assert (again.status_code, again.json()) == (422, refused.json())
    assert server.analyze(asking([LEASE], "honest")).status_code == 200


def test_a_worker_that_does_not_come_back_is_killed_with_all_that_it_started(start: Start) -> None:
    server = start(AI_CONCURRENCY="1", AI_DEADLINE_SECONDS="4")
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(server.analyze, COSTLY)
        both = until_it_reads(server)
        for process in both:
            os.kill(process, signal.SIGSTOP)
        # It had hardly anything of the processor, so it is late and not too costly.
        assert (answer.result().status_code, answer.result().json()["type"]) == (504, LATE_TYPE)
    wait(lambda: not alive(set(both)))
    assert server.analyze(asking([LEASE], "honest")).status_code == 200


def test_who_is_killed_is_replaced_and_there_are_never_more(start: Start) -> None:
    server = start(AI_CONCURRENCY="2")
    wait(lambda: len(server.workers()) == 3)
    for _ in range(3):
        before = server.workers()
        killed(min(before))
        wait(lambda before=before: len(server.workers() - before) == 1)
        assert len(server.workers()) <= 3
    assert server.analyze(asking([LEASE])).status_code == 200


def test_a_server_that_is_killed_leaves_nothing_behind(start: Start) -> None:
    server = start(AI_CONCURRENCY="2", AI_DEADLINE_SECONDS="60")

    def asks() -> None:
        with pytest.raises(httpx.TransportError):
            server.analyze(COSTLY)

    with ThreadPoolExecutor(1) as thread:
        asking_it = thread.submit(asks)
        until_it_reads(server)
        processes = server.descendants()
        server.process.kill()
        asking_it.result()
    wait(lambda: not alive(processes))


def test_a_contract_that_ends_its_worker_is_refused_and_not_tried_again(start: Start) -> None:
    server = start(AI_CONCURRENCY="1")
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(server.analyze, COSTLY)
        os.kill(until_it_reads(server)[0], signal.SIGSEGV)
        assert (answer.result().status_code, answer.result().json()["type"]) == (422, COSTLY_TYPE)
    assert server.analyze(asking([LEASE], "honest")).status_code == 200


@pytest.mark.parametrize("which", [0, 1], ids=["the worker", "the program that it runs"])
def test_a_contract_is_not_blamed_when_its_process_is_killed_from_outside(start: Start, which: int) -> None:
    server = start(AI_CONCURRENCY="1")
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(server.analyze, COSTLY)
        killed(until_it_reads(server)[which])
        assert (answer.result().status_code, answer.result().headers["retry-after"]) == (503, "10")
    assert server.analyze(asking([LEASE], "honest")).status_code == 200


def test_a_contract_may_take_so_much_memory(start: Start) -> None:
    server = start(AI_CONCURRENCY="1", AI_WORKER_MEMORY_MIB="200", AI_OCR="none")
    refused = server.analyze(asked(image(blank_png(7_000, 7_000, transparent=True))))
    assert (refused.status_code, refused.json()["type"]) == (422, COSTLY_TYPE)
    assert server.analyze(asking([LEASE], "honest")).status_code == 200


def test_a_program_of_a_contract_may_take_so_much_memory(start: Start) -> None:
    server = start(AI_CONCURRENCY="1", AI_CONTRACT_CPU_SECONDS="1", AI_PROGRAM_MEMORY_MIB="300")
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(server.analyze, COSTLY)
        _, program = until_it_reads(server)
        limits = Path(f"/proc/{program}/limits").read_text()
        answer.result()
    (address_space,) = [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max address space")]
    assert address_space == [str(300 << 20)] * 2


def test_a_contract_may_take_so_much_of_the_processor(start: Start) -> None:
    server = start(AI_CONCURRENCY="1", AI_WORKER_CPU_SECONDS="1", MAX_PAGE_CHARACTERS="400000")
    refused = server.analyze(asking(["근저당담보설정동의 " * 40_000]))
    assert (refused.status_code, refused.json()["type"]) == (422, COSTLY_TYPE)
    assert server.analyze(asking([LEASE], "honest")).status_code == 200


def test_files_of_contracts_are_not_left_behind(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    server = start(AI_CONCURRENCY="1", AI_CONTRACT_CPU_SECONDS="1", TMPDIR=str(folder))
    assert server.analyze(COSTLY).status_code == 422
    assert list(folder.iterdir()) == []
