"""What people outside do, as steps of tests."""

from typing import Final

from app.db import Database
from app.threads.models import Post
from tests.people import Person
from tests.threads.talk import opened

SAID: Final = {
    "asks": "out",
    "party": "private",
    "reason": "person",
    "words": "It names my sister, who is no executive of anything.",
    "faith": "1",
}
CLAIM: Final = {
    "party": "lawyer",
    "reason": "legal_notice",
    "place": "UK",
    "passage": "it was true",
    "words": "The statement defames Meridian Cloud, which never moved a stand-up.",
    "name": "Ada Barrister",
    "mail": "ada@chambers.example",
}


def noticed(person: Person, item: str, **typed: str) -> str:
    """Send a notice about an address and return its receipt code."""
    person.open(f"/notice?item={item}").submit("/notice", **{**SAID, **typed})
    assert person.status == 200, person.errors
    return next(e.text or "" for e in person.page.iter("b") if e.get("id") == "code")


def published(person: Person, database: Database, **columns: object) -> str:
    """Open a thread, let the desk have passed it, and return its address."""
    path = opened(person)
    with database.transaction() as db:
        post = db.get_one(Post, bytes.fromhex(path.rpartition("/")[2]))
        plain = {"state": "published", "why": None, "severity": None, "waits_since": None}
        for name, value in {**plain, **columns}.items():
            setattr(post, name, value)
    return path


def post_at(database: Database, path: str) -> Post:
    """Return the first post of a thread."""
    with database.reading() as db:
        return db.get_one(Post, bytes.fromhex(path.rpartition("/")[2]))
