"""What `POST /api/v1/analyze` answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Risk = Literal["safe", "caution", "danger"]
RISKS: tuple[Risk, ...] = ("safe", "caution", "danger")


class Part(BaseModel):
    """Part of an answer; its JSON names are in camel case."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class Words(Part):
    """The same text in both languages."""

    ko: str
    en: str


class Source(Part):
    """An article of a law."""

    title: str
    article: str
    url: str


class Finding(Part):
    """What one clause means, with its own words and the page they stand on."""

    page: int
    quote: str
    title: str
    explanation: str
    risk: Risk
    advice: str
    sources: list[Source]


class Missing(Part):
    """What contracts of this kind usually say and this one does not."""

    title: str
    explanation: str
    sources: list[Source]


class PageRead(Part):
    """How a page was read."""

    number: int
    characters: int
    ocr: bool


class EngineName(Part):
    """Who explained it."""

    kind: Literal["offline", "endpoint"]
    model: str
    label: Words


class Answer(Part):
    """The explained contract."""

    engine: EngineName
    summary: Words
    clauses: list[Finding]
    missing: list[Missing]
    pages: list[PageRead]
    took_ms: int = Field(ge=0)
