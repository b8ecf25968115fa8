"""The queue: severity before age, never what somebody is tied to, near-duplicates together."""

from dataclasses import replace

import pytest

from app.db import Database
from app.employers import merging
from app.employers.models import Employer
from app.moderation import leases, queue
from app.moderation.desk import Desk
from app.moderation.queue import Filter
from app.settings import Settings
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import APPROVE, DAY, NOW, TODAY


def ids(store: Database, desk: Desk, chosen: Filter | None = None, after: str = "") -> list[bytes]:
    with store.reading() as db:
        return [each.id for each in queue.waiting(db, desk, NOW, chosen, after).items]


@SQLITE_FIRST
def test_order_filters_and_pages(
    store: Database, ines: Desk, tomas: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.transaction() as db:
        first = desks.waiting(db, severity=4, why="looked_at_first", since=TODAY - 9 * DAY)
        fresh = desks.waiting(db, "Call 138.", to=first, severity=1, why="phone,link")
        old = desks.waiting(db, "Call 139.", to=first, severity=1, why="flags", since=TODAY - DAY)
        held = desks.waiting(db, state="held", why="threat")
        calm = desks.waiting(db)
        calm.severity = calm.waits_since = None
        calm.state = "published"
        desks.claim(db, tomas, fresh)
    order = [old.id, fresh.id, held.id, first.id]
    assert ids(store, ines) == order
    for chosen, found in (
        (Filter(kind="comment"), order[:2]),
        (Filter(kind="post"), order[2:]),
        (Filter(why="link"), [fresh.id]),
        (Filter(why="lin"), []),
        (Filter(why="%"), []),
        (Filter(severity=4), [first.id]),
        (Filter(appeals=True), []),
    ):
        assert ids(store, ines, chosen) == found, chosen
    assert ids(store, ines, after="nonsense") == order
    monkeypatch.setattr(queue, "AT_ONCE", 3)
    with store.reading() as db:
        page = queue.waiting(db, ines, NOW)
        assert [each.id for each in page.items] == order[:3]
        assert page.next
        rest = queue.waiting(db, ines, NOW, after=page.next)
        assert ([each.id for each in rest.items], rest.next) == ([first.id], None)
        assert queue.standing(db, ines, TODAY) == queue.Standing(4, 9)
        shown = {each.id: each for each in page.items}
        assert (shown[fresh.id].holder, shown[fresh.id].mine) == ("tomas", False)
        assert queue.waiting(db, tomas, NOW).items[1].mine
        assert (shown[old.id].days, shown[old.id].why, shown[old.id].kind) == (
            *(1, ("flags",)),
            "comment",
        )


def test_what_somebody_never_sees(
    store: Database, settings: Settings, acme: Employer, ines: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        same = factories.employer(db, "Acme Subsidiary")
        post = desks.waiting(db, employer=same)
        comment = desks.waiting(db, "So it is.", to=post)
        plain, handed, appealed = desks.waiting(db), desks.waiting(db), desks.waiting(db)
        appealed.state, appealed.why = "appealed", "person"
        desks.claim(db, ines, handed)
        leases.hand_over(db, ines, "post", handed.id, NOW)
    tied = replace(sol, ties=frozenset({acme.id}))
    everything = {post.id, comment.id, plain.id, handed.id}
    assert set(ids(store, sol)) == set(ids(store, tied)) == everything
    assert set(ids(store, ines)) == {post.id, comment.id, plain.id}
    assert ids(store, ines, Filter(appeals=True)) == []
    assert ids(store, sol, Filter(appeals=True)) == [appealed.id]
    with store.transaction() as db:
        merging.merge(db, db.get_one(Employer, same.id), db.get_one(Employer, acme.id))
        assert queue.standing(db, sol, TODAY).waiting == 5
        assert queue.standing(db, tied, TODAY).waiting == 3
    assert set(ids(store, tied)) == {plain.id, handed.id}
    desks.settled(store, settings, sol, plain)
    with store.transaction() as db:
        desks.again(db, plain).state = "appealed"
        desks.again(db, plain).severity = 2
        desks.again(db, plain).waits_since = TODAY
    assert ids(store, sol, Filter(appeals=True)) == [appealed.id]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_pace_and_earlier_decisions(
    store: Database, settings: Settings, ines: Desk, tomas: Desk
) -> None:
    with store.transaction() as db:
        post, other = desks.waiting(db), desks.waiting(db)
    desks.settled(store, settings, ines, post, APPROVE)
    desks.settled(store, settings, ines, other, APPROVE)
    desks.settled(store, settings, tomas, post, now=NOW + DAY)
    with store.reading() as db:
        assert queue.pace(db, ines, TODAY) == 2
        assert queue.pace(db, ines, TODAY + DAY) == queue.pace(db, tomas, TODAY) == 0
        found = [(each.action, each.reason, each.day) for each in queue.earlier(db, post.id)]
        assert found == [("remove", "person", TODAY + DAY), ("approve", None, TODAY)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_near_duplicates_stand_together(store: Database, acme: Employer, ines: Desk) -> None:
    said = "This company pays everything on time and everybody goes home at six every day"
    with store.transaction() as db:
        one, other = (desks.waiting(db, f"{said} {n}.", why="copies") for n in (1, 2))
        lone = desks.waiting(db, "The lift has been out of order since the summer of 2024.")
        hidden = desks.waiting(db, f"{said} 3.", why="copies", employer=acme)
    tied = replace(ines, ties=frozenset({acme.id}))
    with store.reading() as db:
        alike = {each.id: set(each.copies) for each in queue.waiting(db, tied, NOW).items}
        everything = queue.waiting(db, ines, NOW).items
    assert alike == {one.id: {other.id}, other.id: {one.id}, lone.id: set()}
    assert {len(each.copies) for each in everything if each.id == hidden.id} == {2}
