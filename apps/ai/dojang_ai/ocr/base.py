"""What an engine for optical character recognition does."""

from typing import Protocol

from ..deadline import Deadline


class Unreadable(Exception):
    """The picture cannot be read; the message gives the reason and is shown to the user."""


class Ocr(Protocol):
    """Reads the text in a picture."""

    name: str

    def read(self, png: bytes, deadline: Deadline) -> str:
        """The text in this PNG picture.

        :raises Unreadable: when it cannot be read
        """
        ...
