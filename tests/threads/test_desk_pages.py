"""What writers and readers are told of the desk: what waits, what was taken out, who is stopped."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import Database
from app.evidence.models import EvidenceImage
from app.threads.models import Post
from tests.evidence import pictures
from tests.people import Person
from tests.threads.deciding import STRIKE, decide
from tests.threads.talk import NEW, SAID, TITLE, at, opened, replied

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PICTURE = pictures.written(pictures.screenshot())
PHONE = "13812345678"


def test_what_is_held_is_told_to_its_writer_alone_and_kept_open_to_change(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo = people(), people()
    ana.open(NEW).submit(NEW, **{**SAID, "text": f"Ask {PHONE}."})
    anyway = next(b.get("value", "") for b in ana.page.iter("button") if b.get("name") == "anyway")
    ana.submit(NEW, press=f"anyway={anyway}")
    assert "It waits for the desk" in ana.text
    with database.reading() as db:
        held = db.scalars(select(Post)).one().id.hex()
    path = f"/threads/{held}"
    for page in (path, f"{path}.json", f"{path}/feed.atom", f"{path}/{held}/reply", f"{path}/mine"):
        assert bo.open(page).status == 404
    assert TITLE not in bo.open("/").text + bo.open("/feed.atom").html
    ana.open("/me")
    assert "Waits for the desk" in ana.text
    assert TITLE in ana.text
    ana.open(f"{path}/{held}/edit").submit(f"{path}/{held}/edit", text="Ask nobody.")
    assert (ana.path, bo.open(path).status) == (path, 200)


def test_readers_are_told_that_something_was_taken_out_and_why(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo, zhu = people(), people(), people("zh")
    ana.open(NEW).send(NEW, "image_do=take", PICTURE, **SAID)
    path = ana.submit(NEW, alternative="A calendar").path
    first = at(path)
    comment = replied(bo, first, "It stays here.")
    with database.reading() as db:
        image = f"/evidence/{db.scalars(select(EvidenceImage.id)).one().hex()}.webp"
    assert ana.client.get(image).status_code == 200
    for post, state, why in ((first, "returned", "person"), (comment, "hidden", "threat")):
        with database.transaction() as db:
            decide(db, bytes.fromhex(post.rpartition("/")[2]), state, why)
    person = "Taken out until its writer has changed it: names a person who is not a top executive"
    hidden = "Out of sight while the desk looks at it."
    bo.open(path)
    assert person in bo.text
    assert hidden in bo.text
    assert all(word not in bo.html for word in (TITLE, SAID["text"], "A calendar", "stays here"))
    assert "Taken out" not in zhu.open(path).text
    said = bo.client.get(f"{path}.json").json()
    assert (said["title"], said["comments"], said["poll"]) == (None, 0, None)
    assert [(post["gone"], post["reason"]) for post in said["posts"]] == [
        ("returned", "person"),
        ("hidden", None),
    ]
    feed = bo.client.get(f"{path}/feed.atom").text
    assert hidden in feed
    assert TITLE not in feed + bo.open(f"{path}/at/1").html + bo.open("/me").html
    assert ana.client.get(image).status_code == 404
    # An answer that was being typed keeps its words, and shows none of what is gone.
    bo.post(f"{first}/reply", text="")
    assert (bo.status, SAID["text"] in bo.html, TITLE in bo.html) == (422, False, False)
    # Its writer sees it, and what to do.
    ana.open("/me")
    assert person in ana.text
    assert "Change it, and the desk reads it again." in ana.text
    ana.open(f"{first}/edit").submit(f"{first}/edit", text="Nobody is named.")
    assert "It waits for the desk" in ana.text


def test_three_strikes_stop_an_account_and_lose_no_words(
    person: Person, database: Database
) -> None:
    path = opened(person)
    for n in range(3):
        replied(person, at(path), f"Buy {n}.")
    until = [STRIKE + timedelta(days=n) for n in (2, 1, 0)]
    with database.transaction() as db:
        *two, third = db.scalars(select(Post.id).where(Post.position > 0)).all()
        for post_id, day in zip(two, until, strict=False):
            decide(db, post_id, "removed", "spam", day)
    assert "2 removals count against your account" in person.open("/me").text
    assert "it cannot post, answer or edit until fewer" in person.text
    with database.transaction() as db:
        decide(db, third, "removed", "spam", until[-1])
    assert "until May 21, 2027; May 22, 2027; May 23, 2027." in person.open("/me").text
    assert "until May 21, 2027 is over" in person.text
    kept = person.client.get("/me.json").json()["strikes"]
    assert kept == [day.isoformat() for day in reversed(until)]
    reply, edit = f"{at(path)}/reply", f"{at(path)}/edit"
    for form, typed in ((NEW, SAID), (reply, {"text": "Kept."}), (edit, {"text": "Kept."})):
        person.open(form).submit(form, **typed)
        assert (person.status, person.form(form)[1]["text"]) == (403, typed["text"])
        assert "May 21, 2027" in person.text
    with database.reading() as db:
        assert len(db.scalars(select(Post.id)).all()) == 4
    # What was removed has nothing to edit, and can be withdrawn; the strikes stay.
    with database.reading() as db:
        gone = [
            f"{path}/{post.hex()}" for post in db.scalars(select(Post.id)) if post.hex() not in path
        ]
    assert person.open(f"{gone[0]}/edit").status == 404
    person.open(f"{gone[0]}/withdraw").submit(f"{gone[0]}/withdraw")
    person.open(reply).submit(reply, text="Kept.")
    assert person.status == 403
