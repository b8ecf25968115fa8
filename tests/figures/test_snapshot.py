"""Every number of a snapshot, worked out a second time from the released counts alone.

Nothing of the readings is used here: projection by bisection, quantiles by walking, and the
bootstrap's worlds one by one. Only the random stream is the same, as the method's text says.
"""

import hashlib
import math
from datetime import date
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest

from app.figures import snapshot
from app.figures.window import FrozenCohort
from app.weeks.quarters import Quarter

DAY = date(2026, 11, 16)
KINDS = {"working": 25, "presence": 25, "leaving": 96, "arrival": 48, "days": 7}
SCALE = {"working": 1, "presence": 2, "leaving": 2, "arrival": 4, "days": 4}
HOURS = [26.25, *(33.75 + 2.5 * n for n in range(20)), 86.25, 91.25, 96.25, 101.25, 106.25]
DAYS = [4, 4.5, 5, 5.5, 6, 6.5, 7]
RUNS = 400


def people(seed: int, size: int, late: bool) -> dict[str, tuple[int, ...]]:
    """Noisy counts of one cohort, as a release could have made them."""
    rng = np.random.default_rng(seed)
    middles = {"working": 13, "presence": 17, "leaving": 30, "arrival": 6, "days": 4}
    usual = middles if late else {**middles, "working": 4, "presence": 6, "leaving": 24, "days": 2}
    counts = {}
    for kind, bins in KINDS.items():
        where = np.clip(np.round(rng.normal(usual[kind], 0.6, size)), 0, bins - 1).astype(int)
        noise = rng.geometric(1 - math.exp(-1 / SCALE[kind]), (2, bins))
        counts[kind] = tuple((np.bincount(where, minlength=bins) + noise[0] - noise[1]).tolist())
    return counts


def cohort(quarter: str, seed: int, size: int, late: bool = True) -> FrozenCohort:
    return FrozenCohort(Quarter.parse(quarter), 10, 4.0, people(seed, size, late))


WORLDS = {
    "one small cohort": [cohort("2026Q4", 1, 13)],
    "a year": [cohort(f"2026Q{n % 4 + 1}", n, 15) for n in range(8)],
    "two kinds of week": [cohort("2026Q4", n, 90, late=n % 3 > 0) for n in range(6)],
    "an older quarter": [cohort("2025Q3", 3, 40, late=False), cohort("2026Q3", 4, 60)],
    "mostly noise": [
        FrozenCohort(Quarter(2026, 4), 10, 4.0, {k: (0,) * n for k, n in KINDS.items()})
    ],
}


@pytest.fixture(params=WORLDS)
def cohorts(request: pytest.FixtureRequest) -> list[FrozenCohort]:
    return WORLDS[request.param]


@pytest.fixture
def shown(cohorts: list[FrozenCohort]) -> snapshot.Snapshot:
    return snapshot.build(cohorts, "self_reported", snapshot.Law.at("CN", DAY), 61, DAY)


# The second account of the method, in plain loops.


def fit(counts, totals):
    """Find the shift that makes non-negative counts (..., bins) of totals (...), by halving."""
    counts, totals = np.asarray(counts, float), np.asarray(totals, float)
    low, high = counts.min(axis=-1) - totals, counts.max(axis=-1)
    for _ in range(80):
        shift = (low + high) / 2
        much = np.maximum(counts - shift[..., None], 0).sum(axis=-1) > totals
        low, high = np.where(much, shift, low), np.where(much, high, shift)
    return np.maximum(counts - shift[..., None], 0)


class Sums:
    """Sums over cohorts, and what is read of them."""

    def __init__(self, cohorts):
        self.number = len(cohorts)
        self.counts = {
            kind: [sum(column) for column in zip(*(c.counts[kind] for c in cohorts), strict=True)]
            for kind in KINDS
        }
        self.reports = float(max(sum(self.counts["working"]), 10 * self.number))

    def each(self, kind):
        a = math.exp(-1 / SCALE[kind])
        return self.number * 2 * a / (1 - a) ** 2

    def lowered(self, kind, reports):
        clock = kind in {"arrival", "leaving"}
        part, kept = (1.5, 0.25) if clock else (0.5, 0.5)
        noise = math.sqrt(KINDS[kind] * self.each(kind))
        return np.maximum(reports - part * noise, kept * np.asarray(reports))

    def seen(self, kind):
        return fit(self.counts[kind], self.lowered(kind, self.reports))

    def worlds(self, kind):
        told = f"{kind} {self.reports} {self.counts[kind]}"
        rng = np.random.default_rng(
            int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")
        )
        bins, p = KINDS[kind], 1 - math.exp(-1 / SCALE[kind])
        shape = np.round(fit(self.counts[kind], self.reports), 6)
        drawn = rng.multinomial(round(self.reports), shape / shape.sum(), RUNS)
        drawn += rng.negative_binomial(self.number, p, (RUNS, bins))
        drawn -= rng.negative_binomial(self.number, p, (RUNS, bins))
        if kind == "working":
            totals = drawn.sum(axis=1)
        else:
            q, draws = 1 - math.exp(-1), 25 * self.number
            totals = round(self.reports) + rng.negative_binomial(draws, q, (RUNS,))
            totals = totals - rng.negative_binomial(draws, q, (RUNS,))
        return fit(drawn, self.lowered(kind, np.maximum(totals, 10 * self.number)))


def median(counts, bounds=HOURS):
    half, below = sum(counts) / 2, 0.0
    for count, low, high in zip(counts, bounds, bounds[1:], strict=False):
        if below + count >= half - 1e-9:
            return low + (high - low) * min(max((half - below) / max(count, 1e-9), 0), 1)
        below += count
    raise AssertionError


def mean(counts):
    centres = [(low + high) / 2 for low, high in pairwise(HOURS)]
    return sum(a * b for a, b in zip(counts, centres, strict=True)) / sum(counts)


def tail(first):
    return lambda counts: sum(counts[first:]) / sum(counts)


def corrected(value, worlds, most):
    normal, worlds = NormalDist(), sorted(worlds)
    below = (
        sum(w < value - 1e-12 for w in worlds) + sum(abs(w - value) <= 1e-12 for w in worlds) / 2
    )
    bias = normal.inv_cdf(min(max(below, 0.5), RUNS - 0.5) / RUNS)
    shift = 2 * min(max(bias, -most), most)
    ends = [normal.cdf(shift + step * normal.inv_cdf(0.95)) for step in (-1, 0, 1)]
    return [float(end) for end in np.quantile(worlds, ends)]


def window(cohorts):
    return Sums([c for c in cohorts if str(c.quarter) >= "2026Q1"])


def test_counts_and_shares(cohorts, shown) -> None:
    sums = window(cohorts)
    assert shown["about"] == 5 * round(sums.reports / 5)
    assert shown["cohorts"] == sums.number
    for name, kind in (("histogram", "working"), ("presence_histogram", "presence")):
        lows, highs, counts = zip(*shown[name], strict=True)
        assert list(lows) == [None, *HOURS[1:-1]]
        assert list(highs) == [*HOURS[1:-1], None]
        assert list(counts) == pytest.approx(fit(sums.counts[kind], sums.reports), abs=0.051)
        assert sum(counts) == pytest.approx(sums.reports, abs=1.3)
    days = sums.seen("days")
    shares = {
        f"{day:g}": pytest.approx(n / sum(days), abs=6e-4)
        for day, n in zip(DAYS, days, strict=True)
    }
    assert shown["days"] == shares
    assert shown["weekend"]["share"] == pytest.approx(sum(days[3:]) / sum(days), abs=0.0051)


def test_medians_and_their_intervals(cohorts, shown) -> None:
    sums = window(cohorts)
    worked = (0.0, 0.0, 0.0)
    for kind in ("working", "presence"):
        value = median(sums.seen(kind))
        low, _, high = corrected(value, [median(w) for w in sums.worlds(kind)], 0.3)
        low, high = min(low, value), max(high, value)
        # Nobody is present for less than they work.
        value, low, high = np.maximum((value, low, high), worked)
        worked = (value, low, high)
        assert shown[kind]["median"] == pytest.approx(value, abs=0.2501)
        assert shown[kind]["low"] == math.floor(low - 1.25 + 1e-6)
        assert shown[kind]["high"] == math.ceil(high + 1.25 - 1e-6)
    over = shown["overtime"]
    assert over["median"] == max(0, shown["working"]["median"] - 40)
    assert over["low"] == max(0, shown["working"]["low"] - 40)


def test_nobody_is_said_to_work_longer_than_they_are_present() -> None:
    law = snapshot.Law.at("CN", DAY)
    for seed in range(12):
        few = [cohort("2026Q4", seed, 12), cohort("2026Q4", seed + 100, 12, late=False)]
        shown = snapshot.build(few, "self_reported", law, 61, DAY)
        for part in ("median", "low", "high"):
            assert shown["presence"][part] >= shown["working"][part]


def test_the_share_over_the_line_is_read_at_the_next_edge(cohorts, shown) -> None:
    sums, over = window(cohorts), tail(HOURS.index(48.75))
    low, value, high = corrected(
        over(sums.seen("working")), [over(w) for w in sums.worlds("working")], 0.7
    )
    assert shown["line"] == 48.28
    assert shown["over_line"] == {
        "share": pytest.approx(value, abs=0.0051),
        "low": pytest.approx(math.floor(100 * low + 1e-6) / 100),
        "high": pytest.approx(math.ceil(100 * high - 1e-6) / 100),
        "read_at": 48.75,
    }


def test_the_trend_tells_each_quarters_mean(cohorts, shown) -> None:
    quarters = sorted({str(c.quarter) for c in cohorts})
    assert [point["quarter"] for point in shown["trend"]] == quarters
    for point in shown["trend"]:
        sums = Sums([c for c in cohorts if str(c.quarter) == point["quarter"]])
        value = mean(sums.seen("working"))
        ends = np.quantile([mean(w) for w in sums.worlds("working")], [0.95, 0.5, 0.05])
        low, middle, high = (2 * value - end for end in ends)
        assert point["mean"] == pytest.approx(middle, abs=0.051)
        assert point["low"] == max(0, math.floor(low + 1e-6))
        assert point["high"] == math.ceil(high - 1e-6)
        assert point["about"] == 5 * round(sums.reports / 5)


def test_few_reports_draw_no_lights_and_name_no_hour() -> None:
    shown = snapshot.build(
        WORLDS["mostly noise"], "self_reported", snapshot.Law.at("CN", DAY), 61, DAY
    )
    told = [shown[name] for name in ("lights", "lit", "arrival_median", "hairline", "codes")]
    assert told == [None] * 5


def test_many_reports_draw_the_lights_and_the_hairline() -> None:
    many = [cohort("2026Q4", n, 400) for n in range(3)]
    shown = snapshot.build(many, "self_reported", snapshot.Law.at("CN", DAY), 61, DAY)
    assert len(shown["lights"]) == 48
    assert shown["lights"][12] == pytest.approx(1, abs=0.1)  # noon
    assert shown["lights"][40] == pytest.approx(0, abs=0.1)  # 02:00
    assert list(shown["lit"]) == ["19:00", "20:00", "21:00", "22:00", "23:00"]
    for step, told in zip(range(26, 36, 2), shown["lit"].values(), strict=True):
        assert told["low"] <= told["share"] <= told["high"]
        assert told["share"] == pytest.approx(shown["lights"][step], abs=0.0051)
    assert shown["arrival_median"] == 9 * 60
    assert shown["hairline"] == 18 * 60


def test_two_kinds_of_week_are_told_with_both_middles() -> None:
    numbers = snapshot.build(
        WORLDS["two kinds of week"], "self_reported", snapshot.Law.at("CN", DAY), 1, DAY
    )
    told = numbers["two_weeks"]
    assert told["share_high"] == pytest.approx(2 / 3, abs=0.06)
    assert (told["low"], told["high"]) == (pytest.approx(47.5, abs=1.5), pytest.approx(75, abs=1.5))
    assert numbers["codes"] == []


def test_one_kind_of_week_has_a_code_and_no_second_middle() -> None:
    late = [cohort("2026Q4", n, 60) for n in range(4)]
    numbers = snapshot.build(late, "self_reported", snapshot.Law.at("CN", DAY), 1, DAY)
    assert numbers["two_weeks"] is None
    assert numbers["codes"] == ["996"]


def test_a_place_without_limits_has_no_line_and_no_overtime() -> None:
    numbers = snapshot.build(WORLDS["a year"], "self_reported", snapshot.Law.at("AQ", DAY), 1, DAY)
    assert (numbers["place"], numbers["line"], numbers["standard_week"]) == ("AQ", None, None)
    assert numbers["over_line"] is numbers["overtime"] is numbers["line_rule"] is None


def test_a_snapshot_is_the_same_for_the_same_counts(cohorts, shown) -> None:
    again = snapshot.build(cohorts, "self_reported", snapshot.Law.at("CN", DAY), 61, DAY)
    assert again == shown
