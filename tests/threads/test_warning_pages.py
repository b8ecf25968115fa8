"""What could identify somebody is shown before anything is posted, and nothing typed is lost."""

from collections.abc import Callable
from time import process_time

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.threads.models import Post
from tests.people import Person
from tests.threads.talk import NEW, SAID, at, opened

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PHONE, MAIL = "13812345678", "li.wei@example.com"
TELLING = f"Call me at {PHONE} or write to {MAIL}."
# The digits of a test number of GB 11643, with a right check digit.
IDENTITY = "11010519491231002X"


def count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Post)) or 0


def buttons(person: Person, name: str) -> list[str]:
    found = (b for b in person.page.iter("button") if b.get("name") == name)
    return [button.get("value", "") for button in found]


def test_one_click_removes_a_passage_or_all_and_one_posts_anyway(
    person: Person, database: Database
) -> None:
    path = opened(person)
    reply = f"{at(path)}/reply"
    person.open(reply).submit(reply, text=TELLING, later="week")
    assert (person.status, count(database)) == (200, 1)
    assert "Nothing is posted yet" in person.text
    assert person.form(reply)[1]["later"] == "week"
    place = buttons(person, "remove")[0]

    person.submit(reply, press=f"remove={place}")
    left = person.form(reply)[1]["text"]
    assert (PHONE in left, MAIL in left, person.form(reply)[1]["later"]) == (False, True, "week")
    person.submit(reply, press=f"remove={place}")  # nothing is found there any more
    assert person.form(reply)[1]["text"] == left
    person.submit(reply, press="remove=all")
    assert MAIL not in person.form(reply)[1]["text"]
    assert buttons(person, "remove") == []

    person.submit(reply, text=TELLING, later="")
    anyway = buttons(person, "anyway")[0]
    changed = person.submit(reply, text=TELLING + " 13912345678", press=f"anyway={anyway}")
    assert buttons(changed, "anyway")[0] != anyway
    person.submit(reply, text=TELLING, press=f"anyway={anyway}")
    assert "It waits for the desk" in person.text
    assert (count(database), PHONE in person.open(path).text) == (2, False)
    assert PHONE in person.open("/me").text


def test_every_field_is_looked_at_and_an_identity_number_never_goes(
    person: Person, database: Database
) -> None:
    poll = {"question": f"Whose is {MAIL}?", "choice1": "Mine", "choice2": f"{PHONE}"}
    person.open(NEW).submit(NEW, **SAID, **poll)
    places = buttons(person, "remove")
    assert [each.partition(":")[0] for each in places] == ["question", "choice2", "all"]
    person.submit(NEW, title=IDENTITY, question="", choice1="", choice2="")
    assert buttons(person, "anyway") == []
    person.submit(NEW, press="anyway=" + "0" * 32)
    assert (person.status, count(database)) == (200, 0)
    person.submit(NEW, press="remove=all")
    person.submit(NEW)
    assert count(database) == 1


def test_an_edit_is_looked_at_too(person: Person, database: Database) -> None:
    edit = f"{at(opened(person))}/edit"
    person.open(edit).submit(edit, text=TELLING)
    assert PHONE in person.form(edit)[1]["text"]
    with database.reading() as db:
        assert db.scalars(select(Post.text)).one() == SAID["text"]
    person.submit(edit, press=f"anyway={buttons(person, 'anyway')[0]}")
    assert "It waits for the desk" in person.text
    assert PHONE in person.open("/me").text


def test_what_is_typed_is_looked_at_live_and_not_kept(
    person: Person, people: Callable[..., Person], database: Database
) -> None:
    seen = person.client.post(f"{NEW}/check", data={"text": TELLING})
    assert PHONE in seen.text
    assert 'id="seen-live"' in seen.text
    calm = person.client.post(f"{NEW}/check", data={"text": "At nine we left."})
    assert "<li>" not in calm.text
    assert count(database) == 0


def test_a_text_that_is_too_long_to_post_is_not_looked_through(person: Person) -> None:
    person.client.cookies.clear()  # nor for a stranger, whom no budget bounds
    long = "Call me on 13912345678. " * 2_000
    before = process_time()
    answer = person.client.post(NEW, data={**SAID, "text": long, "remove": "all"})
    assert "13912345678" in answer.text
    assert "[…]" not in answer.text
    assert process_time() - before < 1
