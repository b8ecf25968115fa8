"""The same words in several threads wait for the desk, and stay where they are."""

from datetime import timedelta

from app.db import Database
from app.threads import copying
from app.threads.models import Post
from tests.threads.accounts import TODAY, Writer

WORDS = "We all love it here, the pay is the best in town and nobody has ever worked late for once."


def test_three_copies_across_threads_wait_together(store: Database, ana: Writer) -> None:
    with store.transaction() as db:
        alone = ana.open(db, "Something else that nobody repeats, at the length of a post here.")
        twice = [ana.answer(db, alone.post, WORDS).post for _ in range(3)]
        for post in (alone.post, *twice):
            post.state, post.why, post.severity = "published", None, None
    sweep = copying.Sweep(store)
    assert sweep.look(TODAY) == 0  # in one thread alone
    with store.transaction() as db:
        other = Writer().open(db, WORDS.replace("town", "the town")).post
        other.state, other.why, other.severity, other.judged = "published", None, None, True
        ids = [post.id for post in twice]
    assert sweep.look(TODAY + timedelta(days=1)) == 3
    assert sweep.look(TODAY + timedelta(days=1)) == 0
    with store.reading() as db:
        for post_id in ids:
            post = db.get_one(Post, post_id)
            assert (post.state, post.why, post.severity) == ("pending", "copies", 3)
            assert (post.waits_since, post.version) == (TODAY + timedelta(days=1), 1)
        assert db.get_one(Post, other.id).state == "published"  # judged as it stands
        assert db.get_one(Post, alone.post.id).state == "published"
    assert copying.Sweep(store).look(TODAY + timedelta(days=8)) == 0
