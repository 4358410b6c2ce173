"""Special terms (특약) are clauses of their own, however a lease writes them, and never part of the article before them."""

from pathlib import Path

import pytest
from dojang_ai.contract.clause import Clause
from dojang_ai.contract.split import split
from dojang_ai.deadline import Deadline
from dojang_ai.knowledge.findings import Findings
from dojang_ai.pages.page import Page, tidied

LEASES = Path(__file__).parent / "leases"

ARTICLE = "제12조 (중개보수) 중개보수는 임대인과 임차인이 각자 부담한다."
PETS = "반려동물은 기를 수 없다."
MORTGAGE = "임대인은 전입신고 다음 날까지 근저당권을 설정하지 아니한다."
CLEANING = "퇴거할 때 청소비 150,000원을 보증금에서 공제한다."
SIGNED = "2026년 3월 20일\n임대인 이보기   임차인 박나무"

LAYOUTS = {
    "numbers under a heading": "특약사항\n1. {0}\n2. {1}\n3. {2}",
    "the standard form: a heading in brackets, sentences without numbers": "[특약사항]\n{0}\n{1}\n{2}",
    "a heading with spaces": "특 약 사 항\n① {0}\n② {1}\n③ {2}",
    "corner brackets": "「특약사항」\n1) {0}\n2) {1}\n3) {2}",
    "angle brackets": "〈특약사항〉\n- {0}\n- {1}\n- {2}",
    "a square before the heading": "■ 특약사항\n가. {0}\n나. {1}\n다. {2}",
    "a heading with a colon": "특약사항 :\n1. {0}\n2. {1}\n3. {2}",
    "a numbered heading": "5. 특약사항\n(1) {0}\n(2) {1}\n(3) {2}",
    "an article for a heading": "제13조 (특약사항)\n1. {0}\n2. {1}\n3. {2}",
    "a heading with a remark": "특약사항(임대인·임차인 합의)\n• {0}\n• {1}\n• {2}",
    "the first term on the line of the heading": "특약사항: 1. {0}\n2. {1}\n3. {2}",
    "no heading, 특약 before each number": "특약 1. {0}\n특약 2. {1}\n특약 3. {2}",
    "no heading, 특약 and a number without a space": "특약1) {0}\n특약2) {1}\n특약3) {2}",
    "no heading, circled numbers": "특약 ① {0}\n특약 ② {1}\n특약 ③ {2}",
    "no heading, 특약 in brackets": "(특약) {0}\n(특약) {1}\n(특약) {2}",
    "no heading, a colon": "특약: {0}\n특약: {1}\n특약: {2}",
    "no heading, stars of reference": "※ {0}\n※ {1}\n※{2}",
    "stars under a heading": "[특약]\n※ {0}\n※ {1}\n※ {2}",
    "other words for it": "특별약정사항\n1. {0}\n2. {1}\n3. {2}",
    "additional terms": "<기타 특약사항>\n▶ {0}\n▶ {1}\n▶ {2}",
    "blank lines between": "특약사항\n\n{0}\n\n{1}\n\n{2}\n",
    "articles of their own": "특약사항\n제1조 {0}\n제2조 {1}\n제3조 {2}",
}

LOST_LINES = [
    "특약 1. {0} 특약 2. {1} 특약 3. {2}",
    "특약: {0} 특약: {1} 특약: {2}",
    "특약사항: 1. {0} 2. {1} 3. {2}",
    "[특약사항] 1. {0} 2. {1} 3. {2}",
    "※ {0} ※ {1} ※ {2}",
]


def clauses(text: str) -> list[Clause]:
    return split([Page(1, tidied(text))])


def titles(findings: Findings, text: str) -> list[tuple[str, str]]:
    """Title and quote of what is explained, in order."""
    return [(found.title, found.quote) for found in (match.finding("ko") for match in findings.matches(clauses(text), Deadline(60)))]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_each_special_term_is_a_clause_of_its_own(layout: str) -> None:
    apart(f"{ARTICLE}\n{layout.format(PETS, MORTGAGE, CLEANING)}\n{SIGNED}")


@pytest.mark.parametrize("layout", LOST_LINES)
def test_special_terms_are_separated_where_lines_were_lost(layout: str) -> None:
    apart(f"{ARTICLE} {layout.format(PETS, MORTGAGE, CLEANING)}\n{SIGNED}")


def apart(text: str) -> None:
    found = [clause.words.original.strip() for clause in clauses(text)]
    for term in (PETS, MORTGAGE, CLEANING):
        (holder,) = (text for text in found if term in text)
        assert not any(other in holder for other in (ARTICLE, PETS, MORTGAGE, CLEANING, SIGNED) if other != term)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_each_special_term_is_explained_by_its_own_words(findings: Findings, layout: str) -> None:
    shown = titles(findings, f"{ARTICLE}\n{layout.format(PETS, MORTGAGE, CLEANING)}\n{SIGNED}")
    expected = {ARTICLE: "중개보수", PETS: "반려동물", MORTGAGE: "근저당 등 담보권", CLEANING: "퇴거 청소비"}
    for said, title in expected.items():
        assert title in [found for found, quote in shown if said in quote]
        assert not [quote for _, quote in shown if said in quote and any(other in quote for other in expected if other != said)]


def test_short_special_terms_are_explained_too(findings: Findings) -> None:
    shown = titles(findings, f"{ARTICLE}\n특약사항\n1. 전대 금지\n2. 반려동물 금지\n3.\n")
    assert [title for title, _ in shown][1:] == ["전대와 임차권 양도", "반려동물"]


@pytest.mark.parametrize(
    "text",
    [
        "제3조 (우선) 이 계약과 특약이 다르면\n특약에 따른다.",
        "제3조 (우선) 당사자는 다음에 적은\n특약사항을 지킨다.",
        "제3조 (위반) 임대인이\n특약 1항을 위반하면 해지한다.",
        "제3조 (위반) 임대인이\n특약 제1조에 정한 바를 위반하면 해지한다.",
    ],
)
def test_a_sentence_that_speaks_of_special_terms_begins_none(text: str) -> None:
    assert len(clauses(text)) == 1


def test_a_proviso_stays_with_its_term() -> None:
    found = [clause.words.original.strip() for clause in clauses(f"[특약사항]\n{PETS}\n단, 금붕어는 그러하지 아니하다.\n{MORTGAGE}\n")]
    assert found == ["[특약사항]", f"{PETS}\n단, 금붕어는 그러하지 아니하다.", MORTGAGE]


def test_a_term_goes_on_over_lines_and_pages() -> None:
    first = "임대인은 임차인의 전입신고 다음 날까지\n근저당권을 설정하지"
    found = split([Page(1, f"[특약사항]\n{PETS}\n{first}"), Page(2, f"아니한다.\n{CLEANING}\n{SIGNED}")])
    assert [clause.words.original.strip() for clause in found] == ["[특약사항]", PETS, f"{first}아니한다.", CLEANING, SIGNED]


def test_the_closing_words_end_the_special_terms() -> None:
    closing = "본 계약을 증명하기 위하여 계약 당사자가 이의 없음을 확인하고 각각 서명·날인한다.\n2026년   월   일\n임대인"
    found = clauses(f"[특약사항]\n{PETS}\n{closing}")
    assert [(clause.heading, clause.words.original.strip()) for clause in found][1:3] == [
        ("[특약사항]", PETS),
        ("", "본 계약을 증명하기 위하여 계약 당사자가 이의 없음을 확인하고 각각 서명·날인한다."),
    ]


def terms_of(name: str) -> list[str]:
    """The special terms of a whole lease: what stands between its last article and its closing words."""
    found = [clause.words.original.strip() for clause in clauses((LEASES / f"{name}.txt").read_text("utf-8"))]
    last = max(place for place, text in enumerate(found) if text.replace(" ", "").startswith(("제12조", "제9조")))
    end = next(place for place, text in enumerate(found) if text.startswith("본 계약을"))
    return found[last + 1 : end]


def test_the_standard_form_of_the_ministry() -> None:
    terms = terms_of("standard-form")
    begins = ["[특약사항]", "주택을 인도받은 임차인은", "임대인이 위 특약에 위반하여", "반려동물은", "퇴거할 때"]
    assert [next(text for text in terms if text.startswith(begin)) for begin in begins]
    assert next(text for text in terms if text.startswith("주택을 인도받은")).endswith("담보권을 설정할 수 없다.")
    assert next(text for text in terms if text.startswith("임대인이 위 특약")).endswith("손해를 배상하여야 한다.")


def test_the_form_that_brokers_use(findings: Findings) -> None:
    terms = terms_of("broker-form")
    assert [text.split()[0] for text in terms] == ["※", "특약사항", "2.", "3)", "특약", "-"]
    lease = (LEASES / "broker-form.txt").read_text("utf-8")
    shown = {quote: title for title, quote in titles(findings, lease) if not quote.startswith("제")}
    for term in terms:
        assert term in shown, f"not explained: {term}"
