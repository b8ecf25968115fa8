"""Signing in with twelve words, staying signed in, signing out."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.members import phrase
from app.settings import Settings
from app.web.sessions import COOKIE
from tests.conftest import SQLITE_FIRST
from tests.people import Person

pytestmark = SQLITE_FIRST

# Known words, right checksum, nobody's account.
NOBODYS = "letter advice cage absurd amount doctor acoustic avoid letter advice cage above"


def signed_in(person: Person) -> bool:
    return person.open("/me/words").path == "/me/words"


@pytest.fixture
def words(people: Callable[..., Person]) -> str:
    """Give the words of somebody who joined at another browser."""
    return people().open("/join").submit().words


def test_words_open_the_account_in_either_language(
    people: Callable[..., Person], words: str
) -> None:
    for lang, typed in (
        ("en", words.upper()),
        ("zh", "".join(phrase.write(phrase.read(words), "zh"))),
    ):
        person = people(lang)
        assert person.open("/sign-in").submit(phrase=typed).path == "/me"
        assert signed_in(person)


def test_people_come_back_to_where_they_wanted_to_go(person: Person, words: str) -> None:
    person.open("/me/words?lang=zh")
    assert person.path == "/sign-in"
    person.submit(phrase=words)
    assert person.path == "/me/words"
    assert 'lang="zh-CN"' in person.html


def test_nobody_is_led_to_another_site(person: Person, words: str) -> None:
    elsewhere = (
        "//evil.test",
        "https://evil.test",
        "/\\evil.test",
        "javascript:1",
        "/a\r\nb",
        "灯",
    )
    for aim in elsewhere:
        assert person.post("/sign-in", phrase=words, next=aim).path == "/me", aim
        answer = person.client.get("/sign-in", params={"next": aim})
        assert answer.headers["location"] == "/me", aim


def test_a_message_stands_beside_the_field_and_what_was_typed_is_kept(person: Person) -> None:
    for typed, says in (
        ("", "Twelve words are needed; here are 0."),
        ("letter advice", "Twelve words are needed; here are 2."),
        (NOBODYS.replace("cage", "cagge"), "Word 3, “cagge”, is not in the list."),
        (NOBODYS.replace("letter advice", "advice letter"), "do not belong together"),
        (NOBODYS, "No account opens with these words."),
        ("letter " * 1000, "too long"),
        ("let\x00ter", "characters that cannot be read"),
    ):
        person.open("/sign-in").submit(phrase=typed)
        assert person.status == 422
        assert says in person.errors["phrase"]
        assert person.form()[1]["phrase"] == typed.replace("\x00", "").strip()
        assert "set-cookie" not in person.headers


def test_every_phrase_without_an_account_gets_the_same_answer(
    people: Callable[..., Person], words: str
) -> None:
    """Never made, replaced by new words, closed: nothing tells them apart."""
    renewed = people()
    renewed.post("/sign-in", phrase=words)
    old, person = words, people()
    renewed.open("/me/words").submit()

    def answer(typed: str) -> tuple[int, str, list[str]]:
        person.open("/sign-in").submit(phrase=typed)
        return person.status, person.html.replace(typed, ""), sorted(person.headers)

    assert answer(old) == answer(NOBODYS)
    assert answer(old)[0] == 422


def test_signing_out_kills_the_cookie_and_the_half(
    app: FastAPI, people: Callable[..., Person], words: str
) -> None:
    person, thief = people(), people()
    person.post("/sign-in", phrase=words)
    cookie = person.client.cookies[COOKIE]
    now = app.state.settings.now()
    assert app.state.sessions.read(cookie, now)
    person.post("/sign-out")
    assert person.status == 200
    assert person.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert COOKIE not in person.client.cookies
    assert app.state.sessions.read(cookie, now) is None
    thief.client.cookies.set(COOKIE, cookie, domain="lamplight.test")
    assert not signed_in(thief)


def test_signing_out_twice_or_never_in_is_no_error(person: Person) -> None:
    assert person.post("/sign-out").status == 200
    assert person.post("/sign-out").status == 200
    assert person.client.get("/sign-out").status_code == 405


def test_signing_in_again_makes_another_cookie_and_kills_the_first(
    person: Person, people: Callable[..., Person], words: str
) -> None:
    person.post("/sign-in", phrase=words)
    first = person.client.cookies[COOKIE]
    person.post("/sign-in", phrase=words)
    assert person.client.cookies[COOKIE] != first
    other = people()
    other.client.cookies.set(COOKIE, first, domain="lamplight.test")
    assert not signed_in(other)


def test_half_an_hour_without_a_page_signs_out(
    person: Person, settings: Settings, words: str
) -> None:
    person.post("/sign-in", phrase=words)
    settings.clock = "2026-11-18T12:29:00"
    assert signed_in(person)
    settings.clock = "2026-11-18T12:58:00"
    assert signed_in(person)
    settings.clock = "2026-11-18T13:29:00"
    assert not signed_in(person)


def test_twelve_hours_sign_out_whatever_happens(
    person: Person, settings: Settings, words: str
) -> None:
    person.post("/sign-in", phrase=words)
    for quarter in range(1, 48):
        settings.clock = f"2026-11-18T{12 + quarter // 4:02}:{quarter % 4 * 15:02}:00"
        assert signed_in(person), settings.clock
    settings.clock = "2026-11-19T00:00:01"
    assert not signed_in(person)


def test_a_forged_or_altered_cookie_opens_nothing(
    person: Person, client: TestClient, words: str
) -> None:
    person.post("/sign-in", phrase=words)
    cookie = person.client.cookies[COOKIE]
    client.cookies.clear()
    altered = [
        cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]
        for place in range(0, len(cookie), 7)
    ]
    for forged in ("", "x", "A" * 150, "A" * 4000, "====", '"', *altered):
        answer = client.get("/me/words", headers={"cookie": f"{COOKIE}={forged}"})
        assert answer.status_code == 303, forged
    assert client.get("/me/words", headers={"cookie": f"{COOKIE}={cookie}"}).status_code == 200
