"""Reads everything that was sent, in order, into numbered pages."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..deadline import Deadline
from ..ocr.base import Ocr, Unreadable
from ..problems import unreadable
from ..request import ImagePage, Limits, PdfPage, TextPage, too_many_pages
from .image import prepared
from .page import Page, tidied
from .pdf import picture, text_layer

# A page with fewer letters than this in its text layer is a scan with a stamp or a page number.
MIN_LETTERS = 20

Sent = TextPage | PdfPage | ImagePage
Read = tuple[str, bool]
OnOcr = Callable[[float], None]


@dataclass(frozen=True)
class PageReader:
    """Reads pages as far as the limits allow."""

    ocr: Ocr
    limits: Limits

    def read(self, sent: list[Sent], deadline: Deadline, on_ocr: OnOcr = lambda seconds: None) -> list[Page]:
        """All pages. `on_ocr` is called with the seconds that each recognition took.

        :raises Problem: 422 that names the first page that cannot be read
        """
        pages: list[Page] = []
        for index, item in enumerate(sent):
            for text, ocr in self._pages_of(item, f"pages[{index}]", len(pages), _Reading(deadline, on_ocr)):
                pages.append(Page(len(pages) + 1, tidied(text), ocr))
                self.limits.check(len(page.text) for page in pages)
            if len(pages) + len(sent) - index - 1 > self.limits.pages:
                raise too_many_pages(len(pages) + len(sent) - index - 1, self.limits.pages)
        if not any(page.text.strip() for page in pages):
            raise unreadable("pages", "no text was found on any page")
        return pages

    def _pages_of(self, item: Sent, field: str, before: int, reading: "_Reading") -> Iterator[Read]:
        try:
            if isinstance(item, TextPage):
                yield item.text, False
            elif isinstance(item, ImagePage):
                yield self._recognised(item.data, reading), True
            else:
                yield from self._document(item.data, before, reading)
        except Unreadable as error:
            raise unreadable(field, str(error)) from error

    def _document(self, data: bytes, before: int, reading: "_Reading") -> Iterator[Read]:
        left = Limits(self.limits.pages - before, self.limits.page_characters, self.limits.characters)
        count, texts = text_layer(data, left, reading.deadline)
        if before + count > self.limits.pages:
            raise too_many_pages(before + count, self.limits.pages)
        for number, text in enumerate(texts, 1):
            if sum(letter.isalnum() for letter in text) >= MIN_LETTERS:
                yield text, False
                continue
            try:
                yield self._recognised(picture(data, number, reading.deadline), reading), True
            except Unreadable as error:
                raise Unreadable(f"page {number} of the PDF: {error}") from error

    def _recognised(self, data: bytes, reading: "_Reading") -> str:
        image = prepared(data)
        begun = time.perf_counter()
        try:
            text = self.ocr.read(image, reading.deadline)
        finally:
            reading.on_ocr(time.perf_counter() - begun)
        if len(text) > self.limits.page_characters:
            raise Unreadable(f"{len(text)} characters were recognised, at most {self.limits.page_characters} are read of a page")
        return text


@dataclass(frozen=True)
class _Reading:
    deadline: Deadline
    on_ocr: OnOcr
