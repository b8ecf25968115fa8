"""An issuer for the wallets' tests, honest or not, and the table of where credentials stand.

The table is judged by Python (test_standing.py) and by the browser (tests/browser).
"""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.credentials import blind, chain, text
from app.credentials.chain import Event, Kind
from app.credentials.text import Credential, Label, Signed

QUARTER = "2026Q4"
EMPLOYER = bytes(range(16))
NAME = "Meridian Cloud 子午云"


@cache
def private(number: int) -> rsa.RSAPrivateNumbers:
    """Make the private key of a number, once."""
    return rsa.generate_private_key(65537, 2048).private_numbers()


def modulus(number: int) -> int:
    """Return the modulus of a key."""
    return private(number).public_numbers.n


@dataclass
class Issuer:
    """An issuer with as many keys and events as a test gives it; it refuses nothing."""

    secret: Ed25519PrivateKey = field(
        default_factory=lambda: Ed25519PrivateKey.from_private_bytes(b"i" * 32)
    )
    before: bytes = chain.BEGINNING
    entries: list[str] = field(default_factory=list)

    def key(self, number: int, employer: bytes | None = EMPLOYER, quarter: str = QUARTER) -> None:
        """List a key."""
        name = NAME if employer else ""
        self.entries.append(chain.key_entry(modulus(number), employer, name, quarter))

    def event(self, kind: Kind, number: int, day: date) -> None:
        """List what a key met."""
        self.entries.append(chain.event_entry(Event(kind, chain.key_id(modulus(number)), day)))

    def document(self) -> bytes:
        """Write the directory as served."""
        head = chain.head_of(self.before, self.entries)
        public = self.secret.public_key().public_bytes_raw()
        return chain.write(public, self.before, self.entries, self.secret.sign(chain.SIGNED + head))

    def sign(self, number: int, blinded: bytes) -> bytes:
        """Sign what was blinded, by the textbook."""
        key = private(number)
        signed = pow(int.from_bytes(blinded, "big"), key.d, key.public_numbers.n)
        return signed.to_bytes(256, "big")

    def answer(self, lines: str) -> str:
        """Sign a wallet's two lines."""
        numbers = {chain.key_id(modulus(number)).hex(): number for number in range(4)}
        answers = []
        for line in lines.splitlines():
            label, key, blinded = line.split()
            signature = self.sign(numbers[key], text.decoded(blinded))
            answers.append(f"{label} {key} {text.encoded(signature)}\n")
        return "".join(answers)

    def credential(self) -> Credential:
        """Issue a credential of key 0 and the site-wide key 1, seen as the directory is now."""
        seen = chain.read(self.document())
        signed: dict[Label, Signed] = {"employer": self._signed(0), "site": self._signed(1)}
        return Credential(QUARTER, NAME, seen.head, seen.issuer, seen.signature, signed)

    def _signed(self, number: int) -> Signed:
        # The day that a credential names follows from these bytes; they are fixed for the table.
        prepared = bytes([number]) * 32 + text.MESSAGE
        n = modulus(number)
        hidden = blind.blind(n, prepared)
        opened = blind.finalize(n, prepared, self.sign(number, hidden.message), hidden.inverse)
        return Signed(chain.key_id(n), prepared, opened)


@dataclass(frozen=True)
class Case:
    """A directory and a day, and what a wallet has to say of the credential."""

    name: str
    document: bytes
    credential: Credential
    today: str
    state: str
    label: str = "employer"
    day: str | None = None


NOVEMBER = date(2026, 11, 23)
JANUARY = date(2027, 1, 4)


def issued() -> tuple[Issuer, Credential]:
    """Start an honest issuer and take a credential of it."""
    issuer = Issuer()
    issuer.key(0)
    issuer.key(1, None)
    # A pool that opened before is not this credential's.
    issuer.event("opening", 0, date(2026, 11, 16))
    return issuer, issuer.credential()


@cache
def cases() -> list[Case]:
    """Return the table."""
    found = [*_pools(), *_hostile()]
    issuer, credential = issued()
    issuer.event("opening", 0, NOVEMBER)
    document, day = issuer.document(), chain.named_day(NOVEMBER, b"\x00" * 32 + text.MESSAGE)
    told = day.isoformat()
    eve = day.fromordinal(day.toordinal() - 1).isoformat()
    return [
        *found,
        Case("opened", document, credential, eve, "named", day=told),
        Case("its day", document, credential, told, "ready", day=told),
        Case("the last day", document, credential, "2027-03-31", "ready", day=told),
        Case("a day too late", document, credential, "2027-04-01", "over"),
        Case("too late, whatever is served", b"", credential, "2027-04-01", "over"),
    ]


def _pools() -> list[Case]:
    issuer, credential = issued()
    found = [Case("waiting", issuer.document(), credential, "2026-11-24", "waiting")]
    issuer.event("withheld", 0, JANUARY)
    found.append(
        Case("withheld", issuer.document(), credential, "2027-01-05", "waiting", label="site")
    )
    issuer.event("opening", 1, JANUARY)
    day = chain.named_day(JANUARY, b"\x01" * 32 + text.MESSAGE).isoformat()
    found.append(
        Case("site-wide", issuer.document(), credential, "2027-01-20", "ready", "site", day)
    )
    issuer.event("retired", 1, JANUARY)
    found.append(
        Case("site retired", issuer.document(), credential, "2027-01-20", "retired", "site")
    )
    issuer, credential = issued()
    issuer.event("withheld", 0, JANUARY)
    issuer.event("withheld", 1, JANUARY)
    found.append(Case("too few", issuer.document(), credential, "2027-01-05", "void", "site"))
    issuer, credential = issued()
    issuer.event("opening", 0, NOVEMBER)
    issuer.event("retired", 0, NOVEMBER)
    found.append(Case("retired", issuer.document(), credential, "2026-12-24", "retired"))
    return [*found, _trimmed()]


def _trimmed() -> Case:
    """The beginning was dropped with the keys of older quarters; the head is in the rest."""
    issuer = Issuer()
    issuer.key(2, EMPLOYER, "2026Q2")
    issuer.key(0)
    issuer.key(1, None)
    credential = issuer.credential()
    issuer.before = chain.head_of(issuer.before, issuer.entries[:1])
    issuer.entries = [*issuer.entries[1:]]
    issuer.event("retired", 2, JANUARY)
    return Case("trimmed", issuer.document(), credential, "2026-12-01", "waiting")


def _hostile() -> list[Case]:
    """What an operator might try against one worker."""
    today = "2026-12-24"
    honest, credential = issued()
    honest.event("opening", 0, NOVEMBER)
    told = credential.signed

    rewritten = Issuer()
    rewritten.key(0)
    rewritten.key(1, None)
    rewritten.event("opening", 0, NOVEMBER)

    second = Issuer(entries=[*honest.entries])
    second.key(2)

    private_key, other = issued()
    marking = {**told, "employer": private_key._signed(3)}
    marked = Credential(
        other.quarter, other.name, other.head, other.issuer, other.head_signature, marking
    )
    crossed = Credential(
        "2026Q4", NAME, other.head, other.issuer, other.head_signature,
        {"employer": told["site"], "site": told["employer"]},
    )  # fmt: skip
    changed = {
        **told,
        "employer": Signed(told["employer"].key, told["site"].prepared, b"\x01" * 256),
    }
    tampered = Credential(
        other.quarter, other.name, other.head, other.issuer, other.head_signature, changed
    )
    impostor = Issuer(Ed25519PrivateKey.from_private_bytes(b"o" * 32), entries=honest.entries)
    cut = Issuer(entries=honest.entries[:2])
    document = honest.document()
    forged = document.replace(chain.read(document).signature.hex().encode(), b"00" * 64)
    elder = Issuer(entries=[*honest.entries])
    elder.entries[0] = elder.entries[0].replace("2026Q4", "2026Q3")
    return [
        Case("rewritten", rewritten.document(), credential, today, "stranger"),
        Case("head missing", cut.document(), credential, today, "stranger"),
        Case("second key", second.document(), credential, today, "stranger"),
        Case("another issuer", impostor.document(), credential, today, "stranger"),
        Case("head not signed", forged, credential, today, "stranger"),
        Case("an entry changed", elder.document(), credential, today, "stranger"),
        Case("not a directory", b'{"entries": 5}', credential, today, "stranger"),
        Case("empty", b"", credential, today, "stranger"),
        Case("private key", document, marked, today, "marked"),
        Case("keys crossed", document, crossed, today, "marked"),
        Case("text changed", document, tampered, today, "unreadable"),
        *_respelled(),
    ]


def _respelled() -> list[Case]:
    """Entries that are signed and chained, and in which one reader sees what another does not."""
    issuer, credential = issued()
    issuer.key(2)
    issuer.event("opening", 0, NOVEMBER)
    kept, second, opening = issuer.entries[:-2], *issuer.entries[-2:]
    employer, key = EMPLOYER.hex(), chain.key_id(modulus(0)).hex()
    strange = {
        "a second key under capitals": second.replace(employer, employer.upper()),
        "a second key under blanks": second.replace(employer, f"{employer} "),
        "a key of no employer": second.replace(employer, ""),
        "a key of half an employer": second.replace(employer, employer[:16]),
        "a key of no quarter": second.replace("2026Q4", "2026Q5"),
        "a name that is none": second.replace(json.dumps(NAME), "5"),
        "an opening under capitals": opening.replace(key, key.upper()),
        "an opening on a day spelled otherwise": opening.replace("2026-11-23", "20261123"),
        "an opening on no day": opening.replace("2026-11-23", "2026-11-31"),
    }
    return [
        Case(name, Issuer(entries=[*kept, entry]).document(), credential, "2026-12-24", "stranger")
        for name, entry in strange.items()
    ]
