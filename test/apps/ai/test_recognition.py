"""Contracts sent as pictures get the answer that their text gets. Runs where Tesseract reads Korean."""

import base64
import json
from collections.abc import Callable

import pytest
from conftest import asking
from documents import blank_png, image, picture, scanned_pdf
from dojang_ai.assembly import choose_ocr
from dojang_ai.deadline import Deadline, TooLate
from dojang_ai.pages.image import prepared

pytestmark = pytest.mark.anyio

PATH = "/api/v1/analyze"
ENGLISH = "Article 3 (Return of the deposit) The deposit shall be returned\nonly after a new tenant moves in."


def risky(answer: dict) -> set[tuple[str, str, int]]:
    return {(clause["title"], clause["risk"], clause["page"]) for clause in answer["clauses"] if clause["risk"] != "safe"}


@pytest.mark.parametrize("name", ["risky-lease", "fair-lease"])
async def test_pictures_are_explained_as_their_text_is(serve: Callable, sample: Callable, name: str) -> None:
    client = await serve(AI_OCR="tesseract")
    text = (await client.post(PATH, json=asking(sample(name)))).json()
    pages = [image(picture(page)) for page in sample(name)]
    read = (await client.post(PATH, json={"requestId": "r-2", "locale": "ko", "pages": pages})).json()
    assert [(page["number"], page["ocr"]) for page in read["pages"]] == [(1, True), (2, True), (3, True)]
    assert risky(read) == risky(text)
    assert [missing["title"] for missing in read["missing"]] == [missing["title"] for missing in text["missing"]]
    assert "dojang_ai_ocr_seconds_count 3.0" in (await client.get("/metrics")).text


async def test_a_scanned_pdf_is_drawn_and_read(serve: Callable, sample: Callable) -> None:
    data = base64.b64encode(scanned_pdf(sample("risky-lease")[:1])).decode()
    page = {"kind": "pdf", "mediaType": "application/pdf", "data": data}
    answer = (await (await serve(AI_OCR="tesseract")).post(PATH, json={"requestId": "r", "locale": "ko", "pages": [page]})).json()
    assert answer["pages"][0]["ocr"]
    assert ("보증금 반환", "danger", 1) in risky(answer)


async def test_a_photograph_taken_sideways_is_read(serve: Callable) -> None:
    # The camera says how it was held; the picture itself lies on its side.
    data = picture("제3조 (보증금의 반환) 보증금은 새로운 임차인이 구해지면 반환한다.", rotate=90, kind="JPEG", exif_orientation=6)
    answer = (await (await serve(AI_OCR="auto")).post(PATH, json={"requestId": "r", "locale": "ko", "pages": [image(data, "jpeg")]})).json()
    assert ("보증금 반환", "danger", 1) in risky(answer)


async def test_a_contract_in_english_is_read_too(serve: Callable) -> None:
    page = image(picture(ENGLISH))
    answer = (await (await serve(AI_OCR="tesseract")).post(PATH, json={"requestId": "r", "locale": "en", "pages": [page]})).json()
    assert risky(answer) == {("Return of the deposit", "danger", 1)}
    assert "new tenant moves in" in answer["clauses"][0]["quote"]


async def test_empty_paper_has_no_words(serve: Callable) -> None:
    client = await serve(AI_OCR="tesseract")
    refused = await client.post(PATH, json={"requestId": "r", "locale": "ko", "pages": [image(blank_png(800, 600))]})
    assert (refused.status_code, refused.json()["detail"]) == (422, "pages: no text was found on any page")


def test_recognition_ends_when_time_is_up() -> None:
    with pytest.raises(TooLate):
        choose_ocr("tesseract").read(prepared(picture(ENGLISH * 20)), Deadline(0.05))


async def test_health_names_the_recognition(serve: Callable) -> None:
    assert json.loads((await (await serve(AI_OCR="auto")).get("/health")).text)["ocr"] == "tesseract"
