"""A process of its own that reads the text layer of one PDF, since a hostile file can keep a parser busy for ever.

Reads the file from standard input; the arguments are how many pages, characters of a page and characters of all may be read:
what a small file can unpack to must not fill the memory of the process that reads the answer.
Writes JSON: the number of pages and the text of each, or a reason.
"""

import io
import json
import logging
import sys

from pypdf import PdfReader


def main() -> None:
    """Reads, writes, ends."""
    logging.disable(logging.CRITICAL)
    texts = read(sys.stdin.buffer.read(), *map(int, sys.argv[1:4]))
    sys.stdout.write(json.dumps(texts))


def read(data: bytes, max_pages: int, page_characters: int, characters: int) -> dict[str, object]:
    """The pages of this PDF, or why it cannot be read."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"reason": "the PDF is protected by a password"}
        count = len(reader.pages)
        texts: list[str] = []
        for page in reader.pages if count <= max_pages else []:
            texts.append(page.extract_text())
            if len(texts[-1]) > page_characters:
                return {"reason": f"page {len(texts)} of the PDF has more text than the {page_characters} characters that are read"}
            if sum(map(len, texts)) > characters:
                return {"reason": f"the PDF has more text than the {characters} characters that are read"}
        return {"count": count, "texts": texts}
    except Exception:  # Whatever a parser raises about an untrusted file, the file is the reason.
        return {"reason": "the PDF is broken"}


if __name__ == "__main__":
    main()
