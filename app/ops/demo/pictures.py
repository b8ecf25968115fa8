"""The pictures that the invented people attach, drawn when they are loaded: nobody's screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, LINE, SLATE, AMBER, BLACK = (
    "#fbfaf7",
    "#151b26",
    "#d9d5cb",
    "#545f70",
    "#f2a62b",
    "#000000",
)
Pen = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Drawn:
    """A picture and what it shows in words."""

    image: Image.Image
    alternative: str


def draw(name: str) -> Drawn:
    """Draw one of the pictures by its name."""
    painter, size, alternative = _PICTURES[name]
    image = Image.new("RGB", size, PAPER)
    painter(ImageDraw.Draw(image))
    return Drawn(image, alternative)


def _calendar(pen: Pen) -> None:
    """A week with the same entry every evening, its guests blacked out."""
    for row, clock in enumerate(("10", "12", "14", "16", "18", "20", "22")):
        _text(pen, (24, 84 + 84 * row), clock, 26)
        pen.line((72, 72 + 84 * row, 1200, 72 + 84 * row), LINE, 2)
    for column, day in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri")):
        left = 80 + 224 * column
        _text(pen, (left + 12, 20), day, 26)
        pen.line((left, 0, left, 640), LINE, 2)
        pen.rectangle((left + 6, 120 + 16 * (column % 3), left + 218, 250), "#e8ebf0", SLATE, 2)
        pen.rectangle((left + 6, 544, left + 218, 634), "#fdebc8", AMBER, 3)
        _text(pen, (left + 18, 552), "21:15 Sync", 28)
        pen.rectangle((left + 18, 596, left + 190, 622), BLACK)


def _chat(pen: Pen) -> None:
    """A group chat about vouchers, every name and face blacked out."""
    said = (
        (False, "Vouchers are in your account, thank you all!"),
        (False, "Please use them by the 30th."),
        (True, "And the eleven nights?"),
        (False, "This is for the eleven nights."),
        (True, "I see."),
    )
    for row, (own, text) in enumerate(said):
        top, width = 40 + 150 * row, 60 + 15 * len(text)
        left = 860 - width if own else 120
        pen.ellipse((890, top, 960, top + 70) if own else (30, top, 100, top + 70), BLACK)
        if not own:
            pen.rectangle((120, top - 6, 290, top + 18), BLACK)
        box = (left, top + 26, left + width, top + 96)
        pen.rounded_rectangle(box, 14, "#fdebc8" if own else "#e8ebf0")
        _text(pen, (left + 24, top + 42), text, 28)


def _board(pen: Pen) -> None:
    """A sheet to sign on Saturday, all names blacked out, the times left."""
    times = ("08:52", "08:55", "08:57", "08:58", "08:58", "08:59", "09:04")
    _text(pen, (40, 30), "2026 / 08", 34)
    for row, clock in enumerate(times):
        top = 110 + 84 * row
        pen.rectangle((40, top, 860, top + 84), None, LINE, 2)
        _text(pen, (64, top + 24), f"{row + 1}", 30)
        pen.rectangle((150, top + 20, 420, top + 62), BLACK)
        _text(pen, (520, top + 24), clock, 32)
        pen.line([(700 + 18 * n, top + 46 + (-1) ** n * (8 + row % 3)) for n in range(7)], INK, 3)


def _text(pen: Pen, at: tuple[float, float], text: str, size: int) -> None:
    pen.text(at, text, INK, ImageFont.load_default(size))


_PICTURES: Final[Mapping[str, tuple[Callable[[Pen], None], tuple[int, int], str]]] = {
    "calendar": (
        _calendar,
        (1200, 640),
        "A calendar week. From Monday to Friday each evening has an entry “21:15 Sync”; "
        "the guests are blacked out.",
    ),
    "chat": (
        _chat,
        (1000, 800),
        "A group chat, names and faces blacked out. “Vouchers are in your account.” “And the "
        "eleven nights?” “This is for the eleven nights.”",
    ),
    "board": (
        _board,
        (900, 720),
        "周六的签到表，七行，名字都已涂黑，只看得到签到时间：从 08:52 到 09:04。",
    ),
}
