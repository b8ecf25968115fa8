"""`lamplight serve --with-issuer` and `lamplight issuer`: two host names, a clean end."""

import gc
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from app.ops import listening
from app.settings import Settings

LAMPLIGHT = Path(sys.executable).with_name("lamplight")
SECONDS = 60


def two_ports() -> int:
    """Return a port that is free together with the next one.

    Systems give none of these by themselves, so that nobody else gets one of them meanwhile.
    """
    while True:
        port = random.randrange(20_000, 30_000)
        with suppress(OSError):
            for each in (port, port + 1):
                socket.create_server(("127.0.0.1", each)).close()
            return port


@contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command until the test is done with it."""
    environment = {**os.environ, "LAMPLIGHT_VAR": str(folder), "LAMPLIGHT_SCHEDULE": "off"}
    process = subprocess.Popen(
        [LAMPLIGHT, *words],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    watchdog = threading.Timer(SECONDS, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        watchdog.cancel()


def says(process: subprocess.Popen[str], words: str) -> None:
    """Wait for a line with these words."""
    assert process.stdout is not None
    assert any(words in line for line in process.stdout), words


def answers(url: str) -> None:
    """Wait for a server, then see it well."""
    transport = httpx2.HTTPTransport(retries=8)
    with httpx2.Client(transport=transport) as client:
        assert client.get(url).json() == {"status": "ok"}


def test_both_run_in_one_process_and_finish_what_they_answer(tmp_path: Path) -> None:
    port = two_ports()
    with running(tmp_path, "serve", "--port", str(port), "--with-issuer") as process:
        says(process, f"http://localhost:{port + 1}/issuer")
        answers(f"http://127.0.0.1:{port}/health")
        answers(f"http://localhost:{port + 1}/issuer/health")
        with socket.create_connection(("127.0.0.1", port + 1), timeout=SECONDS) as half:
            half.sendall(
                b"POST /issuer/code HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nadd"
            )
            answers(f"http://localhost:{port + 1}/issuer/health")
            process.send_signal(signal.SIGTERM)
            half.sendall(b"ress=x")
            assert half.recv(100).startswith(b"HTTP/1.1 422 ")
        assert process.wait(SECONDS) == 0
    assert {path.name for path in tmp_path.iterdir()} >= {"lamplight.db", "issuer.db"}


@pytest.mark.deep
def test_the_issuer_runs_alone_with_secrets_of_its_own(tmp_path: Path) -> None:
    port = two_ports()
    with running(tmp_path, "issuer", "--port", str(port)) as process:
        says(process, f"http://localhost:{port}/issuer")
        answers(f"http://localhost:{port}/issuer/health")
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
    assert not {path.name for path in tmp_path.iterdir()} & {"lamplight.db", "secret"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_server_that_cannot_start_takes_the_other_one_along(settings: Settings) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        return None

    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = two_ports(), taken.getsockname()[1]
        servers = [listening.server(app, settings, "127.0.0.1", port) for port in ports]
        with pytest.raises(SystemExit) as ended:
            listening.run(servers)
    gc.unfreeze()
    assert ended.value.code
