"""Somebody posts a picture as evidence: shown first, in words too, gone when withdrawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import Database
from app.evidence.models import EvidenceImage
from app.settings import Settings
from tests.evidence import pictures
from tests.people import Person
from tests.threads.talk import NEW, SAID, at, opened

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PICTURE = pictures.written(pictures.screenshot())


def stored(settings: Settings) -> list[Path]:
    folder = settings.var / "evidence"
    return list(folder.iterdir()) if folder.exists() else []


def test_a_picture_goes_with_a_thread_and_goes_when_it_is_withdrawn(
    person: Person, database: Database, settings: Settings
) -> None:
    person.open(NEW).send(NEW, "image_do=take", PICTURE, **SAID)
    assert (person.status, person.form(NEW)[1]["title"]) == (200, SAID["title"])
    person.submit(NEW)
    assert (person.status, set(person.errors)) == (422, {"alternative"})
    assert stored(settings) == []
    address, values = person.form(NEW)
    sent = {**values, "alternative": "A calendar, names covered"}
    for _ in range(2):  # a retry makes no second one
        person.post(address, **sent)
        assert "A calendar, names covered" in person.html
    with database.reading() as db:
        image = db.scalars(select(EvidenceImage)).one()
    assert [path.name for path in stored(settings)] == [image.id.hex()]
    assert f"/evidence/{image.id.hex()}.webp" in person.html

    withdraw = f"{at(person.path)}/withdraw"
    person.open(withdraw).submit(withdraw)
    assert stored(settings) == []
    assert person.client.get(f"/evidence/{image.id.hex()}.webp").status_code == 404


def test_an_answer_keeps_its_words_through_the_steps_of_its_picture(
    people: Callable[..., Person], settings: Settings
) -> None:
    ana, bo = people(), people()
    reply = f"{at(opened(ana))}/reply"
    bo.open(reply).send(reply, "image_do=take", b"no picture", text="Kept.")
    assert (bo.status, set(bo.errors), bo.form(reply)[1]["text"]) == (422, {"file"}, "Kept.")
    bo.send(reply, "image_do=take", PICTURE)
    bo.send(reply, "image_do=remove")
    assert (bo.status, bo.form(reply)[1]["text"]) == (200, "Kept.")
    bo.submit(reply)
    assert "/evidence/" not in bo.html
    assert stored(settings) == []
