"""A page of a contract as text."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """Its text, and whether it was recognised in a picture."""

    number: int
    text: str
    ocr: bool = False


# As in the stream-safe text format of UAX #15: putting marks in their order takes time in
# proportion to the square of their number.
MOST_MARKS = 30


def tidied(text: str) -> str:
    """The text as people wrote it: letters in one piece (some PDFs and macOS split Hangul), no control characters, one kind of line end."""
    whole = unicodedata.normalize("NFC", _stream_safe(text)).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return "".join(letter for letter in whole if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co"))


def _stream_safe(text: str) -> str:
    """The text with at most so many combining marks on a letter. No language writes more."""
    if not any(map(unicodedata.combining, text)):
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
