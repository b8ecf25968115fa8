"""The invented people of the demonstration: a usual week drawn from each habit."""

import random
from typing import Final

from app.hours.answers import ROLES, Answers
from app.ops.demo.world import HABITS, Invented

STEP: Final = 15
OPTIONAL: Final = 0.6  # how often an optional question is answered


def week(rng: random.Random, employer: Invented) -> Answers:
    """Draw one person of an employer: a habit of its mixture, and a week around it."""
    habit = HABITS[rng.choices(list(employer.mixture), list(employer.mixture.values()))[0]]
    start = _near(rng, habit.arrive, habit.spread_in)
    end = _near(rng, habit.leave, habit.spread_out)
    days = rng.choices(list(habit.days), list(habit.days.values()))[0]
    long = not 12 * 60 <= habit.leave < 20 * 60
    early = habit.friday_early and rng.random() < 0.5
    return Answers(
        start=start,
        end=end,
        days=days,
        city=rng.choice(employer.cities) if rng.random() < 0.95 else "elsewhere",
        role=rng.choice(list(ROLES)),
        lunch=_sometimes(rng, habit.lunch),
        dinner=_sometimes(rng, habit.dinner),
        friday_end=(end - habit.friday_early) % 1440 if early else None,
        pay=_perhaps(rng, ("neither", "time_off", "paid") if long else ("not_applicable", "paid")),
        choice=_perhaps(
            rng, ("expected", "required", "chosen") if long else ("chosen", "expected")
        ),
        reached=_perhaps(rng, ("often", "sometimes") if long else ("never", "sometimes")),
    )


def _near(rng: random.Random, minutes: int, spread: int) -> int:
    """Answer as people do: in quarters of an hour, most often the round one."""
    return round(rng.gauss(minutes, spread) / STEP) * STEP % 1440


def _sometimes(rng: random.Random, minutes: int) -> int | None:
    return minutes if rng.random() < 0.7 else None


def _perhaps(rng: random.Random, answers: tuple[str, ...]) -> str | None:
    return rng.choice(answers) if rng.random() < OPTIONAL else None
