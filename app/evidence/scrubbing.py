"""A picture drawn anew, in a process of its own that knows nothing of Lamplight but this file.

Whatever a stranger's file does to a decoder, it does it here: without the application's memory,
keys or database, within bounds of memory, and without leave to write a file. Run by
app/evidence/worker.py, which speaks to it over a socket on its standard input.
"""

import math
import re
import resource
import signal
import socket
import struct
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

MOST_BYTES: Final = 8_000_000
MOST_PIXELS: Final = 24_000_000
# A progressive JPEG is decoded as often as it has scans: usual are ten, of all pixels.
MOST_SCANNED: Final = 20 * MOST_PIXELS
MOST_SEGMENTS: Final = 4_000
LONGEST_SIDE: Final = 1_600
QUALITY: Final = 82
# Address space of the process in bytes: a decoded picture, its copy in other colours, and Python.
MEMORY: Final = 640 << 20
# What it says of a file it cannot use.
EMPTY, TOO_MANY_BYTES, TOO_MANY_PIXELS = "empty", "bytes", "pixels"
OTHER_KIND, NO_PICTURE, MOVING, BROKEN = "kind", "nothing", "moving", "broken"

# A request: bytes of the file, rectangles; then each rectangle as left, top, right, bottom.
REQUEST: Final = struct.Struct("!IB")
BOX: Final = struct.Struct("!4d")
# An answer: whether it went well, width and height, bytes of the picture or of the word above.
ANSWER: Final = struct.Struct("!?HHI")

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in per cent of the picture's width and height."""

_PLUGINS: Final[dict[str, Callable[[BytesIO], ImageFile.ImageFile]]] = {
    "PNG": PngImagePlugin.PngImageFile,
    "JPEG": JpegImagePlugin.JpegImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
}
_HEIF: Final = re.compile(rb"....ftyp", re.DOTALL)
_MARKUP: Final = re.compile(rb"<(\?xml|!doctype|svg|!--)", re.IGNORECASE)
_OTHERS: Final = (
    *(b"GIF8", b"%PDF", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"\xff\x0a"),
    *(b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ", b"8BPS", b"\x1f\x8b"),
)
# A marker of a JPEG but for those within a scan: ISO 10918-1, B.1.1.2.
_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_SCAN, _END = b"\xda", b"\xd9"
# EXIF 2.32, 4.6.4, tag 0x0112: how to turn what is stored into what was seen.
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Unusable(ValueError):
    """A file that becomes no picture; says one of the words above."""


def scrub(data: bytes, boxes: Sequence[Box] = ()) -> tuple[int, int, bytes]:
    """Draw the picture in a file on a new canvas, black out rectangles, and write it as WebP.

    Returns width and height in pixels, at most LONGEST_SIDE, and the bytes: one still image and
    no other chunk. The kind is told by content; sizes are checked before anything is decoded.
    Raises Unusable.
    """
    kind = kind_of(data)
    scans = _scans(data) if kind == "JPEG" else 1
    try:
        with _PLUGINS[kind](BytesIO(_whole(kind, data))) as file:
            _check(file, scans)
            canvas = _drawn(file)
    except Unusable:
        raise
    except MemoryError as error:
        raise Unusable(TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders raise whatever they like
        raise Unusable(BROKEN) from error
    pen = ImageDraw.Draw(canvas)
    for box in boxes:
        pen.rectangle(_pixels(box, canvas.size), fill="black")
    out = BytesIO()
    canvas.save(out, "WEBP", quality=QUALITY, method=2)
    return canvas.width, canvas.height, out.getvalue()


def kind_of(data: bytes) -> str:
    """Tell PNG, JPEG or WEBP from the first bytes; raises Unusable for everything else."""
    if not data:
        raise Unusable(EMPTY)
    if len(data) > MOST_BYTES:
        raise Unusable(TOO_MANY_BYTES)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    known = data.startswith(_OTHERS) or _HEIF.match(data) or _MARKUP.match(head)
    raise Unusable(OTHER_KIND if known else NO_PICTURE)


def _whole(kind: str, data: bytes) -> bytes:
    """Check a WebP by its own header, because its decoder takes memory as soon as it is opened."""
    if kind == "WEBP":
        width, height, moving = _webp(data)
        if moving:
            raise Unusable(MOVING)
        if width * height > MOST_PIXELS:
            raise Unusable(TOO_MANY_PIXELS)
    return data


def _webp(data: bytes) -> tuple[int, int, bool]:
    """Read width, height and whether it moves: RFC 9649, 2.5 to 2.7, and RFC 6386, 9.1."""
    kind, body = data[12:16], data[20:30]
    if len(body) < 10:
        raise Unusable(BROKEN)
    if kind == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
        return width, height, bool(body[0] & 2)
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, False
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF, False
    raise Unusable(BROKEN)


def _scans(data: bytes) -> int:
    """Count the scans of a JPEG's first picture, whose decoder would take each."""
    at, scans = len(b"\xff\xd8"), 0
    for _ in range(MOST_SEGMENTS):
        found = _MARKER.search(data, at)
        if found is None or found[1] == _END:
            return scans
        scans += found[1] == _SCAN
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
    raise Unusable(BROKEN)


def _check(file: Image.Image, scans: int) -> None:
    if file.width * file.height > MOST_PIXELS:
        raise Unusable(TOO_MANY_PIXELS)
    if file.width * file.height * scans > MOST_SCANNED:
        raise Unusable(BROKEN)
    # A JPEG's further pictures are smaller copies of its first, which is the one that is read.
    if file.format != "JPEG" and getattr(file, "is_animated", False):
        raise Unusable(MOVING)


def _drawn(file: Image.Image) -> Image.Image:
    """Decode, shrink, turn as it was seen, and draw on white."""
    file.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG decodes smaller at once
    file.load()
    picture = _plain(file)
    scale = min(1.0, LONGEST_SIDE / max(picture.size))
    width, height = (max(1, round(side * scale)) for side in picture.size)
    if (width, height) != picture.size:
        picture = picture.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=1.01)
    if turn := _TURNS.get(_orientation(file)):
        picture = picture.transpose(turn)
    canvas = Image.new("RGB", picture.size, "white")
    canvas.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    return canvas


def _plain(file: Image.Image) -> Image.Image:
    """Bring every way of saying colours to grey, or red, green, blue and, if need be, alpha."""
    if file.mode.startswith(("I", "F")):  # 16 bits and more
        return file.convert("F").point(lambda value: value / 256).convert("L")
    if file.has_transparency_data:
        clear = file if file.mode == "RGBA" else file.convert("RGBA")
        # Most that could be seen through cannot; shrinking is quicker then.
        return clear.convert("RGB") if clear.getchannel("A").getextrema() == (255, 255) else clear
    if file.mode == "1":
        return file.convert("L")
    return file if file.mode in {"L", "RGB"} else file.convert("RGB")


def _orientation(file: Image.Image) -> int:
    try:
        return int(file.getexif().get(_ORIENTATION, 1))
    except Exception:  # broken EXIF says nothing
        return 1


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return a rectangle's first and last pixels; one that is touched is covered."""
    (left, top, right, bottom), (width, height) = box, size
    first = (math.floor(left / 100 * width), math.floor(top / 100 * height))
    last = (math.ceil(right / 100 * width) - 1, math.ceil(bottom / 100 * height) - 1)
    return (*first, max(first[0], last[0]), max(first[1], last[1]))


def serve(line: socket.socket) -> None:
    """Answer one request after another until nobody is there any more."""
    while head := _read(line, REQUEST.size):
        length, count = REQUEST.unpack(head)
        boxes = [_box(_read(line, BOX.size)) for _ in range(count)]
        try:
            width, height, said = scrub(_read(line, length), boxes)
        except Unusable as refused:
            line.sendall(ANSWER.pack(False, 0, 0, len(str(refused))) + str(refused).encode())
        else:
            line.sendall(ANSWER.pack(True, width, height, len(said)) + said)


def _box(packed: bytes) -> Box:
    left, top, right, bottom = BOX.unpack(packed)
    return left, top, right, bottom


def _read(line: socket.socket, length: int) -> bytes:
    """Read so many bytes, or none when the other side is gone."""
    data = bytearray(length)
    view, got = memoryview(data), 0
    while got < length:
        more = line.recv_into(view[got:])
        if not more:
            return b""
        got += more
    return bytes(data)


def confine() -> None:
    """Take from this process what it does not need: memory, files to write, a dump of itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends it when it ends itself
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    Image.preinit()
    confine()
    serve(socket.socket(fileno=0))
