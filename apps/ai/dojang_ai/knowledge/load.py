"""Reads the bundled knowledge, strictly: a misspelt key or an unknown law is an error at start, never a wrong answer."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ..answer import Risk
from ..bilingual import Bilingual
from ..contract.wording import Wording
from .entry import Entry, Knowledge, LawArticle, Rule, Usual

DATA = Path(__file__).parent / "data"

Patterns = Annotated[list[str], Field(min_length=1)]
Sources = Annotated[list[str], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Words(_Strict):
    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def bilingual(self) -> Bilingual:
        return Bilingual(self.ko, self.en)


class _Rule(_Strict):
    when: Patterns = Field(alias="if")
    unless: Patterns | None = None
    risk: Risk
    note: _Words | None = None
    advice: _Words | None = None

    def rule(self) -> Rule:
        return Rule(
            when=Wording(self.when),
            unless=Wording(self.unless) if self.unless else None,
            risk=self.risk,
            note=self.note.bilingual() if self.note else None,
            advice=self.advice.bilingual() if self.advice else None,
        )


class _Entry(_Strict):
    id: str = Field(pattern=r"^[a-z][a-z-]+$")
    title: _Words
    about: Patterns
    risk: Risk
    rules: list[_Rule]
    explanation: _Words
    advice: _Words
    sources: Sources


class _Usual(_Strict):
    id: str = Field(pattern=r"^[a-z][a-z-]+$")
    present: Patterns
    title: _Words
    explanation: _Words
    sources: Sources


@lru_cache(maxsize=1)
def bundled() -> Knowledge:
    """The knowledge that comes with the package."""
    laws = TypeAdapter(dict[str, str]).validate_python(_yaml(DATA / "laws.yaml"))
    files = sorted((DATA / "clauses").glob("*.yaml"))
    entries = [entry for file in files for entry in TypeAdapter(list[_Entry]).validate_python(_yaml(file))]
    usual = TypeAdapter(list[_Usual]).validate_python(_yaml(DATA / "missing.yaml"))
    _unique([entry.id for entry in entries])
    return Knowledge(tuple(_entry(entry, laws) for entry in entries), tuple(_usual(item, laws) for item in usual))


def _yaml(file: Path) -> object:
    return yaml.safe_load(file.read_text("utf-8"))


def _unique(ids: list[str]) -> None:
    if doubled := {name for name in ids if ids.count(name) > 1}:
        raise ValueError(f"entries with the same id: {sorted(doubled)}")


def _entry(entry: _Entry, laws: dict[str, str]) -> Entry:
    return Entry(
        id=entry.id,
        title=entry.title.bilingual(),
        about=Wording(entry.about),
        risk=entry.risk,
        rules=tuple(rule.rule() for rule in entry.rules),
        explanation=entry.explanation.bilingual(),
        advice=entry.advice.bilingual(),
        sources=_articles(entry.sources, laws),
    )


def _usual(item: _Usual, laws: dict[str, str]) -> Usual:
    return Usual(item.id, Wording(item.present), item.title.bilingual(), item.explanation.bilingual(), _articles(item.sources, laws))


def _articles(names: list[str], laws: dict[str, str]) -> tuple[LawArticle, ...]:
    return tuple(_article(name, laws) for name in names)


def _article(name: str, laws: dict[str, str]) -> LawArticle:
    law, _, article = name.rpartition(" ")
    if law not in laws:
        raise ValueError(f"{name}: laws.yaml does not know the law {law!r}")
    return LawArticle(Bilingual(law, laws[law]), article)
