"""The communities' own lists, read from the folder that LAMPLIGHT_REAL_FILES names."""

import os
from pathlib import Path

import pytest

from app.employers import list_955wlb, list_996icu, lists

pytestmark = pytest.mark.real_files
FOLDER = Path(os.environ.get("LAMPLIGHT_REAL_FILES", ""))


def test_996icu_rows_are_all_accounted_for():
    rows = list_996icu.read((FOLDER / "996icu-blacklist.md").read_text("utf-8"))
    counts = lists.summary(rows)

    assert [row.status for row in rows].count("live") == 235
    assert [row.status for row in rows].count("revoked") == 6
    assert counts["rows"] == 241
    assert counts["usable"] + counts["text"] == counts["rows"]
    assert counts["clean"] + counts["heuristic"] == counts["usable"]
    assert counts["usable"] >= 175
    assert counts["employers"] >= 220
    assert all(row.naming.name for row in rows)


def test_996icu_bounds_are_bounds():
    rows = list_996icu.read((FOLDER / "996icu-blacklist.md").read_text("utf-8"))

    for reading in (row.reading for row in rows if row.usable):
        assert 6 * 60 <= reading.start_lo <= reading.start_hi <= 12 * 60
        assert reading.start_hi < reading.end_lo <= reading.end_hi <= 24 * 60
        assert 4 <= reading.days_lo <= reading.days_hi <= 7
        assert reading.confidence == "heuristic" or reading.start_lo == reading.start_hi
    assert all(row.reading.code is None for row in rows if not row.usable)


def test_955wlb_has_86_employers_in_139_places():
    rows = list_955wlb.read((FOLDER / "955wlb.md").read_text("utf-8"))

    assert lists.summary(rows)["employers"] == 86
    assert len({(row.naming.name, city) for row in rows for city in row.cities}) == 139
