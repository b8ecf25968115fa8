"""Joining: twelve words, shown once, and nothing else kept."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI
from limits import parse
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.db import Database
from app.main import create_app
from app.members import phrase
from app.members.models import Account
from app.settings import Settings
from app.web.limits import BUDGETS, Budget
from app.web.sessions import COOKIE
from tests.conftest import SQLITE_FIRST, wide_budgets
from tests.people import Person

pytestmark = SQLITE_FIRST


def accounts(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Account)) or 0


def test_twelve_words_are_shown_and_the_person_is_signed_in(
    person: Person, database: Database
) -> None:
    person.open("/join")
    assert accounts(database) == 0
    person.submit()
    assert person.status == 200
    assert len(person.words.split()) == 12
    assert accounts(database) == 1
    assert person.open("/me/words").path == "/me/words"


def test_the_same_form_sent_twice_makes_one_account_and_shows_the_same_words(
    people: Callable[..., Person], database: Database
) -> None:
    first, second = people(), people()
    action, values = first.open("/join").form()
    words = first.post(action, **values).words
    # The reply was lost: no cookie, no words; the browser sends the form again.
    assert second.post(action, **values).words == words
    assert accounts(database) == 1
    assert second.open("/me/words").status == 200


def test_forty_at_once_with_one_form_make_one_account(
    app: FastAPI, people: Callable[..., Person], database: Database
) -> None:
    action, values = people().open("/join").form()
    everybody = [people() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda each: each.post(action, **values), everybody))
    assert {each.status for each in done} == {200}
    assert len({each.words for each in done}) == 1
    assert accounts(database) == 1


def test_a_form_older_than_an_hour_gives_a_fresh_one(
    person: Person, settings: Settings, database: Database
) -> None:
    person.open("/join")
    settings.clock = "2026-11-18T13:02:00"
    person.submit()
    assert person.status == 422
    assert "more than an hour" in person.text
    assert accounts(database) == 0
    assert person.submit().status == 200
    assert accounts(database) == 1


def test_a_token_that_was_not_sealed_for_joining_makes_nothing(
    person: Person, database: Database
) -> None:
    person.open("/join").submit()
    for_something_else = person.form()[1]["card"]
    for token in ("", "x", "=", "A" * 200, "灯", "\x00", "A" * 1_000_000, for_something_else):
        assert person.post("/join", token=token).status == 422, token[:20]
    assert accounts(database) == 1


def test_words_come_in_the_language_of_the_page_and_in_the_other(
    people: Callable[..., Person],
) -> None:
    reader = people("zh-CN")
    chinese = reader.open("/join").submit().words
    assert re.fullmatch(r"([\u4e00-\u9fff] ){11}[\u4e00-\u9fff]", chinese)
    english = reader.submit(press="show=en").words
    assert phrase.read(english) == phrase.read(chinese)
    assert reader.submit(press="show=zh").words == chinese


def test_the_copy_can_be_checked(person: Person) -> None:
    person.open("/join").submit()
    words = person.words.split()
    places = [int(place) for place in re.findall(r"Word (\d+)", person.text)]
    assert len(places) == 2
    wrong = person.submit(first_word=words[places[0] - 1], second_word="lantern")
    assert wrong.status == 422
    assert list(wrong.errors) == ["second_word"]
    assert wrong.words.split() == words
    person.submit(second_word=f" {words[places[1] - 1].upper()} ")
    assert person.status in {200, 404}
    assert person.path == "/me"


def test_the_check_can_be_skipped(person: Person) -> None:
    assert person.open("/join").submit().submit().path == "/me"


def test_an_old_card_needs_no_check_and_a_forged_one_is_refused(
    person: Person, settings: Settings
) -> None:
    person.open("/join").submit()
    settings.clock = "2026-11-18T12:20:00"
    assert person.open("/me/words").status == 200
    assert person.post("/me/words/check", card="AAAA").status == 400
    person.open("/join")


def test_a_signed_in_person_is_not_asked_to_join(person: Person) -> None:
    person.open("/join").submit()
    assert person.open("/join").path == "/me"


def test_the_cookie_is_for_this_host_and_no_script(person: Person) -> None:
    person.open("/join")
    assert "set-cookie" not in person.headers
    person.submit()
    cookie = person.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert len(cookie) < 4096


def test_private_pages_are_never_stored(person: Person) -> None:
    for path in ("/join", "/sign-in"):
        assert person.open(path).headers["cache-control"] == "no-store"
    assert person.open("/join").submit().headers["cache-control"] == "no-store"
    assert person.open("/me/words").headers["cache-control"] == "no-store"


def test_another_site_cannot_join_for_somebody(client: TestClient, database: Database) -> None:
    action, values = Person(client).open("/join").form()
    answer = client.post(action, data=values, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert accounts(database) == 0


def test_a_flood_of_joining_stops_only_joining(settings: Settings) -> None:
    few = {**wide_budgets(), "joining": Budget(parse("100 per minute"), parse("3 per minute"))}
    assert few.keys() >= BUDGETS.keys()
    app = create_app(settings, budgets=few)
    headers = {"sec-fetch-site": "same-origin"}
    person = Person(TestClient(app, base_url="https://lamplight.test", headers=headers))
    for _ in range(3):
        person.client.cookies.clear()
        assert person.open("/join").submit().status == 200
    words = person.words
    person.client.cookies.clear()
    assert person.open("/join").submit().status == 429
    assert int(person.headers["retry-after"]) > 0
    person.open("/sign-in").submit(phrase=words)
    assert person.open("/me/words").submit().status == 200
    app.state.database.close()
