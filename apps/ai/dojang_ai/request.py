"""What `POST /api/v1/analyze` accepts."""

import base64
import binascii
import hashlib
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from .bilingual import Locale
from .problems import Problem


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
        """What tells this page from another."""
        return self.text.encode("utf-8", "surrogatepass")


class FilePage(BaseModel):
    """A document of one or more pages, or the picture of one."""

    data: Data

    def content(self) -> bytes:
        """What tells this page from another."""
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
Page = Annotated[TextPage | PdfPage | ImagePage, Field(discriminator="kind")]


class AnalyzeRequest(BaseModel):
    """A contract to explain."""

    request_id: str = Field(alias="requestId", pattern=r"^[\x21-\x7e]{1,200}$")
    locale: Locale
    pages: list[Page] = Field(min_length=1)

    def digest(self) -> str:
        """The same for the same content, however its JSON was written."""
        digest = hashlib.sha256(self.locale.encode())
        for page in self.pages:
            content = page.content()
            digest.update(f"|{page.kind}|{len(content)}|".encode())
            digest.update(content)
        return digest.hexdigest()


def read_request(body: bytes, max_pages: int) -> AnalyzeRequest:
    """The request in this JSON.

    :raises Problem: 422 with every field that is wrong
    """
    try:
        request = AnalyzeRequest.model_validate_json(body)
    except ValidationError as error:
        errors = [{"field": _path(fault["loc"]), "message": fault["msg"]} for fault in error.errors(include_input=False, include_url=False)]
        raise Problem(422, "the request is not as it should be", errors=errors) from None
    if len(request.pages) > max_pages:
        raise too_many_pages(len(request.pages), max_pages)
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
