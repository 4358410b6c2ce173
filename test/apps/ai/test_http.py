"""The paths of the server: what it accepts, what it refuses, and how it says so."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable

import pytest
from conftest import asking

pytestmark = pytest.mark.anyio

PATH = "/api/v1/analyze"
LEASE = "제1조 (보증금의 반환) 임대차가 끝나면 임대인은 보증금을 반환한다."


async def test_health(serve: Callable) -> None:
    health = await (await serve()).get("/health")
    assert health.status_code == 200
    assert health.json() == {"ok": True, "engine": "offline", "model": "lease-law-2026", "ocr": "none", "gpu": None}


async def test_metrics_count_what_happened(serve: Callable) -> None:
    client = await serve()
    await client.post(PATH, json=asking([LEASE, LEASE]))
    await client.post(PATH, json={})
    text = (await client.get("/metrics")).text
    assert 'dojang_ai_requests_total{path="/api/v1/analyze",status="200"} 1.0' in text
    assert 'dojang_ai_requests_total{path="/api/v1/analyze",status="422"} 1.0' in text
    assert 'dojang_ai_pages_total{ocr="no"} 2.0' in text
    assert 'dojang_ai_findings_total{risk="safe"} 1.0' in text
    assert "dojang_ai_analysis_seconds_count 1.0" in text
    assert "dojang_ai_running 0.0" in text and "dojang_ai_waiting 0.0" in text


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"requestId", "locale", "pages"}),
        ({"requestId": "", "locale": "fr", "pages": []}, {"requestId", "locale", "pages"}),
        ({"requestId": "a b", "locale": "ko", "pages": [{"kind": "text"}]}, {"requestId", "pages[0].text"}),
        ({"requestId": "a", "locale": "ko", "pages": [{"kind": "video"}]}, {"pages[0]"}),
        ({"requestId": "a", "locale": "ko", "pages": [{"kind": "pdf", "mediaType": "application/pdf", "data": "?"}]}, {"pages[0].data"}),
        ({"requestId": "a", "locale": "ko", "pages": [{"kind": "image", "mediaType": "image/gif", "data": "aaaa"}]}, {"pages[0].mediaType"}),
        ({"requestId": "a", "locale": "ko", "pages": [{"kind": "text", "text": " \n"}]}, {"pages"}),
    ],
)
async def test_all_faults_of_a_request_are_reported(serve: Callable, body: dict, fields: set[str]) -> None:
    refused = await (await serve()).post(PATH, json=body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert {error["field"] for error in problem["errors"]} == fields
    assert problem["title"] == "Unprocessable Content" and problem["status"] == 422


async def test_what_is_no_json_is_refused(serve: Callable) -> None:
    refused = await (await serve()).post(PATH, content=b"\xff{not json")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "body"


async def test_too_many_pages_are_refused(serve: Callable) -> None:
    client = await serve(MAX_PAGES="2")
    assert (await client.post(PATH, json=asking([LEASE] * 2))).status_code == 200
    refused = await client.post(PATH, json=asking([LEASE] * 3, "r-2"))
    assert refused.status_code == 422
    assert refused.json()["detail"] == "3 pages, at most 2 are read"


async def test_too_much_text_is_refused(serve: Callable) -> None:
    refused = await (await serve(MAX_PAGE_CHARACTERS="1000")).post(PATH, json=asking([LEASE * 1000]))
    assert refused.status_code == 422
    assert "characters" in refused.json()["detail"]


async def test_too_many_bytes_are_refused_by_their_announcement(serve: Callable) -> None:
    client = await serve(MAX_BYTES="2048")
    refused = await client.post(PATH, json=asking([LEASE * 100]))
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"
    assert (await client.post(PATH, json=asking([LEASE]))).status_code == 200


async def test_too_many_bytes_are_refused_while_they_come(serve: Callable) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1_000_000:
            sent += 1024
            yield b" " * 1024

    refused = await (await serve(MAX_BYTES="2048")).post(PATH, content=endless())
    assert refused.status_code == 413


async def test_other_paths_and_methods_are_problems_too(serve: Callable) -> None:
    client = await serve()
    unknown, wrong = await client.get("/nothing"), await client.get(PATH)
    assert (unknown.status_code, wrong.status_code) == (404, 405)
    assert unknown.headers["content-type"] == wrong.headers["content-type"] == "application/problem+json"
    assert wrong.headers["allow"] == "POST"


async def test_the_same_request_gets_the_same_answer(serve: Callable) -> None:
    client = await serve()
    first, again = [await client.post(PATH, json=asking([LEASE])) for _ in range(2)]
    assert first.content == again.content
    assert "dojang_ai_analysis_seconds_count 1.0" in (await client.get("/metrics")).text


async def test_the_same_request_at_once_is_analysed_once(serve: Callable) -> None:
    client = await serve(AI_QUEUE="6")
    answers = await asyncio.gather(*(client.post(PATH, json=asking([LEASE])) for _ in range(10)))
    assert len({answer.content for answer in answers}) == 1
    assert "dojang_ai_analysis_seconds_count 1.0" in (await client.get("/metrics")).text


async def test_the_same_id_with_other_content_is_a_conflict(serve: Callable) -> None:
    client = await serve()
    await client.post(PATH, json=asking([LEASE]))
    for other in (asking([LEASE + "!"]), asking([LEASE], locale="en"), asking([LEASE, LEASE])):
        refused = await client.post(PATH, json=other)
        assert refused.status_code == 409
        assert refused.json()["detail"] == "requestId r-1 was used for other content"


async def test_the_order_of_fields_is_no_other_content(serve: Callable) -> None:
    client = await serve()
    asked = asking([LEASE])
    first = await client.post(PATH, content=json.dumps(asked))
    again = await client.post(PATH, content=json.dumps(dict(reversed(asked.items())), indent=1))
    assert first.content == again.content


async def test_a_refused_request_can_be_tried_again(serve: Callable) -> None:
    client = await serve()
    broken = {"kind": "pdf", "mediaType": "application/pdf", "data": base64.b64encode(b"no").decode()}
    for _ in range(2):
        assert (await client.post(PATH, json={**asking([]), "pages": [broken]})).status_code == 422
    assert (await client.post(PATH, json=asking([LEASE]))).status_code == 200


async def test_an_unexpected_error_is_reported_without_the_contract(serve: Callable, caplog: pytest.LogCaptureFixture, monkeypatch) -> None:
    from dojang_ai.logs import JsonFormatter
    from dojang_ai.pages.reader import PageReader

    def fails(*_: object) -> None:
        raise RuntimeError(f"cannot read {LEASE}")

    monkeypatch.setattr(PageReader, "read", fails)
    answer = await (await serve()).post(PATH, json=asking([LEASE]))
    assert answer.status_code == 500
    assert LEASE not in answer.text
    lines = [JsonFormatter().format(record) for record in caplog.records]
    error = next(json.loads(line) for line in lines if '"error"' in line)
    assert error["error"] == "RuntimeError" and error["stack"]
    assert all("보증금" not in line for line in lines)
