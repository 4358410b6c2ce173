"""PDF documents: the text layer where there is one, a picture of the page where there is none."""

import json
import shutil
import sys
from pathlib import Path

from ..deadline import Deadline
from ..ocr.base import Unreadable
from ..processes import ProgramFailed, run_limited
from ..request import Limits

SECONDS = 30
LONG_SIDE = "2400"
_PACKAGE_HOME = Path(__file__).resolve().parents[2]


def text_layer(data: bytes, limits: Limits, deadline: Deadline) -> tuple[int, list[str]]:
    """How many pages there are, and the text of each if they are not too many.

    :raises Unreadable: when the document cannot be read
    """
    worker = f"import sys; sys.path.insert(0, {str(_PACKAGE_HOME)!r}); from dojang_ai.pages.pdf_worker import main; main()"
    allowed = [str(limits.pages), str(limits.page_characters), str(limits.characters)]
    try:
        answer = json.loads(run_limited([sys.executable, "-c", worker, *allowed], data, deadline.remaining(SECONDS)))
    except ProgramFailed as error:
        deadline.remaining()
        raise Unreadable("the PDF takes too long to read" if error.timed_out else "the PDF is broken") from error
    if "reason" in answer:
        raise Unreadable(answer["reason"])
    return answer["count"], answer["texts"]


def picture(data: bytes, number: int, deadline: Deadline) -> bytes:
    """A page as a PNG picture, about 200 dots an inch for A4.

    :raises Unreadable: when it cannot be drawn
    """
    if not shutil.which("pdftoppm"):
        raise Unreadable("it has no text layer and pdftoppm, which draws it, is not installed here")
    page = ["-f", str(number), "-l", str(number), "-scale-to", LONG_SIDE]
    try:
        # By a pipe: a file would stay when the worker is killed.
        return run_limited(["pdftoppm", "-png", "-gray", *page, "-"], data, deadline.remaining(SECONDS))
    except ProgramFailed as error:
        deadline.remaining()
        raise Unreadable("it cannot be drawn") from error
