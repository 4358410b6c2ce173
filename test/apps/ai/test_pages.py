"""Pages are read whatever they are sent as."""

import base64
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HOME
from documents import asked, blank_png, document, empty_pdf, encrypted, pdf
from dojang_ai.deadline import Deadline
from dojang_ai.ocr.base import Unreadable
from dojang_ai.pages import pdf as pdf_module
from dojang_ai.pages.image import prepared
from dojang_ai.pages.reader import PageReader
from dojang_ai.problems import Problem
from dojang_ai.request import ImagePage, Limits, PdfPage, TextPage
from PIL import Image

PATH = "/api/v1/analyze"
LIMITS = Limits(30, 100_000, 400_000)
LEASE = "제1조 (보증금의 반환) 임대차가 끝나면 임대인은 보증금을 반환한다."


class Reads:
    """Recognition that always reads this."""

    name = "reads"

    def __init__(self, text: str) -> None:
        self.text = text
        self.pictures: list[bytes] = []

    def read(self, png: bytes, deadline: Deadline) -> str:
        self.pictures.append(png)
        return self.text


@pytest.mark.anyio
async def test_a_pdf_with_a_text_layer_is_read_without_recognition(serve: Callable) -> None:
    answer = (
        await (await serve()).post(PATH, json=asked(document(pdf([LEASE, "제2조 (기간) 기간은 2년으로 하며 그 뒤는 법을 따른다."]))))
    ).json()
    assert [(page["number"], page["ocr"]) for page in answer["pages"]] == [(1, False), (2, False)]
    assert [(clause["page"], clause["title"]) for clause in answer["clauses"]][0] == (1, "보증금 반환")
    assert answer["clauses"][0]["quote"] == LEASE


@pytest.mark.anyio
async def test_a_pdf_without_a_password_is_read_though_it_is_encrypted(serve: Callable) -> None:
    assert (await (await serve()).post(PATH, json=asked(document(encrypted(""))))).status_code == 200


@pytest.mark.anyio
async def test_the_pages_of_all_documents_count(serve: Callable) -> None:
    client = await serve(MAX_PAGES="3")
    one = {"kind": "text", "text": LEASE}
    assert (await client.post(PATH, json=asked(one, document(pdf([LEASE] * 2))))).status_code == 200
    for pages in ([one, document(pdf([LEASE] * 3))], [document(pdf([LEASE] * 3)), one], [document(empty_pdf(2000))]):
        refused = await client.post(PATH, json={**asked(*pages), "requestId": "r-2"})
        assert refused.status_code == 422 and "at most 3 are read" in refused.json()["detail"]


def test_recognition_can_be_any_that_reads_a_png() -> None:
    took: list[float] = []
    ocr = Reads("\u1100\u1161 임대인\r\n")
    sent = [
        TextPage(kind="text", text="하나"),
        ImagePage(kind="image", mediaType="image/png", data=base64.b64encode(blank_png(9, 9)).decode()),
    ]
    pages = PageReader(ocr, LIMITS).read(sent, Deadline(60), took.append)
    assert [(page.number, page.text, page.ocr) for page in pages] == [(1, "하나", False), (2, "가 임대인\n", True)]
    assert len(took) == 1
    assert Image.open(io.BytesIO(ocr.pictures[0])).format == "PNG"


def test_a_page_that_is_only_a_picture_is_drawn_and_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def draws(_: bytes, number: int, __: Deadline) -> bytes:
        drawn.append(number)
        return blank_png(9, 9)

    monkeypatch.setattr("dojang_ai.pages.reader.picture", draws)
    sent = PdfPage(kind="pdf", data=base64.b64encode(pdf([LEASE, "- 2 -", LEASE])).decode())
    pages = PageReader(Reads("읽은 글"), LIMITS).read([sent], Deadline(60))
    assert drawn == [2]
    assert [(page.text.strip(), page.ocr) for page in pages] == [(LEASE, False), ("읽은 글", True), (LEASE, False)]


def test_pages_without_a_word_are_no_contract() -> None:
    with pytest.raises(Problem, match="no text was found on any page"):
        PageReader(Reads(" \n"), LIMITS).read(
            [ImagePage(kind="image", mediaType="image/png", data=base64.b64encode(blank_png(9, 9)).decode())], Deadline(60)
        )


def test_a_missing_page_renderer_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module.shutil, "which", lambda _: None)
    with pytest.raises(Unreadable, match="pdftoppm, which draws it, is not installed here"):
        pdf_module.picture(empty_pdf(1), 1, Deadline(60))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_become_grey_on_white(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (7, 5)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    ready = Image.open(io.BytesIO(prepared(out.getvalue())))
    assert (ready.mode, ready.size) == ("L", (7, 5))
    if mode in ("LA", "RGBA"):
        assert ready.getpixel((0, 0)) == 255


def test_pictures_are_turned_upright_and_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("L", (4000, 100)).save(out, "JPEG", exif=exif)
    width, height = Image.open(io.BytesIO(prepared(out.getvalue()))).size
    assert width < height == 3500 or (width, height) == (50, 2000)


def test_the_reader_of_pdfs_runs_wherever_the_package_lies(tmp_path: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(HOME)!r}); from dojang_ai.pages.pdf import text_layer; from dojang_ai.deadline import Deadline; from dojang_ai.request import Limits"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print(text_layer(sys.stdin.buffer.read(), Limits(30, 1000, 1000), Deadline(60))[0])"],
        input=pdf([LEASE] * 2),
        capture_output=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout == b"2\n"
