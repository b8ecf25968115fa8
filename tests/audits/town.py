"""A town for audits: both applications served over the wire, employers with keys, real mail.

One thing is cheaper than in life: argon2id runs with 8 KiB, because its cost guards words against
guessing and writes nothing, and thousands of people join here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from io import StringIO
from unittest.mock import patch

from fastapi import FastAPI
from limits import parse

from app.credentials import chain
from app.credentials.chain import Directory
from app.db import random_id
from app.employers.adding import Wanted, add
from app.employers.models import EmployerDomain
from app.issuing import application, signer
from app.issuing.application import create_issuer
from app.issuing.signer import PrivateKey
from app.mail import CONSOLE
from app.main import create_app
from app.members import keys
from app.settings import Settings
from app.upkeep import appearing, ceremonies, maintain
from app.web.limits import BUDGETS, Budget
from app.weeks.quarters import Quarter
from tests.audits.browsers import Browser
from tests.audits.served import Served, served
from tests.servers import Mailroom

ENOUGH = 3  # redeemed credentials of an employer from which on posts name it
FIRST_DAY = date(2026, 11, 18)  # a Wednesday in the middle of a quarter
CODE = re.compile(r"^(\d{6})\r?$", re.MULTILINE)
NAMES = ("Meridian Cloud", "Alder Robotics", "Harbour", "Lantern Works", "Tidewater")


@dataclass(frozen=True)
class Place:
    """An employer: where to file for it, and the domain of its mail."""

    id: bytes
    slug: str
    domain: str

    @property
    def form(self) -> str:
        """The address of its report form."""
        return f"/employers/{self.slug}/report"


@dataclass
class Town:
    """Both applications at work, and who lives there."""

    settings: Settings
    site: FastAPI
    issuer: FastAPI
    ports: Served
    mail: Callable[[str], str]
    directory: Directory
    places: list[Place] = field(default_factory=list)

    @property
    def quarter(self) -> str:
        """This quarter."""
        return str(Quarter.of(self.settings.today()))

    def browser(self, number: int, of: str = "site", agent: str = "") -> Browser:
        """Give a person a browser; everybody has an address, the same one for both sites."""
        source = f"127.{77 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"
        if of == "site":
            return Browser(self.settings.base_url, self.ports.site, source, agent)
        return Browser(self.settings.issuer_address, self.ports.issuer, source, agent)

    def day(self, day: date) -> None:
        """Let it be noon of a day."""
        self.settings.clock = datetime.combine(day, time(12)).isoformat()

    def week(self) -> None:
        """Hold the key ceremony of a week; everybody fetches the directory, the same bytes."""
        databases = self.site.state.database, self.issuer.state.database
        ceremonies.publish(*databases, self.settings, self.settings.today())
        served = self.browser(0, of="issuer").open("/issuer/keys.json")
        self.directory = chain.read(served.html.encode())

    def appear(self) -> None:
        """Publish what is due by now."""
        appearing.appear(self.site.state.database, self.settings.now())

    def code(self, address: str) -> str:
        """Read the mail of an address and return the code in it."""
        found = CODE.search(self.mail(address))
        assert found
        return found[1]

    def night(self) -> None:
        """Run the nightly maintenance of both databases."""
        maintain.site(self.site.state.database, self.settings)
        maintain.issuer(self.issuer.state.database, self.settings)


@contextmanager
def town(settings: Settings, post: Mailroom | None = None) -> Iterator[Town]:
    """Build a town on two migrated databases and serve it; mail is printed unless there is a post.

    Printing is what the application does on a first try, and is much quicker.
    """
    settings.smtp_url = post.url if post else CONSOLE
    settings.mail_from = "office@letters.test"
    settings.badge_min = ENOUGH
    with ExitStack() as stack:
        mail = _delivered(post) if post else stack.enter_context(_printed())
        cheap = keys.Parameters(memory=8, passes=1, lanes=1)
        stack.enter_context(patch.dict(keys.PARAMETERS, {keys.NEWEST: cheap}))
        site = create_app(settings, budgets=wide(BUDGETS))
        issuer = create_issuer(settings, budgets=wide(application.BUDGETS))
        for app in (site, issuer):
            stack.callback(app.state.database.close)
        ports = stack.enter_context(served(settings, site, issuer))
        nothing = Directory(b"", [], {}, [], b"")
        made = Town(settings, site, issuer, ports, mail, nothing)
        made.day(FIRST_DAY)
        made.places += _employers(made)
        _mint(made)
        made.week()
        yield made


def _delivered(post: Mailroom) -> Callable[[str], str]:
    """Read what came to a mail server."""

    def last(address: str) -> str:
        return next(m.raw for m in reversed(post.received) if address in m.recipients).decode()

    return last


@contextmanager
def _printed() -> Iterator[Callable[[str], str]]:
    """Read what is printed as mail."""
    with redirect_stdout(StringIO()) as said:
        yield lambda address: said.getvalue().rpartition(f"To: {address}\n")[2]


def wide(budgets: object) -> dict[str, Budget]:
    """Return budgets that nobody meets."""
    most = parse("1000000 per second")
    return dict.fromkeys(budgets, Budget(most, most))  # type: ignore[call-overload]  # the names


def _employers(made: Town) -> list[Place]:
    places = []
    with made.site.state.database.transaction() as db:
        for name in NAMES:
            wanted = Wanted(name, cities=("beijing", "shanghai"), confirmed=True)
            employer = add(db, random_id(), wanted)
            db.add(EmployerDomain(domain=f"{employer.slug}.test", employer_id=employer.id))
            places.append(Place(employer.id, employer.slug, f"{employer.slug}.test"))
    return places


def _mint(made: Town) -> None:
    """Make the quarter's keys; the primes are those of this process, which take a second."""
    primes = iter(_primes())
    with patch.object(signer, "generate", lambda: next(primes)):
        ceremonies.weekly(
            made.site.state.database,
            made.issuer.state.database,
            made.settings,
            made.settings.today(),
        )


@cache
def _primes() -> list[PrivateKey]:
    return [signer.generate() for _ in (*NAMES, "site-wide")]
