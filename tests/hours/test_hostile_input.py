"""Every field of the report form with what nobody should type: a 4xx page that keeps the rest."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.hours.models import HourReport
from app.hours.sheet import LABELS
from tests.hours.conftest import FORM, WEEK
from tests.people import Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Reports = Callable[[], list[HourReport]]

NAUGHTY: list[str | bytes] = [
    "\x00",
    "10:00\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "\u202e00:01",
    "１０：００am",
    "<script>alert(1)</script>",
    '" onfocus="alert(1)" x="',
    "{{7*7}} %(typed)s %s {0}",
    "'; DROP TABLE hour_report; --",
    "的" * 13,
    "NaN",
    "1e309",
    "-1",
    "=1+1",
    "9" * 400,
    "a" * 3000,
    "a" * 1_000_000,
]
SOME = ["\x00", "<script>alert(1)</script>"]
FIELDS = [*LABELS, "token"]


def check(person: Person, value: str | bytes, *fields: str) -> None:
    """Send one value in some fields of a form that is right otherwise."""
    address, usual = person.form()
    usual = {**usual, **WEEK, "lunch": "33"}
    for where in (address, f"{FORM}/preview"):
        answer = person.client.post(where, data={**usual, **dict.fromkeys(fields, value)})
        assert answer.status_code < 500, (fields, value[:30])
        assert where != address or answer.status_code == 422, (fields, value[:30])
        assert "<script>alert" not in answer.text
        assert 'onfocus="alert' not in answer.text
        assert "lunch" in fields or 'value="33"' in answer.text


def test_no_value_breaks_the_page_or_is_stored(person: Person, reports: Reports) -> None:
    person.open(FORM)
    for value in NAUGHTY[:-1]:  # a megabyte in each would be too large to take at all
        check(person, value, *FIELDS)
    check(person, NAUGHTY[-1], "start")
    for field in FIELDS:
        for value in SOME:
            check(person, value, field)
    assert reports() == []


@pytest.mark.deep
@pytest.mark.parametrize("field", FIELDS)
def test_every_value_in_every_field(person: Person, reports: Reports, field: str) -> None:
    person.open(FORM)
    for value in NAUGHTY:
        check(person, value, field)
    assert reports() == []


def test_what_was_typed_comes_back(person: Person) -> None:
    person.open(FORM).submit(**WEEK, start='half "ten" <b>')
    assert person.status == 422
    assert person.form()[1]["start"] == 'half "ten" <b>'

    person.open(FORM).submit(city="<i>Atlantis</i>", role="wizard", days="9")
    assert "<i>Atlantis</i>" in person.errors["city"]
    assert "wizard" in person.errors["role"]
    assert "“9”" in person.errors["days"]


def test_doubled_fields(person: Person, reports: Reports) -> None:
    address, usual = person.open(FORM).form()
    for field in usual:
        twice = {**usual, **WEEK, field: [usual[field] or "x", usual[field] or "y"]}
        answer = person.client.post(address, data=twice)
        assert answer.status_code == 422, field
    assert reports() == []


def test_other_bodies(client: TestClient, person: Person, reports: Reports) -> None:
    address, usual = person.open(FORM).form()
    for path in (address, f"{FORM}/preview", f"{FORM}/change"):
        assert client.post(path, json=usual).status_code == 415
        assert client.post(path, content=b"\xff" * 1000).status_code == 415
        assert client.post(path, data={f"f{n}": "x" for n in range(500)}).status_code == 400
        assert client.post(path, data={"x": ""}).status_code == 422
        assert client.post(path, files={"start": b"a file"}).status_code in {400, 422}
    assert reports() == []


def test_a_token_of_another_employer_or_form_makes_nothing(
    person: Person, reports: Reports
) -> None:
    address, usual = person.open(FORM).form()
    other = person.open("/join").form()[1]["token"]
    for token in ("", "x", other, usual["token"][:-4] + "AAAA", usual["token"] * 2):
        assert person.post(address, **{**usual, **WEEK, "token": token}).status == 422
    assert reports() == []
