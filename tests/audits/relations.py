"""Who could be linked with what: the rows of a copy as traces of people, and each relation."""

import random
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from hashlib import sha256
from typing import Final

from app.issuing import domains, mailboxes, signing
from app.members.member import Member
from tests.audits import desk_relations, talk_relations
from tests.audits.copies import Copy
from tests.audits.linkage import Linkage, Traces, measure, ranks
from tests.audits.lives import Life
from tests.audits.talk import Talker
from tests.audits.town import Town
from tests.audits.traces import Reader


def linkages(
    town: Town, talkers: Sequence[Talker], copy: Copy, seed: int = 1, only: Collection[str] = ()
) -> list[Linkage]:
    """Measure every relation that the specification names, or only some, on one copy."""
    people = [talker.life for talker in talkers]
    members = {person.number: member for person in people if (member := person.member)}
    reader = Reader(copy)
    traces = reader.traces
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
    said = talk_relations.posted(reader, talkers)
    relations += talk_relations.relations(reader, account, report, talkers, said)
    relations += desk_relations.relations(reader, account, talkers, said)
    named = {f"{one.kind} -> {other.kind}": (one, other) for one, other in relations}
    return [measure(name, *two, seed) for name, two in named.items() if not only or name in only]


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


# What a person asks for while at the issuer and just after; later days only blur it.
FIRST_LINES: Final = 6


def _visits(town: Town, people: Sequence[Life]) -> tuple[Traces, Traces]:
    """Return the lines that requests left in the log, at the issuer and on the site."""
    lines = town.ports.log.getvalue().splitlines()

    def of(where: str, kind: str) -> Traces:
        at = [(n, person.number) for person in people for n in person.lines[where][:FIRST_LINES]]
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
