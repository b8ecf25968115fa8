"""Which mailbox a typed work address means. Pure.

A mailbox is counted once however its address is spelled: capitals, Unicode domains, '+tag' and
the mail hosts beneath one company's domain make no second person.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final
from unicodedata import normalize

from publicsuffixlist import PublicSuffixList

from app.employers.domains import FREE_MAIL, DomainRefused, normalised

# Without what mail programs read as another address: RFC 2047's =?...?=, the routes a%b and b!a,
# pipes and paths. Each would be one more spelling of a mailbox, or lead to somebody else's.
_LOCAL: Final = re.compile(r"[a-z0-9#$&'*^_{}~-][a-z0-9#$&'*^_{}~.-]{0,63}")


class NoAddress(ValueError):
    """What was typed is no mail address, or one that quotes and comments make ambiguous."""


class FreeMail(ValueError):
    """Anybody can have an address at this domain, so it proves no employment."""


@dataclass(frozen=True)
class Address:
    """A mail address as it is written to: lower case, without a tag, its domain in ASCII."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"


@dataclass(frozen=True)
class Mailbox:
    """The employer that an address proves, and the name under which the mailbox is counted."""

    employer: bytes
    counted: str


def read(typed: str) -> Address:
    """Read what a person typed. Raises NoAddress and FreeMail."""
    # NFKC: a Chinese keyboard writes the sign between the two parts at full width.
    local, at, domain = normalize("NFKC", typed).strip().lower().rpartition("@")
    local = local.partition("+")[0]
    try:
        written = normalised(domain) if at else ""
    except DomainRefused:
        written = ""
    if not written or not _LOCAL.fullmatch(local) or ".." in local or local.endswith("."):
        raise NoAddress
    if not FREE_MAIL.isdisjoint([written, *candidates(written)]):
        raise FreeMail
    return Address(local, written)


def candidates(domain: str) -> list[str]:
    """Return the domains whose owner runs this mail domain, the most specific first.

    They end with the registrable domain; a public suffix such as co.uk is nobody's own.
    """
    registrable = _suffixes().privatesuffix(domain)
    if registrable is None:
        return []
    labels = domain.split(".")
    most = len(labels) - registrable.count(".") - 1
    return [".".join(labels[n:]) for n in range(most + 1)]


def placed(address: Address, names: Sequence[str], listed: Mapping[str, bytes]) -> Mailbox | None:
    """Say whose mailbox an address is, given what the listed of its candidates mean.

    The most specific listed domain names the employer, so that a subsidiary listed by itself
    wins; the mailbox is counted under the shortest one that means the same employer, so that
    a@mail.x and a@x are one.
    """
    own = [name for name in names if name in listed]
    if not own:
        return None
    employer = listed[own[0]]
    widest = [name for name in own if listed[name] == employer][-1]
    return Mailbox(employer, f"{address.local}@{widest}")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
