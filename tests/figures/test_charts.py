"""The pictures' geometry, by table."""

import re

import pytest

from app.figures import charts

OFFICE = [0.0] * 6 + [0.1, 0.5, 0.9] + [1.0] * 15 + [1, 0.9, 0.7, 0.65, 0.63, 0.61, 0.61, 0.5, 0.3]
OFFICE += [0.1] + [0.0] * (48 - len(OFFICE) - 1)
NIGHT_SHIFT = [0.3] * 4 + [0.0] * 24 + [1.0] * 20


def corners(path: str) -> list[tuple[float, float]]:
    """Walk a path of M, V, v, h and z and give every corner."""
    x = y = 0.0
    found = []
    for command, numbers in re.findall(r"([MVvhz])([-0-9. ]*)", path):
        values = [float(number) for number in numbers.split()]
        if command == "M":
            x, y = values
        elif command == "V":
            (y,) = values
        elif command == "v":
            y += values[0]
        elif command == "h":
            x += values[0]
        found.append((x, y))
    return found


@pytest.mark.parametrize(
    ("shares", "path"),
    [
        ([0, 0, 0], "M0 100V100h3V100z"),
        ([1, 1, 0.5], "M0 100V0h2v50h1V100z"),
        ([0.5], "M0 100V50h1V100z"),
    ],
)
def test_a_step_is_drawn_for_every_change_and_nothing_is_smoothed(shares, path):
    assert charts.area(shares) == path


@pytest.mark.parametrize("shares", [OFFICE, NIGHT_SHIFT, [0.0] * 48, [1.0] * 48])
def test_every_picture_stays_in_its_box(shares):
    picture, house = charts.lights(shares, 1125), charts.house(shares)
    boxes = [
        (picture.day, 24, 0, 100),
        (picture.night, 24, 0, 100),
        (charts.evening(shares).lit, 12, 0, 100),
        (house.day, 24, 6, 30),
        (house.night, 48, 6, 30),
    ]
    for path, width, top, ground in boxes:
        places = corners(path)
        assert max(x for x, _ in places) == width
        assert all(0 <= x <= width and top <= y <= ground for x, y in places), path


def test_only_what_is_lit_glows():
    assert charts.glow([0.0] * 24) == ""
    assert charts.glow([0, 0, 1, 0.5, 0, 0]) == "M2 100V0h1v50h1V100"


def test_windows_are_cut_only_as_far_as_lamps_are_lit():
    assert charts.mullions([0.0] * 24) == ""
    assert charts.mullions([1, 0.4, 0, 0]).startswith("M0 10h2M0 20h2")
    assert charts.mullions([1, 0.4, 0, 0]).endswith("M1 0v100")


@pytest.mark.parametrize(
    ("clock", "place"), [(360, 0), (720, 25), (1080, 50), (1125, 53.12), (0, 75), (355, 99.65)]
)
def test_a_clock_time_has_its_place_in_a_day_from_six_to_six(clock, place):
    assert charts.place_of(clock) == place


def test_labels_read_nine_first_and_keep_apart():
    labels = charts.lights(OFFICE, None).labels
    assert [(label.clock, label.share) for label in labels] == [(1260, 0.61), (1320, 0.3)]
    assert labels[1].y - labels[0].y >= charts.LABEL_GAP


def test_no_label_stands_on_amber():
    assert charts.lights(NIGHT_SHIFT, None).labels == ()


def test_the_hairline_ends_at_the_roof_it_meets():
    picture = charts.lights(OFFICE, 18 * 60 + 45)
    assert picture.hairline == 53.12
    assert picture.hairline_top == pytest.approx(32 + 196 * 0.1)
    assert charts.lights(OFFICE, None).hairline is None


@pytest.mark.parametrize(("value", "place"), [(30, 0), (55, 50), (80, 100), (12, 0), (168, 100)])
def test_a_scale_holds_every_value_inside_its_column(value, place):
    assert charts.HOURS.at(value) == place


def test_a_scale_knows_what_it_cannot_show():
    assert charts.HOURS.holds(48.3)
    assert not charts.HOURS.holds(84)
    assert not charts.HOURS.holds(None)


BINS = [[None, 33.75, 0.4], [33.75, 36.25, 4], [36.25, 38.75, 0], [38.75, 41.25, 20]]
BINS += [[41.25, 43.75, 10], [81.25, 86.25, 8], [101.25, None, 0]]


def test_a_wider_bin_is_drawn_lower_so_that_area_tells_the_count():
    picture = charts.histogram(BINS, 48.28, 40)
    assert picture is not None
    heights = [float(h) for h in re.findall(r"v-([0-9.]+)h", picture.bars)]
    assert heights == [20, 100, 50, 20]
    assert picture.peak == (charts.Scale(30, 90).at(40), 20)
    assert picture.common == 40


def test_empty_ends_are_left_out_and_the_marks_are_on_the_axis():
    picture = charts.histogram(BINS, 48.28, 40)
    assert picture is not None
    assert [row[2] for row in picture.rows] == [4, 0, 20, 10, 8]
    assert [hour for _, hour in picture.ticks] == [30, 40, 50, 60, 70, 80, 90]
    assert picture.line == charts.Scale(30, 90).at(48.28)
    assert picture.standard == charts.Scale(30, 90).at(40)
    assert not picture.line_left


def test_open_ends_are_drawn_one_step_wide():
    picture = charts.histogram([[None, 33.75, 3], [101.25, None, 6]], None, None)
    assert picture is not None
    assert picture.bars == "M1.45 100v-50h2.1V100zM71.45 100v-100h2.1V100z"
    assert picture.line is None


def test_a_line_far_right_has_its_words_on_the_left():
    picture = charts.histogram(BINS, 84.0, 48)
    assert picture is not None
    assert picture.line_left


def test_a_histogram_of_nothing_is_no_picture():
    assert charts.histogram([[None, 33.75, 0]], 48, 40) is None
    assert charts.histogram([], 48, 40) is None


def quarter(name: str, mean: float, width: float = 3) -> dict[str, object]:
    return {"quarter": name, "mean": mean, "low": mean - width, "high": mean + width, "about": 25}


def test_a_trend_needs_two_quarters():
    assert charts.trend([]) is None
    assert charts.trend([quarter("2026Q1", 60)]) is None


def test_a_trend_stays_in_its_picture_and_later_stands_right():
    picture = charts.trend([quarter(f"202{y}Q{q}", 60 + y - q) for y in (5, 6) for q in (1, 2, 3)])
    assert picture is not None
    xs = [point.x for point in picture.points]
    assert xs == sorted(xs)
    assert xs[0] >= 0
    assert xs[-1] <= 100
    for point in picture.points:
        assert charts.TREND_TOP <= point.y_high < point.y < point.y_low <= picture.ground


@pytest.mark.parametrize(("after", "overlap"), [(61, True), (66, True), (67, False), (50, False)])
def test_a_change_is_told_only_where_intervals_part(after, overlap):
    picture = charts.trend([quarter("2026Q1", 60), quarter("2026Q2", after)])
    assert picture is not None
    assert picture.overlap is overlap
