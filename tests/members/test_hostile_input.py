"""Every field of every members' form with what nobody should type: a 4xx page, never a 5xx."""

import itertools

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.members.models import Account
from tests.people import Person

NAUGHTY = [
    "",
    " ",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    b"%00%ff",
    "\u202etxet desrever",
    "\u200b\ufeff",
    "𝔩𝔢𝔱𝔱𝔢𝔯 " * 12,
    "<script>alert(1)</script>",
    '" onfocus="alert(1)" x="',
    "{{7*7}} %(place)s %s {0}",
    "'; DROP TABLE account; --",
    "的" * 13,
    "İıẞ" * 12,
    "a\u0301" * 500,
    "9" * 400,
    "=" * 3000,
    "a" * 1_000_000,
]
FIELDS = {
    "/join": ["token"],
    "/sign-in": ["phrase", "next"],
    "/me/words": ["card", "first_word", "second_word", "show"],
    "/me/words/check": ["card", "first_word", "second_word", "show"],
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_value_breaks_a_page_or_stores_anything(person: Person, database: Database) -> None:
    person.open("/join").submit()
    card = person.form()[1]["card"]
    usual = {"phrase": "zoo " * 11 + "wrong", "card": card}
    for path, fields in FIELDS.items():
        for field, value in itertools.product(fields, NAUGHTY):
            sent = {name: usual.get(name, "") for name in fields if name != field}
            if path == "/me/words":
                sent["first_word"] = sent.get("first_word") or "lantern"  # never really changes
            answer = person.client.post(path, data={**sent, field: value})
            assert answer.status_code < 500, (path, field, value[:30])
            assert "<script>alert" not in answer.text
            assert 'onfocus="alert' not in answer.text
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Account)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_doubled_and_unknown_fields_and_other_bodies(person: Person) -> None:
    client = person.client
    for path, fields in FIELDS.items():
        doubled = {name: ["x", "y"] for name in [*fields, "unknown"]}
        assert client.post(path, data=doubled).status_code < 500
        assert client.post(path, json={"phrase": 1}).status_code in {200, 415}
        assert client.post(path, data={f"f{n}": "x" for n in range(500)}).status_code < 500
        assert client.post(path, files={fields[0]: b"a file"}).status_code < 500
        assert client.post(path, content=b"\xff" * 1000).status_code in {200, 415}
