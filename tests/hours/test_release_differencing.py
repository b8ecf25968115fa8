"""Whoever subtracts one release from another never sees fewer than k people, whatever happened."""

import hashlib
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers import directory, merging
from app.employers.models import Employer
from app.figures.models import Cohort, CohortCounts, HeldCohort
from app.hours import filing, release
from app.hours.answers import Answers
from app.hours.filing import Tags
from app.settings import Settings
from app.weeks.quarters import Quarter
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.hours.releases import MONDAY, WEEK, exactly

pytestmark = SQLITE_FIRST

K = 10
WEEKS = 12
MERGES = {5, 8}
FLOODS = {4, 6, 9}


@dataclass
class World:
    """People who file, change and withdraw in no order, and employers that are merged."""

    rng: random.Random
    employers: list[bytes]
    written: list[tuple[int, bytes, Quarter]] = field(default_factory=list)
    people: int = 0

    def tags(self, db: Session, person: int, employer_id: bytes, quarter: Quarter) -> Tags:
        """One person's tags for one employer's family and quarter."""
        employer = directory.canonical(db, db.get_one(Employer, employer_id))
        family = [employer_id, *(e for e in directory.family(db, employer) if e != employer_id)]
        return Tags(
            [_tag(person, member, str(quarter)) for member in family],
            lambda n: _tag(person, b"mine", str(n)),
        )

    def live(self, db: Session, day: date) -> None:
        """Let one week happen."""
        for _ in range(self.rng.randrange(36)):
            person = self.people = self.people + 1
            employer_id = self.rng.choice(self.employers)
            quarter = self.rng.choice((Quarter.of(day), Quarter.of(day).previous))
            tags = self.tags(db, person, employer_id, quarter)
            filing.file(db, random_id(), tags, employer_id, quarter, self._answers())
            self.written.append((person, employer_id, quarter))
        for _ in range(self.rng.randrange(8)):
            person, employer_id, quarter = self.rng.choice(self.written)
            family = self.tags(db, person, employer_id, quarter).family
            if self.rng.random() < 0.5:
                filing.withdraw(db, family)
            else:
                filing.change(db, family, self._answers())

    def flood(self, db: Session, day: date) -> None:
        """Let somebody file one week many times over for some employers."""
        start = self.rng.randrange(0, 1440, 30)
        same = {"start": start, "end": (start + 960) % 1440, "days": 7.0}
        for employer_id in self.rng.sample(self.employers, 2):
            factories.reports(db, employer_id, 70, day, same=same)

    def judge(self, db: Session) -> int:
        """Let the desk decide now and then of what an alarm holds; how many are held."""
        held = db.scalars(select(HeldCohort)).all()
        for cohort in held:
            cohort.state = self.rng.choice(("held", "released", "excluded"))
        return len(held)

    def merge(self, db: Session) -> None:
        """Merge two employers, where they are not one already."""
        pair = [db.get_one(Employer, id_) for id_ in self.rng.sample(self.employers, 2)]
        if len({employer.canonical_id for employer in pair}) == 2:
            merging.merge(db, *pair)

    def _answers(self) -> Answers:
        rng = self.rng
        return Answers(
            start=rng.choice((540, 600)),
            end=rng.choice((1080, 1260, 60)),
            days=rng.choice((5.0, 6.0)),
            city="beijing",
            role="other",
            verify_later=rng.random() < 0.1,
        )


def _tag(person: int, what: bytes, more: str) -> bytes:
    return hashlib.sha256(f"{person} {what.hex()} {more}".encode()).digest()[:16]


def told(db: Session, employers: list[bytes]) -> dict[bytes, Counter[str]]:
    """What the public can add up after a release, by employer family and kind."""
    found: dict[bytes, Counter[str]] = {}
    family = {id_: directory.canonical(db, db.get_one(Employer, id_)).id for id_ in employers}
    asked = select(Cohort.employer_id, CohortCounts.kind, CohortCounts.counts).join(
        CohortCounts, CohortCounts.cohort_id == Cohort.id
    )
    for employer_id, kind, counts in db.execute(asked):
        found.setdefault(family[employer_id], Counter())[kind] += sum(counts)
    return found


def test_no_two_releases_differ_by_fewer_than_k(database: Database, settings: Settings) -> None:
    with database.transaction() as db:
        # The secret draws are of the ids: with other ones there may be few cohorts to compare.
        ids = [bytes([n]) * 16 for n in range(1, 5)]
        for n, employer_id in enumerate(ids):
            factories.employer(db, f"Employer {n}", employer_id=employer_id)
        world = World(random.Random(6), ids)
    held = 0
    releases: list[tuple[dict[bytes, Counter[str]], set[bytes]]] = []
    for turn in range(WEEKS):
        day = MONDAY + turn * WEEK
        with database.transaction() as db:
            world.live(db, day)
            if turn in MERGES:
                world.merge(db)
            if turn in FLOODS:
                world.flood(db, day)
            held += world.judge(db)
        # Published with next to no noise: what is told are the exact counts.
        release.run(database, exactly(settings), day)
        with database.reading() as db:
            releases.append((told(db, world.employers), set(db.scalars(select(Cohort.id)))))
    assert len(releases[-1][1]) >= 5, "hardly anything was released"
    assert held, "nothing was held"
    for number, (earlier, cohorts) in enumerate(releases):
        for later, more in releases[number + 1 :]:
            assert cohorts <= more, "a cohort was taken back"
            for employer_id, counts in later.items():
                differences = {
                    counts[kind] - earlier.get(employer_id, Counter())[kind] for kind in counts
                }
                # One number for all kinds: no partition leaves a remainder.
                (people,) = differences
                assert people == 0 or people >= K
