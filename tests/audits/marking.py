"""An operator who serves one person a private key, to know the credential again when it comes.

Every person blinds for the directory that was served to them, gets it signed, and asks the wallet
on the named day whether to redeem; what the wallet prints, the operator sees.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.credentials import blind, chain, standing, text, wallet
from app.credentials.chain import Event
from app.credentials.standing import Standing
from app.issuing import signer
from app.issuing.signer import PrivateKey, blind_sign

QUARTER = "2026Q4"
MERIDIAN, ALDER = bytes(range(16)), bytes(range(1, 17))
OPENED = date(2026, 11, 23)
LATER = OPENED + timedelta(days=20)


@cache
def keys() -> tuple[PrivateKey, PrivateKey, PrivateKey]:
    """Return everybody's key, the site-wide one, and the private one.

    The private one has the largest modulus, so that it signs whatever was blinded for another.
    """
    everybody, site_wide, private = sorted((signer.generate() for _ in range(3)), key=lambda k: k.n)
    return everybody, site_wide, private


@dataclass
class Operator:
    """Whoever runs the issuer: signs directories and blinded messages, honestly or not."""

    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def directory(self, *entries: str, before: bytes = chain.BEGINNING) -> bytes:
        """Sign a directory of entries."""
        signature = self.signing.sign(chain.SIGNED + chain.head_of(before, entries))
        issuer = self.signing.public_key().public_bytes_raw()
        return chain.write(issuer, before, entries, signature)

    def sign(self, lines: str, *, under: PrivateKey | None = None) -> str:
        """Answer blinded lines; `under` another key than the one they name."""
        answer = []
        for line in lines.splitlines():
            label, id, message = line.split(" ")
            key = next(k for k in keys() if chain.key_id(k.n).hex() == id)
            if label == "employer":
                key = under or key
            signed = text.encoded(blind_sign(key, text.decoded(message)))
            answer.append(f"{label} {id} {signed}")
        return "\n".join(answer) + "\n"


def entries(key: PrivateKey, employer: bytes = MERIDIAN, name: str = "Meridian Cloud") -> list[str]:
    """Spell a directory's entries: an employer's key and the site-wide one."""
    return [
        chain.key_entry(key.n, employer, name, QUARTER),
        chain.key_entry(keys()[1].n, None, "", QUARTER),
    ]


def opened(*which: PrivateKey) -> list[str]:
    """Spell that the pools of some keys opened."""
    return [chain.event_entry(Event("opening", chain.key_id(key.n), OPENED)) for key in which]


@dataclass(frozen=True)
class Trick:
    """What the target is served when taking a credential, what signs it, what all see later."""

    at_issue: Callable[[Operator], bytes]
    later: Callable[[Operator], bytes]
    under: PrivateKey | None = None


def tricks() -> Mapping[str, Trick]:
    """Return the ways in which one person could be given a key of their own."""
    everybody, _, private = keys()
    honest = [*entries(everybody), *opened(everybody)]

    def public(operator: Operator) -> bytes:
        return operator.directory(*honest)

    def marked(operator: Operator) -> bytes:
        return operator.directory(*entries(private))

    aside = chain.key_entry(private.n, MERIDIAN, "Meridian Cloud", QUARTER)
    elsewhere = chain.key_entry(private.n, ALDER, "Alder Robotics", QUARTER)
    return {
        "a directory of one's own": Trick(marked, public),
        "an honest directory, signed under a private key": Trick(
            lambda o: o.directory(*entries(everybody)), public, private
        ),
        "a second key of the same employer, listed later": Trick(
            marked, lambda o: o.directory(*honest, aside, *opened(private))
        ),
        "the private key listed as another employer's": Trick(
            marked, lambda o: o.directory(*honest, elsewhere, *opened(private))
        ),
        "a chain that begins after what was dropped": Trick(
            marked,
            lambda o: o.directory(
                *honest, elsewhere, *opened(private), before=chain.head_of(bytes(32), honest)
            ),
        ),
        "a directory that somebody else signed": Trick(
            lambda o: Operator().directory(*entries(private)), public
        ),
    }


def takes(operator: Operator, served: bytes, under: PrivateKey | None, folder: Path) -> str:
    """Take a credential with the wallet's own commands; returns its file. Raises as they do."""
    document, secret, out = folder / "keys.json", folder / "secret", folder / "credential"
    document.write_bytes(served)
    lines = wallet.blinding(str(document), MERIDIAN.hex(), QUARTER, str(secret))
    answer = folder / "answer"
    answer.write_text(operator.sign(lines, under=under))
    wallet.finalizing(str(secret), str(answer), str(out))
    return str(out)


def shows(credential: str, later: bytes, folder: Path) -> str:
    """Ask the wallet for the line to redeem. Raises Failed where it says not to."""
    document = folder / "later.json"
    document.write_bytes(later)
    return wallet.readiness(credential, str(document), LATER)


def recognised(line: str) -> bool:
    """Tell whether the operator knows the target by what was redeemed.

    By the key that it names, or by a signature that holds under the private key alone.
    """
    _, id, prepared, signature = line.split(" ")
    private = keys()[2].n
    under = blind.verify(private, text.decoded(prepared), text.decoded(signature.strip()))
    return under or id == chain.key_id(private).hex()


def fooled(trick: Trick, folder: Path) -> bool:
    """Play a trick on a wallet; True when the target is recognised, False when it is noticed."""
    operator = Operator()
    try:
        credential = takes(operator, trick.at_issue(operator), trick.under, folder)
        return recognised(shows(credential, trick.later(operator), folder))
    except (wallet.Failed, blind.BlindingFailed, chain.NotADirectory):
        return False


class Careless:
    """A wallet without the checks: believes every directory and every signature."""

    def __enter__(self) -> None:
        """Take the checks out."""

        def believed(document: bytes, credential: text.Credential, today: date) -> Standing:
            return Standing("ready", "employer", today)

        def unchecked(n: int, prepared: bytes, answer: bytes, inverse: int) -> bytes:
            signature = int.from_bytes(answer, "big") * inverse % n
            return signature.to_bytes(blind.size(n), "big")

        self._patches = [
            patch.object(standing, "of", believed),
            patch.object(blind, "finalize", unchecked),
        ]
        for each in self._patches:
            each.start()

    def __exit__(self, *raised: object) -> None:
        """Put them back."""
        for each in self._patches:
            each.stop()
