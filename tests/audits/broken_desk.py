"""Builds whose desk keeps too much: the same instrument must catch each."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

from app.threads import flagging
from tests.audits.broken import Build


@contextmanager
def flags_with(statement: str) -> Iterator[None]:
    """Write something into each flag: in which turn it came, and by whom, as the page knows."""
    give, turns = flagging.give, itertools.count(1)

    def given(db: Any, post_id: bytes, tag: bytes, hand: Any, *rest: Any) -> Any:
        how = give(db, post_id, tag, hand, *rest)
        held = {"tag": tag, "turn": next(turns), "slot": hand.slot(0)}
        wanted = {name: value for name, value in held.items() if f":{name}" in statement}
        db.execute(text(statement), wanted)
        return how

    with patch.object(flagging, "give", given):
        yield


DESK_BUILDS = (
    Build(
        "flags with a growing number",
        "flag -> other flag",
        lambda: flags_with("UPDATE flag SET turn = :turn WHERE tag = :tag"),
        schema="ALTER TABLE flag ADD COLUMN turn INTEGER",
    ),
    Build(
        "flags with a slot of their account",
        "flag -> other flag",
        lambda: flags_with("UPDATE flag SET slot = :slot WHERE tag = :tag"),
        schema="ALTER TABLE flag ADD COLUMN slot {bytes}",
    ),
)
