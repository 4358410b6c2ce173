"""Whatever is wrong with a picture, it is prepared or refused as unreadable: nothing else may come out of the decoder."""

import io
import random

import pytest
from documents import asked, image
from dojang_ai.ocr.base import Unreadable
from dojang_ai.pages import image as image_module
from dojang_ai.pages.image import prepared
from PIL import Image

KINDS = ("PNG", "JPEG")
pytestmark = pytest.mark.filterwarnings("ignore")


def exif() -> bytes:
    tags = Image.Exif()
    tags[0x0112], tags[0x010E], tags[0x011A] = 6, "a page", 72.0
    return tags.tobytes()


def encoded(kind: str, tags: bytes) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((24, 24)).save(out, kind, exif=tags)
    return out.getvalue()


def mutated(data: bytes, seed: int) -> bytes:
    """The same length, some bytes anew."""
    chance = random.Random(seed)
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def outcome(data: bytes) -> str:
    try:
        return "prepared" if prepared(data).startswith(b"\x89PNG") else "something else"
    except Unreadable:
        return "unreadable"
    except Exception as error:
        return repr(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_picture_is_prepared_or_unreadable(kind: str) -> None:
    whole = encoded(kind, exif())
    files = [mutated(whole, seed) for seed in range(1_000)]
    # The checksums of a PNG hide most damage; damaged tags inside a valid file get past them.
    files += [encoded(kind, b"Exif\0\0" + mutated(exif().removeprefix(b"Exif\0\0"), seed)) for seed in range(1_000)]
    assert {outcome(data) for data in files} == {"prepared", "unreadable"}


@pytest.mark.parametrize("error", [AssertionError, KeyError, RecursionError, ZeroDivisionError], ids=lambda error: error.__name__)
def test_whatever_the_decoder_raises_the_picture_is_the_reason(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def raises(_: object) -> None:
        raise error

    monkeypatch.setattr(image_module, "_grey", raises)
    with pytest.raises(Unreadable):
        prepared(encoded("PNG", exif()))


def test_too_little_memory_is_not_taken_for_a_broken_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(image_module, "_grey", raises)
    with pytest.raises(MemoryError):
        prepared(encoded("PNG", exif()))


@pytest.mark.anyio
async def test_a_picture_that_was_refused_is_refused_again_without_a_try(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[bytes] = []

    def unreadable(data: bytes) -> bytes:
        tries.append(data)
        raise Unreadable("broken")

    monkeypatch.setattr("dojang_ai.pages.reader.prepared", unreadable)
    client = await serve()
    answers = [await client.post("/api/v1/analyze", json=asked(image(encoded("PNG", exif())))) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len({answer.text for answer in answers}) == 1
    assert len(tries) == 1
