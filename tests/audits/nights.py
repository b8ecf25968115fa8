"""Several nightly copies of the accounts: does a row change on the days on which somebody came?"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any
from unittest.mock import patch

from fastapi import Request

from app.members import current, joining
from app.members.member import Member
from tests.audits.copies import stolen
from tests.audits.lives import Life
from tests.audits.town import Town

NIGHTS = 8
KNOWN = 3  # days on which the thief knows that the target came: it posted, and posts bear a day

Night = frozenset[bytes]
Visits = dict[int, set[int]]


def lived(town: Town, people: Sequence[Life], seed: int) -> tuple[list[dict[bytes, bytes]], Visits]:
    """Let people come on some days; return the account table of every night, and who came when."""
    rng = random.Random(seed)
    for person in people:
        person.files(person.places[0])
    nights, visits = [_accounts(town)], {person.number: set[int]() for person in people}
    for night in range(1, NIGHTS + 1):
        town.day(town.settings.today() + timedelta(days=1))
        for person in rng.sample(people, len(people)):
            if rng.random() < 0.35:
                visits[person.number].add(night)
                person.signs_in()
                person.site.open("/me")
                if rng.random() < 0.3:
                    person.changes(person.places[0])
        town.night()
        nights.append(_accounts(town))
    return nights, visits


def identified(
    town: Town, people: Sequence[Life], nights: list[dict[bytes, bytes]], visits: Visits
) -> float:
    """Return how often a thief who knows three of the target's days finds the target's row.

    The best guess is the row that changed on most of those days; among equals it is a draw.
    """
    changed = _changes(nights)
    right, targets = 0.0, 0
    for person in people:
        days = sorted(visits[person.number])[:KNOWN]
        member = person.member
        if len(days) < KNOWN or member is None:
            continue
        agree = {row: len(changed[row] & set(days)) for row in changed}
        best = max(agree.values())
        right += (agree[member.row] == best) / sum(n == best for n in agree.values())
        targets += 1
    return right / max(targets, 1)


def _changes(nights: list[dict[bytes, bytes]]) -> dict[bytes, set[int]]:
    """Return on which nights each row differed from the night before."""
    pairs = list(pairwise(nights))
    return {
        row: {n for n, (one, other) in enumerate(pairs, 1) if one.get(row) != other.get(row)}
        for row in nights[-1]
    }


def _accounts(town: Town) -> dict[bytes, bytes]:
    rows = stolen(town.settings).rows["site.account"]
    return {bytes(row["lookup"]): bytes(row["wrapped_key"]) + bytes(row["box"]) for row in rows}


@contextmanager
def boxes_written_on_visits() -> Iterator[None]:
    """Note each visit in the account's box, as for a count of what is new: a broken build."""
    bearer: Callable[[Request], Member | None] = current.bearer

    def noting(request: Request) -> Member | None:
        member = bearer(request)
        if member is not None:
            today = request.app.state.settings.today().isoformat()

            def change(box: dict[str, Any]) -> dict[str, Any]:
                return {**box, "last": today}

            with request.app.state.database.transaction() as db:
                joining.write_box(db, member, change)
        return member

    with patch.object(current, "bearer", noting):
        yield
