"""Cuts pages into clauses at their numbers: 제1조, Article 1, 1., ①, 가., dashes, 특약사항. The date of signing ends them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..pages.page import Page
from .clause import Clause, Part

MAX_CLAUSE = 1_200
MAX_HEADING = 40

_ARTICLE = r"제[ \t]*\d{1,3}[ \t]*조(?:[ \t]*의[ \t]*\d{1,2})?(?![ \t]*제?\d*[ \t]*(?:항|호|에|의|를|은|는))|Article[ \t]+\d{1,3}\b"
_SPECIAL_NAME = r"특[ \t]*약(?:[ \t]*사[ \t]*항)?|Special[ \t]+(?:Terms|Conditions|Agreements?)"
_SPECIAL = rf"[\[【<(〔■▣※*]*[ \t]*(?:{_SPECIAL_NAME})[ \t]*[\]】>)〕:：]*[ \t]*$"
_ITEM = r"[①-⑳]|\(\d{1,2}\)|\d{1,2}[ \t]*[.)](?=[ \t]*[^\d\s])|[가나다라마바사아자차카타파하][.)](?=[ \t])|[-•·▪○□◦*][ \t]+"
_SIGNED = r"\d{4}[ \t]*[년./-][ \t]*\d{1,2}[ \t]*[월./-][ \t]*\d{1,2}[ \t]*일?[ \t]*$"
# At the start of a line, or, where lines were lost, after the end of a sentence.
_START = re.compile(
    rf"^[ \t]*(?:(?P<special>{_SPECIAL})|(?P<article>{_ARTICLE})|(?P<signed>{_SIGNED})|(?P<item>{_ITEM}))"
    r"|(?<=[.。]\s)(?:(?P<late_article>제\d{1,3}조(?:의\d{1,2})?[ \t]*[(\[【])|(?P<late_item>[①-⑳]))",
    re.MULTILINE | re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.。!?])\s+|\n")


@dataclass(frozen=True)
class _Piece:
    """From one start to the next on one page. A piece without a kind goes on with what the page before ended with."""

    kind: str
    part: Part


def split(pages: list[Page]) -> list[Clause]:
    """The clauses in their order. Every letter that is not a space is in exactly one."""
    clauses: list[Clause] = []
    heading = ""
    for piece in (piece for page in pages for piece in _pieces(page)):
        if piece.kind == "" and clauses:
            clauses[-1] = Clause(clauses[-1].heading, (*clauses[-1].parts, piece.part))
            continue
        if piece.kind in ("article", "special", "signed"):
            heading = "" if piece.kind == "signed" else _heading(piece.part.text)
        clauses.append(Clause(heading, (piece.part,)))
    return [short for clause in clauses for short in _shortened(clause)]


def _pieces(page: Page) -> Iterator[_Piece]:
    starts = list(_START.finditer(page.text))
    first = starts[0].start() if starts else len(page.text)
    if page.text[:first].strip():
        yield _Piece("", Part(page.number, page.text[:first]))
    ends = [following.start() for following in starts[1:]] + [len(page.text)]
    for start, end in zip(starts, ends, strict=False):
        yield _Piece((start.lastgroup or "").removeprefix("late_"), Part(page.number, page.text[start.start() : end]))


def _heading(text: str) -> str:
    """`제3조 (보증금의 반환)` without the sentence after it."""
    line = text.strip().split("\n", 1)[0]
    closed = re.match(r"[^)\]】]{0,60}[)\]】]", line)
    return closed.group() if closed else line[:MAX_HEADING]


def _shortened(clause: Clause) -> Iterator[Clause]:
    """A clause of usual length, or the pieces of a long one."""
    if sum(len(part.text) for part in clause.parts) <= MAX_CLAUSE:
        yield clause
        return
    for part in clause.parts:
        for text in _chunks(part.text):
            yield Clause(clause.heading, (Part(part.page, text),))


def _chunks(text: str) -> Iterator[str]:
    begin = 0
    while len(text) - begin > MAX_CLAUSE:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, begin + 1, begin + MAX_CLAUSE)]
        end = ends[-1] if ends else begin + MAX_CLAUSE
        yield text[begin:end]
        begin = end
    yield text[begin:]
