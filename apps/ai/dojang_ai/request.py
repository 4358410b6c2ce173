"""What `POST /api/v1/analyze` accepts."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from .bilingual import Locale
from .problems import Problem, unreadable

MOST_PAGES = 1_000
# Braces, brackets and commas of a page without its text; the request itself has no more.
PARTS_OF_PAGE = 16


@dataclass(frozen=True)
class Limits:
    """How much of a contract is read, counted before any work. Characters are those of Unicode."""

    pages: int
    page_characters: int
    characters: int

    def check(self, lengths: Iterator[int]) -> None:
        """Refuses pages of these lengths when together they are too long.

        :raises Problem: 422
        """
        total = sum(lengths)
        if total > self.characters:
            raise unreadable("pages", f"{total} characters, at most {self.characters} are read of a contract")


def _decoded(value: object) -> bytes:
    if not isinstance(value, str):
        raise PydanticCustomError("base64", "must be text in base64")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise PydanticCustomError("base64", "is not base64") from None


Data = Annotated[bytes, BeforeValidator(_decoded), Field(min_length=1)]


class TextPage(BaseModel):
    """A page whose text is known."""

    kind: Literal["text"]
    text: str

    def content(self) -> bytes:
        """The bytes that identify this page."""
        return self.text.encode("utf-8", "surrogatepass")


class FilePage(BaseModel):
    """A document of one or more pages, or the picture of one."""

    data: Data

    def content(self) -> bytes:
        """The bytes that identify this page."""
        return self.data


class PdfPage(FilePage):
    """A PDF document."""

    kind: Literal["pdf"]
    media_type: Literal["application/pdf"] = Field("application/pdf", alias="mediaType")


class ImagePage(FilePage):
    """A photographed or scanned page."""

    kind: Literal["image"]
    media_type: Literal["image/png", "image/jpeg"] = Field(alias="mediaType")


KINDS = ("text", "pdf", "image")
MOST_FAULTS = 20
MOST_LETTERS_OF_FAULT = 200
Page = Annotated[TextPage | PdfPage | ImagePage, Field(discriminator="kind")]


class AnalyzeRequest(BaseModel):
    """A contract to explain."""

    request_id: str = Field(alias="requestId", pattern=r"^[\x21-\x7e]{1,200}$")
    locale: Locale
    # More than any setting allows; the list ends there, before its pages are looked at.
    pages: list[Page] = Field(min_length=1, max_length=MOST_PAGES, fail_fast=True)

    def digest(self) -> str:
        """The same for the same content, however its JSON was written."""
        digest = hashlib.sha256(self.locale.encode())
        for page in self.pages:
            content = page.content()
            digest.update(f"|{page.kind}|{len(content)}|".encode())
            digest.update(content)
        return digest.hexdigest()


def read_request(body: bytes, limits: Limits) -> AnalyzeRequest:
    """The request in this JSON.

    :raises Problem: 422 with the fields that are wrong, 20 at most
    """
    if sum(map(body.count, (b"{", b"[", b","))) > limits.characters + PARTS_OF_PAGE * (limits.pages + 1):
        raise unreadable("body", "the request has more parts than its pages can have")
    try:
        request = AnalyzeRequest.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)[:MOST_FAULTS]
        raise Problem(422, "the request is not as it should be", errors=[_fault(fault) for fault in faults]) from None
    if len(request.pages) > limits.pages:
        raise too_many_pages(len(request.pages), limits.pages)
    for place, page in enumerate(request.pages):
        if isinstance(page, TextPage) and len(page.text) > limits.page_characters:
            raise unreadable(f"pages[{place}].text", f"{len(page.text)} characters, at most {limits.page_characters} are read of a page")
    limits.check(len(page.text) for page in request.pages if isinstance(page, TextPage))
    return request


def too_many_pages(pages: int, max_pages: int) -> Problem:
    """The refusal of a contract that is too long."""
    message = f"{pages} pages, at most {max_pages} are read"
    return Problem(422, message, errors=[{"field": "pages", "message": message}])


def _path(place: tuple[int | str, ...]) -> str:
    """`pages[0].text`; what pydantic adds for the kind of page is not a field."""
    path = ""
    for before, part in zip([None, *place], place, strict=False):
        if isinstance(part, int):
            path += f"[{part}]"
        elif not (isinstance(before, int) and part in KINDS):
            path += f".{part}" if path else part
    return path or "body"


def _fault(fault: ErrorDetails) -> dict[str, str]:
    """The field and what it should hold; never its value, which may be long and is foreign."""
    message = f"must be one of {', '.join(KINDS)}" if fault["type"] == "union_tag_invalid" else fault["msg"]
    return {"field": _path(fault["loc"])[:MOST_LETTERS_OF_FAULT], "message": message[:MOST_LETTERS_OF_FAULT]}
