"""A limited number of analyses runs, a limited number waits, and the next one gets Retry-After."""

import asyncio
from collections.abc import AsyncIterator, Callable

import anyio
import httpx
import pytest
from conftest import asking
from dojang_ai.admission import Admission
from dojang_ai.engines.base import Explanation
from dojang_ai.engines.offline import OfflineEngine
from dojang_ai.idempotency import ResponseCache
from dojang_ai.problems import Problem

pytestmark = pytest.mark.anyio

PATH = "/api/v1/analyze"
SETTINGS = {"AI_CONCURRENCY": "2", "AI_QUEUE": "3"}


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Analyses wait here until the test opens it."""
    opened = asyncio.Event()
    whole = OfflineEngine.explain

    async def waits(self: OfflineEngine, *given: object) -> Explanation:
        await opened.wait()
        return await whole(self, *given)

    monkeypatch.setattr(OfflineEngine, "explain", waits)
    return opened


async def counted(client: httpx.AsyncClient, running: int, waiting: int) -> None:
    expected = {f"dojang_ai_running {running}.0", f"dojang_ai_waiting {waiting}.0"}
    with anyio.fail_after(30):
        while not expected <= set((await client.get("/metrics")).text.splitlines()):
            await asyncio.sleep(0.01)


async def test_a_request_beyond_the_limits_gets_retry_after(serve: Callable, gate: asyncio.Event) -> None:
    client = await serve(**SETTINGS)
    asked = [asyncio.create_task(client.post(PATH, json=asking(["임대차 계약"], f"r-{number}"))) for number in range(5)]
    await counted(client, 2, 3)
    refused = await client.post(PATH, json=asking(["임대차 계약"], "r-9"))
    assert refused.status_code == 503
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert (await client.get("/health")).status_code == 200
    gate.set()
    assert [answer.status_code for answer in await asyncio.gather(*asked)] == [200] * 5
    assert (await client.post(PATH, json=asking(["임대차 계약"], "r-9"))).status_code == 200
    await counted(client, 0, 0)


async def test_those_who_ask_for_the_same_take_one_slot(serve: Callable, gate: asyncio.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    joined: list[str] = []
    whole = ResponseCache.answer

    def joins(self: ResponseCache, request_id: str, *given: object) -> object:
        joined.append(request_id)
        return whole(self, request_id, *given)

    monkeypatch.setattr(ResponseCache, "answer", joins)
    client = await serve(AI_CONCURRENCY="1", AI_QUEUE="1")
    asked = []
    for number in range(1, 7):
        asked.append(asyncio.create_task(client.post(PATH, json=asking(["임대차 계약"]))))
        with anyio.fail_after(30):
            while len(joined) < number:
                await asyncio.sleep(0.01)
        await counted(client, 1, 0)
    gate.set()
    assert {answer.status_code for answer in await asyncio.gather(*asked)} == {200}


async def test_slots_come_back_after_refusals(serve: Callable) -> None:
    client = await serve(AI_CONCURRENCY="1", AI_QUEUE="0", MAX_BYTES="4096")

    async def breaks() -> AsyncIterator[bytes]:
        yield b"{"
        raise ConnectionError

    for _ in range(5):
        assert (await client.post(PATH, json={})).status_code == 422
        assert (await client.post(PATH, content=b" " * 5000)).status_code == 413
        assert (await client.post(PATH, content=breaks())).status_code == 500
    assert (await client.post(PATH, json=asking(["임대차 계약"]))).status_code == 200


async def test_who_has_little_time_left_is_not_the_one_who_takes_too_much(serve: Callable, gate: asyncio.Event) -> None:
    client = await serve(AI_DEADLINE_SECONDS="60")
    late = await client.post(PATH, json=asking(["임대차 계약"]), headers={"prefer": "wait=1"})
    assert (late.status_code, late.json()["type"]) == (504, "urn:dojang:problem:too-late")
    gate.set()
    assert (await client.post(PATH, json=asking(["임대차 계약"]))).status_code == 200


async def test_leaving_a_slot_twice_gives_back_one() -> None:
    admission = Admission(1, 1)
    first, _ = admission.enter(), admission.enter()
    first.leave()
    first.leave()
    assert admission.taken == 1


async def test_old_answers_make_room_for_new_ones() -> None:
    made: list[str] = []
    book = ResponseCache(max_bytes=100)

    async def ask(name: str, size: int = 40, book: ResponseCache = book) -> bytes:
        async def make() -> bytes:
            made.append(name)
            return name.encode() * size

        return await book.answer(name, "d", make)[0]

    for name in ("a", "b", "a", "c", "a", "b"):
        await ask(name)
    assert made == ["a", "b", "c", "b"]
    small = ResponseCache(max_entries=2)
    for name in ("a", "b", "c"):
        await ask(name, book=small)
    assert len(small) == 2
    await ask("x", 200)
    assert await ask("x", 200) == b"x" * 200
    assert made[-2:] == ["x", "x"]


async def test_an_answer_is_completed_although_its_client_has_left() -> None:
    book, go, made = ResponseCache(), asyncio.Event(), []

    async def make() -> bytes:
        await go.wait()
        made.append(1)
        return b"answer"

    async def ask() -> bytes:
        return await book.answer("a", "d", make)[0]

    left = asyncio.create_task(ask())
    await asyncio.sleep(0)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    go.set()
    assert await ask() == b"answer"
    assert made == [1]


async def test_a_failure_is_not_kept() -> None:
    book = ResponseCache()

    async def fails() -> bytes:
        raise Problem(503, "no")

    async def works() -> bytes:
        return b"yes"

    with pytest.raises(Problem):
        await book.answer("a", "d", fails)[0]
    assert await book.answer("a", "other", works)[0] == b"yes"
