"""Pictures made ready for character recognition: upright, grey, of a sensible size, and never larger in memory than expected."""

import io

from PIL import Image, ImageOps

from ..ocr.base import Unreadable

MAX_PIXELS = 50_000_000
TOO_LARGE = f"the image has more than {MAX_PIXELS:,} pixels"
LONG_SIDE = 3500
FORMATS = ("PNG", "JPEG")


def prepared(data: bytes) -> bytes:
    """The picture as a PNG for recognition.

    :raises Unreadable: when it is not a PNG or JPEG picture, broken, or too large
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _png(_grey(image))
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable(TOO_LARGE) from error
    except MemoryError:
        raise
    except Exception as error:  # Decoders also raise struct.error, AssertionError and more: whatever it is, the file is the reason.
        raise Unreadable("the image is broken or not a PNG or JPEG picture") from error


def _grey(image: Image.Image) -> Image.Image:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise Unreadable(TOO_LARGE)
    # A JPEG is decoded at a fraction of its size where that is enough; a PNG ignores this.
    image.draft("L", (LONG_SIDE, LONG_SIDE))
    upright = ImageOps.exif_transpose(_on_white(image)).convert("L")
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    return upright


def _on_white(image: Image.Image) -> Image.Image:
    """Transparent paper is white paper."""
    if not image.has_transparency_data:
        return image
    coloured = image.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    paper.alpha_composite(coloured)
    return paper


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
