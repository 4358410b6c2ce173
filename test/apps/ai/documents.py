"""Makes the documents that the tests send: PDFs with a text layer, pictures of text."""

import base64
import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
)
FONT = next((font for font in _FONTS if Path(font).exists()), None)

# The number of each letter is its code; this table says so to programs that extract the text.
# No font is needed for that.
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <ffff> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def pdf(pages: list[str]) -> bytes:
    """A PDF with a text layer, one page for each text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    first = 6
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>")
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    objects.append(_stream(_TO_UNICODE))
    for number, text in enumerate(pages):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R"
        objects.append(f"{page} /Resources << /Font << /F 3 0 R >> >> >>".encode())
        objects.append(_stream(_drawn(text)))
    return _file(objects)


def encrypted(password: str) -> bytes:
    """A PDF with a text layer that this password opens."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["임대인은 보증금을 반환한다. 기간은 2년으로 한다."]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def empty_pdf(pages: int) -> bytes:
    """A PDF with this many pages and nothing on them."""
    return pdf([""] * pages)


def picture(text: str, *, rotate: int = 0, kind: str = "PNG", exif_orientation: int | None = None) -> bytes:
    """A picture of a page with this text."""
    font = ImageFont.truetype(FONT, 34)
    width = max(font.getlength(line) for line in text.splitlines())
    image = Image.new("L", (int(width) + 120, 120 + 62 * len(text.splitlines())), "white")
    ImageDraw.Draw(image).multiline_text((60, 50), text, "black", font, spacing=20)
    exif = Image.Exif()
    if exif_orientation:
        exif[0x0112] = exif_orientation
    out = io.BytesIO()
    image.rotate(rotate, expand=True).save(out, kind, exif=exif)
    return out.getvalue()


def scanned_pdf(texts: list[str]) -> bytes:
    """A PDF whose pages are pictures."""
    first, *others = (Image.open(io.BytesIO(picture(text))) for text in texts)
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=180)
    return out.getvalue()


def blank_png(width: int, height: int, *, transparent: bool = False) -> bytes:
    """A PNG that is small in bytes and this large in pixels: of one bit each, or of four bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compressobj(9)
    line = b"\0" + (b"\x7f" * (4 * width) if transparent else b"\xff" * ((width + 7) // 8))
    data = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, *((8, 6) if transparent else (1, 0)), 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def document(data: bytes) -> dict[str, str]:
    """A PDF as a request holds it."""
    return {"kind": "pdf", "mediaType": "application/pdf", "data": base64.b64encode(data).decode()}


def image(data: bytes, kind: str = "png") -> dict[str, str]:
    """A picture as a request holds it."""
    return {"kind": "image", "mediaType": f"image/{kind}", "data": base64.b64encode(data).decode()}


def asked(*pages: dict[str, str]) -> dict[str, object]:
    """A request with these pages."""
    return {"requestId": "r-1", "locale": "ko", "pages": list(pages)}


def _drawn(text: str) -> bytes:
    lines = [f"<{line.encode('utf-16-be').hex()}> Tj 0 -16 Td" for line in text.splitlines()]
    return f"BT /F 11 Tf 40 800 Td {' '.join(lines)} ET".encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, rows, size, table)
    return bytes(out)


def costly_pdf(pages: int = 30, steps: int = 2_000_000) -> bytes:
    """A small file that takes minutes to read: the same page many times, with very many steps that draw nothing."""
    packed = zlib.compress(b"BT /F 11 Tf " + b"1 0 0 1 0 0 Tm " * steps + b" ET", 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * pages, pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, stream, font]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF"
