"""Broken and hostile files, made when they are needed: as many as are asked for."""

import random
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from tests.evidence import pictures
from tests.evidence.pictures import chunk, written

TAILS = (
    b"<html><script>alert(1)</script></html>",
    b"PK\x03\x04" + bytes(60) + b"PK\x05\x06" + bytes(18),
    b"*/=1;alert(1)//",
    b"<?php system($_GET['c']); ?>",
    b"%PDF-1.7\n" + bytes(100),
)


def files(number: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """Yield `number` files with their names: the fixed ones, then damaged and tailed ones."""
    rng = random.Random(seed)
    fixed = list(_fixed())
    yield from fixed[:number]
    good = list(_good())
    ways = (_cut, _flip, _tail, _swap, _repeat)
    for n in range(number - len(fixed)):
        name, data = good[n % len(good)]
        way = ways[n // len(good) % len(ways)]
        yield f"{name} {way.__name__} {n}", way(data, rng)


def _good() -> Iterator[tuple[str, bytes]]:
    image = pictures.screenshot((120, 90))
    yield "png", written(image)
    yield "jpeg", written(image, "JPEG")
    yield "progressive", written(image, "JPEG", progressive=True)
    yield "webp", written(image, "WEBP")
    yield "lossless", written(image, "WEBP", lossless=True)
    yield "alpha", written(image.convert("RGBA"), "WEBP")
    yield "palette", written(image.convert("P"))
    yield "photograph", pictures.photograph(6)
    yield "talkative", pictures.talkative()


def _fixed() -> Iterator[tuple[str, bytes]]:
    yield from _other_kinds()
    yield from _bombs()
    yield from _rare()
    yield from _stuffed()


def _other_kinds() -> Iterator[tuple[str, bytes]]:
    image = pictures.screenshot((40, 30))
    for kind in ("GIF", "BMP", "TIFF", "ICO", "PDF"):
        yield kind.lower(), written(image, kind)
    yield "moving gif", pictures.moving("GIF")
    yield "moving webp", pictures.moving("WEBP")
    yield "moving png", pictures.moving("PNG")
    yield "svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    yield (
        "svg with a prologue",
        b"\xef\xbb\xbf<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]>",
    )
    yield "heic", b"\0\0\0\x18ftypheic" + bytes(40)
    yield "text", b"not a picture at all"
    yield "nothing", b""
    yield "one byte", b"\x89"
    yield "zip", TAILS[1]
    yield "program", b"\x7fELF" + bytes(200)


def _bombs() -> Iterator[tuple[str, bytes]]:
    for side in (6_000, 30_000, 65_500, 2**31 - 1, 0):
        yield f"png of {side}", pictures.png(side, side, data=bytes(1_000))
    for side in (6_000, 65_500, 0):
        yield f"jpeg of {side}", pictures.jpeg(side, side)
    for side in (5_000, 16_383, 2**24):
        yield f"webp of {side}", pictures.webp(side, side)
    yield "black png of 23 million", pictures.png(4_800, 4_800, 1, 0, bytes(601 * 4_800))
    yield (
        "text bomb",
        pictures.png(9, 9, data=bytes(252))[:33]
        + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60_000_000))),
    )
    yield (
        "profile bomb",
        pictures.png(9, 9)[:33] + chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(60_000_000))),
    )


def _rare() -> Iterator[tuple[str, bytes]]:
    yield "one pixel", written(Image.new("RGB", (1, 1)))
    yield "wide", written(Image.new("RGB", (20_000, 1)))
    yield "high", written(Image.new("RGB", (1, 20_000)))
    for mode in ("1", "L", "LA", "P", "RGBA", "I;16"):
        yield mode, written(Image.new(mode, (50, 40)))
    yield "cmyk", written(Image.new("CMYK", (50, 40)), "JPEG")
    yield "colours of 16 bits", pictures.png(20, 10, 16, 6, bytes(10 * (1 + 20 * 8)))
    yield "no pixels", pictures.png(100, 100)
    yield "no such colours", pictures.png(10, 10, 8, 5)
    yield "a palette without one", pictures.png(10, 10, 8, 3, bytes(110))


def _stuffed() -> Iterator[tuple[str, bytes]]:
    image = pictures.screenshot((40, 30))
    yield "a large profile", written(image, icc_profile=bytes(2_000_000))
    yield "a large comment", written(image, "JPEG", comment=b"x" * 60_000)
    yield "large exif", written(image, "WEBP", exif=b"Exif\0\0II*\0" + bytes(1_000_000))
    yield (
        "looping exif",
        written(
            image,
            "JPEG",
            exif=b"Exif\0\0II*\0\x08\0\0\0" + b"\1\0i\x87\4\0\1\0\0\0\x08\0\0\0" + bytes(4),
        ),
    )
    text = chunk(b"tEXt", b"k\0" + b"v" * 200)
    data = written(image)
    yield "20,000 texts", data[:33] + text * 20_000 + data[33:]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(1, len(data))]


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 12)):
        changed[rng.randrange(8, len(changed))] = rng.randrange(256)
    return bytes(changed)


def _tail(data: bytes, rng: random.Random) -> bytes:
    return data + rng.choice(TAILS)


def _swap(data: bytes, rng: random.Random) -> bytes:
    """Give a file the first bytes of another kind."""
    return rng.choice((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF")) + data[8:]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(8, len(data))
    part = BytesIO(data).getbuffer()[at : at + rng.randrange(1, 400)]
    return data[:at] + bytes(part) * 3 + struct.pack("!I", rng.randrange(2**32)) + data[at:]
