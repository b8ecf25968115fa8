"""Pictures made for the tests, and a reader of what comes out that trusts no library."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

NAME = (20, 10, 60, 30)  # where the screenshot shows a name: left, top, right, bottom in per cent
PLACE = b"39.9042N116.4074E"


def written(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def screenshot(size: tuple[int, int] = (400, 200)) -> Image.Image:
    """Draw a calendar that shows a name in red."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for x in range(0, size[0], 40):
        pen.line((x, 0, x, size[1]), fill="grey")
    left, top, right, bottom = NAME
    pen.rectangle(
        (
            left * size[0] // 100,
            top * size[1] // 100,
            right * size[0] // 100,
            bottom * size[1] // 100,
        ),
        fill="red",
    )
    return image


def photograph(orientation: int = 1) -> bytes:
    """Return a JPEG that says where, when and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A telephone"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (39.0, 54.0, 15.0)
    gps[29] = PLACE.decode()
    image = Image.new("RGB", (80, 40), "white")
    image.paste("red", (0, 0, 20, 40))
    return written(
        image,
        "JPEG",
        exif=exif.tobytes(),
        comment=PLACE,
        icc_profile=b"profile" + PLACE,
        quality=95,
    )


def talkative() -> bytes:
    """Return a PNG with texts, a profile and EXIF."""
    said = PngInfo()
    said.add_text("Author", "someone at a desk " + PLACE.decode())
    said.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>" + PLACE.decode() + "</x:xmpmeta>")
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    return written(screenshot(), pnginfo=said, exif=exif, icc_profile=PLACE)


def png(width: int, height: int, depth: int = 8, colour: int = 2, data: bytes = b"") -> bytes:
    """Return a PNG whose header says what it likes."""
    head = struct.pack("!IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, body)
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(data)), (b"IEND", b""))
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))


def webp(width: int, height: int, flags: int = 0) -> bytes:
    """Return a WebP whose header says what it likes, with nothing behind it."""
    body = bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little")
    body += (height - 1).to_bytes(3, "little")
    inner = b"WEBPVP8X" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def jpeg(width: int, height: int) -> bytes:
    """Return a JPEG whose frame header says what it likes."""
    data = bytearray(written(Image.new("L", (8, 8)), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack("!HH", height, width)
    return bytes(data)


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


def chunks(data: bytes) -> Iterator[bytes]:
    """Read the names of the chunks of a WebP (RFC 9649, 2.3); nothing may follow the last."""
    assert data[:4] == b"RIFF"
    assert data[8:12] == b"WEBP"
    assert int.from_bytes(data[4:8], "little") + 8 == len(data)
    at = 12
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4]
        at += 8 + length + length % 2
    assert at == len(data)
