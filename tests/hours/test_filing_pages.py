"""A worker files the hours of a usual week, finds them again, changes and withdraws them."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.db import Database, random_id
from app.employers import merging
from app.employers.adding import Wanted, add
from app.employers.models import Employer
from app.hours.models import HourReport
from app.members.models import Account
from app.settings import Settings
from tests.conftest import SQLITE_FIRST
from tests.hours.conftest import FORM, WEEK, freeze, joined
from tests.people import Person

Reports = Callable[[], list[HourReport]]
# Where only the page is looked at, one database is enough.
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def accounts(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Account)) or 0


@SQLITE_FIRST
def test_a_newcomer_files_in_three_pages_and_gets_twelve_words(
    person: Person, reports: Reports
) -> None:
    person.open("/")
    person.open(FORM)
    person.submit(**WEEK)

    assert person.status == 200
    assert len(person.words.split()) == 12
    assert person.headers["cache-control"] == "no-store"
    assert "Filed." in person.text
    assert [r.state for r in reports()] == ["pending"]


@on_one_database
def test_the_form_begins_with_usual_times(person: Person) -> None:
    _, values = person.open(FORM).form()

    assert (values["start"], values["end"], values["days"]) == ("10:00", "21:00", "5")
    assert (values["lunch"], values["dinner"], values["city"], values["role"]) == ("",) * 4
    assert values["quarter"] == "2026Q4"


@SQLITE_FIRST
def test_every_answer_is_kept(person: Person, reports: Reports) -> None:
    person.open(FORM).submit(
        start="22:00",
        end="07:30",
        days="5.5",
        lunch="45",
        dinner="0",
        friday_end="06:00",
        official_end="07:00",
        city="shanghai",
        role="production_logistics",
        quarter="2026Q3",
        pay="time_off",
        choice="expected",
        reached="often",
        verify_later="1",
        rest_days="4",
        ill="worked",
        burnout="3",
    )

    (report,) = reports()
    said = {name: getattr(report, name) for name in ("start", "end", "days", "lunch", "dinner")}
    assert said == {"start": 1320, "end": 450, "days": 5.5, "lunch": 45, "dinner": 0}
    assert (report.friday_end, report.official_end, report.quarter) == (360, 420, "2026Q3")
    assert (report.city, report.role) == ("shanghai", "production_logistics")
    assert (report.pay, report.choice, report.reached) == ("time_off", "expected", "often")
    assert (report.verify_later, report.verified) == (True, False)
    assert (report.rest_days, report.ill, report.burnout) == (4, "worked", 3)


@on_one_database
def test_unstated_breaks_stay_unstated(person: Person, reports: Reports) -> None:
    joined(person)

    assert (reports()[0].lunch, reports()[0].dinner) == (None, None)


@on_one_database
def test_a_city_may_be_elsewhere_or_in_another_script(
    people: Callable[..., Person], reports: Reports
) -> None:
    joined(people("en").open(FORM))
    people("zh").open(FORM).submit(city="北京", role="other")
    people("en").open(FORM).submit(city="elsewhere", role="other")

    assert sorted(str(r.city) for r in reports()) == ["beijing", "beijing", "elsewhere"]


@SQLITE_FIRST
def test_the_same_post_twice_changes_nothing_and_shows_the_same_words(
    person: Person, browsers: Callable[..., object], reports: Reports, database: Database
) -> None:
    address, values = person.open(FORM).form()
    first = person.post(address, **{**values, **WEEK}).words
    again = person.post(address, **{**values, **WEEK})
    assert (again.status, again.words) == (200, first)

    elsewhere = Person(browsers())  # type: ignore[arg-type]  # the reply was lost, cookie and all
    assert elsewhere.post(address, **{**values, **WEEK}).words == first
    assert (len(reports()), accounts(database)) == (1, 1)


@on_one_database
def test_edits_of_a_form_that_was_filed_are_offered_as_a_change(
    people: Callable[..., Person], reports: Reports
) -> None:
    """Going back and sending the form again with other answers never drops them in silence."""
    person = people()
    address, values = person.open(FORM).form()
    words = person.post(address, **{**values, **WEEK}).words
    person.post(address, **{**values, **WEEK, "end": "22:45"})
    assert "filed before, with other answers, and those stand" in person.text
    assert (person.words, reports()[0].end) == (words, 21 * 60)
    person.submit(f"{FORM}/preview").submit(f"{FORM}/change")
    assert (person.status, reports()[0].end) == (200, 22 * 60 + 45)

    address, values = person.open(f"{FORM}?quarter=2026Q3").form()
    assert person.post(address, **{**values, **WEEK}).status == 200
    assert person.post(address, **{**values, **WEEK}).status == 200
    person.post(address, **{**values, **WEEK, "end": "20:15"})
    assert (person.status, person.path) == (409, FORM)
    assert "with other answers" in person.text
    person.submit(f"{FORM}/change")
    assert sorted(report.end for report in reports()) == [20 * 60 + 15, 22 * 60 + 45]


@on_one_database
def test_a_mistake_and_then_the_same_form_is_still_one_account(
    person: Person, reports: Reports, database: Database
) -> None:
    person.open(FORM).submit(city="beijing")
    assert person.status == 422
    assert person.errors == {"role": "Choose your kind of work."}

    person.submit(role="sales")
    assert len(person.words.split()) == 12
    assert (len(reports()), accounts(database)) == (1, 1)


@on_one_database
def test_the_words_open_the_account_that_filed(
    people: Callable[..., Person], reports: Reports
) -> None:
    words = joined(people()).words

    other = people().open("/sign-in").submit(phrase=words)
    other.open(FORM)
    assert other.form()[0].endswith("/report/change")
    assert other.form()[1]["city"] == "beijing"


@SQLITE_FIRST
def test_a_signed_in_worker_files_without_new_words(
    person: Person, reports: Reports, database: Database
) -> None:
    joined(person)
    person.open(f"{FORM}?quarter=2026Q3").submit(**WEEK)

    assert person.status == 200
    assert 'class="words"' not in person.html
    assert sorted(r.quarter for r in reports()) == ["2026Q3", "2026Q4"]
    assert accounts(database) == 1


@on_one_database
def test_a_form_opened_before_signing_in_files_for_who_is_signed_in(
    person: Person, reports: Reports, database: Database
) -> None:
    words = joined(person).words
    person.post("/sign-out")
    address, values = person.open(f"{FORM}?quarter=2026Q3").form()
    person.open("/sign-in").submit(phrase=words)
    person.post(address, **{**values, **WEEK})

    assert 'class="words"' not in person.html
    assert (len(reports()), accounts(database)) == (2, 1)


@SQLITE_FIRST
def test_the_same_form_sent_by_another_account_is_its_own_report(
    person: Person, reports: Reports
) -> None:
    person.open("/join").submit()
    address, values = person.open(FORM).form()
    person.post(address, **{**values, **WEEK})
    person.post("/sign-out")
    person.open("/join").submit()
    person.post(address, **{**values, **WEEK})

    assert person.status == 200
    assert len({report.tag for report in reports()}) == 2


@SQLITE_FIRST
def test_a_second_report_for_the_quarter_is_offered_as_a_change(
    person: Person, reports: Reports
) -> None:
    address, values = person.open(f"{FORM}").form()
    joined(person)
    values = {**values, **WEEK, "quarter": "2026Q4", "role": "sales"}
    person.post(address, **values)

    assert person.status == 409
    assert "You filed for this quarter before" in person.text
    person.submit()
    assert [str(r.role) for r in reports()] == ["sales"]


@SQLITE_FIRST
def test_changing_keeps_one_report(person: Person, reports: Reports) -> None:
    joined(person)
    before = reports()[0].id
    person.open(FORM).submit(end="22:30", days="6", dinner="30")

    assert person.status == 200
    assert "Changed" in person.text
    (report,) = reports()
    assert (report.id, report.end, report.days, report.dinner) == (before, 1350, 6, 30)


@on_one_database
def test_a_waiting_report_of_an_older_quarter_can_still_be_changed(
    person: Person, reports: Reports, settings: Settings
) -> None:
    words = person.open(FORM).submit(**WEEK, quarter="2026Q3").words
    settings.clock = "2027-05-18T12:00:00"  # it cannot be filed for any more, but it waits still
    person.open("/sign-in").submit(phrase=words)
    person.open(f"{FORM}?quarter=2026Q3").submit(role="design")

    assert person.status == 200, person.errors
    assert [(r.quarter, r.role) for r in reports()] == [("2026Q3", "design")]


@SQLITE_FIRST
def test_a_published_report_is_not_changed(
    person: Person, reports: Reports, database: Database
) -> None:
    joined(person)
    address, values = person.open(FORM).form()
    freeze(database)
    person.post(address, **{**values, "role": "sales"})

    assert person.status == 409
    assert [r.role for r in reports()] == ["engineering"]
    assert "can no longer be changed" in person.open(FORM).text


@SQLITE_FIRST
def test_nobody_elses_report_can_be_touched(
    people: Callable[..., Person], reports: Reports
) -> None:
    joined(people())
    other = joined(people())
    other.post(f"{FORM}/withdraw", quarter="2026Q4")

    assert [r.state for r in reports()] == ["pending"]


@on_one_database
def test_a_change_after_signing_out_keeps_what_was_typed(person: Person, reports: Reports) -> None:
    joined(person)
    address, values = person.open(FORM).form()
    person.post("/sign-out")
    person.post(address, **{**values, "end": "22:45"})

    assert person.status == 422
    assert "signed out" in person.text
    assert 'value="22:45"' in person.html
    assert reports()[0].end == 1260


@on_one_database
def test_a_form_open_for_over_an_hour_comes_back_filled_in(
    person: Person, reports: Reports, settings: Settings
) -> None:
    address, values = person.open(FORM).form()
    settings.clock = "2026-11-18T13:02:00"
    person.post(address, **{**values, **WEEK, "end": "22:45"})
    assert person.status == 422
    assert "more than an hour" in person.text
    assert reports() == []

    person.submit()
    assert [r.end for r in reports()] == [1365]


@on_one_database
def test_less_than_eight_hours_between_shifts_is_asked_and_then_taken(
    person: Person, reports: Reports
) -> None:
    person.open(FORM).submit(**WEEK, end="03:00")
    assert person.status == 422
    assert list(person.errors) == ["confirm"]

    person.submit(confirm="1")
    assert [r.end for r in reports()] == [180]


@on_one_database
def test_a_mended_friday_is_one_tap_away(person: Person, reports: Reports) -> None:
    person.open(FORM).submit(**WEEK, friday_end="07:00")
    assert "Use 19:00" in person.text

    person.post(f"{FORM}/preview", **{**person.form()[1], "use": "friday_end 19:00"})
    assert person.form()[1]["friday_end"] == "19:00"
    person.submit()
    assert [r.friday_end for r in reports()] == [1140]


@on_one_database
def test_an_unconfirmed_employer_is_usable_at_once(
    person: Person, database: Database, reports: Reports
) -> None:
    with database.transaction() as db:
        add(db, random_id(), Wanted("Quiet Harbour Games", cities=("chengdu",)))
    person.open("/employers/quiet-harbour-games/report")
    assert "unconfirmed" in person.text
    assert person.form()[1]["city"] == "chengdu"

    person.submit(role="design")
    assert len(person.words.split()) == 12


@SQLITE_FIRST
def test_one_report_for_an_employer_under_both_names_after_a_merger(
    person: Person, database: Database, reports: Reports, employer: Employer
) -> None:
    with database.transaction() as db:
        other = add(db, random_id(), Wanted("Meridian Computing"))
    person.open("/employers/meridian-computing/report").submit(city="elsewhere", role="sales")
    with database.transaction() as db:
        merging.merge(db, other, employer)
    person.open(FORM)

    assert person.form()[0].endswith("/meridian-cloud/report/change")
    person.submit(city="shanghai")
    assert [r.city for r in reports()] == ["shanghai"]
    assert [r.employer_id for r in reports()] == [other.id]


@on_one_database
def test_an_employer_that_is_not_there(person: Person) -> None:
    assert person.open("/employers/nobody/report").status == 404


@on_one_database
def test_the_page_is_whole_in_chinese(people: Callable[..., Person]) -> None:
    person = people("zh").open(FORM)
    assert "你的平常一周" in person.text
    person.submit(city="beijing")
    assert person.errors == {"role": "请选择你做哪类工作。"}
    person.submit(role="data")
    assert "你的十二个词" in person.text
