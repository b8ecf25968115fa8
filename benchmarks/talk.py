"""A thread of a hundred comments, nested as people nest them, for the servers to show."""

import random
import secrets
from typing import Final

from app.db import Database, random_id
from app.members.member import Member
from app.ops.demo import talk
from app.settings import Settings
from app.threads import posting
from app.threads.hand import Hand, Written

COMMENTS: Final = 100
WRITERS: Final = 40


def hundred(settings: Settings) -> str:
    """Open the thread, with the demonstration's words, and return its address."""
    rng = random.Random(1)
    said = [comment.text for one in talk.written() for comment in one.comments]
    members = [Member(secrets.token_bytes(32), b"") for _ in range(WRITERS)]
    hands = [Hand(member.slot, member.nym) for member in members]
    today, thread = settings.today(), random_id()
    database = Database(settings.database_url)
    with database.transaction() as db:
        posting.open_thread(
            db,
            thread,
            hands[0],
            Written(talk.written()[0].text),
            title="A hundred comments",
            employer=None,
            topic="hours",
            poll=None,
            today=today,
        )
        ids = [thread]
        for n in range(COMMENTS):
            ids.append(random_id())
            under = rng.choice(ids[-8:-1]) if n % 3 else thread
            written = Written(said[n])
            posting.reply(db, ids[-1], rng.choice(hands), thread, under, written, today)
    database.close()
    return f"/threads/{thread.hex()}"
