"""A text that people read, in both languages of the service."""

from dataclasses import dataclass
from typing import Literal

Locale = Literal["ko", "en"]


@dataclass(frozen=True)
class Bilingual:
    """The same words in Korean and in English."""

    ko: str
    en: str

    def pick(self, locale: Locale) -> str:
        """The words for a reader of this language."""
        return self.ko if locale == "ko" else self.en

    def as_dict(self) -> dict[str, str]:
        """As it stands in an answer."""
        return {"ko": self.ko, "en": self.en}
