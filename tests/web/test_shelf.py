"""A finished page is found again by the next process, byte for byte, and never a stale one."""

import gzip
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, insert, select, text, update
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers import adding
from app.employers.adding import Wanted
from app.main import Site, create_app
from app.settings import Settings
from app.web import shelf
from app.web.editions import bump
from app.web.shelf import FinishedPage
from tests.conftest import SQLITE_FIRST

PATH = "/employers/meridian-cloud"
Restart = Callable[..., TestClient]


@pytest.fixture
def employer(database: Database) -> None:
    with database.transaction() as db:
        adding.add(db, random_id(), Wanted("Meridian Cloud", confirmed=True))


@pytest.fixture
def restart(settings: Settings, employer: None) -> Iterator[Restart]:
    """Give a maker of fresh processes: the same settings and database, an empty memory."""
    made: list[Site] = []

    def start(**changed: object) -> TestClient:
        made.append(create_app(settings.model_copy(update=changed)))
        headers = {"accept-language": "en"}
        return TestClient(made[-1], base_url="https://lamplight.test", headers=headers)

    yield start
    for app in made:
        app.state.database.close()


def shelved(database: Database) -> dict[tuple[str, str], str]:
    """Give the version of every page on the shelf by path and language."""
    with database.reading() as db:
        rows = db.execute(select(FinishedPage.path, FinishedPage.lang, FinishedPage.version))
        return {(path, lang): version for path, lang, version in rows}


def mark(database: Database) -> None:
    """Scribble on whatever is on the shelf, so that a page tells where it comes from."""
    with database.transaction() as db:
        db.execute(update(FinishedPage).values(zipped=gzip.compress(b"from the shelf")))


@SQLITE_FIRST
def test_a_page_is_the_same_with_and_without_its_shelf(
    database: Database, restart: Restart
) -> None:
    first, found = restart().get(PATH), restart().get(PATH)
    with database.transaction() as db:
        db.execute(delete(FinishedPage))
    again = restart().get(PATH)
    assert first.content == found.content == again.content
    assert b"Meridian Cloud" in first.content
    assert dict(first.headers) == dict(found.headers) == dict(again.headers)


@SQLITE_FIRST
def test_the_next_process_takes_the_page_from_the_shelf(
    database: Database, restart: Restart
) -> None:
    etag = restart().get(PATH).headers["etag"]
    mark(database)
    client = restart()
    assert client.get(PATH).text == "from the shelf"
    plain = client.get(PATH, headers={"accept-encoding": "identity"})
    assert (plain.text, plain.headers["content-length"]) == ("from the shelf", "14")
    assert restart().get(PATH, headers={"if-none-match": etag}).status_code == 304


@SQLITE_FIRST
@pytest.mark.parametrize("edition", ["directory", "release"])
def test_a_new_edition_makes_the_page_anew_and_replaces_it(
    database: Database, restart: Restart, edition: str
) -> None:
    client = restart()
    client.get(PATH)
    before = shelved(database)
    mark(database)
    with database.transaction() as db:
        bump(db, edition)
    assert "Meridian Cloud" in restart().get(PATH).text
    after = shelved(database)
    assert set(after) == set(before) == {(PATH, "en")}
    assert after != before


@SQLITE_FIRST
def test_another_program_or_knob_makes_the_page_anew(database: Database, restart: Restart) -> None:
    restart().get(PATH)
    mark(database)
    changed = restart()
    changed.app.pages.program += "another template"  # type: ignore[attr-defined]  # a Site
    assert "Meridian Cloud" in changed.get(PATH).text
    mark(database)
    assert "when 12 people have filed" in restart(release_min_reports=12).get(PATH).text
    mark(database)
    assert restart(release_min_reports=12, schedule="on").get(PATH).text == "from the shelf"


@SQLITE_FIRST
def test_only_finished_public_pages_are_on_the_shelf(database: Database, restart: Restart) -> None:
    client = restart()
    for path in ("/", "/employers", PATH):
        assert client.get(path).status_code == 200
        client.get(path, headers={"accept-language": "zh"})
    here = shelved(database)
    assert set(here) == {(p, lang) for p in ("/", "/employers", PATH) for lang in ("en", "zh")}
    for path in (f"{PATH}?lang=en", f"{PATH}?x=1", "/employers?q=m", f"{PATH}.json", "/me"):
        client.get(path)
    for path in ("/employers/new", f"{PATH}/report", "/employers/nobody", "/methodology"):
        client.get(path)
    client.get("/employers", headers={"hx-request": "true"})
    client.get(PATH, headers={"host": "evil.test"})
    client.head(PATH)
    assert shelved(database) == here


@SQLITE_FIRST
def test_a_shelf_that_is_gone_costs_nobody_the_page(database: Database, restart: Restart) -> None:
    with database.transaction() as db:
        db.execute(text("DROP TABLE finished_page"))
    client = restart()
    assert "Meridian Cloud" in client.get(PATH).text
    assert "Meridian Cloud" in client.get(PATH).text


@SQLITE_FIRST
def test_a_kill_while_shelving_leaves_nothing_half_done(
    database: Database, database_url: str, restart: Restart
) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, database_url], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert shelved(database) == {}
    assert "Meridian Cloud" in restart().get(PATH).text
    assert set(shelved(database)) == {(PATH, "en")}


_KILLED = """
import os, signal, sys
from sqlalchemy import event
from app.db import Database
from app.web.kept import keep
from app.web.shelf import Shelf

database = Database(sys.argv[1])
event.listen(database.engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
page = keep("0", [(b"content-type", b"text/html")], b"half a page", [])
Shelf(database, []).put([("/employers/meridian-cloud", "en", page)])
"""


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_pages_are_forgotten_while_others_are_shelved(database: Database) -> None:
    row = {"lang": "en", "version": "1", "etag": "", "headers": [], "zipped": b""}
    with database.transaction() as db:
        db.execute(insert(FinishedPage), [{"path": "/b", **row}, {"path": "/a", **row}])

    def forget() -> None:
        with database.transaction() as db:
            shelf.empty(db)

    # A batch goes in the order of addresses, forgetting in the order of the disk.
    with ThreadPoolExecutor(1) as other, database.transaction() as db:
        db.execute(update(FinishedPage).where(FinishedPage.path == "/a").values(version="2"))
        forgotten = other.submit(forget)
        with database.reading() as looking:
            while not looking.scalar(text("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1")):
                time.sleep(0.01)
        db.execute(update(FinishedPage).where(FinishedPage.path == "/b").values(version="2"))
        db.commit()
        forgotten.result()
    assert shelved(database) == {}
