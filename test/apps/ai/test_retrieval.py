"""References are found in Chroma, by the letters of a clause or by the endpoint's own vectors."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import chromadb
import pytest
import yaml
from chromadb.config import Settings
from conftest import asking
from dojang_ai.engines.endpoint.citations import Citations
from dojang_ai.engines.endpoint.embeddings import LetterEmbeddings
from dojang_ai.engines.endpoint.index import KnowledgeIndex
from dojang_ai.knowledge.entry import Entry, Knowledge
from dojang_ai.knowledge.load import bundled
from hypothesis import given
from hypothesis import strategies as st
from stub_endpoint import StubEndpoint

PHRASES = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text("utf-8"))
LAWS = list(dict.fromkeys(article.law for entry in bundled().entries for article in entry.sources))


def opened(folder: Path, knowledge: Knowledge | None = None) -> KnowledgeIndex:
    known = knowledge or bundled()
    return KnowledgeIndex(folder, known, LetterEmbeddings(entry.prose for entry in known.entries), LetterEmbeddings.name)


def collections(folder: Path) -> dict[str, int]:
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    return {collection.name: collection.count() for collection in client.list_collections()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("보증금은 새로운 임차인이 구해지면 반환한다.", "deposit-return"),
        ("임차인은 전입신고를 하지 않는다.", "move-in-registration"),
        ("반려동물은 기를 수 없다.", "pets"),
        ("The landlord may increase the rent every year.", "rent-increase"),
        ("이 주택은 신탁등기가 되어 있다.", "trust"),
    ],
)
def test_a_clause_finds_its_entry_by_its_letters(folder: Path, text: str, expected: str) -> None:
    assert expected in [entry.id for entry in opened(folder).near([text], 2, 10)]


def test_each_entry_comes_once_and_never_more_than_asked_for(folder: Path) -> None:
    texts = ["보증금은 새로운 임차인이 구해지면 반환한다.", "보증금을 반환한다.", "전입신고를 한다.", "월세를 연체하면 해지한다."]
    found = [entry.id for entry in opened(folder).near(texts, 4, 5)]
    assert len(found) == len(set(found)) == 5


def test_the_index_is_kept_and_filled_up_where_it_was_cut_off(tmp_path: Path) -> None:
    opened(tmp_path).near(["보증금"], 1, 1)
    (name,) = collections(tmp_path)
    client = chromadb.PersistentClient(str(tmp_path), Settings(anonymized_telemetry=False))
    client.get_collection(name).delete(ids=["deposit-return", "pets"])
    assert [entry.id for entry in opened(tmp_path).near(["반려동물은 기를 수 없다."], 1, 1)] == ["pets"]
    assert collections(tmp_path) == {name: len(bundled().entries)}


def test_another_knowledge_has_another_collection(tmp_path: Path) -> None:
    opened(tmp_path).near(["보증금"], 1, 1)
    first, *others = bundled().entries
    changed = Knowledge((replace(first, id="changed"), *others[:3]), ())
    assert {entry.id for entry in opened(tmp_path, changed).near(["보증금"], 4, 9)} <= {entry.id for entry in changed.entries}
    assert sorted(collections(tmp_path).values()) == [4, len(bundled().entries)]


def test_it_is_filled_once_when_many_ask_at_once(tmp_path: Path) -> None:
    index = opened(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: [entry.id for entry in index.near(["반려동물은 기를 수 없다."], 1, 1)], range(16)))
    assert found == [["pets"]] * 16
    assert list(collections(tmp_path).values()) == [len(bundled().entries)]


@pytest.mark.anyio
async def test_vectors_come_from_the_endpoint_where_a_model_is_named(serve: Callable, endpoint: StubEndpoint) -> None:
    client = await serve(AI_ENGINE="endpoint", AI_ENDPOINT=endpoint.url, AI_MODEL="small", AI_EMBEDDING_MODEL="vectors")
    clause = "제1조 임대인은 보증금을 반환한다."
    assert (await client.post("/api/v1/analyze", json=asking([clause]))).status_code == 200
    assert clause in endpoint.embedded and len(endpoint.embedded) == len(bundled().entries) + 1


@pytest.mark.anyio
async def test_an_endpoint_without_vectors_is_reported(serve: Callable, endpoint: StubEndpoint) -> None:
    client = await serve(AI_ENGINE="endpoint", AI_ENDPOINT=endpoint.url, AI_MODEL="small", AI_EMBEDDING_MODEL="vectors")
    endpoint.vectors_status = 404
    refused = await client.post("/api/v1/analyze", json=asking(["제1조 임대인은 보증금을 반환한다."]))
    assert (refused.status_code, refused.json()["detail"]) == (503, "the knowledge base cannot be searched")


@given(st.text(max_size=300))
def test_letters_make_a_vector_of_length_one_or_none(text: str) -> None:
    length = sum(value * value for value in LetterEmbeddings([text[::2], text]).embed_query(text))
    assert length == pytest.approx(1) or length == 0


def test_most_clauses_find_their_entry() -> None:
    letters = LetterEmbeddings(entry.prose for entry in bundled().entries)
    vectors = {entry.id: letters.embed_query(entry.prose) for entry in bundled().entries}

    def near(text: str) -> list[str]:
        asked = [(place, value) for place, value in enumerate(letters.embed_query(text)) if value]
        return sorted(vectors, key=lambda name: -sum(value * vectors[name][place] for place, value in asked))[:2]

    found = [entry in near(text) for entry, _, text in PHRASES]
    assert sum(found) > 0.7 * len(found)


@pytest.mark.parametrize("entry", bundled().entries, ids=lambda entry: entry.id)
def test_nothing_of_the_knowledge_base_is_taken_for_an_invention(entry: Entry) -> None:
    citations = Citations(LAWS, entry.sources)
    texts = [entry.explanation, entry.advice, *(words for rule in entry.rules for words in (rule.note, rule.advice) if words)]
    for text in (words for both in texts for words in (both.ko, both.en)):
        assert citations.checked(text) == text
    for article in entry.sources:
        for said in (f"{article.law.ko} {article.article}에 따라요.", f"「{article.law.ko.replace(' ', '')}」 {article.article}를 보세요."):
            assert citations.checked(said) == said


@pytest.mark.parametrize(
    "invented",
    [
        "임차인절대보호법 제3조에 따라 무효입니다.",
        "상가건물 임대차보호법 제10조가 적용됩니다.",
        "전세사기특별법에 따라 무효예요.",
        "「세입자 지원법」을 보세요.",
        "주택임대차보호법 제99조에 따라 보호됩니다.",
        "민법 제 9999 조의 2에 적혀 있어요.",
        "Under Article 44 of the Housing Lease Protection Act you are safe.",
        "The Tenant Rescue Act says so.",
        "대법원 2019다123456 판결이 있어요.",
        "02-1234-5678로 전화하세요.",
        "evil.example.com 에서 확인하세요.",
    ],
)
def test_an_invention_goes_and_the_rest_stays(invented: str) -> None:
    shown = next(entry for entry in bundled().entries if entry.id == "deposit-return")
    assert (
        Citations(LAWS, shown.sources).checked(f"보증금을 돌려받아요. {invented} 날짜를 적으세요.")
        == "보증금을 돌려받아요. 날짜를 적으세요."
    )


@pytest.mark.parametrize(
    "usual",
    [
        "이 방법은 불법이에요.",
        "계약서 제3조를 보세요.",
        "민법상 동시에 해요.",
        "Act quickly.",
        "법에 따라 5%까지예요.",
        "보증금 30000000원이에요.",
    ],
)
def test_what_only_looks_like_a_law_stays(usual: str) -> None:
    assert Citations(LAWS, []).checked(usual) == usual
