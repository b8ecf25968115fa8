"""Fresh, migrated databases for one town after another."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import psycopg

from app.db import Database
from app.ops.migrating import migrate
from app.settings import Settings
from tests.servers import Named

Kind = Literal["sqlite", "postgres"]
Ground = Callable[[], Settings]
PARTS: tuple[Literal["site", "issuer"], ...] = ("site", "issuer")


@contextmanager
def sqlite_ground(folder: Path) -> Iterator[Ground]:
    """Give settings on two fresh files each time."""
    for part in PARTS:
        _migrated(f"sqlite:///{folder / 'template' / part}", part)
    numbers = itertools.count()

    def fresh() -> Settings:
        var = folder / f"town{next(numbers)}"
        shutil.copytree(folder / "template", var)
        return _settings(var, *(f"sqlite:///{var / part}" for part in PARTS))

    yield fresh


@contextmanager
def postgres_ground(folder: Path, named: Named) -> Iterator[Ground]:
    """Give settings on two fresh databases of one server each time."""
    with psycopg.connect(named("postgres"), autocommit=True) as connection:
        for part in PARTS:
            connection.execute(f"DROP DATABASE IF EXISTS ground_{part}")
            connection.execute(f"CREATE DATABASE ground_{part}")
            _migrated(named(f"ground_{part}"), part)
        numbers = itertools.count()

        def fresh() -> Settings:
            number = next(numbers)
            names = [f"town{number}_{part}" for part in PARTS]
            for part, name in zip(PARTS, names, strict=True):
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {name} TEMPLATE ground_{part}")
            return _settings(folder / f"town{number}", *map(named, names))

        yield fresh


def _migrated(url: str, part: Literal["site", "issuer"]) -> None:
    database = Database(url)
    migrate(database, of=part)
    database.close()


def _settings(var: Path, site: str, issuer: str) -> Settings:
    return Settings(
        var=var,
        database_url=site,
        issuer_database_url=issuer,
        base_url="https://lamplight.test",
        issuer_url="https://issuer.test",
        secret_key="a secret of the audits",
        issuer_secret_key="another secret of the audits",
        schedule="off",
    )
