"""A process of its own that reads the text layer of one PDF, since a hostile file can keep a parser busy for ever.

Reads the file from standard input; the argument is how many pages may be read.
Writes JSON: the number of pages and the text of each, or a reason.
"""

import io
import json
import logging
import sys

from pypdf import PdfReader

# Far more than fits on paper: what a small file can unpack to must not fill the memory of whoever reads our answer.
MAX_CHARACTERS = 200_000


def main() -> None:
    """Reads, writes, ends."""
    logging.disable(logging.CRITICAL)
    told = read(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.write(json.dumps(told))


def read(data: bytes, max_pages: int) -> dict[str, object]:
    """The pages of this PDF, or why it cannot be read."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"reason": "the PDF is protected by a password"}
        count = len(reader.pages)
        texts: list[str] = []
        for page in reader.pages if count <= max_pages else []:
            texts.append(page.extract_text())
            if len(texts[-1]) > MAX_CHARACTERS:
                return {"reason": f"page {len(texts)} of the PDF has more text than fits on a page"}
        return {"count": count, "texts": texts}
    except Exception:  # Whatever a parser raises about a file of strangers, the file is the reason.
        return {"reason": "the PDF is broken"}


if __name__ == "__main__":
    main()
