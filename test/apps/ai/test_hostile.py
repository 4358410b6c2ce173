"""Files that are broken, or made to do harm, are refused in time and within memory."""

import json
import random
import sys
import zlib
from collections.abc import Callable

import pytest
from documents import asked, blank_png, document, empty_pdf, encrypted, image, pdf
from dojang_ai.deadline import Deadline, TooLate
from dojang_ai.ocr.base import Unreadable
from dojang_ai.pages import pdf as pdf_module
from dojang_ai.pages.pdf import text_layer
from dojang_ai.pages.pdf_worker import read
from dojang_ai.processes import ProgramFailed, run_limited
from dojang_ai.request import Limits

PATH = "/api/v1/analyze"
LIMITS = Limits(30, 100_000, 400_000)
LEASE = "제1조 (보증금의 반환) 임대차가 끝나면 임대인은 보증금을 반환한다."


def unpacking_to(letters: int) -> bytes:
    """A small file with one page of very much text."""
    packed = zlib.compress(b"BT /F 11 Tf (" + b"a" * letters + b") Tj ET", 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream, font]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF"


CYCLE = pdf([LEASE]).replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")
HOSTILE = {
    "nothing of a PDF": b"no",
    "only its beginning": b"%PDF-1.7\n",
    "cut off": pdf([LEASE])[:300],
    "a tree that is its own child": CYCLE,
    "a count of pages that is a lie": pdf([LEASE]).replace(b"/Count 1", b"/Count -7").replace(b"/Kids [6 0 R]", b"/Kids 12345"),
    "protected": encrypted("secret"),
    "a page without text": empty_pdf(1),
    "more text than fits": unpacking_to(LIMITS.page_characters + 1),
    "far more text than fits": unpacking_to(300_000_000),
}


@pytest.mark.anyio
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
async def test_a_pdf_that_cannot_be_read_is_refused(serve: Callable, data: bytes) -> None:
    client = await serve()
    refused = await client.post(PATH, json=asked(document(data)))
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert [error["field"] for error in refused.json()["errors"]] == ["pages[0]"]
    assert (await client.post(PATH, json=asked({"kind": "text", "text": LEASE}))).status_code == 200


def test_a_damaged_pdf_gives_pages_or_a_reason() -> None:
    whole = pdf([LEASE, LEASE])
    for seed in range(40):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert set(json.loads(json.dumps(read(bytes(damaged), 30, 100_000, 400_000)))) in ({"count", "texts"}, {"reason"})


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (image(b"no"), "the image is broken or not a PNG or JPEG picture"),
        (image(b"GIF89a" + b"\0" * 100), "the image is broken or not a PNG or JPEG picture"),
        (image(blank_png(100, 100)[:60]), "the image is broken or not a PNG or JPEG picture"),
        (image(blank_png(8_000, 8_000)), "the image has more than 50,000,000 pixels"),
        (image(blank_png(12_000, 12_000)), "the image has more than 50,000,000 pixels"),
        (image(blank_png(20_000, 20_000)), "the image has more than 50,000,000 pixels"),
        (image(blank_png(100, 100)), "images cannot be read here; send the page as text or as a PDF with a text layer"),
        (image(blank_png(100, 100), "jpeg"), "images cannot be read here; send the page as text or as a PDF with a text layer"),
    ],
)
async def test_a_picture_that_cannot_be_read_is_refused(serve: Callable, page: dict[str, str], reason: str) -> None:
    refused = await (await serve()).post(PATH, json=asked({"kind": "text", "text": LEASE}, page))
    assert (refused.status_code, refused.json()["detail"]) == (422, f"pages[1]: {reason}")


def test_the_reader_of_pdfs_is_ended_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "SECONDS", 0.01)
    with pytest.raises(Unreadable, match="takes too long"):
        text_layer(pdf([LEASE]), LIMITS, Deadline(60))
    monkeypatch.setattr(pdf_module, "SECONDS", 30)
    with pytest.raises(TooLate):
        text_layer(pdf([LEASE]), LIMITS, Deadline(0.01))


def test_a_program_gets_so_much_time_and_memory_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_SECRET", "s3cret")
    assert b"s3cret" not in run_limited(["env"], b"", 10)
    with pytest.raises(ProgramFailed) as slow:
        run_limited(["sleep", "20"], b"", 0.1)
    assert slow.value.timed_out
    for command in ([sys.executable, "-c", "bytearray(3 << 30)"], ["false"], ["no-such-program"]):
        with pytest.raises(ProgramFailed) as failed:
            run_limited(command, b"", 20)
        assert not failed.value.timed_out
