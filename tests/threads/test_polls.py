"""Polls: one answer each, and numbers only where k answers stand behind them."""

from datetime import date, timedelta

import pytest

from app.db import Database
from app.threads import polls
from app.threads.hand import NotThere
from app.threads.models import Poll, PollChoice
from tests.threads.accounts import LEAST, TODAY, Writer, asked
from tests.threads.test_posting import editions

TOMORROW = TODAY + timedelta(1)


@pytest.mark.parametrize(
    ("steps", "given", "shown", "day", "counted", "numbers", "too_few"),
    [
        (False, (9, 8), (0, 0), TODAY, None, (None, None), False),
        (False, (9, 8), (0, 0), TOMORROW, 17, (9, 8), False),
        (False, (10, 0), (0, 0), TOMORROW, 10, (10, 0), False),
        (False, (9, 0), (0, 0), TOMORROW, None, (None, None), True),
        (True, (9, 0), (0, 0), TODAY, None, (None, None), False),
        (True, (9, 8), (6, 4), TODAY, 10, (6, 4), False),
        (True, (9, 8), (6, 4), TOMORROW, 10, (6, 4), False),
        (True, (9, 0), (0, 0), TOMORROW, None, (None, None), True),
    ],
)
def test_what_is_shown(
    steps: bool,
    given: tuple[int, int],
    shown: tuple[int, int],
    day: date,
    counted: int | None,
    numbers: tuple[int | None, int | None],
    too_few: bool,
) -> None:
    poll = Poll(question="Dark?", closes=TODAY, steps=steps, answers=sum(given))
    choices = [
        PollChoice(number=n, text="", given=given[n], shown=shown[n]) for n in range(len(given))
    ]
    result = polls.result(poll, choices, day, LEAST)
    assert result.open == (day == TODAY)
    assert (result.counted, result.too_few) == (counted, too_few)
    assert tuple(choice.given for choice in result.choices) == numbers


def test_a_poll_is_answered_once_until_it_closes(store: Database, ana: Writer) -> None:
    people = [Writer() for _ in range(23)]
    with store.transaction() as db:
        thread = ana.open(db, poll=asked(steps=True)).post.id
        plain = ana.open(db).post.id
    scope = f"thread:{thread.hex()}"
    with store.transaction() as db:
        for number, person in enumerate(people):
            assert person.choose(db, thread, number % 2) == "counted"
            assert person.choose(db, thread, 0) == "already"
        # It says something new at every tenth answer only.
        result = polls.read(db, thread, TODAY, LEAST)
        assert result
        assert result.counted == 20
        assert [choice.given for choice in result.choices] == [10, 10]
        assert db.get_one(Poll, thread).answers == 23
        assert polls.answered(db, people[0].member.answer(thread))
        assert not polls.answered(db, ana.member.answer(thread))
        assert ana.choose(db, thread, 0, TOMORROW) == "closed"
        assert people[0].choose(db, thread, 0, TOMORROW) == "already"
        assert polls.read(db, plain, TODAY, LEAST) is None
    assert editions(store)[scope] == 1 + 2
    for nowhere, number in ((thread, 2), (thread, -1), (plain, 0)):
        with store.transaction() as db, pytest.raises(NotThere):
            ana.choose(db, nowhere, number)
