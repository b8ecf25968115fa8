"""What a post says of its writer's badge: by default as much as may be said, and never more."""

import pytest
from sqlalchemy import select

from app.credentials import spending
from app.db import Database, random_id
from app.employers.models import Employer
from app.settings import Settings
from app.threads.models import Post
from tests.credentials.presenting import Published, forged
from tests.people import Person
from tests.threads.talk import NEW, at, opened, replied

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HERE = "Meridian Cloud"


def badges(database: Database) -> dict[str | None, str | None]:
    with database.reading() as db:
        return {post.text: post.badge for post in db.scalars(select(Post))}


def test_a_badge_names_the_employer_only_there_and_only_in_a_crowd(
    person: Person, database: Database, settings: Settings
) -> None:
    settings.badge_min = 3
    site = Published(database)
    with database.reading() as db:
        site.key(0, db.scalars(select(Employer.id)).one())
    site.key(1, None)
    opened(person, text="Nothing proved.", employer=HERE)
    person.open("/credential").submit("/credential", credential=site.line(0))

    assert "Show my badge: verified worker" in person.open(f"{NEW}?employer=meridian-cloud").text
    opened(person, text="Alone here.", employer=HERE)
    with database.transaction() as db:
        for _ in range(2):
            spending.spend(db, forged(0), random_id())
    assert "verified at Meridian Cloud" in person.open(f"{NEW}?employer=meridian-cloud").text
    path = opened(person, text="One of three.", employer="meridian cloud")
    opened(person, text="Elsewhere.")
    replied(person, at(path), "Answered.")

    address, values = person.open(f"{at(path)}/reply").form(f"{at(path)}/reply")
    person.post(address, **{**values, "text": "Left off.", "badge": ""})
    assert badges(database) == {
        "Nothing proved.": None,
        "Alone here.": "worker",
        "One of three.": "employer",
        "Elsewhere.": "worker",
        "Answered.": "employer",
        "Left off.": None,
    }
