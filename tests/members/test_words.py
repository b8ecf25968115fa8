"""New words: the old ones stop working and everything stays found."""

from collections.abc import Callable

from sqlalchemy import select

from app.db import Database
from app.members import joining, keys, phrase
from app.members.models import Account
from app.members.stretching import open_phrase
from app.settings import Settings
from app.web.sessions import COOKIE
from tests.conftest import SQLITE_FIRST
from tests.people import Person

pytestmark = SQLITE_FIRST


def rows(database: Database) -> list[tuple[bytes, bytes, bytes]]:
    with database.reading() as db:
        found = db.execute(select(Account.lookup, Account.wrapped_key, Account.box)).all()
        return [tuple(row) for row in found]


def master_key(database: Database, settings: Settings, words: str) -> bytes | None:
    opener = open_phrase(settings, phrase.read(words))
    with database.reading() as db:
        member = joining.sign_in(db, opener)
    return member.master_key if member else None


def test_showing_new_words_changes_nothing(person: Person, database: Database) -> None:
    old = person.open("/join").submit().words
    before = rows(database)
    new = person.open("/me/words").words
    assert new != old
    assert rows(database) == before
    assert person.open("/me/words").words != new


def test_new_words_open_the_same_account_and_old_ones_nothing(
    person: Person, database: Database, settings: Settings
) -> None:
    old = person.open("/join").submit().words
    key = master_key(database, settings, old)
    before = rows(database)
    new = person.open("/me/words").words
    assert person.submit().status == 200
    assert key is not None
    assert master_key(database, settings, new) == key
    assert master_key(database, settings, old) is None
    after = rows(database)
    assert len(after) == 1
    for column in range(3):  # a thief of two copies has nothing to pair them by
        assert before[0][column] != after[0][column]
    assert keys.open_box(key, after[0][0], after[0][2]) == {}


def test_the_person_stays_signed_in_and_every_other_browser_is_out(
    people: Callable[..., Person],
) -> None:
    here, there = people(), people()
    words = here.open("/join").submit().words
    there.post("/sign-in", phrase=words)
    here.open("/me/words").submit()
    assert here.open("/me/words").path == "/me/words"
    assert there.open("/me/words").path == "/sign-in"
    assert there.post("/me/words", card=here.form()[1]["card"]).path == "/sign-in"


def test_the_same_form_sent_again_after_a_lost_reply_changes_nothing_more(
    people: Callable[..., Person], database: Database
) -> None:
    person, again = people(), people()
    person.open("/join").submit()
    cookie = person.client.cookies[COOKIE]
    action, values = person.open("/me/words").form()
    person.post(action, **values)
    before = rows(database)
    again.client.cookies.set(COOKIE, cookie, domain="lamplight.test")
    assert again.post(action, **values).status == 200
    assert "changed" in again.text
    assert rows(database) == before
    assert again.open("/me/words").path == "/me/words"


def test_a_wrong_check_changes_nothing_and_shows_the_card_again(
    person: Person, database: Database
) -> None:
    person.open("/join").submit()
    before = rows(database)
    words = person.open("/me/words").words
    person.submit(first_word="lantern")
    assert person.status == 422
    assert list(person.errors) == ["first_word"]
    assert person.words == words
    person.submit(first_word="", press="show=zh")
    assert phrase.read(person.words) == phrase.read(words)
    assert rows(database) == before
    assert person.submit().status == 200
    assert rows(database) != before


def test_a_card_older_than_an_hour_is_dealt_again(
    person: Person, settings: Settings, database: Database
) -> None:
    person.open("/join").submit()
    words = person.open("/me/words").words
    card = person.form()[1]["card"]
    before = rows(database)
    settings.clock = "2026-11-18T12:25:00"
    person.open("/me/words")
    settings.clock = "2026-11-18T12:50:00"
    person.open("/me/words")
    settings.clock = "2026-11-18T13:10:00"
    person.post("/me/words", card=card)
    assert person.status == 422
    assert "more than an hour" in person.text
    assert person.words != words
    assert rows(database) == before


def test_signed_out_people_are_asked_to_sign_in(person: Person) -> None:
    assert person.open("/me/words").path == "/sign-in"
    assert person.post("/me/words", card="x").path == "/sign-in"
