"""What the disk must not say: after a day of use, no file holds a word, a key or a session."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.members import phrase
from app.members.member import Member
from app.settings import Settings
from app.web.sessions import COOKIE, Sessions
from tests.people import Person


@pytest.fixture
def started(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Note what sessions carry, which only their cookie and half together can tell."""
    payloads: list[bytes] = []
    start = Sessions.start

    def noting(self: Sessions, payload: bytes, now: object) -> str:
        payloads.append(payload)
        return start(self, payload, now)  # type: ignore[arg-type]

    monkeypatch.setattr(Sessions, "start", noting)
    return payloads


def test_a_day_of_use_leaves_no_secret_in_any_file(
    people: Callable[..., Person],
    started: list[bytes],
    settings: Settings,
    database: Database,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with database.transaction() as db:
        add(db, random_id(), Wanted("Meridian Cloud", cities=("beijing",)))
    form, words, cookies = "/employers/meridian-cloud/report", [], []
    for lang in ("en", "zh"):
        person = people(lang)
        person.open(form if lang == "en" else "/join")
        filed = {"city": "beijing", "role": "data"} if lang == "en" else {}
        words.append(person.submit(**filed).words)
        cookies.append(person.client.cookies[COOKIE])
        person.open("/me")
        words.append(person.open("/me/words").words)
        person.submit()
        cookies.append(person.client.cookies[COOKIE])
        person.post("/sign-out")
        person.open("/sign-in").submit(phrase=words[-2])
        person.open("/sign-in").submit(phrase=words[-1])
        cookies.append(person.client.cookies[COOKIE])
    secrets = _bytes_of(words, cookies, [Member.unpack(payload) for payload in started])
    said = "".join(capfd.readouterr())
    places = {"output": said.encode("utf-8", "replace")}
    places |= {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    if settings.sqlite:
        assert any(path.endswith("-wal") and len(raw) for path, raw in places.items())
        rows = next(raw for path, raw in places.items() if path.endswith("-wal"))
        assert started[-1][32:] in rows, "the sweep must be able to find a row key"
    found = [(path, what) for what, b in secrets for path, raw in places.items() if b in raw]
    assert found == []


def _bytes_of(
    words: list[str], cookies: list[str], members: list[Member]
) -> list[tuple[str, bytes]]:
    """Spell every secret in the ways in which a file could hold it."""
    canaries = []
    for spelled in words:
        entropy = phrase.read(spelled)
        for lang in ("en", "zh"):
            for joint in (" ", "", "\n"):
                canaries.append(("phrase", joint.join(phrase.write(entropy, lang)).encode()))
        canaries += _spellings("entropy", entropy)
    for member in members:
        canaries += _spellings("master key", member.master_key)
    for cookie in cookies:
        raw = base64.urlsafe_b64decode(cookie)
        canaries.append(("cookie", cookie.encode()))
        canaries += _spellings("session name", raw[:16])
        canaries += _spellings("sealed session", raw[28:])
    return canaries


def _spellings(what: str, raw: bytes) -> list[tuple[str, bytes]]:
    return [
        (what, raw),
        (what, raw.hex().encode()),
        (what, base64.b64encode(raw).rstrip(b"=")),
        (what, base64.urlsafe_b64encode(raw).rstrip(b"=")),
        (what, repr(raw).encode()),
    ]
