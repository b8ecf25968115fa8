"""The preview: a fragment for each change, and a plain button for who has no JavaScript."""

from collections.abc import Callable

import pytest

from app.hours.models import HourReport
from tests.hours.conftest import FORM
from tests.people import Person

PREVIEW = f"{FORM}/preview"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def fragment(person: Person, **typed: str) -> Person:
    usual = {"start": "09:00", "end": "21:00", "days": "6"}
    answer = person.client.post(PREVIEW, data={**usual, **typed}, headers={"hx-request": "true"})
    return person._look(answer)


def test_996_at_a_glance(person: Person) -> None:
    said = fragment(person).text

    assert "72 h present a week, 60 h working." in said
    assert "996." in said
    assert "20 h over the standard 40." in said
    assert "11.7 h above the general statutory limit of 48.3." in said
    assert "Lunch and dinner assumed, an hour each." in said
    assert "09:00 to 21:00, 12 h a day." in said


def test_a_fragment_is_the_preview_and_the_echo_and_nothing_else(person: Person) -> None:
    html = fragment(person).html

    assert 'id="preview"' in html
    assert 'id="echo" class="xs quiet echo" hx-swap-oob="true"' in html
    assert "<form" not in html
    assert "<html" not in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"end": "17:00", "days": "5"}, "40 h present a week, 35 h working. 955."),
        ({"start": "10:00", "end": "22:00", "days": "5.5"}, "10105 and 10106 in turn."),
        ({"start": "22:00", "end": "07:00"}, "22:00 to 07:00 the next day, 9 h a day."),
        ({"end": "09:30"}, "09:00 to 09:30, 30 min a day. Leaving in the evening? Use 21:30"),
        ({"start": "10:00", "end": "09:30"}, "the next day, 23 h 30 a day. Leaving in the evening"),
        ({"friday_end": "18:00"}, "Fridays until 18:00, 9 h."),
        ({"lunch": "30", "dinner": "30"}, "66 h working. 996. 26 h over"),
        ({"start": ""}, "Say when you arrive and leave"),
        ({"days": "9"}, "Say when you arrive and leave"),
    ],
)
def test_what_is_said(person: Person, typed: dict[str, str], said: str) -> None:
    fragment(person, **typed)

    assert person.status == 200
    assert said in person.text


def test_without_javascript_a_button_gives_the_whole_page(
    person: Person, reports: Callable[[], list[HourReport]]
) -> None:
    person.open(FORM)
    address, values = person.form()
    person.post(PREVIEW, **{**values, "start": "09:00", "days": "6", "role": "sales"})

    assert person.status == 200
    assert "72 h present a week" in person.text
    assert person.form()[0] == address
    assert person.form()[1] == {**values, "start": "09:00", "days": "6", "role": "sales"}
    assert reports() == []

    assert len(person.submit(city="beijing").words.split()) == 12


def test_a_stepper_without_javascript(person: Person) -> None:
    person.open(FORM)
    person.post(PREVIEW, **{**person.form()[1], "more": "lunch"})

    assert person.form()[1]["lunch"] == "75"


def test_the_whole_page_names_what_is_wrong(person: Person) -> None:
    person.open(FORM)
    person.post(PREVIEW, **{**person.form()[1], "start": "ten"})

    assert person.status == 422
    assert person.errors == {"start": "“ten” is not a time of day, such as 10:00."}


def test_an_address_can_be_previewed(person: Person) -> None:
    assert "72 h present" in person.open(f"{PREVIEW}?start=09:00&end=21:00&days=6").text


def test_in_chinese(people: Callable[..., Person]) -> None:
    said = fragment(people("zh")).text

    assert "每周在岗 72 小时，工作 60 小时。" in said
    assert "比标准的 40 小时多 20 小时。" in said
