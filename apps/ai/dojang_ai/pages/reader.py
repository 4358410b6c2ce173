"""Reads everything that was sent, in order, into numbered pages."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..deadline import Deadline
from ..ocr.base import Ocr, Unreadable
from ..problems import unreadable
from ..request import ImagePage, PdfPage, TextPage, too_many_pages
from .image import prepared
from .page import Page, tidied
from .pdf import picture, text_layer

# Dense pages of a lease have 2,500 characters.
MAX_CHARACTERS_A_PAGE = 8_000
# A page with fewer letters than this in its text layer is a scan with a stamp or a page number.
MIN_LETTERS = 20

Sent = TextPage | PdfPage | ImagePage
Read = tuple[str, bool]


@dataclass(frozen=True)
class PageReader:
    """Reads pages; `on_ocr` is told the seconds that each recognition took."""

    ocr: Ocr
    max_pages: int
    on_ocr: Callable[[float], None] = lambda seconds: None

    def read(self, sent: list[Sent], deadline: Deadline) -> list[Page]:
        """All pages.

        :raises Problem: 422 that names the first page that cannot be read
        """
        pages: list[Page] = []
        for index, item in enumerate(sent):
            for text, ocr in self._pages_of(item, f"pages[{index}]", len(pages), deadline):
                pages.append(Page(len(pages) + 1, text, ocr))
            if len(pages) + len(sent) - index - 1 > self.max_pages:
                raise too_many_pages(len(pages) + len(sent) - index - 1, self.max_pages)
        characters = sum(len(page.text) for page in pages)
        if characters > MAX_CHARACTERS_A_PAGE * self.max_pages:
            raise unreadable("pages", f"{characters} characters, at most {MAX_CHARACTERS_A_PAGE * self.max_pages} are read")
        if not any(page.text.strip() for page in pages):
            raise unreadable("pages", "no text was found on any page")
        return pages

    def _pages_of(self, item: Sent, field: str, before: int, deadline: Deadline) -> Iterator[Read]:
        try:
            if isinstance(item, TextPage):
                yield tidied(item.text), False
            elif isinstance(item, ImagePage):
                yield self._recognised(item.data, deadline), True
            else:
                yield from self._document(item.data, before, deadline)
        except Unreadable as error:
            raise unreadable(field, str(error)) from error

    def _document(self, data: bytes, before: int, deadline: Deadline) -> Iterator[Read]:
        count, texts = text_layer(data, self.max_pages - before, deadline)
        if before + count > self.max_pages:
            raise too_many_pages(before + count, self.max_pages)
        for number, text in enumerate(texts, 1):
            if sum(letter.isalnum() for letter in text) >= MIN_LETTERS:
                yield tidied(text), False
                continue
            try:
                yield self._recognised(picture(data, number, deadline), deadline), True
            except Unreadable as error:
                raise Unreadable(f"page {number} of the PDF: {error}") from error

    def _recognised(self, data: bytes, deadline: Deadline) -> str:
        image = prepared(data)
        begun = time.perf_counter()
        try:
            return tidied(self.ocr.read(image, deadline))
        finally:
            self.on_ocr(time.perf_counter() - begun)
