"""What a request may hold is counted before any work, and what is said about it is bounded."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable

import pytest

from conftest import asking
from dojang_ai import body as body_module
from dojang_ai.cached_value import PATIENCE_SECONDS, CachedValue
from dojang_ai.engines.offline import OfflineEngine
from dojang_ai.knowledge.findings import MOST_FINDINGS
from dojang_ai.logs import JsonFormatter
from dojang_ai.pages import reader as reader_module

pytestmark = pytest.mark.anyio

PATH = "/api/v1/analyze"
LEASE = "제1조 (보증금의 반환) 임대차가 끝나면 임대인은 보증금을 반환한다."
SECRET = "비밀스러운 계약"


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was begun of the work on a contract."""
    done: list[str] = []
    monkeypatch.setattr(OfflineEngine, "explain", lambda *_: done.append("explained"))
    monkeypatch.setattr(reader_module, "tidied", lambda text: done.append("tidied") or text)
    return done


@pytest.mark.parametrize(
    ("pages", "field"),
    [([LEASE, "가" * 1_001], "pages[1].text"), (["가" * 900] * 4, "pages")],
    ids=["of a page", "of all pages"],
)
async def test_characters_are_counted_before_any_work(serve: Callable, works: list[str], pages: list[str], field: str) -> None:
    client = await serve(MAX_PAGE_CHARACTERS="1000", MAX_CHARACTERS="3000")
    refused = await client.post(PATH, json=asking(pages))
    assert (refused.status_code, [error["field"] for error in refused.json()["errors"]]) == (422, [field])
    assert works == []


BROKEN = {"kind": SECRET * 50, "text": [SECRET]}
FAULTS = {
    "pages without end": {"requestId": "r", "locale": "ko", "pages": [BROKEN] * 5_000},
    "as many broken pages as may be": {"requestId": "r", "locale": "ko", "pages": [BROKEN] * 900},
    "broken pages of a known kind": {
        "requestId": "r",
        "locale": "ko",
        "pages": [{"kind": "image", "mediaType": SECRET, "data": SECRET}] * 900,
    },
    "a wrong id": {"requestId": SECRET * 1_000, "locale": SECRET, "pages": SECRET},
    "names of its own": {SECRET * 1_000: 1},
}


@pytest.mark.parametrize("body", FAULTS.values(), ids=FAULTS)
async def test_faults_are_few_and_repeat_nothing(serve: Callable, body: dict) -> None:
    refused = await (await serve(MAX_PAGES="1000")).post(PATH, json=body)
    assert refused.status_code == 422
    assert 1 <= len(refused.json()["errors"]) <= 20
    assert len(refused.content) < 10_000
    assert SECRET not in refused.text and "계약" not in json.dumps(refused.json(), ensure_ascii=False)


@pytest.mark.parametrize(
    "part", [b"[],", b"{},", b'"",', b"[", b'{"a":'], ids=["lists", "objects", "texts", "lists in lists", "objects in objects"]
)
async def test_what_has_more_parts_than_pages_can_have_is_not_parsed(serve: Callable, part: bytes) -> None:
    client = await serve()
    body = b'{"requestId":"r","locale":"ko","pages":[' + part * (20_000_000 // len(part)) + b"0]}"
    begun = time.thread_time()
    refused = await client.post(PATH, content=body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "body")
    assert time.thread_time() - begun < 2


async def test_a_body_that_does_not_come_gives_its_place_back(serve: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_module, "BODY_SECONDS", 0.2)
    client = await serve(AI_CONCURRENCY="1", AI_QUEUE="0")

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    late = await client.post(PATH, content=never())
    assert (late.status_code, late.headers["content-type"]) == (408, "application/problem+json")
    assert (await client.post(PATH, json=asking([LEASE]))).status_code == 200


async def test_an_answer_is_bounded_however_much_there_is_to_explain(serve: Callable) -> None:
    client = await serve()
    answer = await client.post(PATH, json=asking(["- 임차인은 전입신고를 하지 않기로 한다.\n" * 500] * 3))
    assert answer.status_code == 200
    assert len(answer.json()["clauses"]) == MOST_FINDINGS
    # What the API takes for an answer.
    assert len(answer.content) < 4 * 1024 * 1024
    assert str(MOST_FINDINGS) in answer.json()["summary"]["ko"]


async def test_the_riskiest_are_explained_when_there_is_too_much(serve: Callable) -> None:
    many = "- 반려동물은 기를 수 없다.\n" * 300
    answer = (
        await (await serve()).post(PATH, json=asking([many + "\n제9조 (반환) 보증금은 새로운 임차인이 구해지면 반환한다.\n" + many]))
    ).json()
    assert [clause["risk"] for clause in answer["clauses"]].count("danger") == 1


def test_a_line_of_the_log_is_bounded() -> None:
    def deep(depth: int) -> None:
        if depth:
            deep(depth - 1)
        raise RuntimeError("x" * 100_000)

    record = logging.LogRecord("a", logging.ERROR, "f", 1, "m" * 100_000, (), None)
    record.requestId = "r" * 100_000
    try:
        deep(500)
    except RuntimeError as error:
        record.exc_info = (RuntimeError, error, error.__traceback__)
    assert len(JsonFormatter().format(record)) < 8_000


async def test_a_value_that_is_slow_to_ask_for_does_not_hold_up_who_wants_it() -> None:
    answers, go = iter(["first", "second"]), asyncio.Event()

    async def slow() -> str:
        await go.wait()
        return next(answers)

    cached = CachedValue(slow, 60, "before")
    begun = time.monotonic()
    assert await cached.get() == "before"
    assert time.monotonic() - begun < PATIENCE_SECONDS * 10
    go.set()
    assert await cached.get() == "first"
    assert await cached.get() == "first"
    await cached.close()
