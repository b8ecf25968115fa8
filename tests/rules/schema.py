"""What no table may say, as functions: each yields a sentence for every column that says it."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import Column, Date, DateTime, Interval, LargeBinary, MetaData, Table, Time, Uuid

from app.db import random_id

Rule = Callable[[Table], Iterator[str]]

# Anywhere in a name; what other words hold by accident stands between underscores.
AUTHORS: Final = re.compile(
    "author|user|account|member|owner|writer|worker|person|creator|reporter|sender|poster|voter"
    "|session|cookie|login|email|mailbox|address|recipient|phone|network|(^|_)(agent|ip)(_|$)"
)
TIMES: Final = re.compile(
    "created|updated|modified|changed|timestamp|last_|_at(_|$)|_on$|seen|instant|epoch|expir"
    "|(^|_)(times?|clock|moment|hour|minute|second|ms|ns)(_|$)"
)
# Staff sessions, leases and delayed posts: "table.column", rounded to five minutes and purged.
FINER: Final = frozenset(
    {
        *("delayed_post.due", "post.lease_until", "reply.lease_until"),
        *("staff_session.began", "staff_session.used", "staff_session.proven"),
    }
)
# Numbers that are public, and so is their order.
COUNTED: Final = {"release.number", "chain_entry.number", "audit_entry.number"}
DEFAULTS: Final = {random_id}

# What the site and the issuer both hold is public: employers, quarters, the directory.
PUBLIC: Final = {"id", "slug", "name", "name_zh", "domain", "employer_id", "quarter", "number"}
# Every column of bytes at the issuer. None is as long as a tag (16) but ids of employers.
ISSUER_BYTES: Final = {
    "known_employer.id",
    "known_domain.employer_id",
    "signing_quarter.sealed_pepper",
    "signing_key.id",
    "signing_key.employer_id",
    "signing_key.sealed_key",
    "issued.mark",
    "issued.request",
}
# Every column of the site that is as long as the issuer's mark of a mailbox.
SITE_MARKS: Final = {
    *("account.lookup", "spent_credential.digest", "spent_credential.key"),
    *("audit_entry.item", "audit_entry.decider", "audit_entry.employer", "audit_entry.hash"),
    *("audit_head.hash", "audit_opening.salt", "audit_opening.employer_salt"),
    *("staff.setup", "recovery_code.digest", "staff_session.digest", "notice.receipt"),
    "representative.word",
}
MARK_BYTES: Final = 32


def names_an_author(table: Table) -> Iterator[str]:
    """No column names a person, and no key leads to or from an account."""
    for column in table.columns:
        if word := AUTHORS.search(column.name.lower()):
            yield f"{column} names an author: {word[0]}"
        for key in column.foreign_keys:
            if "account" in {table.name, key.target_fullname.partition(".")[0]}:
                yield f"{column} ties an account to something else"


def tells_the_time(table: Table) -> Iterator[str]:
    """Days only: a finer time says who wrote what within the day."""
    for column in table.columns:
        if str(column) in FINER:
            continue
        if isinstance(column.type, DateTime | Time | Interval):
            yield f"{column} is finer than a day"
        elif not isinstance(column.type, Date) and (word := TIMES.search(column.name.lower())):
            yield f"{column} sounds like a time: {word[0]}"


def counts_upwards(table: Table) -> Iterator[str]:
    """No key is an order of writing: no counting, no sequence, no time-ordered kind of id."""
    keys = list(table.primary_key)
    for column in table.columns:
        if column.identity is not None or column.autoincrement is True:
            yield f"{column} counts by itself"
        if isinstance(column.type, Uuid):
            yield f"{column} is a UUID, of which some kinds are clocks"
    for column in keys:
        counting = issubclass(column.type.python_type, int | float) and len(keys) == 1
        if counting and str(column) not in COUNTED:
            yield f"{column} is a key that counts"
    if table.dialect_options["sqlite"]["with_rowid"] is not False:
        yield f"{table.name} has row numbers on SQLite"


def fills_itself(table: Table) -> Iterator[str]:
    """No default comes from a clock, a sequence or the database."""
    for column in table.columns:
        if column.server_default is not None or column.server_onupdate is not None:
            yield f"{column} is filled by the database"
        if column.onupdate is not None:
            yield f"{column} changes by itself"
        default = column.default
        if default is None or default.is_scalar:
            continue
        # SQLAlchemy wraps a function of no arguments; what it wraps is what counts.
        made_by = getattr(getattr(default, "arg", None), "__wrapped__", None)
        if made_by not in DEFAULTS:
            yield f"{column} has a default that is made at writing"


TABLE_RULES: Final[tuple[Rule, ...]] = (
    names_an_author,
    tells_the_time,
    counts_upwards,
    fills_itself,
)


def broken(metadata: MetaData) -> list[str]:
    """Say everything that tables of one database do against the rules."""
    return [said for rule in TABLE_RULES for table in _tables(metadata) for said in rule(table)]


def shares_an_account(site: MetaData) -> list[str]:
    """Say which columns repeat a column of the account table elsewhere."""
    account = site.tables["account"]
    own = {column.name for column in account.columns}
    sizes = {_bytes(column) for column in account.columns} - {None, MARK_BYTES}
    return [
        f"{column} could hold what an account row holds"
        for table in _tables(site)
        if table is not account
        for column in table.columns
        if column.name in own or _bytes(column) in sizes
    ]


def joins(site: MetaData, issuer: MetaData) -> list[str]:
    """Say which columns could join a row of the issuer with a row of the site."""
    ours, theirs = _names(site) - PUBLIC, _names(issuer) - PUBLIC
    said = [f"both databases have a column {name!r}" for name in sorted(ours & theirs)]
    said += [f"both databases have a table {name}" for name in site.tables.keys() & issuer.tables]
    for table in _tables(issuer):
        for column in table.columns:
            if isinstance(column.type, LargeBinary) and str(column) not in ISSUER_BYTES:
                said.append(f"{column} could hold a tag, or the key of an account row")
            said += [f"{column} leads to the site" for key in column.foreign_keys if _leads(key)]
    for table in _tables(site):
        for column in table.columns:
            if _bytes(column) == MARK_BYTES and str(column) not in SITE_MARKS:
                said.append(f"{column} could hold the issuer's mark of a mailbox")
    return said


def _leads(key: object) -> bool:
    return not re.match(r"(known_employer|signing_quarter)\.", key.target_fullname)  # type: ignore[attr-defined]


def _names(metadata: MetaData) -> set[str]:
    return {column.name for table in _tables(metadata) for column in table.columns}


def _bytes(column: Column[object]) -> int | None:
    return column.type.length if isinstance(column.type, LargeBinary) else None


def _tables(metadata: MetaData) -> list[Table]:
    return list(metadata.tables.values())
