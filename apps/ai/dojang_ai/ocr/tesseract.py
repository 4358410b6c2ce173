"""Character recognition by the Tesseract program, for Korean and English."""

import shutil
import subprocess
from dataclasses import dataclass

from ..deadline import Deadline
from ..processes import ProgramFailed, run_limited
from .base import Unreadable

LANGUAGES = ("kor", "eng")
SECONDS_A_PAGE = 60
# Korean in print is read with 90 and more out of 100, other writing taken for Korean with 40 to 75.
SURE = 80.0


@dataclass(frozen=True)
class Reading:
    """The text of a picture and how sure the program is of it, out of 100."""

    text: str
    confidence: float


class Tesseract:
    """Runs the program once for a Korean page, twice for another: with both languages at once it takes Korean words for English ones."""

    name = "tesseract"

    def read(self, png: bytes, deadline: Deadline) -> str:
        """The text in this PNG picture."""
        korean = _read(png, "kor", deadline)
        if korean.confidence >= SURE:
            return korean.text
        return max(korean, _read(png, "+".join(LANGUAGES), deadline), key=lambda reading: reading.confidence).text


def tesseract_lacks() -> str | None:
    """Why it cannot be used on this machine, or nothing."""
    if not shutil.which("tesseract"):
        return "the program tesseract is not installed"
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    lacking = [language for language in LANGUAGES if language not in listed]
    return f"tesseract has no data for {' and '.join(lacking)}" if lacking else None


def _read(png: bytes, languages: str, deadline: Deadline) -> Reading:
    # Segmentation 4, one column of text, keeps the lines of a form together; spaces between words
    # stay as they are.
    page = ["--psm", "4", "-c", "preserve_interword_spaces=1"]
    both = ["-c", "tessedit_create_txt=1", "-c", "tessedit_create_tsv=1"]
    try:
        output = run_limited(["tesseract", "stdin", "stdout", "-l", languages, *page, *both], png, deadline.remaining(SECONDS_A_PAGE))
    except ProgramFailed as error:
        deadline.remaining()
        why = "took too long to read" if error.timed_out else "could not be read"
        raise Unreadable(f"the image {why}") from error
    return _reading(output.decode("utf-8", "replace").splitlines())


def _reading(lines: list[str]) -> Reading:
    """The program writes a table and then the text. Rows that begin with 5 are words and end with confidence and word."""
    rows = [line.split("\t") for line in lines if line.count("\t") == 11]
    words = [(float(row[10]), len(row[11])) for row in rows if row[0] == "5" and row[11].strip()]
    letters = sum(length for _, length in words)
    text = "\n".join(line for line in lines if line.count("\t") != 11)
    return Reading(text, sum(sure * length for sure, length in words) / letters if letters else 0.0)
