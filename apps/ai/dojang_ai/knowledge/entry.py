"""An entry of the knowledge base: what a kind of clause is about, and what makes it safe or dangerous."""

from dataclasses import dataclass

from ..answer import Risk, Source
from ..bilingual import Bilingual, Locale
from ..contract.wording import Comparable, Span, Wording


@dataclass(frozen=True)
class LawArticle:
    """An article that an entry rests on."""

    law: Bilingual
    article: str

    def source(self, locale: Locale) -> Source:
        """As an answer cites it. The Korean name stays: it is what a reader looks up."""
        title = self.law.ko if locale == "ko" else f"{self.law.en} ({self.law.ko})"
        return Source(title=title, article=self.article, url=f"https://www.law.go.kr/법령/{self.law.ko.replace(' ', '')}/{self.article}")


@dataclass(frozen=True)
class Rule:
    """A wording that decides the risk of a clause."""

    when: Wording
    unless: Wording | None
    risk: Risk
    note: Bilingual | None
    advice: Bilingual | None

    def found_in(self, text: Comparable) -> Span | None:
        """Where the wording occurs, unless the text also has the exception."""
        return None if self.unless and self.unless.is_in(text) else self.when.find(text)


@dataclass(frozen=True)
class Entry:
    """One kind of clause."""

    id: str
    title: Bilingual
    about: Wording
    risk: Risk
    rules: tuple[Rule, ...]
    explanation: Bilingual
    advice: Bilingual
    sources: tuple[LawArticle, ...]

    @property
    def prose(self) -> str:
        """All its texts, for retrieval by words."""
        notes = [f"{rule.note.ko} {rule.note.en}" for rule in self.rules if rule.note]
        parts = (self.title, self.explanation, self.advice)
        return " ".join([f"{part.ko} {part.en}" for part in parts] + notes)


@dataclass(frozen=True)
class Usual:
    """What contracts usually say."""

    id: str
    present: Wording
    title: Bilingual
    explanation: Bilingual
    sources: tuple[LawArticle, ...]


@dataclass(frozen=True)
class Knowledge:
    """Everything that is bundled."""

    entries: tuple[Entry, ...]
    usual: tuple[Usual, ...]
