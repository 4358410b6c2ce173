"""Cuts pages into clauses at their numbers: 제1조, Article 1, 1., ①, 가., dashes, ※, 특약사항. The date of signing ends them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..pages.page import Page
from .clause import Clause, Part
from .marks import Mark, ends_sentence, first_mark, goes_on, late_marks

MAX_CLAUSE = 1_200

_SENTENCE_END = re.compile(r"(?<=[.。!?])\s|\n")


@dataclass(frozen=True)
class _Piece:
    """From one mark to the next on one page. A piece without a mark goes on with what the page before ended with."""

    mark: Mark | None
    part: Part


def split(pages: list[Page]) -> list[Clause]:
    """The clauses in their order. Every letter that is not a space is in exactly one."""
    clauses: list[Clause] = []
    heading = ""
    reader = _Reader()
    for piece in (piece for page in pages for piece in reader.pieces(page)):
        if piece.mark is None and clauses:
            clauses[-1] = Clause(clauses[-1].heading, (*clauses[-1].parts, piece.part))
            continue
        if piece.mark and piece.mark.heading is not None:
            heading = piece.mark.heading
        clauses.append(Clause(heading, (piece.part,)))
    return [short for clause in clauses for short in _shortened(clause)]


class _Reader:
    """Reads line by line and knows, over the ends of pages, whether it is among the special terms.

    Special terms that have no numbers stand a sentence each on lines of their own.
    """

    def __init__(self) -> None:
        self._special = False
        self._numbered = False
        self._ended = False

    def pieces(self, page: Page) -> Iterator[_Piece]:
        """The page from mark to mark."""
        begin, mark = 0, None
        for following in self._marks(page.text):
            if page.text[begin : following.place].strip():
                yield _Piece(mark, Part(page.number, page.text[begin : following.place]))
            begin, mark = following.place, following
        if page.text[begin:].strip():
            yield _Piece(mark, Part(page.number, page.text[begin:]))

    def _marks(self, text: str) -> Iterator[Mark]:
        offset = 0
        for line in text.splitlines(keepends=True):
            for mark in self._of_line(line):
                yield Mark(offset + mark.place, mark.kind, mark.heading)
            offset += len(line)

    def _of_line(self, line: str) -> Iterator[Mark]:
        if not line.strip():
            return
        first = first_mark(line) or self._unnumbered(line)
        for mark in [*([first] if first else []), *late_marks(line)]:
            if mark.kind == "term" and mark.heading is None and not self._special:
                continue
            self._seen(mark)
            # A note under an article speaks for itself.
            yield Mark(mark.place, mark.kind, "") if mark.kind == "note" and not self._special else mark
        self._ended = ends_sentence(line) or (first is not None and first.kind == "special")

    def _unnumbered(self, line: str) -> Mark | None:
        if self._special and self._ended and not self._numbered and not goes_on(line):
            return Mark(len(line) - len(line.lstrip()), "term")
        return None

    def _seen(self, mark: Mark) -> None:
        if mark.kind in ("article", "signed"):
            self._special = False
        elif mark.kind == "special" or (mark.kind == "term" and mark.heading):
            self._special, self._numbered = True, mark.kind == "term"
        elif mark.kind in ("item", "note"):
            self._numbered = True


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
