"""A report counts as verified by the employer's badge: when it is filed, or raised later."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from app.db import Database, random_id
from app.employers import merging
from app.employers.adding import Wanted, add
from app.employers.models import Employer
from app.hours.models import HourReport
from app.settings import Settings
from tests.conftest import SQLITE_FIRST
from tests.credentials.presenting import Published
from tests.hours.conftest import FORM, WEEK
from tests.people import Person

Reports = Callable[[], list[HourReport]]
Act = Callable[[Person], None]
RAISE = f"{FORM}/raise"
UNPROVED = "You have no badge of this employer for that quarter. Nothing was changed."
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def site(database: Database, employer: Employer) -> Published:
    """Publish the employer's keys of this and the last quarter, and the site-wide one."""
    made = Published(database)
    made.key(0, employer.id)
    made.key(1, None)
    made.key(2, employer.id, "2026Q3")
    return made


@pytest.fixture
def redeem(site: Published) -> Callable[..., None]:
    """Let a person redeem a fresh credential of a key."""

    def act(person: Person, number: int = 0) -> None:
        person.open("/credential").submit("/credential", credential=site.line(number))
        assert person.status == 200

    return act


@SQLITE_FIRST
def test_a_report_is_raised_from_the_own_page_once(
    person: Person, redeem: Act, reports: Reports
) -> None:
    person.open(FORM).submit(**WEEK, verify_later="1")
    assert "It waits for your proof that you work there." in person.open("/me").text
    assert RAISE not in person.html

    redeem(person)
    person.open("/me").submit(RAISE)
    assert person.status == 200
    assert "is counted among the verified reports" in person.text
    (report,) = reports()
    assert (report.verified, report.verify_later, report.state) == (True, False, "pending")

    person.post(RAISE, quarter="2026Q4")
    assert person.status == 200
    assert [r.verified for r in reports()] == [True]
    assert "Counts as verified." in person.open("/me").text
    assert RAISE not in person.html
    assert person.client.get("/me.json").json()["reports"][0]["verified"] is True


@SQLITE_FIRST
def test_a_report_filed_with_the_badge_is_verified(
    person: Person, redeem: Act, reports: Reports
) -> None:
    person.open("/join").submit()
    redeem(person)
    person.open(FORM)
    assert "With your badge, a report for October to December 2026 counts" in person.text
    assert "With your badge, a report for July to September" not in person.text
    person.submit(**WEEK, verify_later="1")
    assert "It counts as verified." in person.text
    person.open(f"{FORM}?quarter=2026Q3").submit(FORM, **WEEK)
    assert "It counts as verified." not in person.text
    kept = {r.quarter: (r.verified, r.verify_later) for r in reports()}
    assert kept == {"2026Q4": (True, False), "2026Q3": (False, False)}


@SQLITE_FIRST
def test_changing_keeps_it_verified_and_unticks_the_promise(
    people: Callable[..., Person], redeem: Act, reports: Reports
) -> None:
    proved, promised = people(), people()
    proved.open("/join").submit()
    redeem(proved)
    proved.open(FORM).submit(**WEEK)
    proved.open(FORM)
    assert "This report counts as verified." in proved.text
    assert "verify_later" not in proved.form(f"{FORM}/change")[1]
    proved.submit(f"{FORM}/change", end="22:15")
    assert [(r.verified, r.end) for r in reports()] == [(True, 1335)]

    promised.open(FORM).submit(**WEEK, verify_later="1")
    address, values = promised.open(FORM).form(f"{FORM}/change")
    assert values.pop("verify_later") == "1"
    promised.post(address, **values)
    assert [r.verify_later for r in reports()] == [False, False]


@on_one_database
def test_a_change_with_the_badge_at_hand_breaks_no_promise(
    person: Person, redeem: Act, reports: Reports
) -> None:
    person.open(FORM).submit(**WEEK, verify_later="1")
    redeem(person)
    person.open(FORM)
    assert "You have the badge for this report." in person.text
    person.submit(f"{FORM}/change", end="22:15")
    assert [(r.verify_later, r.verified, r.end) for r in reports()] == [(True, False, 1335)]


@on_one_database
def test_without_the_badge_nothing_is_raised(
    person: Person, redeem: Callable[..., None], reports: Reports, site: Published
) -> None:
    person.open(FORM).submit(**WEEK)
    for numbers in ((), (1,), (2,)):  # none, the site-wide one, the last quarter's
        for number in numbers:
            redeem(person, number)
        person.open(f"{RAISE}?quarter=2026Q4")
        assert "For this you need the badge of Meridian Cloud" in person.text
        person.post(RAISE, quarter="2026Q4")
        assert (person.status, UNPROVED in person.text) == (422, True)
    assert [r.verified for r in reports()] == [False]


@on_one_database
@pytest.mark.parametrize("quarter", ["", "2026", "2026Q5", "1999Q1", "2027Q1"])
def test_a_quarter_that_makes_no_sense_is_refused(
    person: Person, redeem: Act, quarter: str, reports: Reports
) -> None:
    person.open(FORM).submit(**WEEK)
    redeem(person)
    assert person.post(RAISE, quarter=quarter).status == 422
    assert [r.verified for r in reports()] == [False]


@pytest.mark.parametrize(
    ("database_url", "how"),
    [
        ("sqlite", "frozen"),
        ("postgres", "frozen"),
        ("sqlite", "withdrawn"),
        ("sqlite", "never filed"),
    ],
    indirect=["database_url"],
)
def test_what_can_no_longer_be_raised_stays_as_it_is(
    person: Person, redeem: Act, reports: Reports, database: Database, how: str
) -> None:
    person.open(FORM).submit(**WEEK)
    redeem(person)
    person.open("/me")
    if how == "never filed":
        person.post(f"{FORM}/withdraw", quarter="2026Q4")
    else:
        with database.transaction() as db:
            db.execute(update(HourReport).values(cohort_id=random_id()))
    if how == "withdrawn":
        person.post(f"{FORM}/withdraw", quarter="2026Q4")
    person.post(RAISE, quarter="2026Q4")
    assert person.status == 409
    assert "You have no report for that quarter that could still be raised." in person.text
    assert not any(r.verified for r in reports())


@on_one_database
def test_a_raised_report_that_was_frozen_since_answers_the_same(
    person: Person, redeem: Act, database: Database
) -> None:
    person.open(FORM).submit(**WEEK)
    redeem(person)
    person.open("/me").submit(RAISE)
    with database.transaction() as db:
        db.execute(update(HourReport).values(cohort_id=random_id()))
    assert person.post(RAISE, quarter="2026Q4").status == 200


@SQLITE_FIRST
def test_a_badge_counts_for_the_whole_family(
    person: Person, redeem: Act, reports: Reports, database: Database, employer: Employer
) -> None:
    person.open(FORM).submit(**WEEK)
    redeem(person)
    with database.transaction() as db:
        into = add(db, random_id(), Wanted("Meridian Group", cities=("beijing",), confirmed=True))
        merging.merge(db, db.get_one(Employer, employer.id), into)
    assert "Verified at Meridian Group" in person.open("/me").text
    person.submit(RAISE)
    assert person.status == 200
    assert [r.verified for r in reports()] == [True]


@on_one_database
def test_another_employer_s_badge_raises_nothing(
    person: Person, redeem: Act, reports: Reports, database: Database
) -> None:
    with database.transaction() as db:
        add(db, random_id(), Wanted("Alder Robotics", cities=("beijing",), confirmed=True))
    other = "/employers/alder-robotics/report"
    person.open(other).submit(other, **WEEK)
    redeem(person)
    assert "report/raise" not in person.open("/me").html
    assert person.post(f"{other}/raise", quarter="2026Q4").status == 422
    assert [r.verified for r in reports()] == [False]


@on_one_database
@pytest.mark.parametrize(
    ("day", "raised"), [("2026-12-31", True), ("2027-03-31", True), ("2027-04-01", False)]
)
def test_the_last_day_to_raise(
    person: Person,
    redeem: Act,
    reports: Reports,
    app: FastAPI,
    settings: Settings,
    day: str,
    raised: bool,
) -> None:
    words = person.open(FORM).submit(**WEEK).words
    redeem(person)
    app.state.settings = settings.model_copy(update={"clock": f"{day}T12:00:00"})
    person.post("/sign-in", phrase=words)
    assert (RAISE in person.open("/me").html) is raised
    assert person.post(RAISE, quarter="2026Q4").status == (200 if raised else 422)
    assert [r.verified for r in reports()] == [raised]


@on_one_database
def test_raising_asks_for_a_session_and_offers_itself_after_it(
    person: Person, redeem: Act, employer: Employer
) -> None:
    words = person.open(FORM).submit(**WEEK).words
    redeem(person)
    person.client.cookies.clear()
    assert person.post(RAISE, quarter="2026Q4").path == "/sign-in"
    person.submit("/sign-in", phrase=words)
    assert person.path == RAISE
    person.submit(RAISE)
    assert "is counted among the verified reports" in person.text
