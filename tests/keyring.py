"""Real signing keys, made once for all tests of a process: each takes a tenth of a second."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from app.db import Database
from app.issuing import ceremony, signer
from app.issuing.ceremony import Known
from app.issuing.models import SITE
from app.issuing.signer import PrivateKey
from app.settings import Settings
from app.weeks.quarters import Quarter

RFC_9474 = json.loads((Path(__file__).parent / "credentials" / "rfc9474-vectors.json").read_text())
_made: list[PrivateKey] = []


def premade() -> Callable[[], PrivateKey]:
    """Return a source of keys for one database; it gives none of them twice."""
    numbers = count()

    def take() -> PrivateKey:
        number = next(numbers)
        while len(_made) <= number:
            _made.append(signer.generate())
        return _made[number]

    return take


def vector(raw: dict[str, Any]) -> dict[str, Any]:
    """Read one test vector of RFC 9474, appendix A: numbers for the key, bytes for the rest."""
    numbers = {name: int(raw[name], 16) for name in ("p", "q", "n", "inv")}
    texts = ("input_msg", "salt", "blinded_msg", "blind_sig", "sig")
    return {**numbers, **{name: bytes.fromhex(raw[name].removeprefix("0x")) for name in texts}}


def employer(number: int, *domains: str) -> Known:
    """Invent an employer as the issuer knows it."""
    id = bytes([number]) * len(SITE)
    return Known(
        id, f"employer-{number}", f"Employer {number}", None, domains or (f"e{number}.cn",)
    )


def minted(
    database: Database, settings: Settings, known: Iterable[Known], day: date, source: Any
) -> list[bytes]:
    """Introduce employers and mint the keys of a day's quarter; returns whose were new."""
    with database.transaction() as db:
        ceremony.copy(db, known)
    return list(ceremony.mint(database, settings, str(Quarter.of(day)), source))
