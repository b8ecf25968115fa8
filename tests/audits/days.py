"""The days of a town: joining and talking, redeeming on named days, talking again."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tests.audits.desk import Judges
from tests.audits.lives import Life, beside
from tests.audits.talk import Talker, appear
from tests.audits.town import Town

MONDAY = date(2026, 11, 23)
LAST_DAY = date(2026, 12, 8)  # after every named day


@dataclass(frozen=True)
class Measure:
    """How much each person says: posts, votes and flags on the first day, and on the last.

    again: which part of the people comes on the last day.
    """

    first: tuple[int, int, int] = (3, 2, 2)
    last: tuple[int, int, int] = (3, 2, 2)
    again: float = 1.0


FULL = Measure()
SILENT = Measure(first=(0, 0, 0), last=(0, 0, 0), again=0.0)


def first_day(people: Sequence[Talker], seed: int, measure: Measure = FULL) -> None:
    """Let people take credentials, join by filing and talk; some take it back or leave."""

    def session(person: Talker) -> Iterator[None]:
        yield from person.life.first_session()
        yield from person.talks(*measure.first)
        yield from person.second_thoughts()

    beside([session(person) for person in people], random.Random(seed))


def redeem(town: Town, people: Sequence[Life], seed: int, *, nightly: bool) -> None:
    """Let the Monday come on which pools open, and people redeem in the two weeks after."""
    rng = random.Random(seed + 1)
    town.day(MONDAY)
    town.week()
    visits = sorted(
        (day, rng.random(), person, which)
        for person in people
        for which, credential in enumerate(person.credentials[: person.redeemed])
        if (day := credential.day(town.directory))
    )
    for day in sorted({visit[0] for visit in visits}):
        town.day(day)
        beside([who.second_session(n) for at, _, who, n in visits if at == day], rng)
        if nightly:
            town.night()


def last_day(town: Town, people: Sequence[Talker], seed: int, measure: Measure = FULL) -> None:
    """Let people come again and talk, with what badges they have; some of it is still to appear."""
    rng = random.Random(seed + 2)
    town.day(LAST_DAY)
    order = rng.sample(people, round(len(people) * measure.again))
    beside([person.comes_again(*measure.last, later=0.3) for person in order], rng)


def passed(
    town: Town, people: Sequence[Talker], seed: int, measure: Measure = FULL, *, nightly: bool
) -> None:
    """Let the days pass after the first; the desk works on two of them."""
    appear(town, people)
    desk = Judges.hired(town, seed)
    desk.work(people)
    redeem(town, [person.life for person in people], seed, nightly=nightly)
    last_day(town, people, seed, measure)
    desk.work(people)
