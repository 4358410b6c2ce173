"""Garbage, late and missing answers are reported, and the next contract is explained again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import analyze, asking
from dojang_ai.engines.endpoint.access import Access
from dojang_ai.engines.endpoint.model import Model
from dojang_ai.settings import SettingsError
from langchain_core.messages import HumanMessage
from pydantic import SecretStr
from stub_endpoint import Status, StubEndpoint, fails, says

pytestmark = pytest.mark.anyio

PATH = "/api/v1/analyze"
SAFE = "제1조 (보증금의 반환) 임대차가 끝나면 임대인은 보증금을 반환한다."


@pytest.mark.parametrize("garbage", ["", "죄송합니다.", "[]", "{", '{"clauses": "none"}', '{"clauses": [{"clause": 1}]}', "\x00" * 50_000])
async def test_garbage_is_asked_about_once_and_then_reported(asks: Callable, endpoint: StubEndpoint, garbage: str) -> None:
    client = await asks()
    endpoint.answers = [lambda _: garbage, says({})]
    assert len((await analyze(client, [SAFE]))["clauses"]) == 1
    assert "That is not the JSON that was asked for" in endpoint.asked[1]["messages"][-1]["content"]
    endpoint.answers = [lambda _: garbage]
    refused = await client.post(PATH, json=asking([SAFE], "r-2"))
    assert (refused.status_code, refused.json()["detail"]) == (503, "the model's answer cannot be understood")
    assert 'dojang_ai_engine_errors_total{reason="bad-reply"} 1.0' in (await client.get("/metrics")).text


@pytest.mark.parametrize(
    ("status", "message", "reason", "detail"),
    [
        (429, "slow down", "rate-limit", "the model has too many requests"),
        (500, "oops", "status-500", "the model answered 500"),
        (503, "CUDA out of memory", "out-of-memory", "the endpoint is out of GPU memory"),
        (401, "bad key", "status-401", "the model answered 401"),
    ],
)
async def test_a_failing_model_is_reported(asks: Callable, endpoint: StubEndpoint, status: int, message: str, reason: str, detail: str) -> None:
    client = await asks()
    endpoint.answers = [fails(status, message)]
    refused = await client.post(PATH, json=asking([SAFE]))
    assert (refused.status_code, refused.json()["detail"]) == (503, detail)
    assert refused.headers["retry-after"] == "30"
    assert f'dojang_ai_engine_errors_total{{reason="{reason}"}} 1.0' in (await client.get("/metrics")).text
    endpoint.answers = [says({})]
    assert len((await analyze(client, [SAFE]))["clauses"]) == 1


@pytest.mark.parametrize("status", [429, 500])
async def test_a_model_that_fails_once_is_asked_again(asks: Callable, endpoint: StubEndpoint, status: int) -> None:
    endpoint.answers = [fails(status), says({})]
    assert len((await analyze(await asks(), [SAFE]))["clauses"]) == 1


async def test_a_model_that_is_too_slow_is_given_up(asks: Callable, endpoint: StubEndpoint) -> None:
    client = await asks(AI_DEADLINE_SECONDS="0.5")
    await client.get("/health")
    endpoint.delay = 5
    late = await client.post(PATH, json=asking([SAFE]))
    assert late.status_code == 503
    assert late.json()["detail"] in ("the analysis took too long", "the model did not answer in time")


async def test_an_endpoint_that_knows_no_schema_is_asked_without(asks: Callable, endpoint: StubEndpoint) -> None:
    def knows_none(asked: dict) -> str:
        if "response_format" in asked:
            raise Status(400, "response_format is not supported")
        return says({})(asked)

    client = await asks()
    endpoint.answers = [knows_none]
    for number in range(2):
        assert len((await analyze(client, [SAFE], f"r-{number}"))["clauses"]) == 1
    assert ["response_format" in asked for asked in endpoint.asked] == [True, False, False]


async def test_health_reports_what_the_endpoint_lacks(asks: Callable, endpoint: StubEndpoint) -> None:
    healthy = await (await asks()).get("/health")
    assert (healthy.status_code, healthy.json()["engine"], healthy.json()["model"]) == (200, "endpoint", "small")
    endpoint.models_status = 404
    assert (await (await asks()).get("/health")).status_code == 200
    for status, reason in ((401, "the endpoint refuses the key"), (500, "the endpoint answers 500")):
        endpoint.models_status = status
        unhealthy = await (await asks()).get("/health")
        assert (unhealthy.status_code, unhealthy.json()["ok"], unhealthy.json()["reason"]) == (503, False, reason)


async def test_an_unreachable_endpoint_is_reported(asks: Callable, endpoint: StubEndpoint) -> None:
    endpoint.stop()
    client = await asks()
    assert (await client.get("/health")).json()["reason"] == "the endpoint cannot be reached"
    refused = await client.post(PATH, json=asking([SAFE]))
    assert (refused.status_code, refused.json()["detail"]) == (503, "the model cannot be reached")


async def test_an_endpoint_out_of_memory_is_unhealthy_until_it_answers(asks: Callable, endpoint: StubEndpoint) -> None:
    client = await asks()
    endpoint.answers = [fails(500, "CUDA out of memory")]
    await client.post(PATH, json=asking([SAFE]))
    assert (await client.get("/health")).json()["reason"] == "the endpoint is out of GPU memory"
    endpoint.answers = [says({})]
    await analyze(client, [SAFE])
    assert (await client.get("/health")).status_code == 200


async def test_the_key_is_read_from_its_file_and_shown_nowhere(
    asks: Callable, endpoint: StubEndpoint, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    file = tmp_path / "key"
    file.write_text("s3cret-key\n")
    client = await asks(AI_ENDPOINT_KEY_FILE=str(file))
    endpoint.answers = [fails(401, "bad key s3cret-key")]
    refused = await client.post(PATH, json=asking([SAFE]))
    assert endpoint.keys == {"Bearer s3cret-key"}
    assert "s3cret" not in refused.text + (await client.get("/health")).text + (await client.get("/metrics")).text
    assert not [record for record in caplog.records if record.name.startswith("dojang_ai") and "s3cret" in str(record.__dict__)]


async def test_a_folder_that_cannot_be_created_is_reported_at_start(serve: Callable, endpoint: StubEndpoint, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="AI_DATA"):
        await serve(AI_ENGINE="endpoint", AI_ENDPOINT=endpoint.url, AI_MODEL="small", AI_DATA=str(tmp_path / "file" / "data"))


async def test_a_model_that_is_closed_leaves_others_their_connections(endpoint: StubEndpoint) -> None:
    endpoint.answers = [lambda _: "yes"]
    first, second = (Model(Access(endpoint.url, "small", SecretStr("none"))) for _ in range(2))
    assert await first.ask([HumanMessage("?")], 10) == "yes"
    await first.close()
    assert await second.ask([HumanMessage("?")], 10) == "yes"
    await second.close()
