"""Comparing what people write: Korean without its spaces, which are put by taste and lost by recognition, English word by word."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

_SPACES = r"\s\u200b-\u200f\u2060\ufeff"
_SPACE = re.compile(f"[{_SPACES}]+")
_LETTER = re.compile(f"[^{_SPACES}]")
_LETTER_OR_SPACE = re.compile(f"[{_SPACES}]+|[^{_SPACES}]")
_HANGUL = re.compile("[가-힣]")
# Words that would otherwise be found at the start of others: no in notice, may in mayor.
_WHOLE = re.compile(r"\b(no|not|may|any|all|one|single)\b(?![?*+{])")

Span = tuple[int, int]


def squeezed(text: str) -> str:
    """The text without spaces, in small letters."""
    return _SPACE.sub("", text).lower()


@dataclass(frozen=True)
class Comparable:
    """A text in both forms, that knows where in the original a place is."""

    original: str

    @cached_property
    def squeezed(self) -> str:
        """Without spaces."""
        return squeezed(self.original)

    @cached_property
    def spaced(self) -> str:
        """With one space between words."""
        return _SPACE.sub(" ", self.original).lower()

    def span_of_squeezed(self, start: int, end: int) -> Span:
        """Where these letters stand in the original."""
        return self._span(_LETTER, start, end)

    def span_of_spaced(self, start: int, end: int) -> Span:
        """Where these letters and spaces stand in the original."""
        return self._span(_LETTER_OR_SPACE, start, end)

    def _span(self, unit: re.Pattern[str], start: int, end: int) -> Span:
        found = list(islice(unit.finditer(self.original), start, max(end, start + 1)))
        return (found[0].start(), found[-1].end()) if found else (0, len(self.original))


class Wording:
    """Ways to say something. Those with Hangul are looked for without spaces, the others word by word.

    In both, `~` stands for a few words of the same sentence.
    """

    def __init__(self, texts: list[str]) -> None:
        self._korean = _joined([_korean(text) for text in texts if _HANGUL.search(text)])
        self._english = _joined([_english(text) for text in texts if not _HANGUL.search(text)])

    @property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """What is looked for, by language."""
        return {name: found for name, found in (("Korean", self._korean), ("English", self._english)) if found}

    def find(self, text: Comparable) -> Span | None:
        """The first match, as a span of the original text."""
        if self._korean and (match := self._korean.search(text.squeezed)):
            return text.span_of_squeezed(*match.span())
        if self._english and (match := self._english.search(text.spaced)):
            return text.span_of_spaced(*match.span())
        return None

    def is_in(self, text: Comparable) -> bool:
        """Whether the text matches."""
        return bool((self._korean and self._korean.search(text.squeezed)) or (self._english and self._english.search(text.spaced)))


def _joined(texts: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{text})" for text in texts)) if texts else None


def _korean(text: str) -> str:
    return squeezed(text.replace(r"\s*", "")).replace("~", "[^.;。]{0,40}?")


def _english(text: str) -> str:
    return r"\b(?:" + _WHOLE.sub(r"\1\\b", text.lower()).replace("~", r"[^.;]{0,60}?\b") + ")"
