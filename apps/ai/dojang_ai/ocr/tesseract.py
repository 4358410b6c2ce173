"""Character recognition by the Tesseract program, for Korean and English."""

import shutil
import subprocess

from ..deadline import Deadline
from ..processes import ProgramFailed, run_limited
from .base import Unreadable

LANGUAGES = ("kor", "eng")
SECONDS_A_PAGE = 60


class Tesseract:
    """Runs the program once for each page."""

    name = "tesseract"

    def read(self, png: bytes, deadline: Deadline) -> str:
        """The text in this PNG picture."""
        # Segmentation 4, one column of text, keeps the lines of a form together; spaces between words stay as they are.
        command = ["tesseract", "stdin", "stdout", "-l", "+".join(LANGUAGES), "--psm", "4", "-c", "preserve_interword_spaces=1"]
        try:
            return run_limited(command, png, deadline.remaining(SECONDS_A_PAGE)).decode("utf-8", "replace")
        except ProgramFailed as error:
            deadline.remaining()
            why = "took too long to read" if error.timed_out else "could not be read"
            raise Unreadable(f"the image {why}") from error


def tesseract_lacks() -> str | None:
    """Why it cannot be used on this machine, or nothing."""
    if not shutil.which("tesseract"):
        return "the program tesseract is not installed"
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    lacking = [language for language in LANGUAGES if language not in listed]
    return f"tesseract has no data for {' and '.join(lacking)}" if lacking else None
