"""A page of a contract as text."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """Its text, and whether it was recognised in a picture."""

    number: int
    text: str
    ocr: bool = False


def tidied(text: str) -> str:
    """The text as people wrote it: letters in one piece (some PDFs and macOS split Hangul), no control characters, one kind of line end."""
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return "".join(letter for letter in whole if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co"))
