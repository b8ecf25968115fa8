"""Makers of rows for tests that begin after the pages: employers, and pending hour reports."""

import random
from collections.abc import Mapping
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db import random_id
from app.employers.adding import Wanted, add
from app.employers.models import Employer
from app.hours.models import HourReport
from app.weeks.quarters import Quarter


def employer(
    db: Session,
    name: str,
    *,
    confirmed: bool = True,
    place: str = "CN",
    employer_id: bytes | None = None,
) -> Employer:
    """Add an employer in one city."""
    return add(
        db,
        employer_id or random_id(),
        Wanted(name, cities=("beijing",), place=place, confirmed=confirmed),
    )


def reports(
    db: Session,
    employer_id: bytes,
    number: int,
    day: date,
    *,
    seed: int = 1,
    verified: bool = False,
    verify_later: bool = False,
    same: Mapping[str, object] | None = None,
) -> None:
    """File weeks of several kinds for an employer, for the quarter of a day; same: for all."""
    rng = random.Random(seed)
    rows = [
        {
            "id": random_id(),
            "tag": random_id(),
            "mine": random_id(),
            "employer_id": employer_id,
            "quarter": str(Quarter.of(day)),
            "verified": verified,
            "verify_later": verify_later,
            "start": rng.choice((540, 570, 600)),
            "end": rng.choice((1080, 1140, 1260, 1290, 60)),
            "days": rng.choice((5.0, 5.0, 5.5, 6.0)),
            "city": "beijing",
            "role": "engineering",
            **(same or {}),
        }
        for _ in range(number)
    ]
    if rows:
        db.execute(insert(HourReport), rows)
