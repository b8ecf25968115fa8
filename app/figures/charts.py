"""The geometry of the pictures: released numbers in, paths and places out. No words, no colours.

Shapes are drawn in small units inside a nested, stretched svg; words and rules stand at
percentages of the outer one, so that a picture stretches and its type does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

HALF_HOURS = 48
FIRST = 6 * 60  # a day in a picture runs from 06:00 to 06:00
EVENING = 24  # the half hour that begins at 18:00, where night starts for everyone
MIDNIGHT = 36

LIGHTS_TOP = 32  # px of the outer picture above the curve, for one line of words
LIGHTS_HEIGHT = 196
LABEL_FROM = 36  # labels stand from midnight on, where most nights are dark
LABEL_GAP = 46  # px between two labels, each of two lines
BAR_STEP = 2.5  # hours; the width that a bar's height is told for


def clock_at(step: int) -> int:
    """Minutes after midnight at which a half hour of the picture begins."""
    return (FIRST + 30 * step) % 1440


def place_of(clock: int) -> float:
    """Where a clock time stands in the picture of a day, in per cent of its width."""
    return round((clock - FIRST) % 1440 / 14.4, 2)


@dataclass(frozen=True)
class Scale:
    """A column's one scale: every interval of the column is drawn on it."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """The value's place in per cent, held inside the column."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def holds(self, value: float | None) -> bool:
        """Whether a mark for this value would stand inside the column."""
        return value is not None and self.low <= value <= self.high


HOURS = Scale(30, 80)  # hours a week, for the fact and for every row of the list
OVERTIME = Scale(0, 40)
SHARE = Scale(0, 1)


def outline(shares: Sequence[float], height: int = 100, sky: int = 0) -> str:
    """The roof line of some half hours as path commands: one step each, never smoothed."""
    tops = [height - round(share * (height - sky)) for share in shares]
    parts = [f"V{tops[0]}"]
    width = 1
    for before, after in pairwise(tops):
        if after == before:
            width += 1
            continue
        parts.append(f"h{width}v{after - before}")
        width = 1
    return "".join(parts) + f"h{width}"


def area(shares: Sequence[float], height: int = 100, sky: int = 0, left: int = 0) -> str:
    """The same roof line closed down to the ground."""
    return f"M{left} {height}{outline(shares, height, sky)}V{height}z"


def _lit(shares: Sequence[float]) -> range:
    """The half hours from the first to the last that shows any amber."""
    found = [i for i, share in enumerate(shares) if share >= 0.005]
    return range(found[0], found[-1] + 1) if found else range(0)


def glow(shares: Sequence[float]) -> str:
    """The roof line over what is lit, for the lamp glow; the dark ground does not glow."""
    lit = _lit(shares)
    if not lit:
        return ""
    return f"M{lit.start} 100{outline(shares[lit.start : lit.stop])}V100"


def mullions(shares: Sequence[float]) -> str:
    """The bars that cut amber into windows: a tenth of the desks for half an hour."""
    lit = _lit(shares).stop
    if not lit:
        return ""
    across = "".join(f"M0 {y}h{lit}" for y in range(10, 100, 10))
    return across + "".join(f"M{x} 0v100" for x in range(1, lit))


@dataclass(frozen=True)
class Label:
    """One number written into the dark: the half hour it reads and where it stands."""

    clock: int  # minutes
    share: float
    x: float  # per cent
    y: float  # px in the outer picture


@dataclass(frozen=True)
class Lights:
    """The lights-on curve: paper to 18:00, night from there."""

    day: str
    ridge: str
    night: str
    glow: str
    mullions: str
    labels: tuple[Label, ...]
    hairline: float | None  # per cent
    hairline_top: float  # px where the hairline meets the amber, or the ground
    at_nine: float  # share still at work at 21:00


def _height(share: float) -> float:
    return round(LIGHTS_TOP + LIGHTS_HEIGHT * (1 - share), 2)


def _labels(lights: Sequence[float]) -> tuple[Label, ...]:
    """At most two readings on the hour, 21:00 first, and none that would stand on amber."""
    found: list[Label] = []
    for step in (30, 32, 28, 26, 34):
        y = _height(lights[step])
        if lights[step] < 0.03 or any(abs(y - other.y) < LABEL_GAP for other in found):
            continue
        ground = (LIGHTS_TOP + LIGHTS_HEIGHT - y - 26) / LIGHTS_HEIGHT
        if max(lights[LABEL_FROM:]) < ground:
            found.append(Label(clock_at(step), lights[step], place_of(clock_at(step)), y))
    return tuple(found[:2])


def lights(shares: Sequence[float], hairline: int | None) -> Lights:
    """The curve of 48 shares from 06:00, with the hairline's clock time in minutes if known."""
    day, night = shares[:EVENING], shares[EVENING:]
    step = 0 if hairline is None else (hairline - FIRST) % 1440 // 30
    return Lights(
        day=area(day),
        ridge=f"M0 100{outline(day)}",
        night=area(night),
        glow=glow(night),
        mullions=mullions(night),
        labels=_labels(shares),
        hairline=None if hairline is None else place_of(hairline),
        hairline_top=_height(shares[step]),
        at_nine=shares[30],
    )


@dataclass(frozen=True)
class House:
    """The same curve as a list row: 48 by 30 units with a fifth of sky above the roofs."""

    day: str
    night: str


def house(shares: Sequence[float] | None) -> House | None:
    """The list picture of 48 shares from 06:00; None, a dark house, where they are not known."""
    if shares is None:
        return None
    return House(
        day=area(shares[:EVENING], 30, 6),
        night=area(shares[EVENING:], 30, 6, EVENING),
    )


@dataclass(frozen=True)
class Evening:
    """The home page's house: 18:00 to midnight, 12 by 100 units."""

    lit: str
    mullions: str


def evening(shares: Sequence[float]) -> Evening:
    """The evening of 48 shares from 06:00."""
    hours = shares[EVENING:MIDNIGHT]
    return Evening(area(hours), mullions(hours))


@dataclass(frozen=True)
class Histogram:
    """Bars of weekly hours between two ends of one axis; `units` is the nested picture's width."""

    bars: str
    units: float
    ticks: tuple[tuple[float, int], ...]  # per cent, hours
    peak: tuple[float, float]  # per cent, count
    common: float  # hours, the middle of the most filled step
    line: float | None  # per cent
    standard: float | None
    line_left: bool  # the legal line's words stand on its left, and the standard's move down
    rows: tuple[tuple[float | None, float | None, float], ...]


Bin = Sequence[float | None]


def _edges(low: float | None, high: float | None) -> tuple[float, float]:
    """A bin's two edges in hours; an open end is drawn one step wide."""
    left = low if low is not None else (high or 0.0) - BAR_STEP
    return left, high if high is not None else left + BAR_STEP


def _filled(bins: Sequence[Bin]) -> list[tuple[float | None, float | None, float]]:
    """The bins from the first to the last that holds anything when rounded to whole reports."""
    kept = [(low, high, count or 0.0) for low, high, count in bins]
    while kept and kept[0][2] < 0.5:
        kept.pop(0)
    while kept and kept[-1][2] < 0.5:
        kept.pop()
    return kept


def histogram(bins: Sequence[Bin], line: float | None, standard: float | None) -> Histogram | None:
    """The histogram of released bins (low, high, count), hours; None where nothing was counted.

    A wider bin is drawn lower, so that area, not height, tells the count.
    """
    rows = _filled(bins)
    if not rows:
        return None
    left = min(30.0, 5 * (_edges(*rows[0][:2])[0] // 5))
    right = max(70.0, _edges(*rows[-1][:2])[1], (line or 0) + 5, (standard or 0) + 5)
    right = -5 * (-right // 5)
    axis = Scale(left, right)
    tall = [(_edges(low, high), count) for low, high, count in rows]
    density = [count * BAR_STEP / (b - a) for (a, b), count in tall]
    top = max(density)
    best = density.index(top)
    bars = [
        f"M{a - left + 0.2:.6g} 100v-{100 * d / top:.4g}h{b - a - 0.4:.4g}V100z"
        for ((a, b), _), d in zip(tall, density, strict=True)
        if d > 0
    ]
    (a, b), count = tall[best]
    place = None if line is None else axis.at(line)
    return Histogram(
        bars="".join(bars),
        units=right - left,
        ticks=tuple((axis.at(h), h) for h in range(int(-10 * (-left // 10)), int(right) + 1, 10)),
        peak=(axis.at((a + b) / 2), count),
        common=(a + b) / 2,
        line=place,
        standard=None if standard is None else axis.at(standard),
        line_left=place is not None and place > 52,
        rows=tuple(rows),
    )


@dataclass(frozen=True)
class Point:
    """One quarter of the trend: its mean, its interval and its place."""

    quarter: str
    mean: float
    low: float
    high: float
    about: int
    x: float  # per cent
    y: float  # px
    y_low: float
    y_high: float


@dataclass(frozen=True)
class Trend:
    """Means by quarter with whiskers; at least two quarters.

    overlap: the first and the last interval meet, so no change is told.
    """

    overlap: bool
    points: tuple[Point, ...]
    ticks: tuple[tuple[float, int], ...]  # px, hours
    ground: float  # px


TREND_TOP = 12
TREND_HEIGHT = 160


def trend(quarters: Sequence[Mapping[str, Any]]) -> Trend | None:
    """The trend of released quarters ({quarter, mean, low, high, about}); None under two."""
    if len(quarters) < 2:
        return None
    floor = int(5 * (min(q["low"] for q in quarters) // 5))
    roof = int(-5 * (-max(q["high"] for q in quarters) // 5))
    roof = max(roof, floor + 10)
    ground = TREND_TOP + TREND_HEIGHT

    def y(hours: float) -> float:
        return round(ground - TREND_HEIGHT * (hours - floor) / (roof - floor), 2)

    step = 88 / (len(quarters) - 1)
    points = tuple(
        Point(
            quarter=q["quarter"],
            mean=q["mean"],
            low=q["low"],
            high=q["high"],
            about=q["about"],
            x=round(9 + step * i, 2),
            y=y(q["mean"]),
            y_low=y(q["low"]),
            y_high=y(q["high"]),
        )
        for i, q in enumerate(quarters)
    )
    every = 5 if roof - floor <= 30 else 10
    first, last = quarters[0], quarters[-1]
    overlap = first["low"] <= last["high"] and last["low"] <= first["high"]
    return Trend(overlap, points, tuple((y(h), h) for h in range(floor, roof + 1, every)), ground)
