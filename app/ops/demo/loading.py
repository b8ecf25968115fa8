"""Load the demonstration: employers, weeks of several quarters, and their releases in order."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers import adding, cities, domains
from app.employers.models import Employer
from app.figures import events
from app.hours import release
from app.hours.answers import Answers
from app.hours.models import HourReport
from app.ops.demo import desk, people, replying, talking, waiting, world
from app.settings import Settings
from app.web import editions
from app.weeks.quarters import Quarter, monday

QUARTERS = 6
LARGE = 100  # people; at such an employer some have proven that they work there ...
PROVEN = 3  # ... one report in so many


def load(
    database: Database, settings: Settings, employers: int, reports: int, threads: int, seed: int
) -> Iterator[int]:
    """Load invented employers and reports, release them, and let people talk; yields at each step.

    Weeks and talk follow from the seed. Ids, tags, draws and noise never do: they stay secret here
    too.
    """
    rng = random.Random(seed)  # noqa: S311 (invented weeks, no secret)
    invented = world.employers(employers)
    stretched = desk.stretched(settings)
    with database.transaction() as db:
        editions.bump(db, "demo")
        ids = _add(db, invented)
        _announce(db, ids, settings.today())
        speaks_for = ids.get(replying.EMPLOYER)
        desk.load(db, _earlier(settings), stretched, speaks_for.id if speaks_for else None)
    filed = 0
    days = _days(settings.today(), reports)
    for turn, (day, share) in enumerate(days, 1):
        rows = _reports(rng, invented, ids, day, share)
        if reports and turn == len(days):
            rows += _flood(rng, invented, ids, day)
        if rows:
            with database.transaction() as db:
                db.execute(insert(HourReport), rows)
        release.run(database, settings, day)
        filed += share
        yield filed
    yield from talking.load(database, settings, ids, threads, seed)
    with database.transaction() as db:
        replying.load(db, settings, ids, "demo-representative")
        waiting.load(db, settings, talking.stored(settings, {"board"})["board"])


def _earlier(settings: Settings) -> Settings:
    """The same settings some days ago, when the staff of the desk began."""
    then = settings.now() - timedelta(days=waiting.BEGUN)
    return settings.model_copy(update={"clock": then.isoformat()})


def _add(db: Session, invented: list[world.Invented]) -> dict[str, Employer]:
    added: dict[str, Employer] = {}
    for one in invented:
        added[one.name] = adding.add(
            db,
            random_id(),
            adding.Wanted(
                one.name,
                one.chinese,
                one.aliases,
                tuple(cities.key(city) for city in one.cities),
                place=one.place,
                industry=one.industry,
                confirmed=True,
                demo=True,
                parent_id=added[one.parent].id if one.parent in added else None,
            ),
        )
        domains.add(db, added[one.name], f"{added[one.name].slug}.example")
    return added


def _announce(db: Session, employers: dict[str, Employer], today: date) -> None:
    """Let one employer have said, amid the quarters of the demonstration, what changed nothing."""
    said = world.ANNOUNCED
    if said.employer in employers:
        employer = employers[said.employer]
        day = Quarter.of(today).plus(1 - QUARTERS // 2).first_day + said.after
        source = f"https://{employer.slug}.example/{day.isoformat()}"
        announced = events.Announced(day, employer.id, None, said.text, said.chinese, source)
        events.enter(db, random_id(), announced)


def _days(today: date, reports: int) -> list[tuple[date, int]]:
    """Return the Mondays on which a release follows, and how many reports come before each.

    One amid each quarter, since a release costs more than all that comes before it; and one this
    week, which meets a flood alone, so that the desk has figures to decide on.
    """
    quarters = [Quarter.of(today).plus(n + 1 - QUARTERS) for n in range(QUARTERS)]
    amid = [each.first_day + (each.last_day - each.first_day) // 2 for each in quarters]
    past = [monday(day) for day in amid if day <= today]
    shares = [reports * (n + 1) // len(past) - reports * n // len(past) for n in range(len(past))]
    days = list(zip(past, shares, strict=True))
    return days if past and past[-1] == monday(today) else [*days, (monday(today), 0)]


def _reports(
    rng: random.Random,
    invented: list[world.Invented],
    employers: dict[str, Employer],
    day: date,
    number: int,
) -> list[dict[str, object]]:
    """Draw reports; each belongs to an account that nobody holds the words of."""
    sizes = [one.size for one in invented]
    return [
        _report(one, employers[one.name], day, people.week(rng, one))
        | {"verified": one.size >= LARGE and turn % PROVEN == 0}
        for turn, one in enumerate(rng.choices(invented, sizes, k=number))
    ]


def _flood(
    rng: random.Random, invented: list[world.Invented], employers: dict[str, Employer], day: date
) -> list[dict[str, object]]:
    """File one week many times, as somebody would who wants an employer to look better."""
    said = world.FLOOD
    rows: list[dict[str, object]] = []
    for one in invented:
        if one.name == said.employer:
            answers = people.week(rng, replace(one, mixture={said.habit: 1.0}))
            rows += [_report(one, employers[one.name], day, answers) for _ in range(said.reports)]
    return rows


def _report(
    one: world.Invented, employer: Employer, day: date, answers: Answers
) -> dict[str, object]:
    return {
        "id": random_id(),
        "tag": secrets.token_bytes(16),
        "mine": secrets.token_bytes(16),
        "employer_id": employer.id,
        "quarter": str(Quarter.of(day)),
        "verified": False,
        **asdict(answers),
        "city": cities.key(answers.city) if answers.city in one.cities else "elsewhere",
    }
