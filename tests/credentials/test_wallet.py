"""The command-line wallet: its three verbs, with nothing installed, and what it refuses."""

import http.server
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.credentials import chain, standing, text
from app.credentials.wallet import main
from tests.credentials.standings import EMPLOYER, NAME, QUARTER, Case, Issuer, cases, issued

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with an honest directory in it."""
    monkeypatch.chdir(tmp_path)
    Path("keys.json").write_bytes(issued()[0].document())
    return tmp_path


Said = pytest.CaptureFixture[str]


def asked(**given: str) -> list[str]:
    """Spell `wallet blind` with what differs."""
    options = {"keys": "keys.json", "employer": NAME, "quarter": QUARTER, "secret": "s"} | given
    return ["blind", *(word for name, value in options.items() for word in (f"--{name}", value))]


def refused(said: Said) -> str:
    """Return the one line in which a command said why not."""
    told = said.readouterr()
    assert told.out == ""
    assert told.err.startswith("lamplight: ")
    assert told.err.count("\n") == 1
    return told.err


def test_a_credential_from_a_clone_with_nothing_installed(tmp_path: Path) -> None:
    issuer = issued()[0]
    (tmp_path / "keys.json").write_bytes(issuer.document())
    wallet = [sys.executable, "-S", "-E", "-s", "-m", "app.credentials.wallet"]

    def run(*words: str, said: str = "") -> str:
        done = subprocess.run(
            [*wallet, *words], cwd=ROOT, input=said, capture_output=True, text=True, check=True
        )
        return done.stdout

    keys, secret, kept = (str(tmp_path / name) for name in ("keys.json", "secret", "kept"))
    lines = run(*asked(keys=keys, secret=secret))
    assert os.stat(secret).st_mode & 0o777 == 0o600

    run("finalize", "--secret", secret, "--out", kept, said=issuer.answer(lines))
    assert os.stat(kept).st_mode & 0o777 == 0o600
    assert not Path(secret).exists()
    credential = text.read(Path(kept).read_text("utf-8"))
    assert (credential.name, credential.quarter) == (NAME, QUARTER)
    assert "2026-11-30" in run("ready", kept, "--keys", keys, "--today", "2026-11-24")


def test_ready_names_the_day_and_then_the_line(folder: Path, capsys: Said) -> None:
    table = {case.name: case for case in cases()}

    def ready(case: Case) -> str:
        Path("kept").write_text(text.write(case.credential), "utf-8")
        Path("now.json").write_bytes(case.document)
        assert main(["ready", "kept", "--keys", "now.json", "--today", case.today]) == 0
        return capsys.readouterr().out

    assert table["opened"].day in ready(table["opened"])
    assert ready(table["its day"]) == table["its day"].credential.line("employer") + "\n"
    assert ready(table["site-wide"]) == table["site-wide"].credential.line("site") + "\n"


def test_ready_fails_in_one_line_where_nothing_is_to_be_done(folder: Path, capsys: Said) -> None:
    told = set()
    for case in cases():
        if case.state in {"waiting", "named", "ready"}:
            continue
        Path("kept").write_text(text.write(case.credential), "utf-8")
        Path("now.json").write_bytes(case.document)
        assert main(["ready", "kept", "--keys", "now.json", "--today", case.today]) == 1
        told.add(refused(capsys))
    assert len(told) == len(set(standing.STATES) - {"waiting", "named", "ready"})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"employer": "Nowhere"}, "'Nowhere' in 2026Q4: no key for it"),
        ({"quarter": "2027Q1"}, "in 2027Q1: no key for it"),
        ({"keys": "missing.json"}, "missing.json: No such file"),
        ({"keys": "http://127.0.0.1:9/keys.json"}, "http://127.0.0.1:9/keys.json: "),
        ({"keys": "ftp://127.0.0.1/keys.json"}, "No such file"),
        ({"keys": "http://["}, "Invalid IPv6 URL"),
        ({"keys": "http://127.0.0.1:x/"}, "nonnumeric port"),
        ({"keys": "http://127.0.0.1/\nkeys"}, "http://127.0.0.1/ keys: "),
        ({"secret": "nowhere/s"}, "nowhere/s: No such file"),
    ],
)
def test_blind_refuses(folder: Path, capsys: Said, given: dict[str, str], why: str) -> None:
    assert main(asked(**given)) == 1
    assert why in refused(capsys)
    assert not Path("s").exists()


@pytest.mark.parametrize("name", ["second key", "head not signed", "not a directory", "empty"])
def test_blind_refuses_a_directory_that_contradicts_itself(
    folder: Path, capsys: Said, name: str
) -> None:
    case = next(case for case in cases() if case.name == name)
    Path("keys.json").write_bytes(case.document)
    assert main(asked()) == 1
    refused(capsys)
    assert not Path("s").exists()


def test_blind_refuses_keys_that_are_not_in_use(folder: Path, capsys: Said) -> None:
    issuer = issued()[0]
    issuer.event("retired", 0, standing.last_day(QUARTER))
    Path("keys.json").write_bytes(issuer.document())
    assert main(asked()) == 1
    assert "not in use" in refused(capsys)

    lonely = Issuer()
    lonely.key(0)
    Path("keys.json").write_bytes(lonely.document())
    assert main(asked()) == 1
    assert "no site-wide key" in refused(capsys)


def test_two_employers_of_one_name_are_told_apart_by_id(folder: Path, capsys: Said) -> None:
    issuer = issued()[0]
    issuer.key(2, b"\xaa" * 16)
    Path("keys.json").write_bytes(issuer.document())
    assert main(asked()) == 1
    assert "several employers of this name" in refused(capsys)

    assert main(asked(employer="aa" * 16)) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_nothing_is_overwritten(folder: Path, capsys: Said) -> None:
    assert main(asked()) == 0
    secret, lines = Path("s").read_bytes(), capsys.readouterr().out
    assert main(asked()) == 1
    assert "not overwritten" in refused(capsys)
    assert Path("s").read_bytes() == secret

    Path("answer").write_text(Issuer().answer(lines))
    Path("kept").write_text("something else")
    assert main(["finalize", "--secret", "s", "--out", "kept", "answer"]) == 1
    assert "not overwritten" in refused(capsys)
    assert Path("s").read_bytes() == secret


def test_without_a_file_the_credential_is_printed_and_the_secret_stays(
    folder: Path, capsys: Said
) -> None:
    assert main(asked()) == 0
    Path("answer").write_text(Issuer().answer(capsys.readouterr().out))
    assert main(["finalize", "--secret", "s", "answer"]) == 0
    told = capsys.readouterr()
    assert text.read(told.out).name == NAME
    assert "delete s" in told.err
    assert Path("s").exists()


def test_finalize_refuses_what_is_not_the_answer(folder: Path, capsys: Said) -> None:
    assert main(asked()) == 0
    employer, site = Issuer().answer(capsys.readouterr().out).splitlines()
    label, key, signature = employer.split()
    other = f"{label} {key} {site.split()[2]}"
    wrong = {
        "": "not the issuer's two lines",
        employer: "not the issuer's two lines",
        f"{employer}\n{site}\n{site[:-1]}!": "not the issuer's two lines",
        f"{other}\n{site}": "not of this message",
        f"{employer[:-3]}\n{site}": "the ",
        f"{label} {site.split()[1]} {signature}\n{site}": "another key",
    }
    for answer, why in wrong.items():
        Path("answer").write_text(answer)
        assert main(["finalize", "--secret", "s", "--out", "kept", "answer"]) == 1
        assert why in refused(capsys), answer
    Path("bad").write_text("{}")
    assert main(["finalize", "--secret", "bad", "answer"]) == 1
    assert "no secret" in refused(capsys)
    assert not Path("kept").exists()
    assert Path("s").exists()


def test_ready_refuses_a_text_that_is_no_credential(folder: Path, capsys: Said) -> None:
    Path("kept").write_text("site 00 00 00")
    assert main(["ready", "kept", "--keys", "keys.json"]) == 1
    assert "no credential" in refused(capsys)
    assert main(["ready", "kept", "--keys", "keys.json", "--today", "soon"]) == 1
    assert "'soon' is not a day" in refused(capsys)


class Serving(http.server.BaseHTTPRequestHandler):
    """Serves a directory, and a redirect to it; notes what it was sent."""

    document = b""
    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "/keys.json")
        self.send_header("Set-Cookie", "marked=1")
        self.end_headers()
        self.wfile.write(self.document)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the honest directory."""
    Serving.document, Serving.seen = issued()[0].document(), []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serving) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_directory_is_fetched_without_cookies_or_redirects(
    folder: Path, address: str, capsys: Said
) -> None:
    assert main(asked(keys=f"{address}/keys.json")) == 0
    assert main(asked(keys=f"{address}/keys.json", secret="t")) == 0
    assert [set(seen) & {"cookie", "referer"} for seen in Serving.seen] == [set(), set()]
    capsys.readouterr()

    assert main(asked(keys=f"{address}/moved", secret="u")) == 1
    assert "/moved: " in refused(capsys)
    assert len(Serving.seen) == 3


NO_HTTP = {
    "garbage": b"lamplight\r\n\r\n",
    "a head without end": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    "a cut chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
    "nothing": b"",
}


@pytest.mark.parametrize("answer", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_is_one_clear_line(folder: Path, capsys: Said, answer: bytes) -> None:
    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        assert main(asked(keys=f"http://127.0.0.1:{server.getsockname()[1]}/k")) == 1
    assert "/k: " in refused(capsys)


def test_a_key_of_another_size_is_refused(folder: Path, capsys: Said) -> None:
    issuer = Issuer(entries=[chain.key_entry((1 << 1023) + 1, EMPLOYER, NAME, QUARTER)])
    issuer.key(1, None)
    Path("keys.json").write_bytes(issuer.document())
    assert main(asked()) == 1
    assert "not in use" in refused(capsys)
