"""Passwords: their lengths, the commonest, the full cost of argon2id."""

import pytest
from argon2 import PasswordHasher

from app.staff import passwords

FULL = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@pytest.mark.parametrize("length", [8, 64, 128, 1000])
def test_every_character_of_any_length_counts(length: int) -> None:
    password = "ü" * length
    assert not passwords.objection(password)
    stored = passwords.stretch(password)
    assert len(stored) <= 120, "as the column is wide"
    assert passwords.fits(stored, password)
    for other in (password[:-1], password[:-1] + "u", password + " ", ""):
        assert not passwords.fits(stored, other)


def test_seven_characters_are_too_few_and_no_other_rule_is_known() -> None:
    assert passwords.objection("1234567")
    for simple in ("ffffgggg", "        x", "一二三四五六七八", "correct horse battery"):
        assert not passwords.objection(simple), simple


def test_the_commonest_are_refused_in_any_capitals() -> None:
    common = passwords.commonest()
    assert len(common) >= 3000
    assert {"password", "12345678", "woaini1314"} <= common
    assert [word for word in common if not passwords.objection(word)] == []
    assert passwords.objection("PassWord")
    assert passwords.objection("ann.example", "ann.example"), "one's own name"


def test_what_is_stored_cost_what_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = passwords.stretch("a long enough one")
    monkeypatch.undo()
    assert passwords.is_weak(weak)
    stored = passwords.stretch("a long enough one")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.is_weak(stored)
    assert passwords.fits(stored, "a long enough one")


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$x$x"])
def test_nothing_fits_what_is_not_there(stored: str | None) -> None:
    assert not passwords.fits(stored, "")
    assert not passwords.fits(stored, "a long enough one")
