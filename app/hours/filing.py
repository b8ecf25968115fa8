"""Filing, changing and withdrawing hour reports, by tags: no account is ever known here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal

from sqlalchemy import ColumnElement, case, delete, select, update
from sqlalchemy.orm import Session

from app.db import insert_once
from app.hours.answers import Answers
from app.hours.models import EMPTY, FROZEN, PENDING, HourReport
from app.weeks.quarters import Quarter

BATCH: Final = 64
_TRIES: Final = 256

Mine = Callable[[int], bytes]


@dataclass(frozen=True)
class Tags:
    """What an account recognises its reports of one employer and quarter by.

    family: the tags for the employer filed for, first, and for all that were merged into it.
    mine: the tag of the account's n-th report.
    """

    family: Sequence[bytes]
    mine: Mine


@dataclass(frozen=True)
class Filed:
    """A report after filing: `new`, `again` (the same form sent twice) or `taken` before.

    `edited`: the same form sent again with other answers; the report stands as it was.
    """

    report: HourReport
    how: Literal["new", "again", "edited", "taken"]


def find(db: Session, family: Sequence[bytes]) -> HourReport | None:
    """The report of an account for an employer's family and a quarter, what is pending first."""
    pending_first = case((PENDING, 0), (FROZEN, 1), else_=2)
    found = select(HourReport).where(HourReport.tag.in_(family)).order_by(pending_first)
    return db.scalars(found.limit(1)).first()


def file(
    db: Session,
    report_id: bytes,
    tags: Tags,
    employer_id: bytes,
    quarter: Quarter,
    answers: Answers,
    *,
    verified: bool = False,
) -> Filed:
    """Keep a report unless one stands already: one for each account, family and quarter.

    report_id follows from the form, so that the same form sent twice is one report. verified:
    the page saw the employer's badge for this quarter.
    """
    for _ in range(_TRIES):
        if same := db.get(HourReport, report_id, populate_existing=True):
            return Filed(same, _resent(same, answers))
        if held := find(db, tags.family):
            # The same form may have been filed beside us since we looked for it.
            return Filed(held, _resent(held, answers) if held.id == report_id else "taken")
        new = insert_once(
            db,
            HourReport,
            id=report_id,
            tag=tags.family[0],
            mine=tags.mine(_free_number(db, tags.mine)),
            employer_id=employer_id,
            quarter=str(quarter),
            **asdict(replace(answers, verify_later=answers.verify_later and not verified)),
            verified=verified,
        )
        if new:
            return Filed(db.get_one(HourReport, report_id), "new")
    # Each failed try is another report of the same account that came first.
    raise RuntimeError("no free place among an account's reports")


def change(db: Session, family: Sequence[bytes], answers: Answers) -> HourReport | None:
    """Give a pending report other answers; the report as it stands, whatever its state, or None.

    A report that was frozen or withdrawn meanwhile stays as it is.
    """
    held = find(db, family)
    if held is None:
        return None
    db.execute(
        update(HourReport).where(HourReport.id == held.id, PENDING).values(**asdict(answers))
    )
    db.refresh(held)
    return held


def raise_(db: Session, family: Sequence[bytes]) -> HourReport | None:
    """Count a pending report as verified; the report as it stands, whatever its state, or None.

    For pages that saw the employer's badge. What was frozen or withdrawn meanwhile stays as it is.
    """
    held = find(db, family)
    if held is None:
        return None
    unproved = PENDING & HourReport.verified.is_(False)
    raised = update(HourReport).where(HourReport.id == held.id, unproved)
    db.execute(raised.values(verified=True, verify_later=False))
    db.expire(held)
    return find(db, family)


def withdraw(db: Session, family: Sequence[bytes]) -> Literal["deleted", "wiped", "none"]:
    """Delete what is pending and wipe what is frozen; the published numbers stand."""
    return _withdraw(db, HourReport.tag.in_(family))


def withdraw_all(db: Session, mine: Mine) -> None:
    """Withdraw every report of an account."""
    ids = [report.id for report in own(db, mine)]
    for first in range(0, len(ids), BATCH):
        _withdraw(db, HourReport.id.in_(ids[first : first + BATCH]))


def own(db: Session, mine: Mine) -> list[HourReport]:
    """Every report of an account that is not an empty tombstone, the newest quarter first."""
    found = [report for _, report in _numbered(db, mine) if report.state != "withdrawn"]
    return sorted(found, key=lambda report: report.quarter, reverse=True)


def _resent(report: HourReport, answers: Answers) -> Literal["again", "edited"]:
    """What a form is that was filed before; of a tombstone nobody knows what it said."""
    said = asdict(answers)
    if report.verified:
        said.pop("verify_later")  # the promise is kept
    stands = all(getattr(report, name) == answer for name, answer in said.items())
    return "again" if stands or report.state == "withdrawn" else "edited"


def _withdraw(db: Session, which: ColumnElement[bool]) -> Literal["deleted", "wiped", "none"]:
    deleted = db.execute(delete(HourReport).where(which, PENDING).returning(HourReport.id)).all()
    wiped = db.execute(
        update(HourReport).where(which, FROZEN).values(**EMPTY).returning(HourReport.id)
    ).all()
    if deleted:
        return "deleted"
    return "wiped" if wiped else "none"


def _numbered(db: Session, mine: Mine) -> Iterator[tuple[int, HourReport]]:
    """An account's reports with their numbers, asked for in batches until one is empty."""
    first = 0
    while True:
        numbers = {mine(n): n for n in range(first, first + BATCH)}
        rows = db.scalars(select(HourReport).where(HourReport.mine.in_(numbers))).all()
        if not rows:
            return
        yield from ((numbers[row.mine], row) for row in rows)
        first += BATCH


def _free_number(db: Session, mine: Mine) -> int:
    """The first number that no report of the account has."""
    taken = {number for number, _ in _numbered(db, mine)}
    return next(n for n in range(len(taken) + 1) if n not in taken)
