"""The communities' own lists, read from the folder that LAMPLIGHT_REAL_FILES names."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import Database
from app.employers import directory, importing, list_955wlb, list_996icu, lists, names
from app.employers.models import Employer, EmployerCity, SourcedClaim

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


@pytest.mark.deep
def test_a_database_of_both_lists_holds_the_figures(database: Database) -> None:
    icu = list_996icu.read((FOLDER / "996icu-blacklist.md").read_text("utf-8"))
    wlb = list_955wlb.read((FOLDER / "955wlb.md").read_text("utf-8"))

    for _ in range(2):
        for rows in (icu, wlb):
            with database.transaction() as db:
                list(importing.store(db, rows))

    with database.reading() as db:
        claims = list(db.scalars(select(SourcedClaim)))
        employers = {e.id: e for e in db.scalars(select(Employer))}
        cities = {(c.employer_id, c.city) for c in db.scalars(select(EmployerCity))}
    of = {source: [c for c in claims if c.source == source] for source in ("996icu", "955wlb")}
    assert len(of["996icu"]) == 241
    assert sum(claim.status == "revoked" for claim in of["996icu"]) == 6
    assert sum(claim.confidence != "text" for claim in of["996icu"]) >= 175
    assert len({claim.employer_id for claim in of["996icu"]}) >= 220
    assert len({claim.employer_id for claim in of["955wlb"]}) == 86
    assert len({(c.employer_id, city) for c in of["955wlb"] for city in c.cities}) == 139
    assert {(c.employer_id, city) for c in claims for city in c.cities} == cities
    assert all(employer.confirmed for employer in employers.values())


@pytest.mark.deep
def test_every_imported_employer_is_found_by_its_name(database: Database) -> None:
    rows = list_996icu.read((FOLDER / "996icu-blacklist.md").read_text("utf-8"))
    with database.transaction() as db:
        list(importing.store(db, rows))

    with database.reading() as db:
        for row in rows[::6]:
            named = directory.by_name(db, row.naming.name)
            assert named is not None
            assert directory.search(db, row.naming.name).employers[0].id == named.id
            assert directory.search(db, names.spoken(row.naming.name) or named.name).employers
