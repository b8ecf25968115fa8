"""What comes over the wire without end is cut off, and what is right gets through."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.web.wire import HEAD_BYTES, Wire

MEGABYTE = 1_000_000


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body."""
    length, more = 0, True
    while more:
        message = await receive()
        length, more = length + len(message.get("body", b"")), message.get("more_body", False)
    said = str(length).encode()
    headers = [(b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(echo, http=Wire, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)


def said(port: int, *parts: bytes) -> bytes:
    """Send parts over one connection until it is closed; give what came back."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65_536), b""))
        except (BrokenPipeError, ConnectionResetError):
            return b"closed"


def cut_off(answer: bytes) -> bool:
    return answer == b"closed" or answer.startswith(b"HTTP/1.1 400 ")


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(b"GET /", id="address"),
        pytest.param(HEAD + b"X-Long: ", id="header"),
        pytest.param(CHUNKED + b"1;", id="chunk extension"),
        pytest.param(CHUNKED + b"1\r\na\r\n0\r\nX-Long: ", id="trailer"),
    ],
)
def test_what_has_no_end_is_cut_off(port: int, begun: bytes) -> None:
    assert cut_off(said(port, begun, *[b"x" * 16_384] * 60))


def test_many_small_headers_are_cut_off_too(port: int) -> None:
    assert cut_off(said(port, HEAD, *[b"X-Many: x\r\n" * 500] * 200))


def test_a_large_head_and_a_large_body_get_through(port: int) -> None:
    head = HEAD + b"X-Large: " + b"x" * (HEAD_BYTES - 1_000) + b"\r\n"
    end = b"Connection: close\r\nContent-Length: %d\r\n\r\n" % MEGABYTE
    answer = said(port, head, end, *[b"x" * 10_000] * 100)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"\r\n\r\n1000000")


def test_chunks_get_through_however_they_are_cut(port: int) -> None:
    chunks = b"".join(b"3e8\r\n" + b"x" * 1_000 + b"\r\n" for _ in range(100)) + b"0\r\n\r\n"
    sent = CHUNKED.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + chunks
    parts = [sent[n : n + 777] for n in range(0, len(sent), 777)]
    assert said(port, *parts).endswith(b"\r\n\r\n100000")


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 1\r\nContent-Length: 2\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 1x\r\n",
        b"X-Folded: a\r\n b\r\n",
        b"Bad Name: a\r\n",
    ],
)
def test_doubtful_framing_is_refused(port: int, framing: bytes) -> None:
    assert said(port, HEAD + framing + b"\r\na").startswith(b"HTTP/1.1 400 ")
