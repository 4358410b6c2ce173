"""A clause: what stands between one number and the next, possibly on two pages."""

from dataclasses import dataclass
from functools import cached_property

from .wording import Comparable, Span

QUOTE_LENGTH = 600
_ENDS = ".。!?\n"


@dataclass(frozen=True)
class Part:
    """Words of the contract on one page, unchanged."""

    page: int
    text: str


@dataclass(frozen=True)
class Clause:
    """A clause under the heading of its article."""

    heading: str
    parts: tuple[Part, ...]

    @cached_property
    def words(self) -> Comparable:
        """All its words, for comparison."""
        return Comparable("".join(part.text for part in self.parts))

    def quote(self, span: Span) -> Part:
        """The words around this place: the whole part that it stands in, or its sentences if that is long."""
        first, last = span
        offset = 0
        for part in self.parts:
            if first < offset + len(part.text):
                return Part(part.page, around(part.text, first - offset, min(last - offset, len(part.text))))
            offset += len(part.text)
        return Part(self.parts[-1].page, around(self.parts[-1].text, 0, 1))


def around(text: str, start: int, end: int) -> str:
    """The text, or, where it is too long to quote, the sentences that hold this piece."""
    if len(text.strip()) <= QUOTE_LENGTH:
        return text.strip()
    begin = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = [place for place in (text.find(mark, max(start, end - 1)) for mark in _ENDS) if place >= 0]
    finish = min(ends) + 1 if ends else len(text)
    begin, finish = max(begin, end - QUOTE_LENGTH), min(finish, start + QUOTE_LENGTH)
    return text[begin:finish].strip()
