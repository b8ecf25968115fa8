"""A form that failed after its picture was stored: what is sent next is what everybody sees."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import text

from app.db import Database
from tests.evidence import pictures
from tests.people import Person
from tests.threads.talk import NEW, SAID

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FULL = "CREATE TRIGGER full BEFORE INSERT ON post BEGIN SELECT RAISE(ABORT, 'full'); END"
WORDS = {"alternative": "A calendar, the name covered"}


def test_a_name_covered_after_a_failure_is_covered(person: Person, database: Database) -> None:
    person.open(NEW).send(NEW, "image_do=take", pictures.written(pictures.screenshot()), **SAID)
    address, values = person.form(NEW)
    with database.transaction() as db:
        db.execute(text(FULL))
    assert person.post(address, **(values | WORDS)).status == 500
    with database.transaction() as db:
        db.execute(text("DROP TRIGGER full"))

    # Back in the browser, its writer sees the name and covers it in the same form.
    corners = dict(
        zip(("left1", "top1", "right1", "bottom1"), map(str, pictures.NAME), strict=True)
    )
    step = {**values, **corners, "image_do": "black_out"}
    answer = person.client.post(f"{NEW}/image", data=step, files={"file": ("", b"")})
    person._look(answer).submit(NEW, **WORDS)
    assert (person.status, person.path[:9]) == (200, "/threads/")
    shown = next(e.get("src", "") for e in person.page.iter("img") if e.get("alt"))
    seen = Image.open(BytesIO(person.client.get(shown).content)).convert("L")
    assert seen.tobytes()[40 * seen.width + 160] < 40
