"""Builds that break a rule of the conversation on purpose: the same instrument must catch each."""

import itertools
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

from app.evidence import store
from app.search import index
from app.threads import posting
from app.upkeep import maintain, objects
from app.web import tokens
from tests.audits.broken import Build


@contextmanager
def writing_beside(statement: str) -> Iterator[None]:
    """Write something beside each post, in its transaction."""
    with ExitStack() as stack:
        for name in ("open_thread", "reply"):
            stack.enter_context(patch.object(posting, name, _beside(name, statement)))
        yield


def _beside(name: str, statement: str) -> Any:
    post = getattr(posting, name)

    def posted(db: Any, post_id: bytes, hand: Any, *rest: Any, **more: Any) -> Any:
        outcome = post(db, post_id, hand, *rest, **more)
        # Whose the post is: what the page hands in knows, although posting never asks.
        account = hand.slot.__self__.row
        db.execute(text(statement), {"post": outcome.post.id, "account": account})
        return outcome

    return posted


@contextmanager
def time_ordered_ids() -> Iterator[None]:
    """Give every form's row an id that begins with the millisecond (UUIDv7, RFC 9562)."""
    made: dict[bytes, bytes] = {}

    def row_id(settings: Any, nonce: bytes) -> bytes:
        id = (time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10)
        return made.setdefault(nonce, id)

    with patch.object(tokens, "row_id", row_id):
        yield


@contextmanager
def counted_docids() -> Iterator[None]:
    """Number texts inside each day in the order of writing, for good."""
    counted = itertools.count()

    def draw(day: Any) -> int:
        return (day - index.FIRST_DAY).days << index.RANDOM_BITS | next(counted)

    with patch.object(index, "draw", draw), index_left():
        yield


@contextmanager
def index_left() -> Iterator[None]:
    """Leave the search index as it was written."""
    with patch.object(maintain, "_renew_index", lambda *given: None):
        yield


@contextmanager
def objects_left() -> Iterator[None]:
    """Leave the objects of images as they were written, with their times."""
    with (
        patch.object(objects, "maintain", lambda *given: None),
        patch.object(store, "_hush", lambda path: None),
    ):
        yield


ONE_DAY = "entry -> entry of that day"
AUTHOR = "UPDATE post SET author = :account WHERE id = :post"
LEDGER = "INSERT INTO ledger (form, account) VALUES (:post, :account)"
TALK_BUILDS = (
    Build(
        "author column on posts",
        "account -> post",
        lambda: writing_beside(AUTHOR),
        schema="ALTER TABLE post ADD COLUMN author {bytes}",
    ),
    Build(
        "ledger row with each post",
        "account -> post",
        lambda: writing_beside(LEDGER),
        schema="CREATE TABLE ledger (form {bytes} PRIMARY KEY, account {bytes})",
    ),
    Build("UUIDv7 ids of posts", "post -> post of that day", time_ordered_ids),
    Build("docids in order of writing", ONE_DAY, counted_docids),
    # On PostgreSQL the index is rows like all others, and flattened with them.
    Build(
        "search index not filled anew", "entry -> entry of that day", index_left, kinds=("sqlite",)
    ),
    Build("image files left as written", "image -> image of that day", objects_left, people=160),
    Build("posts not flattened", "post -> post of that day", flattens=False, people=32),
)
