"""Who could be linked with what: the rows of a copy as traces of people, and each relation."""

import base64
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from hashlib import sha256
from typing import Any

import numpy as np

from app.issuing import domains, mailboxes, signing
from app.members.member import Member
from tests.audits.copies import Copy, Row, positions
from tests.audits.linkage import Linkage, Traces, measure, ranks
from tests.audits.lives import Life
from tests.audits.town import Town

DISTINCT = 8  # bytes or letters from which on a value may be somebody's own
FEW = 4


def linkages(town: Town, people: Sequence[Life], copy: Copy, seed: int = 1) -> list[Linkage]:
    """Measure every relation that the specification names, on one copy."""
    members = {person.number: member for person in people if (member := person.member)}
    join = _joined(copy)

    def traces(kind: str, table: str, key: str, owner: dict[bytes, int], *public: str) -> Traces:
        rows = [row for row in copy.rows.get(table, []) if bytes(row[key]) in owner]
        seen = [tuple(row[name] for name in public) for row in rows]
        owners = [owner[bytes(row[key])] for row in rows]
        values = [join(row) for row in rows]
        return Traces(kind, owners, seen, _places(copy, rows, key), values)

    mailbox = traces("mailbox", "issuer.issued", "mark", _marks(town, people))
    account = traces("account", "site.account", "lookup", {m.row: n for n, m in members.items()})
    spent = traces("badge", "site.spent_credential", "digest", _spent(people), "key")
    report = traces(
        "report", "site.hour_report", "mine", _mine(members), "employer_id", "quarter", "verified"
    )
    first, second = _two(report)
    verified = [at for at, public in enumerate(report.public) if public[2]]  # type: ignore[index]
    relations = [
        (mailbox, account),
        (mailbox, spent),
        (mailbox, report),
        (account, report),
        (account, spent),
        (spent, report),
        (first, second),
        _two(report.only(verified, "verified")),
        _visits(town, people),
    ]
    return [measure(f"{one.kind} -> {other.kind}", one, other, seed) for one, other in relations]


def _places(copy: Copy, rows: Sequence[Row], key: str) -> dict[str, Any]:
    """Return every order in which the rows stand: in files, in the log, by key, by writer."""
    needles = [bytes(row[key]) for row in rows]
    found = {}
    for kind, raw in copy.bytes.items():
        spelled = [base64.b64encode(needle) for needle in needles] if kind == "backup" else needles
        first, last = positions(raw, spelled)
        if not np.isnan(first).all():
            found[f"first in {kind}"] = ranks(first)
            if "log" in kind:
                found[f"last in {kind}"] = ranks(last)
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        if name.startswith("("):
            found[name] = ranks(values)
        elif all(isinstance(value, bytes) and len(value) >= DISTINCT for value in values):
            found[f"order of {name}"] = ranks([int.from_bytes(v[:DISTINCT], "big") for v in values])
    return found


def _joined(copy: Copy) -> Callable[[Row], frozenset[Hashable]]:
    """Return what gives a row's values, and those of rows anywhere that share one of its own."""
    bearers: dict[Hashable, list[Row]] = defaultdict(list)
    for rows in copy.rows.values():
        for row in rows:
            for value in _own(row):
                bearers[value].append(row)

    def join(row: Row) -> frozenset[Hashable]:
        found = set(_values(row))
        for value in _own(row):
            if len(bearers[value]) <= FEW:
                found.update(*(_values(other) for other in bearers[value]))
        return frozenset(found)

    return join


def _values(row: Row) -> frozenset[Hashable]:
    return frozenset(
        value
        for name, value in row.items()
        if not name.startswith("(") and isinstance(value, bytes | str | int | float)
    )


def _own(row: Row) -> list[Hashable]:
    return [v for v in _values(row) if isinstance(v, bytes | str) and len(v) >= DISTINCT]


def _two(reports: Traces) -> tuple[Traces, Traces]:
    """Part the reports of each account into one and another, whichever way a coin falls.

    In the order of their keys the pairs would be closer than others by that order alone.
    """
    own: dict[int, list[int]] = defaultdict(list)
    for at, owner in enumerate(reports.owners):
        own[owner].append(at)
    coin = random.Random(len(reports))
    pairs = [coin.sample(held, 2) for held in own.values() if len(held) > 1]
    one, other = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return reports.only(one), reports.only(other, f"other {reports.kind}")


def _visits(town: Town, people: Sequence[Life]) -> tuple[Traces, Traces]:
    """Return the lines that requests left in the log, at the issuer and on the site."""
    lines = town.ports.log.getvalue().splitlines()

    def of(where: str, kind: str) -> Traces:
        at = [(n, person.number) for person in people for n in person.lines[where]]
        words = [frozenset[Hashable](lines[n].replace(":", " ").split()) for n, _ in at]
        orders = {"order of lines": ranks([n for n, _ in at])} if at else {}
        return Traces(kind, [who for _, who in at], ["log"] * len(at), orders, words)

    return of("issuer", "visit of the issuer"), of("site", "visit")


def _marks(town: Town, people: Sequence[Life]) -> dict[bytes, int]:
    """Return whose the issuer's marks are; only who knows the pepper and the addresses can."""
    found = {}
    with town.issuer.state.database.reading() as db:
        for person in people:
            for credential in person.credentials:
                address = mailboxes.read(credential.address)
                mailbox = domains.mailbox_of(db, address)
                assert mailbox
                window = signing.open_window(db, town.settings, town.quarter, mailbox.employer)
                found[window.mark(mailbox)] = person.number
    return found


def _spent(people: Sequence[Life]) -> dict[bytes, int]:
    return {
        sha256(credential.prepared).digest(): person.number
        for person in people
        for credential in person.credentials
    }


def _mine(members: dict[int, Member]) -> dict[bytes, int]:
    return {member.mine(n): number for number, member in members.items() for n in range(4)}
