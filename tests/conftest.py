"""What every test stands on: both databases, the application, and clients that speak HTTP."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from limits import parse
from starlette.testclient import TestClient

from app.db import Database
from app.employers.models import Employer
from app.issuing import application
from app.main import create_app
from app.members import keys
from app.ops.migrating import migrate
from app.settings import Settings
from app.web.limits import BUDGETS, Budget
from tests import factories
from tests.people import Person
from tests.servers import Named, postgres_server, quick_folder

# Where pytest makes the folders of tests: an fsync there waits for no disk.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))
# A gate says the same twice, on a busy machine too; `pytest --hypothesis-profile=default` looks
# further, by chance.
hypothesis_settings.register_profile(
    "gate", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("gate")
GENEROUS = 100_000
# PostgreSQL waits for the long run: with pages, which do not depend on it, and with slow races.
SQLITE_FIRST = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.deep)], indirect=True
)
TOGETHER = ("tests/browser/", "tests/ops/test_demo.py")
Copy = Callable[[str], AbstractContextManager[str]]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the tests on the communities' own files to machines that have them."""
    if collection_path.name.startswith("test_real_"):
        return "LAMPLIGHT_REAL_FILES" not in os.environ or None
    return None


def pytest_collection_finish() -> None:
    """Let the collector leave alone what stays for the whole run, as `lamplight serve` does."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep tests that share much on one worker: one Chromium first of all, one demonstration.

    xdist 3.8 knows groups by a suffix of test names that pytest 9.2 no longer lets it write.
    """
    from xdist.scheduler import LoadGroupScheduling  # noqa: PLC0415

    class Scheduling(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((group for group in TOGETHER if nodeid.startswith(group)), nodeid)

    return Scheduling(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Named]:
    """Start a real PostgreSQL for this worker and give the URLs of its databases."""
    with postgres_server() as named:
        yield named


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file that the tests copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_copy(postgres: Named) -> Iterator[Copy]:
    """Give a maker of fresh PostgreSQL databases, each a copy of a template."""
    over: list[str] = []
    with psycopg.connect(postgres("postgres"), autocommit=True) as connection:

        @contextmanager
        def copy(template: str) -> Iterator[str]:
            # Not at its own end: connections that just ended are waited for, a tenth of a second.
            while over:
                connection.execute(f"DROP DATABASE {over.pop()} WITH (FORCE)")
            name = f"test_{os.urandom(8).hex()}"
            # Copying files is far cheaper than copying pages through the log, the default.
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
            yield postgres(name)
            over.append(name)

        yield copy


@pytest.fixture(scope="session")
def postgres_template(postgres: Named) -> Named:
    """Migrate one PostgreSQL database that the tests copy."""
    with psycopg.connect(postgres("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_lamplight")
    database = Database(postgres("template_lamplight"))
    migrate(database)
    database.close()
    return postgres


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a fresh, migrated database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "lamplight.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    request.getfixturevalue("postgres_template")
    with request.getfixturevalue("postgres_copy")("template_lamplight") as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Database]:
    """Open a fresh, migrated database."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def acme(store: Database) -> Employer:
    """Add an employer."""
    with store.transaction() as db:
        return factories.employer(db, "Acme")


@pytest.fixture(scope="session")
def issuer_sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file of an issuer that the tests copy."""
    path = tmp_path_factory.mktemp("issuer") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database, of="issuer")
    database.close()
    return path


@pytest.fixture(scope="session")
def issuer_postgres_template(postgres: Named) -> Named:
    """Migrate one PostgreSQL database of an issuer that the tests copy."""
    with psycopg.connect(postgres("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_issuer")
    database = Database(postgres("template_issuer"))
    migrate(database, of="issuer")
    database.close()
    return postgres


@pytest.fixture
def issuer_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the issuer a fresh, migrated database of the same kind as the site's."""
    if database_url.startswith("sqlite"):
        path = tmp_path / "issuer.db"
        shutil.copy(request.getfixturevalue("issuer_sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    request.getfixturevalue("issuer_postgres_template")
    with request.getfixturevalue("postgres_copy")("template_issuer") as url:
        yield url


@pytest.fixture
def issuer_database(issuer_url: str) -> Iterator[Database]:
    """Give the issuer's own database, open."""
    database = Database(issuer_url)
    yield database
    database.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Give settings as an operator of a small server has them, at a fixed noon."""
    return Settings(
        var=tmp_path,
        database_url=database_url,
        base_url="https://lamplight.test",
        secret_key="a secret of the tests",
        issuer_secret_key="another secret of the tests",
        issuer_url="https://issuer.test",
        schedule="off",
        clock="2026-11-18T12:00:00",
    )


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """Build the real application; its budgets are wide unless a test narrows them.

    Stretching a phrase costs next to nothing in it; tests/members/test_stretching.py pays in full.
    """
    cheap = keys.Parameters(memory=8, passes=1, lanes=1)
    monkeypatch.setitem(keys.PARAMETERS, keys.NEWEST, cheap)
    made = create_app(settings, budgets=wide_budgets())
    yield made
    made.state.database.close()


@pytest.fixture
def database(app: FastAPI) -> Database:
    """Give the application's own database."""
    return app.state.database


@pytest.fixture
def browsers(app: FastAPI) -> Iterator[Callable[..., TestClient]]:
    """Give a maker of clients: each is one person's browser without JavaScript."""
    yield from browsers_of(app, "https://lamplight.test")


def browsers_of(app: FastAPI, base_url: str) -> Iterator[Callable[..., TestClient]]:
    """Make browsers for one application, and close them in the end."""
    with ExitStack() as made:
        # One event loop for all that they ask; a client alone would start one for each request.
        portal = made.enter_context(start_blocking_portal())

        def make(lang: str = "en") -> TestClient:
            client = TestClient(
                app,
                base_url=base_url,
                headers={"accept-language": lang, "sec-fetch-site": "same-origin"},
                follow_redirects=False,
            )
            client.portal = portal
            made.callback(client.close)
            return client

        yield make


@pytest.fixture
def client(browsers: Callable[..., TestClient]) -> TestClient:
    """Give one person's browser."""
    return browsers()


@pytest.fixture
def people(browsers: Callable[..., TestClient], database: Database) -> Callable[..., Person]:
    """Give a maker of people who have joined, and an employer to talk about."""
    with database.transaction() as db:
        factories.employer(db, "Meridian Cloud")

    def join(lang: str = "en") -> Person:
        return Person(browsers(lang)).open("/join").submit()

    return join


def wide_budgets() -> dict[str, Budget]:
    """Return budgets, of site and issuer, that only a test about budgets would meet."""
    wide = parse(f"{GENEROUS} per second")
    return dict.fromkeys((*BUDGETS, *application.BUDGETS), Budget(wide, wide))
