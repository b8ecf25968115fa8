"""The transparency report: counts over the lines of the public log, and over nothing else.

Like the log it ends with yesterday, so that nobody learns the time of an act by asking often.
Every table can be counted again from /transparency/log.jsonl.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.moderation import notices, saying
from app.moderation.models import AuditEntry
from app.moderation.powers import POWERS
from app.moderation.settling import REOPEN, SETTLE
from app.triage.reasons import LEGAL
from app.web.languages import N_
from app.weeks.quarters import Quarter

# What takes something from readers; the writer is told why (Digital Services Act, article 17).
RESTRICTING: Final = frozenset({"remove", "return", "hide", "remove_image", "suppress"})
_FOUND: Final = {"people": N_("Seen by people"), "automation": N_("Seen by automation first")}
_HALF: Final = re.compile(r"([0-9]{4})H([12])")
_ASKED: Final = {"asked": N_("Demands"), "given": N_("Something handed over")}
# What became of the notices of a kind of sender, each a number of lines.
_CAME_TO: Final = {"came": N_("Came"), **saying.ENDS, "again": N_("Taken up again")}
_NUMBERS: Final = {"number": N_("Number")}


class Act(NamedTuple):
    """What lines are counted by."""

    action: str
    reason: str | None
    source: str
    automated: bool
    days: str
    outcome: str | None


@dataclass(frozen=True)
class Period:
    """A quarter or half of a year, or all time, with its first day and the last that is over."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Table:
    """One table of the report: rows and columns as {code: words}, counts by both codes."""

    code: str
    title: str
    columns: Mapping[str, str]
    rows: Mapping[str, str]
    counts: Mapping[tuple[str, str], int]
    note: str = ""

    def numbers(self, row: str) -> list[int]:
        """Return a row's counts, one for each column."""
        return [self.counts.get((row, column), 0) for column in self.columns]

    def cells(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield table, row, column and count, for machines."""
        for row in self.rows:
            for column, number in zip(self.columns, self.numbers(row), strict=True):
                yield self.code, row, column, number


def period(name: str, today: date) -> Period:
    """Read '2026Q4' or '2026H2'; nothing is all time. Raises ValueError."""
    over = today - timedelta(days=1)
    if not name:
        return Period(name, date.min, over)
    if half := _HALF.fullmatch(name):
        quarter = Quarter.parse(f"{half[1]}Q{int(half[2]) * 2 - 1}")
        return Period(name, quarter.first_day, min(quarter.next.last_day, over))
    quarter = Quarter.parse(name)
    return Period(name, quarter.first_day, min(quarter.last_day, over))


def periods(db: Session, today: date) -> list[Period]:
    """Return the quarters and halves that the log reaches over, the newest first."""
    days = select(func.min(AuditEntry.day), func.max(AuditEntry.day))
    first, last = db.execute(days.where(AuditEntry.day < today)).one()
    if first is None:
        return []
    quarter, names = Quarter.of(last), list[str]()
    while quarter >= Quarter.of(first):
        names += [f"{quarter.year:04}H{(quarter.number + 1) // 2}", str(quarter)]
        quarter = quarter.previous
    return [period(name, today) for name in dict.fromkeys(names)]


def acts(db: Session, of: Period) -> Counter[Act]:
    """Count the lines of a period by what the report counts by."""
    columns: list[Any] = [getattr(AuditEntry, name) for name in Act._fields]
    asked = select(*columns, func.count()).where(AuditEntry.day.between(of.first, of.last))
    return Counter({Act(*row[:-1]): row[-1] for row in db.execute(asked.group_by(*columns))})


def tables(db: Session, of: Period) -> list[Table]:
    """Return the tables of a period."""
    return [*counted(acts(db, of)), _demands(db, of)]


def _notices(acts: Counter[Act]) -> Table:
    """Make the table of the notices; one that was taken up again ended more than once."""
    counts = Counter[tuple[str, str]]()
    for act, number in acts.items():
        column = {"notice": "came", SETTLE: act.outcome, REOPEN: "again"}.get(act.action)
        if column:
            counts[act.source, column] += number
    met = {party for party, _ in counts}
    rows = {party: said for party, said in notices.PARTIES.items() if party in met}
    return Table("notices", N_("Notices from outside"), _CAME_TO, rows, counts)


def _demands(db: Session, of: Period) -> Table:
    """Make the table of those who wanted to know who wrote something, and what they were given."""
    counts = Counter[tuple[str, str]]()
    for (reason, handed), number in notices.demands(db, of.first, of.last).items():
        counts[reason, "asked"] += number
        counts[reason, "given"] += number if handed != "nothing" else 0
    rows = {code: saying.REASON_NAMES.get(code, code) for code, _ in sorted(counts)}
    return Table(
        "demands", N_("Who wrote this? Demands, and what was handed over"), _ASKED, rows, counts
    )


def counted(acts: Counter[Act]) -> Iterator[Table]:
    """Make the tables of the report from counted lines."""
    yield _by_finder(acts, "actions", N_("What was done"), lambda act: act.action, saying.ACTIONS)
    yield _by_finder(
        acts,
        "reasons",
        N_("Why something was restricted"),
        lambda act: act.reason if act.action in RESTRICTING else None,
        saying.REASON_NAMES,
    )
    yield _by_finder(
        acts, "sources", N_("What it began with"), lambda act: act.source, saying.SOURCES
    )
    yield _by_finder(
        acts,
        "days",
        N_("How long it waited for a decision"),
        lambda act: act.days if act.action in POWERS else None,
        saying.WAITS,
    )
    yield _plain("appeals", N_("Appeals decided"), saying.APPEALS, acts, lambda act: act.outcome)
    yield _plain(
        "samples",
        N_("Decisions that an auditor looked at again"),
        saying.AGAIN,
        acts,
        lambda act: act.action,
    )
    yield _plain(
        "legal",
        N_("Restricted because of the law"),
        {code: saying.REASON_NAMES[code] for code in LEGAL},
        acts,
        lambda act: act.reason if act.action in RESTRICTING else None,
    )
    yield _notices(acts)


def reversal(tables: Sequence[Table]) -> float | None:
    """Return the share of decided appeals that were restored, 0 to 1; None without any."""
    appeals = next(table for table in tables if table.code == "appeals")
    upheld, restored = (appeals.numbers(outcome)[0] for outcome in ("upheld", "restored"))
    return restored / (upheld + restored) if upheld + restored else None


Of = Callable[[Act], str | None]


def _by_finder(
    acts: Counter[Act], code: str, title: str, of: Of, words: Mapping[str, str]
) -> Table:
    """Count by something and by whether automation saw it first; only rows that occur."""
    counts = Counter[tuple[str, str]]()
    for act, number in acts.items():
        if row := of(act):
            counts[row, "automation" if act.automated else "people"] += number
    met = {row for row, _ in counts}
    rows = {row: said for row, said in words.items() if row in met}
    return Table(code, title, _FOUND, rows | {row: row for row in sorted(met - set(rows))}, counts)


def _plain(code: str, title: str, words: Mapping[str, str], acts: Counter[Act], of: Of) -> Table:
    """Count by something that has few values, all of which are shown."""
    counts = Counter[tuple[str, str]]()
    for act, number in acts.items():
        if (row := of(act)) in words:
            counts[str(row), "number"] += number
    return Table(code, title, _NUMBERS, words, counts)
