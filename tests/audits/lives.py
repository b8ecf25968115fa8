"""People as the audits let them live: in sessions that run beside each other, step by step."""

import base64
import json
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.credentials import blind, chain, text
from app.credentials.chain import Directory
from app.members import joining, phrase
from app.members.member import Member
from app.members.stretching import open_phrase
from app.web import tokens
from tests.audits.browsers import Browser
from tests.audits.town import Place, Town

AT_ONCE = 8


@dataclass
class Credential:
    """What a person took at the issuer for one employer."""

    place: Place
    address: str
    key: bytes
    prepared: bytes
    signature: bytes = b""

    @property
    def line(self) -> str:
        """The line to redeem it with."""
        return text.Signed(self.key, self.prepared, self.signature).line("employer")

    def day(self, directory: Directory) -> date | None:
        """The day on which its holder redeems it, once its pool opened."""
        opening = directory.first(self.key, "opening")
        return chain.named_day(opening.day, self.prepared) if opening else None


@dataclass
class Life:
    """One person: a browser on the site, one at the issuer, and twelve words once joined."""

    town: Town
    number: int
    rng: random.Random
    site: Browser
    counter: Browser
    places: list[Place]
    mailboxes: int
    redeemed: int
    entropy: bytes = field(default_factory=phrase.fresh)
    credentials: list[Credential] = field(default_factory=list)
    withdrawn: list[Place] = field(default_factory=list)
    lines: dict[str, list[int]] = field(default_factory=lambda: {"site": [], "issuer": []})

    def first_session(self) -> Iterator[None]:
        """Take credentials, join by filing, file for a second employer."""
        for place in self.places[: self.mailboxes]:
            yield from self.takes_a_credential(place)
        for place in self.places:
            yield self.files(place)

    def second_thoughts(self) -> Iterator[None]:
        """Change what was filed, withdraw it or leave; most do nothing."""
        if self.rng.random() < 0.1:
            yield self.changes(self.places[1])
        if self.rng.random() < 0.06:
            yield self.withdraws(self.places[1])
        elif self.rng.random() < 0.04:
            yield self.closes()

    def second_session(self, which: int) -> Iterator[None]:
        """Sign in on the named day, redeem, and have the report count as verified."""
        if not self.member:
            return
        yield self.signs_in()
        yield self.redeems(self.credentials[which])
        if self.credentials[which].place not in self.withdrawn:
            yield self.raises(self.credentials[which].place)

    def takes_a_credential(self, place: Place) -> Iterator[None]:
        """Ask for a code, read the mail, have two blinded messages signed."""
        address = f"w{secrets.token_hex(6)}@{place.domain}"
        form = secrets.token_hex(16)
        self.sends("issuer", "/issuer/code", token=form, address=address)
        yield
        directory = self.town.directory
        wanted = [directory.key_of(of, self.town.quarter) for of in (place.id, None)]
        parts = [(key, blind.prepare(text.MESSAGE)) for key in wanted if key]
        hidden = [blind.blind(key.n, prepared) for key, prepared in parts]
        lines = [
            f"{label} {key.id.hex()} {text.encoded(one.message)}"
            for label, (key, _), one in zip(text.LABELS, parts, hidden, strict=True)
        ]
        self.sends(
            "issuer",
            "/issuer/sign",
            json=True,
            token=form,
            address=address,
            quarter=self.town.quarter,
            code=self.town.code(address),
            blinded="\n".join(lines),
        )
        answer = json.loads(self.counter.html)["signatures"].splitlines()[0].split(" ")[2]
        key, prepared = parts[0]
        raw = base64.urlsafe_b64decode(answer + "==")
        signature = blind.finalize(key.n, prepared, raw, hidden[0].inverse)
        self.credentials.append(Credential(place, address, key.id, prepared, signature))
        yield

    def files(self, place: Place) -> None:
        """File for an employer; the first time makes the account.

        The hidden field is sealed here as the form's page seals it, which spares showing it.
        """
        settings = self.town.settings
        extra = b"" if self.site.cookie else self.entropy
        token = tokens.new_token(settings, settings.now(), f"report {place.id.hex()}", extra)
        self.sends("site", place.form, token=token, **self._week())

    def changes(self, place: Place) -> None:
        """Give other answers."""
        self.sends("site", f"{place.form}/change", **self._week())

    def withdraws(self, place: Place) -> None:
        """Withdraw a report."""
        self.withdrawn.append(place)
        self.sends("site", f"{place.form}/withdraw", quarter=self.town.quarter)

    def closes(self) -> None:
        """Close the account."""
        self.sends("site", "/me/close")

    def signs_in(self) -> None:
        """Type the twelve words."""
        self.site.cookie = ""
        self.sends("site", "/sign-in", phrase=" ".join(phrase.write(self.entropy, "en")))

    def redeems(self, credential: Credential) -> None:
        """Redeem a credential."""
        self.sends("site", "/credential", credential=credential.line)

    def raises(self, place: Place) -> None:
        """Have the report of an employer count as verified."""
        self.sends("site", f"{place.form}/raise", quarter=self.town.quarter)

    @property
    def member(self) -> Member | None:
        """The account as its own words open it; None if it was closed."""
        opener = open_phrase(self.town.settings, self.entropy)
        with self.town.site.state.database.reading() as db:
            return joining.sign_in(db, opener)

    def sends(self, where: str, path: str, *, json: bool = False, **values: str) -> None:
        """Send a form at the site or the issuer, and note which lines it left in the log."""
        log = self.town.ports.log
        before = log.getvalue().count("\n") if log.tell() else 0
        (self.site if where == "site" else self.counter).post(path, json=json, **values)
        after = log.getvalue().count("\n") if log.tell() else 0
        self.lines[where] += range(before, after)

    def _week(self) -> dict[str, str]:
        rng = self.rng
        return {
            "start": rng.choice(("09:00", "09:30", "10:00")),
            "end": rng.choice(("18:00", "19:00", "21:00", "21:30")),
            "days": rng.choice(("5", "5", "5.5", "6")),
            "city": rng.choice(("beijing", "shanghai")),
            "role": rng.choice(("engineering", "product", "operations")),
            "quarter": self.town.quarter,
        }


def born(town: Town, number: int, seed: int) -> list[Life]:
    """Let people be born who work for one employer and used to for another.

    Everybody takes a credential; three in eight redeem one, a third of these two.
    """
    lives = []
    for n in range(number):
        rng = random.Random(f"{seed} {n}")
        places = rng.sample(town.places, 2)
        browsers = town.browser(n), town.browser(n, of="issuer")
        proves = {"mailboxes": 2, "redeemed": 2} if n % 8 == 0 else {"mailboxes": 1}
        proves.setdefault("redeemed", int(n % 8 in {1, 2}))
        lives.append(Life(town, n, rng, *browsers, places, **proves))
    return lives


def beside(sessions: list[Iterator[None]], rng: random.Random, at_once: int = AT_ONCE) -> None:
    """Run sessions in the order given, some at a time, each a step now and then."""
    waiting, running = sessions[::-1], []
    while waiting or running:
        while waiting and len(running) < at_once:
            running.append(waiting.pop())
        one = rng.choice(running)
        try:
            next(one)
        except StopIteration:
            running.remove(one)
