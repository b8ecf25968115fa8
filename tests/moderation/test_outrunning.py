"""Nobody outruns a decision by changing the words that somebody at the desk is deciding on."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers.models import Employer
from app.evidence.attaching import Attached
from app.moderation import deciding, items, leases, legal, notices, statements, undoing
from app.moderation.desk import Beaten, Desk, Verdict
from app.moderation.models import Proposal
from app.moderation.notices import Given
from app.replies import showing, writing
from app.replies.models import Reply
from app.replies.writing import Hand
from app.settings import Settings
from app.threads import editing
from app.threads.models import Post, Thread
from app.threads.weighed import Hold
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import APPROVE, DAY, NOW, TODAY
from tests.people import Person
from tests.threads.accounts import Writer, asked
from tests.threads.talk import at, opened
from tests.threads.test_judging import seen

SOON = NOW + timedelta(minutes=9)
LATE = NOW + timedelta(minutes=16)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@SQLITE_FIRST
def test_an_edit_under_a_lease_waits_for_the_decision(
    store: Database, settings: Settings, acme: Employer, ines: Desk, tomas: Desk
) -> None:
    ana, image = Writer(), Attached(random_id(), "A dark office", 800, 600)
    with store.transaction() as db:
        post = ana.open(db, employer=acme, poll=asked(), image=image, hold="risky").post
        comment = desks.waiting(db, "Mr Zhang shouts.", to=post, by=ana, why="name,flags")
        assert post.state == "pending"

    def edit(which: Post, text: str, hold: Hold = "nothing") -> Post:
        with store.transaction() as db:
            done = editing.edit(db, which.id, ana.hand, text, SOON, hold=hold)
            assert done
            return done

    before = seen(store, post.id)
    for which in (post, comment):
        with store.transaction() as db:
            desks.claim(db, ines, which)
    held = edit(comment, "Nobody shouts.")
    assert (held.state, held.severity, held.waits_since) == ("held", 2, TODAY)
    assert set((held.why or "").split(",")) == {"changed", "flags", "name"}
    assert (held.position, held.holder, held.version) == (1, None, comment.version + 1)
    away = edit(post, "We were home by eight.", "risky")
    assert (away.state, away.why, away.position) == ("held", "changed,looked_at_first", 0)
    now = seen(store, post.id)
    assert (now["page"][0], now["page"][2], now["listed"]) == (None, None, [])
    assert {each.tomb.words for each in now["page"][1].values()} == {
        "Out of sight while the desk looks at it."
    }
    assert set().union(*now["found"].values()) == set()
    # However often it is changed, it stays out of sight, and in the queue since the same day.
    again = edit(comment, "Really nobody.")
    assert (again.state, again.waits_since) == ("held", TODAY)
    with pytest.raises(Beaten, match="changed"), store.transaction() as db:
        desks.decide(db, settings, ines, comment, now=SOON)
    for which in (post, comment):
        desks.settled(store, settings, tomas, which, APPROVE, SOON)
    back = seen(store, post.id)
    assert (back["page"][0], back["page"][2]) == (before["page"][0], before["page"][2])
    assert [each.text for each in back["page"][1].values()] == [
        "We were home by eight.",
        "Really nobody.",
    ]
    assert back["page"][1][0].image == before["page"][1][0].image
    assert back["counts"] == before["counts"]
    # Nobody looks any more: an edit is an edit.
    assert edit(comment, "Somebody did.").state == "published"


@SQLITE_FIRST
def test_whoever_is_first_of_a_claim_and_an_edit_at_once(
    store: Database, acme: Employer, ines: Desk
) -> None:
    ana = Writer()
    with store.transaction() as db:
        ann = Hand(acme, desks.staff(db, "ann", "representative").id)
        posts = [desks.waiting(db, by=ana, employer=acme) for _ in range(6)]
        replies = [writing.write(db, ann, post.id, "We pay it.", TODAY) for post in posts]
    for each in (*posts, *replies):
        together = threading.Barrier(2)

        def claims(each: Post | Reply = each, together: threading.Barrier = together) -> bool:
            together.wait(20)
            try:
                with store.transaction() as db:
                    leases.claim(db, ines, items.kind_of(each), each.id, 1, NOW)
            except Beaten:
                return False
            return True

        def edits(each: Post | Reply = each, together: threading.Barrier = together) -> str:
            together.wait(20)
            with store.transaction() as db:
                if isinstance(each, Reply):
                    done: Post | Reply | None = writing.edit(db, each.id, ann, "We paid.", SOON)
                else:
                    done = editing.edit(db, each.id, ana.hand, "Nobody shouts.", SOON)
                assert done
                return done.state

        with ThreadPoolExecutor(2) as pool:
            claimed, state = pool.submit(claims), pool.submit(edits)
        # The edit knew of every lease that was taken, and of no other.
        assert claimed.result() == (state.result() == "held")


@SQLITE
def test_a_lease_that_is_over_or_given_back_holds_nothing(
    store: Database, ines: Desk, tomas: Desk, sol: Desk
) -> None:
    ana = Writer()
    with store.transaction() as db:
        over, given, handed = (desks.waiting(db, f"Room {n}.", by=ana, why="") for n in range(3))
        for post in (over, given, handed):
            desks.claim(db, ines, post)
        leases.release(db, ines, "post", given.id)
        leases.hand_over(db, ines, "post", handed.id, NOW)
    with store.transaction() as db:
        for post, state, why in (
            (given, "published", None),
            (handed, "pending", "handed_over"),
        ):
            found = editing.edit(db, post.id, ana.hand, "Another room.", SOON)
            assert found
            assert (found.state, found.why) == (state, why)
        late = editing.edit(db, over.id, ana.hand, "Another room.", LATE)
        assert late
        assert (late.state, late.holder) == ("published", None)


@SQLITE
def test_the_second_of_two_persons_is_not_outrun(
    store: Database, settings: Settings, sol: Desk, vera: Desk
) -> None:
    ana, erase = Writer(), Verdict("suppress", "sexual")
    with store.transaction() as db:
        post, other = desks.waiting(db, by=ana), desks.waiting(db, by=ana, state="published")
    for each in (post, other):
        proposed = desks.settled(store, settings, sol, each, erase)
        assert proposed.proposed
    with store.transaction() as db:
        assert items.codes(desks.again(db, post).why) == ("proposed", "name")
        assert proposed.undo
        undoing.undo(db, settings, sol, proposed.undo, NOW)
        assert items.codes(desks.again(db, other).why) == ("name",)
    with store.transaction() as db:
        free = editing.edit(db, other.id, ana.hand, "Nobody shouts.", NOW + DAY)
        held = editing.edit(db, post.id, ana.hand, "Nobody shouts.", NOW + DAY)
        assert free
        assert held
        assert (free.state, free.why) == ("published", None)
        assert (held.state, held.why) == ("held", "changed,name")
    # What was proposed is void, and begins anew; a decision taken back brings no proposal back.
    assert desks.settled(store, settings, vera, post, erase).proposed
    undo = desks.settled(store, settings, sol, post, APPROVE).undo
    assert undo
    with store.transaction() as db:
        undoing.undo(db, settings, sol, undo, NOW)
        assert items.codes(desks.again(db, post).why) == ("changed", "name")
        assert db.scalars(select(Proposal)).all() == []


@SQLITE
def test_who_is_asked_by_law_to_change_it_may_do_so_under_a_lease(
    store: Database, settings: Settings, ines: Desk, tomas: Desk
) -> None:
    ana = Writer()
    claim = Given("lawyer", "legal_notice", "It is false.", "", place="EU")
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
        notice = notices.receive(db, settings, random_id(), random_id(), post.id, claim)
        assert notice.state == "asked"
        desks.claim(db, ines, post)
    with store.transaction() as db:
        assert legal.answer(db, settings, notice.id, "edit")
        held = editing.edit(db, post.id, ana.hand, "Somebody was loud.", SOON)
        assert held
        assert held.state == "held"
        # The writer's five days go on, and stay what they are.
        assert [case.until for case in legal.own(db, settings, [post.id])] == [TODAY + 5 * DAY]
        assert legal.due(db, TODAY + 5 * DAY) == 0
        assert legal.due(db, TODAY + 6 * DAY) == 1
    assert desks.settled(store, settings, ines, post, APPROVE, SOON).proposed
    done = desks.settled(store, settings, tomas, post, APPROVE, SOON)
    assert (done.before, done.after) == ("held", "published")
    with store.reading() as db:
        assert legal.own(db, settings, [post.id]) == []


@SQLITE_FIRST
def test_an_answer_is_not_outrun_either(
    store: Database, settings: Settings, acme: Employer, ines: Desk
) -> None:
    with store.transaction() as db:
        ann = Hand(acme, desks.staff(db, "ann", "representative").id)
        reply = writing.write(db, ann, None, "We pay it.", TODAY)

    def looked_at(who: Desk) -> int:
        with store.transaction() as db:
            version = again(db).version
            leases.claim(db, who, "reply", reply.id, version, NOW)
            return version

    def again(db: Session) -> Reply:
        return db.get_one(Reply, reply.id, populate_existing=True)

    version = looked_at(ines)
    with store.transaction() as db:
        held = writing.edit(db, reply.id, ann, "We paid it.", SOON)
        assert held
        assert (held.state, held.why, held.day) == ("held", "changed,looked_at_first", TODAY)
        shown = showing.on_page(db, acme.id, [acme.id])
        assert shown
        assert shown.state == "held"
    with pytest.raises(Beaten, match="changed"), store.transaction() as db:
        deciding.decide(db, settings, ines, "reply", reply.id, version, APPROVE, SOON)
    version = looked_at(ines)
    with store.transaction() as db:
        deciding.decide(db, settings, ines, "reply", reply.id, version, APPROVE, SOON)
        assert again(db).state == "published"
    # Nor by withdrawing it and writing it again.
    for now, state in ((SOON, "held"), (LATE, "pending")):
        looked_at(ines)
        with store.transaction() as db:
            writing.withdraw(db, reply.id, acme, now)
            statements.withdrawn(db, reply.id)
            assert writing.write(db, ann, None, "We pay it.", TODAY).state == state
            row = again(db)
            row.state, row.why, row.judged = "published", None, True
    with store.transaction() as db:
        edited = writing.edit(db, reply.id, ann, "We pay.", NOW + DAY)
        assert edited
        assert (edited.state, edited.day) == ("pending", TODAY + DAY)


@SQLITE
@pytest.mark.deep
def test_writers_are_told_in_their_language(people: Callable[..., Person], app: FastAPI) -> None:
    person, ines, now = people(), desks.Desk(random_id(), "moderator"), app.state.settings.now()
    for lang, says in (
        ("en", "It waits for the desk, which had it when you changed it"),
        ("zh", "你修改的时候，审核台正在处理它"),
    ):
        person.client.headers["accept-language"] = lang
        path = opened(person)
        edit, post_id = f"{at(path)}/edit", bytes.fromhex(path.rpartition("/")[2])
        with app.state.database.transaction() as db:
            desks.claim(db, ines, db.get_one(Post, post_id), now)
        person.open(edit).submit(edit, text="We left at ten.")
        assert says in person.text
        assert "We left at ten." not in person.open(path).text
        assert "We left at ten." in person.open("/me").text
        person.open(edit).submit(edit, text="We left at nine.")
        assert says in person.text, "again"
        with app.state.database.reading() as db:
            assert not db.get_one(Thread, post_id).listed
