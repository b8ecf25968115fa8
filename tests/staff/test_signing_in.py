"""Signing in: one answer for every no, codes once, budgets, tokens that change."""

from collections.abc import Callable
from contextlib import closing
from statistics import NormalDist, median
from time import perf_counter

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from app.main import create_app
from app.moderation.appointing import Hand
from app.settings import Settings
from app.staff import adding, passwords
from app.staff.current import COOKIE
from app.staff.models import RecoveryCode, Staff, StaffSession
from tests.conftest import SQLITE_FIRST, browsers_of
from tests.staff.people import PASSWORD, Colleague

pytestmark = SQLITE_FIRST
Browsers = Callable[..., TestClient]
Later = Callable[..., None]


@pytest.fixture
def ann(app: FastAPI, browsers: Browsers) -> Colleague:
    return Colleague.hired(app, browsers)


def test_setting_up_happens_once_and_shows_recovery_codes_once(
    app: FastAPI, browsers: Browsers, later: Later
) -> None:
    with app.state.database.transaction() as db:
        word = Hand(db, app.state.settings).hire("Ann", "moderator")
    person = Colleague(app, browsers, "ann").open("/desk/set-up")
    for wrong, beside in (
        ({"word": "wrong"}, {"word"}),
        ({"password": "short", "again": "short"}, {"password"}),
        ({"password": "password", "again": "password"}, {"password"}),
        ({"again": "another one"}, {"again"}),
        ({"code": "000000"}, {"code"}),
        ({"word": "", "password": "", "again": "", "code": ""}, {"word", "password", "code"}),
    ):
        person.set_up(word, **wrong)
        assert person.status == 422
        assert beside <= set(person.errors)
        assert PASSWORD not in person.html
    assert not person.is_in
    person.set_up(word)
    assert person.status == 200
    assert len(set(person.recovery)) == 10
    assert person.is_in
    again = Colleague(app, browsers, "ann").open("/desk/set-up").set_up(word)
    assert (again.status, set(again.errors)) == (422, {"word"})
    # What is set up anew opens with nothing of before, and a set-up secret grows too old.
    with app.state.database.transaction() as db:
        staff = adding.find(db, "ann")
        assert staff is not None
        fresh = Hand(db, app.state.settings).renew(staff)
    assert not person.is_in
    assert person.sign_in().status == 422
    later(days=4)
    late = Colleague(app, browsers, "ann").open("/desk/set-up").set_up(fresh)
    assert set(late.errors) == {"word"}


def test_every_no_is_the_same_answer(ann: Colleague, later: Later) -> None:
    later(minutes=1)
    other = ann.elsewhere()
    with ann.app.state.database.transaction() as db:
        off = Hand(db, ann.app.state.settings)
        off.hire("new", "moderator")
        off.hire("gone", "moderator")
        found = adding.find(db, "gone")
        assert found is not None
        off.disable(found)
    answers = {}
    for name, typed in {
        "nobody": {"name": "nobody"},
        "no name": {"name": "?" * 300},
        "password": {"password": PASSWORD[:-1]},
        "code": {"code": "123456"},
        "code of before": {"code": ann.recovery[0][:-1]},
        "not set up": {"name": "new"},
        "disabled": {"name": "gone"},
    }.items():
        other.sign_in(**typed)
        body = other.html.replace(f'value="{typed.get("name", "ann")}"', "NAME")
        answers[name] = (other.status, body, tuple(sorted(other.headers)))
        assert set(other.errors) == {"password"}, name
        assert "set-cookie" not in other.headers
        assert other.password not in other.html
    assert len(set(answers.values())) == 1
    assert other.sign_in().status == 303
    assert other.sign_in(password="", code="x").errors == {"password": "This is needed."}


def test_a_code_opens_once(ann: Colleague, later: Later) -> None:
    second, third = ann.elsewhere(), ann.elsewhere()
    assert second.sign_in().status == 422, "the code that set it up"
    later(seconds=30)
    assert second.sign_in().status == 303
    assert third.sign_in().status == 422
    word = ann.recovery[3].upper().replace("-", " ")
    assert third.sign_in(code=word).status == 303
    assert ann.elsewhere().sign_in(code=word).status == 422
    with ann.app.state.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(RecoveryCode)) == 9


def test_tokens_change_at_sign_in_and_proof(ann: Colleague, later: Later) -> None:
    planted = ann.client.cookies[COOKIE]
    later(seconds=30)
    answer = ann.sign_in(next="/desk/own")
    assert (answer.status, answer.headers["location"]) == (303, "/desk/own")
    cookie = answer.headers["set-cookie"].lower()
    for part in (f"{COOKIE}=".lower(), "path=/", "secure", "httponly", "samesite=strict"):
        assert part in cookie
    signed_in = ann.client.cookies[COOKIE]
    other = ann.elsewhere()
    for dead in (planted, "x" * 72):
        other.client.cookies.set(COOKIE, dead)
        assert not other.is_in
    # Five minutes later, one's own account asks for another code, and goes on under a new token.
    later(minutes=5)
    assert ann.open("/desk/own").path == "/desk/prove"
    assert ann.submit("/desk/prove", code="000000").errors.keys() == {"code"}
    ann.submit("/desk/prove", code=ann.code)
    assert (ann.path, ann.status) == ("/desk/own", 200)
    assert ann.client.cookies[COOKIE] != signed_in
    other.client.cookies.set(COOKIE, signed_in)
    assert not other.is_in
    with ann.app.state.database.reading() as db:
        rows = db.scalars(select(StaffSession)).all()
    assert len(rows) == 1
    assert all(row.used.minute % 5 == 0 and row.used.second == 0 for row in rows)


def test_it_ends_by_idleness_and_by_signing_out(ann: Colleague, later: Later) -> None:
    later(minutes=14)
    assert ann.is_in
    later(minutes=16)
    assert not ann.is_in
    assert ann.client.get("/desk/own?x=1").headers["location"].startswith("/desk/sign-in?next=")
    assert ann.client.post("/desk/own/recovery").status_code == 403
    ann.sign_in()
    kept = ann.client.cookies[COOKIE]
    ann.post("/desk/sign-out")
    assert ann.headers["clear-site-data"] == '"cache"'
    ann.client.cookies.set(COOKIE, kept)
    assert not ann.is_in


def test_a_new_password_or_key_ends_the_other_sessions(ann: Colleague, later: Later) -> None:
    def elsewhere() -> Colleague:
        later(seconds=30)
        return ann.elsewhere().sign_in()

    other = elsewhere()
    ann.open("/desk/own")
    changed = {"password": "another lamp", "again": "another lamp"}
    ann.submit("/desk/own/password", present="wrong", **changed)
    assert set(ann.errors) == {"present"}
    assert other.is_in
    ann.submit("/desk/own/password", present=PASSWORD, **changed)
    assert (ann.status, ann.is_in, other.is_in) == (200, True, False)
    assert elsewhere().status == 422
    ann.password = "another lamp"
    other = elsewhere()
    assert other.status == 303
    before, words = ann.secret, ann.recovery
    ann.open("/desk/own")
    ann.enter_key()
    ann.submit("/desk/own/codes", code=ann.code).copy_recovery()
    assert (ann.status, ann.is_in, other.is_in) == (200, True, False)
    assert ann.secret != before
    assert not set(words) & set(ann.recovery)
    later(seconds=30)
    old = ann.elsewhere()
    old.secret = before
    assert [old.sign_in().status, old.sign_in(code=words[0]).status] == [422, 422]
    new = elsewhere()
    assert new.status == 303
    # And whoever is disabled is out at once.
    with ann.app.state.database.transaction() as db:
        staff = adding.find(db, ann.name)
        assert staff is not None
        Hand(db, ann.app.state.settings).disable(staff)
    assert (ann.is_in, new.is_in, elsewhere().status) == (False, False, 422)


def test_weak_parameters_are_renewed_at_sign_in(ann: Colleague, later: Later) -> None:
    later(seconds=30)
    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    with ann.app.state.database.transaction() as db:
        db.execute(update(Staff).values(password=weak))
    assert ann.elsewhere().sign_in().status == 303
    with ann.app.state.database.reading() as db:
        stored = db.scalars(select(Staff.password)).one()
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    later(seconds=30)
    assert ann.elsewhere().sign_in().status == 303


@pytest.mark.parametrize("tries", [40, pytest.param(1000, marks=pytest.mark.deep)])
def test_a_thousand_tries_verify_ten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tries: int
) -> None:
    verified = 0
    fits = passwords.fits

    def counted(stored: str | None, password: str) -> bool:
        nonlocal verified
        verified += 1
        return fits(stored, password)

    monkeypatch.setattr(passwords, "fits", counted)
    app = create_app(settings)
    with closing(app.state.database):
        for client in (made() for made in browsers_of(app, settings.base_url)):
            form = {"name": "Ann", "password": "guess number n", "code": "000000"}
            answers = [client.post("/desk/sign-in", data=form).status_code for _ in range(tries)]
            assert (answers[:10], set(answers[10:]), verified) == ([422] * 10, {429}, 10)
            # Another name is not kept waiting.
            other = client.post("/desk/sign-in", data={**form, "name": "bob"})
            assert other.status_code == 422


@pytest.mark.deep
def test_an_unknown_name_takes_as_long_as_a_known_one(
    ann: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    )
    passwords._nobodys.cache_clear()
    with ann.app.state.database.transaction() as db:
        db.execute(update(Staff).values(password=passwords.stretch(PASSWORD)))
    times: list[dict[str, float]] = []
    # By chance one measurement in a thousand says so, and two of two one in a million.
    for _ in range(2):
        took = answer_times(ann)
        if p_of_ranks(took["ann"], took["nobody"]) > 0.001:
            return
        times.append({name: median(values) for name, values in took.items()})
    pytest.fail(f"{times}")


def answer_times(ann: Colleague) -> dict[str, list[float]]:
    """Let somebody guess for a name that is there and one that is not; the seconds of each."""
    took: dict[str, list[float]] = {"ann": [], "nobody": []}
    for turn in range(200):
        for name in sorted(took, reverse=turn % 2 == 0):
            began = perf_counter()
            ann.sign_in(name=name, password="a wrong one", code="000000")
            took[name].append(perf_counter() - began)
    return took


def p_of_ranks(one: list[float], other: list[float]) -> float:
    """Return the two-sided p of Mann and Whitney's test: how likely such ranks are of one kind.

    By the normal approximation, which wants some twenty of each; times have no ties.
    """
    order = sorted((value, mine) for mine, values in ((1, one), (0, other)) for value in values)
    ranks = sum(place for place, (_, mine) in enumerate(order, 1) if mine)
    m, n = len(one), len(other)
    mean, error = m * (m + n + 1) / 2, (m * n * (m + n + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(ranks - mean) / error))
