"""After maintenance no byte anywhere tells a word, an address, a network or what was taken back."""

import os
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.evidence import store
from app.members import phrase
from app.members.member import Member
from app.search import index
from app.settings import Settings
from app.upkeep import backup
from app.web.shared import LAID_SECONDS
from tests.audits.canaries import Canaries, Places, everything
from tests.audits.desk_canaries import OVER, judged
from tests.audits.grounds import Ground
from tests.audits.lives import Life, born
from tests.audits.talk import Said, Square
from tests.audits.talk_canaries import PART, Story, pages, spoken
from tests.audits.town import Town, town
from tests.servers import smtp_server, valkey_server, valkey_url

WORD = re.compile(r"<li[^>]*>([a-z]+)</li>")
QUERY, AGENT, PAGE = (f"{word}-{secrets.token_hex(8)}" for word in ("query", "agent", "page"))


@dataclass
class Scene:
    """A town in which people lived a day, and what of it must be found nowhere."""

    town: Town
    canaries: Canaries
    kept: Member
    left: Said
    sealed: list[bytes]  # what the desk keeps for six months
    swept: Callable[[], Places]
    valkey: Any
    folder: Path


@pytest.fixture
def scene(
    ground: Ground,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Scene]:
    """Let three people live a day with sessions in Valkey and mail over SMTP."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    with ExitStack() as stack:
        post = stack.enter_context(smtp_server())
        server = stack.enter_context(valkey_server())
        began = time.time() - 1  # file systems round
        settings = ground()
        settings.valkey_url = valkey_url(server)
        made = stack.enter_context(town(settings, post))
        valkey = server.client()

        def swept() -> Places:
            log = made.ports.log.getvalue()
            return everything(settings, tmp_path, began, log, said(), valkey)

        heard: list[str] = []

        def said() -> str:
            heard.extend(capfd.readouterr())
            return "".join(heard)

        canaries = Canaries()
        kept, left, sealed = lived(made, born(made, 3, seed=1), canaries)
        canaries.codes += [made.code(mail.recipients[0]) for mail in post.received]
        yield Scene(made, canaries, kept, left, sealed, swept, valkey, tmp_path)


def lived(made: Town, people: list[Life], canaries: Canaries) -> tuple[Member, Said, list[bytes]]:
    """Let one keep all but what the desk takes, one take everything back, one leave.

    The second also changes the words. Notes what each typed, sent and came from. Returns the
    account that stays as it was, what it said, and what the desk keeps, sealed.
    """
    for person in people:
        person.site.more = {"User-Agent": AGENT, "Referer": f"https://elsewhere.test/{PAGE}"}
        person.counter.more = dict(person.site.more)
        for _ in person.takes_a_credential(person.places[0]):
            pass
        for path in ("/", f"/employers?q={QUERY}", f"/{QUERY}", "/credential", "/me"):
            person.site.open(path)
        for place in person.places:
            person.site.open(place.form)
            person.files(place)
        note(canaries, person)
    left = spoken(made, people, canaries)
    sealed = judged(made, Story(people[0], Square(threads=1), canaries), left)
    _, second, third = people
    before = second.member
    third_row = third.member
    assert before
    assert third_row
    withdrawn = second.places[1]
    tag = before.report(withdrawn.id, made.quarter)
    second.withdraws(withdrawn)
    second.site.open("/me/words")
    words = WORD.findall(second.site.html.partition('class="words"')[2].partition("</ol>")[0])
    second.entropy = phrase.read(" ".join(words))
    second.site.post("/me/words", **second.site.hidden)
    assert second.member
    note(canaries, second)
    for person in people[:2]:
        person.site.post("/sign-out")
    third.closes()
    mine = [third_row.mine(n) for n in range(2)]
    canaries.bytes("withdrawn", tag, before.mine(1), before.row, third_row.row, *mine)
    kept = people[0].member
    assert kept
    return kept, left, sealed


def note(canaries: Canaries, person: Life) -> None:
    """Note what nobody may find of a person."""
    member = person.member
    for credential in person.credentials:
        local, _, _ = credential.address.partition("@")
        canaries.text("address", local)
        canaries.bytes("credential", credential.prepared, credential.signature)
    for lang in ("en", "zh"):
        words = phrase.write(person.entropy, lang)
        canaries.text("words", " ".join(words), "".join(words), "+".join(words))
    canaries.bytes("words", person.entropy)
    if member:
        canaries.bytes("master key", member.master_key)
    canaries.text("cookie", person.site.cookie.partition("=")[2])
    canaries.text("network", person.site.source)
    canaries.text("browser", AGENT, PAGE, QUERY)


def maintained(scene: Scene) -> None:
    """Let a night pass, with a backup; pictures that wait in memory do so for half an hour."""
    scene.town.day(scene.town.settings.today() + timedelta(days=1))
    scene.town.appear()
    for key in scene.valkey.scan_iter("*:laid:*"):
        assert scene.valkey.ttl(key) <= LAID_SECONDS
        scene.valkey.delete(key)
    scene.town.night()
    settings = scene.town.settings
    backup.write(scene.town.site.state.database, scene.folder / "backup", settings.today())


def test_no_byte_tells_anything_after_the_night(scene: Scene) -> None:
    maintained(scene)
    places = scene.swept()
    assert any(scene.kept.row in content for content in places.values()), "it must see a row"
    assert any(b"this stays" in content for content in places.values()), "it must see a text"
    assert any("session" in place or "limits" in place for place in places)
    assert scene.canaries.found({**places, **shown(scene)}) == []
    # What the desk keeps it keeps sealed, and no longer than it says.
    scene.canaries.bytes("kept for six months", *(sealed[-PART:] for sealed in scene.sealed))
    for plant in PLANTS.values():
        plant(scene)
    found = scene.canaries.found(scene.swept())
    for name, (what, place) in PLANTED.items():
        assert any(what == one and place in where for where, one in found), (name, found)
    assert any(what == "kept for six months" for _, what in found)
    uproot(scene)
    assert scene.canaries.found(scene.swept()) == []


def shown(scene: Scene) -> Places:
    """Read what pages and feeds show after the night, and what searching finds."""
    browser = scene.town.browser(0)
    word = secret(scene, "withdrawn text")
    paths = [*pages(scene.left), f"/employers/{scene.town.places[0].slug}"]
    told = {path: browser.open(path).html.encode() for path in paths}
    assert b"this stays" in told[f"/threads/{scene.left.thread.hex()}"]
    found = browser.open(f"/search?q={word}").html
    assert browser.status == 200
    # The page repeats what was asked for.
    return {**told, "search": found.replace(word, "").encode()}


def secret(scene: Scene, what: str) -> str:
    """Return one of the texts that must be found nowhere."""
    return next(raw for kind, raw in scene.canaries.raw if kind == what).decode()


def in_the_log(scene: Scene) -> None:
    """Log a network."""
    scene.town.ports.log.write(secret(scene, "network"))


def in_a_file(scene: Scene) -> None:
    """Leave words in a temporary file."""
    Path(os.environ["TMPDIR"], "left").write_text(secret(scene, "words"))


def in_valkey(scene: Scene) -> None:
    """Count by address."""
    scene.valkey.set(f"site:limits/{secret(scene, 'address')}", 1)


def in_free_pages(scene: Scene) -> None:
    """Write an address into the database and delete it, without overwriting it."""
    address = secret(scene, "address") * 40
    settings = scene.town.settings
    if settings.sqlite:
        connection: Any = sqlite3.connect(site_file(settings), isolation_level=None)
        connection.execute("PRAGMA secure_delete=OFF")
    else:
        connection = psycopg.connect(settings.database_url, autocommit=True)
        # The tests' server writes its log a little later, unless it is told to wait for it.
        connection.execute("SET synchronous_commit = on")
    connection.execute("CREATE TABLE leak (word TEXT)")
    connection.execute(f"INSERT INTO leak VALUES ('{address}')")  # noqa: S608 (its own words)
    connection.execute("DELETE FROM leak")
    connection.close()


def in_a_code(scene: Scene) -> None:
    """Note a code."""
    Path(os.environ["TMPDIR"], "noted").write_text(f"code: {scene.canaries.codes[0]}\n")


def in_the_index(scene: Scene) -> None:
    """Take a word out of the index as if no night followed."""
    word, docid = secret(scene, "withdrawn text"), 9_800 << 46
    with scene.town.site.state.database.transaction() as db:
        engine = index.engine(db)
        engine.put(db, [(docid, [word], ["kthread"])])
        engine.drop(db, docid, [word], ["kthread"])


def in_the_evidence(scene: Scene) -> None:
    """Leave a picture whose row is gone."""
    data = next(raw for kind, raw in scene.canaries.raw if kind == "withdrawn picture")
    store.of(scene.town.settings).put(bytes(16), data * 9)


PLANTS = {
    "index": in_the_index,
    "evidence": in_the_evidence,
    "log": in_the_log,
    "temporary file": in_a_file,
    "code": in_a_code,
    "Valkey": in_valkey,
    "free pages": in_free_pages,
}
# What of it is found, and in a place of which name.
PLANTED = {
    "index": ("withdrawn text", ""),
    "evidence": ("withdrawn picture", "evidence"),
    "log": ("network", "log"),
    "temporary file": ("words", "temporary"),
    "code": ("code", "temporary"),
    "Valkey": ("address", "valkey"),
    "free pages": ("address", "/"),
}


def uproot(scene: Scene) -> None:
    """Take away what was planted, and let a night pass half a year later."""
    log = scene.town.ports.log
    log.seek(0)
    log.truncate()
    for name in ("left", "noted"):
        Path(os.environ["TMPDIR"], name).unlink()
    scene.valkey.delete(f"site:limits/{secret(scene, 'address')}")
    (scene.folder / "backup").unlink()  # as thirty days later
    settings = scene.town.settings
    store.of(settings).remove([bytes(16)])
    connection: Any = (
        sqlite3.connect(site_file(settings), isolation_level=None)
        if settings.sqlite
        else psycopg.connect(settings.database_url, autocommit=True)
    )
    connection.execute("DROP TABLE IF EXISTS leak")
    connection.close()
    scene.town.day(settings.today() + OVER)
    scene.town.night()


def site_file(settings: Settings) -> Path:
    """Return the site's SQLite file."""
    return Path(settings.database_url.removeprefix("sqlite:///"))
