"""Pictures made ready for character recognition: upright, grey, of a sensible size, and never larger in memory than expected."""

import io

from PIL import Image, ImageOps

from ..ocr.base import Unreadable

MAX_PIXELS = 50_000_000
TOO_LARGE = f"the image has more than {MAX_PIXELS:,} pixels"
LONG_SIDE = 3500
# Rows of a picture that are looked at together.
STRIP = 256
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
    grey = _on_white(image)
    grey.thumbnail((LONG_SIDE, LONG_SIDE))
    return ImageOps.exif_transpose(_with_orientation_of(image, grey))


def _on_white(image: Image.Image) -> Image.Image:
    """In grey; transparent paper is white paper. A strip at a time: a copy of the whole picture in colours takes 200 MiB."""
    grey = Image.new("L", image.size)
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        if strip.has_transparency_data:
            coloured = strip.convert("RGBA")
            strip = Image.new("RGBA", strip.size, "white")
            strip.alpha_composite(coloured)
        grey.paste(strip.convert("L"), (0, top))
    return grey


def _with_orientation_of(image: Image.Image, grey: Image.Image) -> Image.Image:
    grey.info["exif"] = image.getexif().tobytes()
    return grey


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
