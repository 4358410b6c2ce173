"""Contracts are cut into clauses at their numbers, and nothing of them is lost."""

import re
from collections.abc import Callable

from dojang_ai.contract.clause import QUOTE_LENGTH, Clause, Part, around
from dojang_ai.contract.split import MAX_CLAUSE, split
from dojang_ai.contract.wording import Comparable, Wording, squeezed
from dojang_ai.pages.page import Page, tidied
from hypothesis import given
from hypothesis import strategies as st

STARTS = ["제1조 (목적)", "제 2 조", "제10조의2", "Article 3", "1. ", "2) ", "(3)", "①", "가. ", "- ", "특약사항", "[특약 사항]", "2026년 2월 10일"]
words = st.text(st.sampled_from("임대인 차보증금을반환한다.,()%\n\tab12제조특약①"), max_size=80)
pages_of_text = st.lists(st.lists(st.tuples(st.sampled_from(["", *STARTS]), words), max_size=8), min_size=1, max_size=4)


def texts(pages: list[str]) -> list[str]:
    return [clause.words.original.strip() for clause in split([Page(number, text) for number, text in enumerate(pages, 1)])]


@given(pages_of_text)
def test_every_letter_is_in_exactly_one_clause(lines: list[list[tuple[str, str]]]) -> None:
    pages = [Page(number, "\n".join(start + text for start, text in page)) for number, page in enumerate(lines, 1)]
    clauses = split(pages)
    assert squeezed("".join(clause.words.original for clause in clauses)) == squeezed("".join(page.text for page in pages))
    assert all(len(clause.words.original) <= MAX_CLAUSE for clause in clauses)


@given(pages_of_text, st.data())
def test_a_quote_stands_on_its_page_word_for_word(lines: list[list[tuple[str, str]]], data: st.DataObject) -> None:
    pages = {number: "\n".join(start + text for start, text in page) for number, page in enumerate(lines, 1)}
    for clause in split([Page(number, text) for number, text in pages.items()]):
        start = data.draw(st.integers(0, max(0, len(clause.words.squeezed) - 1)))
        quote = clause.quote(clause.words.span_of_squeezed(start, start + 1))
        assert quote.text in pages[quote.page]
        assert len(quote.text) <= QUOTE_LENGTH * 2


@given(st.text(max_size=200), st.data())
def test_a_place_without_spaces_is_found_again_in_the_original(text: str, data: st.DataObject) -> None:
    words = Comparable(text)
    if not words.squeezed or len(words.squeezed) != len(re.sub(r"[\s\u200b-\u200f\u2060\ufeff]", "", text)):
        return
    start = data.draw(st.integers(0, len(words.squeezed) - 1))
    end = data.draw(st.integers(start + 1, len(words.squeezed)))
    first, last = words.span_of_squeezed(start, end)
    assert squeezed(text[first:last]) == words.squeezed[start:end]


def test_articles_items_and_special_terms_are_clauses_of_their_own() -> None:
    text = "계약서\n제1조 (목적) 가나다라.\n제 2 조 [기간]\n① 하나이다.\n② 둘이다.\n특약사항\n1. 첫째 특약.\n2) 둘째 특약.\n2026년 2월 10일\n임대인"
    assert texts([text]) == [
        "계약서",
        "제1조 (목적) 가나다라.",
        "제 2 조 [기간]",
        "① 하나이다.",
        "② 둘이다.",
        "특약사항",
        "1. 첫째 특약.",
        "2) 둘째 특약.",
        "2026년 2월 10일\n임대인",
    ]


def test_a_reference_to_an_article_begins_no_clause() -> None:
    assert texts(["제1조 (해지) 민법\n제640조에 따라 해지한다.\n제6조의3 제1항과 같다."]) == [
        "제1조 (해지) 민법\n제640조에 따라 해지한다.\n제6조의3 제1항과 같다."
    ]


def test_a_text_without_lines_is_cut_at_its_articles() -> None:
    assert texts(["계약서이다. 제1조(목적) 집을 빌린다. 제2조(기간) 주택임대차보호법 제4조에 따른다. ① 2년이다."]) == [
        "계약서이다.",
        "제1조(목적) 집을 빌린다.",
        "제2조(기간) 주택임대차보호법 제4조에 따른다.",
        "① 2년이다.",
    ]


def test_amounts_and_dates_begin_no_clause() -> None:
    assert len(texts(["보증금은\n30,000,000원이고\n1.5배를 넘지 않으며\n2026.3.2에 낸다"])) == 1


def test_a_clause_goes_on_over_the_page_and_is_quoted_where_the_words_stand() -> None:
    clauses = split([Page(1, "제3조 (반환) 임대인은 보증금을"), Page(2, "새로운 임차인이 들어오면 반환한다.\n제4조 끝")])
    assert len(clauses) == 2
    place = clauses[0].words.squeezed.index("새로운")
    quote = clauses[0].quote(clauses[0].words.span_of_squeezed(place, place + 3))
    assert (quote.page, quote.text) == (2, "새로운 임차인이 들어오면 반환한다.")


def test_items_know_the_heading_of_their_article(sample: Callable) -> None:
    clauses = split([Page(number, text) for number, text in enumerate(sample("risky-lease"), 1)])
    pets = next(clause for clause in clauses if clause.words.original.startswith("8. 반려동물은"))
    assert pets.heading == "특약사항"


def test_a_long_text_is_quoted_by_its_sentences() -> None:
    text = "앞 문장이다. " * 100 + "보증금은 새 임차인이 오면 반환한다. " + "뒤 문장이다. " * 100
    place = text.index("새 임차인")
    assert around(text, place, place + 4) == "보증금은 새 임차인이 오면 반환한다."


def test_a_clause_of_one_page_is_quoted_whole() -> None:
    clause = Clause("", (Part(1, "  제1조 짧다.\n"),))
    assert clause.quote((4, 5)) == Part(1, "제1조 짧다.")


def test_english_words_are_found_whole_and_korean_ones_without_spaces() -> None:
    assert not Wording(["not"]).is_in(Comparable("a notice"))
    assert not Wording(["lien"]).is_in(Comparable("the client"))
    assert Wording(["no~mortgage"]).is_in(Comparable("No  new\nmortgage"))
    assert Wording(["근저당 설정"]).is_in(Comparable("근 저 당\n설정"))


def test_text_of_pdfs_and_other_systems_is_tidied() -> None:
    assert tidied("\u1100\u1161\r\n나\u200b다\x00\f라") == "가\n나다\n라"
