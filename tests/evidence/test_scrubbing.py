"""A picture drawn anew: what it shows stays, what it says of its maker goes."""

import os
import signal
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.evidence import scrubbing
from app.evidence.worker import Busy, Unusable, Worker
from tests.evidence import pictures
from tests.evidence.pictures import NAME, PLACE, chunks, written


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def seen(data: bytes) -> Image.Image:
    assert list(chunks(data)) == [b"VP8 "]
    return Image.open(BytesIO(data)).convert("RGB")


def why(worker: Worker, data: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        worker.scrub(data)
    return refused.value.why


def red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 200 and max(pixel[1:]) < 90


def test_kinds_are_told_by_content_and_sizes_before_decoding(worker: Worker) -> None:
    image = pictures.screenshot((40, 30))
    said = {
        "empty": [b""],
        "bytes": [bytes(scrubbing.MOST_BYTES + 1)],
        "pixels": [
            pictures.png(6_001, 4_000),
            pictures.png(2**31 - 1, 2**31 - 1),
            pictures.jpeg(65_500, 65_500),
            pictures.webp(2**24, 2**24),
        ],
        "kind": [
            written(image, "GIF"),
            written(image, "PDF"),
            b"<svg/>",
            b" <?xml version='1.0'?><svg/>",
            b"\0\0\0\x18ftypheic" + bytes(9),
        ],
        "nothing": [b"words", b"\x7fELF"],
        "moving": [pictures.moving("PNG"), pictures.moving("WEBP")],
        "broken": [written(image)[:60], written(image, "JPEG")[:-400], pictures.webp(9, 9)],
    }
    found = {expected: {why(worker, data) for data in some} for expected, some in said.items()}
    assert found == {expected: {expected} for expected in said}


def test_a_small_file_does_not_keep_the_process_for_seconds(worker: Worker) -> None:
    plain = written(Image.new("L", (6000, 4000), "white"), "JPEG", progressive=True)
    assert worker.scrub(plain).width == 1600
    last, end = plain.rindex(b"\xff\xda"), plain.rindex(b"\xff\xd9")
    assert why(worker, plain[:end] + plain[last:end] * 100 + plain[end:]) == scrubbing.BROKEN
    segments = b"\xff\xe1\x00\x02" * 100_000
    assert why(worker, plain[:2] + segments + plain[2:]) == scrubbing.BROKEN


def test_nothing_is_left_of_where_when_and_with_what(worker: Worker) -> None:
    for data in (pictures.photograph(), pictures.talkative()):
        assert PLACE in data
        drawn = worker.scrub(data + b"<html>" + PLACE).data
        assert PLACE not in drawn
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(Image.open(BytesIO(drawn)).info)
        assert list(chunks(drawn)) == [b"VP8 "]


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (80, 40), (5, 20)),
        (3, (80, 40), (75, 20)),
        (6, (40, 80), (20, 5)),
        (8, (40, 80), (20, 75)),
    ],
)
def test_a_photograph_stands_as_it_was_seen(
    worker: Worker, orientation: int, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    drawn = seen(worker.scrub(pictures.photograph(orientation)).data)
    assert drawn.size == size
    assert red(drawn.getpixel(corner))


def test_large_pictures_become_smaller_and_all_colours_are_drawn(worker: Worker) -> None:
    large = worker.scrub(written(Image.new("RGB", (3_200, 1_000), "red")))
    assert (large.width, large.height) == (1_600, 500)
    wide = worker.scrub(written(Image.new("RGB", (30_000, 1))))
    assert (wide.width, wide.height) == (1_600, 1)
    for mode, colour in (("1", 1), ("L", 255), ("LA", (255, 255)), ("P", 0), ("I;16", 65_535)):
        drawn = seen(worker.scrub(written(Image.new(mode, (20, 20), colour))).data)
        assert min(drawn.getpixel((9, 9))) > 240 or mode == "P"
    clear = seen(worker.scrub(written(Image.new("RGBA", (20, 20), (0, 0, 0, 0)))).data)
    assert min(clear.getpixel((9, 9))) > 240


def test_what_is_blacked_out_is_black(worker: Worker) -> None:
    data = written(pictures.screenshot())
    assert red(seen(worker.scrub(data).data).getpixel((150, 40)))
    drawn = seen(worker.scrub(data, [NAME]).data)
    left, top, right, bottom = (
        side * most // 100 for side, most in zip(NAME, (400, 200) * 2, strict=True)
    )
    inside = [drawn.getpixel((x, y)) for x in range(left, right) for y in range(top, bottom)]
    assert max(max(pixel) for pixel in inside) < 60
    assert not any(red(drawn.getpixel((x, y))) for x in range(400) for y in range(200))
    point = seen(worker.scrub(data, [(100, 100, 100, 100)]).data)
    assert point.size == (400, 200)


def test_a_process_that_dies_or_takes_too_long_is_started_again() -> None:
    worker = Worker()
    data = written(pictures.screenshot((20, 10)))
    worker.scrub(data)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert why_or_size(worker, data) == (20, 10)
    worker._deadline = 0.3
    os.kill(worker.pid or 0, signal.SIGSTOP)
    assert why(worker, data) == "broken"
    worker._deadline = 5
    assert why_or_size(worker, data) == (20, 10)
    assert worker.pid != first
    worker.close()


def why_or_size(worker: Worker, data: bytes) -> tuple[int, int] | str:
    """The first picture after a death may be lost; the next is drawn."""
    for _ in range(2):
        try:
            drawn = worker.scrub(data)
        except Unusable:
            continue
        return drawn.width, drawn.height
    return "lost"


def test_who_waits_too_long_is_told_so() -> None:
    worker = Worker(patience=0.05)
    with worker._lock, pytest.raises(Busy):
        worker.scrub(b"x")
    crowded = Worker()
    while crowded._places.acquire(blocking=False):
        pass
    with pytest.raises(Busy):
        crowded.scrub(b"x")


def test_the_process_knows_nothing_of_the_application(worker: Worker) -> None:
    worker.scrub(written(pictures.screenshot((20, 10))))
    process = Path(f"/proc/{worker.pid}")
    assert (process / "environ").read_bytes().strip(b"\0") in {b"", b"LC_CTYPE=C.UTF-8"}
    assert (process / "cwd").resolve() == Path("/")
    limits = (process / "limits").read_text()
    assert str(scrubbing.MEMORY) in limits
    assert "Max file size             0" in limits
    opened = {os.readlink(each) for each in (process / "fd").iterdir()}
    assert {name.partition(":")[0] for name in opened} <= {"socket", "/dev/null"}
    assert "app/" not in "".join(
        line for line in (process / "maps").read_text().splitlines() if "site-packages" not in line
    )
