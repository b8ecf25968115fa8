"""What pages read: snapshots by stratum, and the list with its orders, filters and pages."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers import merging
from app.employers.adding import Wanted, add
from app.employers.models import Employer
from app.figures import reading
from app.figures.models import Ranking, Release, Snapshot
from app.figures.reading import Filters
from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST

# name, place, city, industry, hours, low, high, overtime, about, codes
ROWS = [
    ("Alder", "CN", "beijing", "internet", 62.0, 60, 63, 22.0, 70, "996"),
    ("Birch", "CN", "shenzhen", "games", 58.0, 56, 59, 18.0, 160, "10106"),
    ("Cedar", "CN", "beijing", "games", 57.0, 54, 58, 17.0, 215, "995 996"),
    ("Doum", "DE", "shanghai", "bank", 40.0, 40, 43, None, 65, ""),
]


@pytest.fixture
def street(database: Database) -> dict[str, bytes]:
    """Publish four employers; their ids by name."""
    ids = {}
    with database.transaction() as db:
        db.add(Release(number=1, day=date(2026, 11, 16)))
        for name, place, city, industry, hours, low, high, overtime, about, codes in ROWS:
            wanted = Wanted(name, cities=(city,), place=place, industry=industry, confirmed=True)
            ids[name] = add(db, random_id(), wanted).id
            db.add(
                Ranking(
                    stratum="self_reported",
                    employer_id=ids[name],
                    hours=hours,
                    low=low,
                    high=high,
                    overtime=overtime,
                    about=about,
                    codes=codes,
                    numbers={"about": about},
                )
            )
    return ids


def names(page: reading.Page) -> list[str]:
    return [row.employer.name for row in page.rows]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("hours", ["Alder", "Birch", "Cedar", "Doum"]),
        ("overtime", ["Alder", "Birch", "Cedar", "Doum"]),
        ("reports", ["Cedar", "Birch", "Alder", "Doum"]),
        ("name", ["Alder", "Birch", "Cedar", "Doum"]),
    ],
)
def test_the_list_has_four_orders(
    database: Database, street: dict[str, bytes], sort: reading.Sort, order: list[str]
) -> None:
    with database.reading() as db:
        assert names(reading.ranking(db, "self_reported", sort)) == order


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), ["Alder", "Birch", "Cedar", "Doum"]),
        (Filters(place="DE"), ["Doum"]),
        (Filters(city="beijing"), ["Alder", "Cedar"]),
        (Filters(industry="games"), ["Birch", "Cedar"]),
        (Filters(code="996"), ["Alder", "Cedar"]),
        (Filters(code="99"), []),
        (Filters(city="beijing", industry="games"), ["Cedar"]),
    ],
)
def test_filters_choose_rows_and_leave_ranks_alone(
    database: Database, street: dict[str, bytes], filters: Filters, kept: list[str]
) -> None:
    with database.reading() as db:
        page = reading.ranking(db, "self_reported", filters=filters)
    assert names(page) == kept
    assert (page.shown, page.ranked) == (len(kept), 4)
    ranks = {"Alder": (1, 1), "Birch": (2, 3), "Cedar": (2, 3), "Doum": (4, 4)}
    assert {row.employer.name: (row.rank_low, row.rank_high) for row in page.rows} == {
        name: ranks[name] for name in kept
    }
    assert all(row.numbers == {"about": dict(_about())[row.employer.name]} for row in page.rows)


def _about() -> list[tuple[str, int]]:
    return [(row[0], row[8]) for row in ROWS]


def test_the_list_comes_in_pages(database: Database, street: dict[str, bytes]) -> None:
    with database.reading() as db:
        first = reading.ranking(db, "self_reported", limit=3)
        assert names(first) == ["Alder", "Birch", "Cedar"]
        last = reading.ranking(db, "self_reported", limit=3, after=first.next or "")
        assert (names(last), last.next) == (["Doum"], None)
        assert names(reading.ranking(db, "self_reported", after="no such")) == names(
            reading.ranking(db, "self_reported")
        )
        only = reading.ranking(db, "self_reported", only=[street["Birch"], street["Doum"]])
        assert names(only) == ["Birch", "Doum"]


def test_strata_are_ranked_apart_and_a_search_shows_each_employer_once(
    database: Database, street: dict[str, bytes]
) -> None:
    with database.reading() as db:
        assert reading.listed(db) == {"self_reported": 4}
    with database.transaction() as db:
        for name, hours in (("Doum", 45.0), ("Cedar", 44.0)):
            _rank(db, street[name], hours)
    with database.reading() as db:
        assert list(reading.listed(db).items()) == [("verified", 2), ("self_reported", 4)]
        assert names(reading.ranking(db, "verified")) == ["Doum", "Cedar"]
        both = reading.ranking(db, None, limit=3)
        assert [(row.employer.name, row.stratum, row.rank_low) for row in both.rows] == [
            ("Doum", "verified", 1),
            ("Cedar", "verified", 1),
            ("Alder", "self_reported", 1),
        ]
        assert both.rows[0].numbers == {"about": 20}
        last = reading.ranking(db, None, limit=3, after=both.next or "")
        assert [(row.employer.name, row.rank_low) for row in last.rows] == [("Birch", 2)]
        assert names(reading.ranking(db, None, filters=Filters(code="996"))) == ["Alder"]


def _rank(db: Session, employer_id: bytes, hours: float) -> None:
    db.add(
        Ranking(
            stratum="verified",
            employer_id=employer_id,
            hours=hours,
            low=40,
            high=50,
            about=20,
            codes="",
            numbers={"about": 20},
        )
    )


def test_merged_and_unconfirmed_employers_are_not_listed(
    database: Database, street: dict[str, bytes]
) -> None:
    with database.transaction() as db:
        alder, birch = (db.get_one(Employer, street[name]) for name in ("Alder", "Birch"))
        merging.merge(db, alder, birch)
        db.get_one(Employer, street["Doum"]).status = "unconfirmed"
    with database.reading() as db:
        page = reading.ranking(db, "self_reported")
        assert names(page) == ["Birch", "Cedar"]
        assert page.ranked == 2
        assert reading.ranking(db, "verified").rows == []


def test_the_verified_stratum_is_the_headline_as_soon_as_it_exists(
    database: Database, street: dict[str, bytes]
) -> None:
    alder = street["Alder"]
    with database.reading() as db:
        assert reading.snapshot(db, alder) is None
        assert reading.latest(db) == (1, date(2026, 11, 16))
    for stratum in ("self_reported", "verified"):
        with database.transaction() as db:
            db.add(Snapshot(employer_id=alder, stratum=stratum, numbers={"stratum": stratum}))
        with database.reading() as db:
            assert reading.snapshot(db, alder) == {"stratum": stratum}
    with database.reading() as db:
        assert list(reading.snapshots(db, alder)) == ["verified", "self_reported"]
        assert reading.snapshot(db, alder, "self_reported") == {"stratum": "self_reported"}
