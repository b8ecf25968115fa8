"""Lists of threads: their order, their pages, what they are narrowed by, what they tell."""

from datetime import timedelta

from sqlalchemy import select, update

from app.db import Database
from app.employers import merging
from app.employers.models import Employer
from app.threads import appearing, listing
from app.threads.models import Post, Thread
from tests import factories
from tests.threads.accounts import NOW, TODAY, Writer


def titles(rows: list[listing.Row]) -> list[str]:
    return [row.title for row in rows]


def test_hot_and_new_page_by_page(store: Database, ana: Writer, bo: Writer) -> None:
    with store.transaction() as db:
        for n in range(5):
            post = ana.open(db, title=f"thread {n}").post
            thread = db.get_one(Thread, post.id)
            thread.votes, thread.day = n % 3 * 10, TODAY - timedelta(days=n // 2)
            appearing.warm(thread)
        waits = ana.open(db, title="waits", due=NOW + timedelta(hours=5)).post
        assert waits.position is None
        gone = bo.open(db, title="gone").post
        bo.withdraw(db, gone.id)
    for sort in listing.SORTS:
        with store.reading() as db:
            whole = listing.threads(db, "en", sort)
            assert whole.next is None
            found: list[listing.Row] = []
            after: str | None = ""
            while after is not None:
                some = listing.threads(db, "en", sort, after=after, limit=2)
                found += some.rows
                after = some.next
            assert found == list(whole.rows)
            assert sorted(titles(found)) == [f"thread {n}" for n in range(5)]
            junk = listing.threads(db, "en", sort, after="nan_zz" + "0" * 30)
            assert junk.rows == whole.rows
        if sort == "new":
            days = [row.day for row in found]
            assert days == sorted(days, reverse=True)
        else:
            assert titles(found)[:2] == ["thread 2", "thread 1"]


def test_by_topic_and_by_an_employer_s_whole_family(
    store: Database, ana: Writer, bo: Writer, acme: Employer
) -> None:
    with store.transaction() as db:
        old = factories.employer(db, "Old Acme")
        before = ana.open(db, title="before", employer=old).post
        after = ana.open(db, title="after", employer=acme).post
        ana.open(db, title="hours")
        bo.answer(db, after)
        merging.merge(db, old, acme)
    with store.reading() as db:
        family = list(db.scalars(select(Employer.id).where(Employer.canonical_id == acme.id)))
        about = listing.threads(db, "en", employers=family).rows
        assert sorted(titles(list(about))) == ["after", "before"]
        assert {row.employer.slug for row in about if row.employer} == {acme.slug}
        (topical,) = listing.threads(db, "zh", topic="hours").rows
        assert topical.topic == listing.Named("hours", "工作时间", None)
        assert topical.tag == "en"
        counted = {each.named.slug: each.number for each in listing.topics(db, "en")}
        assert counted["hours"] == 1
        assert sum(counted.values()) == 1
        talked = listing.talked_about(db, "en", TODAY)
        assert [(each.named.slug, each.number) for each in talked] == [(acme.slug, 3)]
        assert not listing.talked_about(db, "en", TODAY + timedelta(days=31))
        assert set(listing.some(db, "en", [before.id, after.id])) == {before.id, after.id}


def test_votes_are_told_exactly_up_to_twenty_then_in_tens(store: Database, ana: Writer) -> None:
    told = {}
    with store.transaction() as db:
        post = ana.open(db).post
        for votes in (0, 20, 21, 402):
            db.execute(update(Thread).where(Thread.id == post.id).values(votes=votes))
            (row,) = listing.threads(db, "en").rows
            told[votes] = (row.votes, row.many)
        assert db.get_one(Post, post.id).badge == row.badge
    assert told == {0: (0, False), 20: (20, False), 21: (20, True), 402: (400, True)}
