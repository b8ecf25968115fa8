"""Figures for machines: the same numbers as on the page, and cells that no spreadsheet runs."""

import csv
import io
import json
from datetime import date

import pytest

from app.figures import documents, snapshot
from tests.figures.test_snapshot import WORLDS, cohort

DAY = date(2026, 11, 16)
SHOWN = snapshot.build(WORLDS["a year"], "self_reported", snapshot.Law.at("CN", DAY), 61, DAY)
RELEASED = {"self_reported": SHOWN}


def table() -> list[list[str]]:
    return list(csv.reader(io.StringIO(documents.as_csv(RELEASED))))


def test_the_document_holds_the_snapshot_as_it_is() -> None:
    told = documents.document("acme", {"en": "Acme", "zh": None}, RELEASED)
    assert json.loads(json.dumps(told)) == {
        "employer": "acme",
        "names": {"en": "Acme", "zh": None},
        "headline": "self_reported",
        "figures": {"self_reported": SHOWN},
        "events": [],
    }


def test_every_row_has_every_column_and_the_headline_number() -> None:
    header, *rows = table()
    assert header == list(documents.HEADER)
    assert {len(row) for row in rows} == {len(header)}
    working = SHOWN["working"]
    assert [
        "self_reported",
        "working",
        "median",
        "hours a week",
        *(str(working[part]) for part in ("median", "low", "high")),
    ] in rows


def test_pictures_are_rows_too() -> None:
    rows = table()
    lights = [float(row[4]) for row in rows if row[1] == "at_work"]
    assert lights == []  # too few reports to draw the hours of the day
    bars = [float(row[4]) for row in rows if row[1] == "working_reports"]
    assert bars == [count for _, _, count in SHOWN["histogram"]]
    assert [row[2] for row in rows if row[1] == "working_reports"][:2] == [
        "..33.75",
        "33.75..36.25",
    ]
    assert [row[2] for row in rows if row[1] == "working_mean"] == SHOWN["quarters"]


def test_the_hours_of_the_day_are_rows_where_they_are_drawn() -> None:
    many = [cohort("2026Q4", n, 400) for n in range(3)]
    drawn = snapshot.build(many, "self_reported", snapshot.Law.at("CN", DAY), 61, DAY)
    rows = list(documents.rows({"self_reported": drawn}))
    assert [row[4] for row in rows if row[1] == "at_work"] == drawn["lights"]
    assert [row[2] for row in rows if row[1] == "at_work"][:2] == ["06:00", "06:30"]
    told = {row[2]: row[4:] for row in rows if row[1] == "at_work_interval"}
    assert list(told) == ["19:00", "20:00", "21:00", "22:00", "23:00"]
    assert told["21:00"] == tuple(drawn["lit"]["21:00"][part] for part in ("share", "low", "high"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_that_begin_like_formulas_are_quoted(start: str) -> None:
    assert documents.cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["996", "a=b", 40, -0.5, None, ""])
def test_other_cells_stay_as_they_are(value: documents.Cell) -> None:
    assert documents.cell(value) == value


def test_nothing_released_is_an_empty_document() -> None:
    nothing = documents.document("acme", {}, {})
    assert (nothing["headline"], nothing["figures"]) == (None, {})
    assert documents.as_csv({}) == ",".join(documents.HEADER) + "\r\n"
