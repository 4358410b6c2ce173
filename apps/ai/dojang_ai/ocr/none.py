"""No character recognition: pictures are refused with the reason."""

from ..deadline import Deadline
from .base import Unreadable


class NoOcr:
    """Stands in where no engine is installed."""

    name = "none"

    def read(self, png: bytes, deadline: Deadline) -> str:
        """Refuses."""
        raise Unreadable("images cannot be read here; send the page as text or as a PDF with a text layer")
