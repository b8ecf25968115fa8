"""The command-line wallet: blind, finalize, ready; on the standard library alone.

Runs from a clone on any Python 3.11 with nothing installed: python3 -m app.credentials.wallet
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.request import HTTPRedirectHandler, Request, build_opener

from app.credentials import blind, chain, standing, text
from app.credentials.chain import Directory, Key
from app.credentials.text import LABELS, Credential, Signed

FORMAT: Final = "lamplight wallet secret 1"
LARGEST: Final = 64 * 1024 * 1024
TIMEOUT_SECONDS: Final = 60
WHY: Final[dict[standing.State, str]] = {
    "over": "the time to redeem this credential is over",
    "stranger": "do not redeem: this directory does not continue the one that you saw when it was "
    "issued (after less than a week the site may not have its copy yet)",
    "marked": "do not redeem: its key is not the one that all others have, so it marks you",
    "unreadable": "this credential was changed: its signature is not of its text",
    "retired": "the key of this credential was retired: it proves nothing any more",
    "void": "its quarter closed with too few credentials to hide among: it cannot be redeemed",
}


class Failed(Exception):
    """A command that cannot be done; the message is the one line to print."""


class _NoRedirects(HTTPRedirectHandler):
    """Refuses redirects: a directory from elsewhere is another directory."""

    def redirect_request(self, *_: Any) -> None:
        return None


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise Failed(message)


def main(words: Sequence[str] | None = None, prog: str = "wallet") -> int:
    """Run one command; return the exit code, 1 after one clear line on standard error."""
    try:
        chosen = _parser(prog).parse_args(words)
        command: Callable[..., str] = chosen.command
        values = {name: value for name, value in vars(chosen).items() if name != "command"}
        sys.stdout.write(command(**values))
    except (Failed, chain.NotADirectory, text.NotACredential, blind.BlindingFailed) as error:
        sys.stderr.write(f"lamplight: {error}\n")
        return 1
    return 0


def blinding(keys: str, employer: str, quarter: str, secret: str) -> str:
    """Write the secret of a new credential; return the two lines for the issuer."""
    directory = standing.trusted(fetched(keys))
    chosen = (_employer_key(directory, employer, quarter), _site_key(directory, quarter))
    parts: dict[str, dict[str, str]] = {}
    lines = []
    for label, key in zip(LABELS, chosen, strict=True):
        if key.n.bit_length() != blind.MODULUS_BITS or directory.first(key.id, "retired"):
            raise Failed(f"the {label} key of {quarter} is not in use: do not go on")
        prepared = blind.prepare(text.MESSAGE)
        hidden = blind.blind(key.n, prepared)
        lines.append(f"{label} {key.id.hex()} {text.encoded(hidden.message)}\n")
        parts[label] = {
            "n": f"{key.n:x}",
            "prepared": prepared.hex(),
            "inverse": f"{hidden.inverse:x}",
        }
    state = {
        "format": FORMAT,
        "quarter": quarter,
        "name": text.plain(chosen[0].name),
        "directory": [part.hex() for part in _seen(directory)],
        **parts,
    }
    kept(secret, json.dumps(state, indent=1) + "\n")
    return "".join(lines)


def finalizing(secret: str, answer: str, out: str | None) -> str:
    """Open the issuer's two lines; write the credential to `out`, or return it.

    Once it is written the secret goes: it could connect the credential with the mailbox.
    """
    try:
        state = json.loads(_file(secret))
        if state["format"] != FORMAT:
            raise ValueError
        answered = _answered(sys.stdin.buffer.read() if answer == "-" else _file(answer))
        signed = {label: _opened(state[label], answered[label]) for label in LABELS}
        head, issuer, signature = (bytes.fromhex(part) for part in state["directory"])
        written = text.write(
            Credential(state["quarter"], state["name"], head, issuer, signature, signed)
        )
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, Failed | blind.BlindingFailed):
            raise
        raise Failed(f"{secret} is no secret of `wallet blind`") from None
    if out is None:
        sys.stderr.write(f"Keep these lines, then delete {secret}.\n")
        return written
    kept(out, written)
    Path(secret).unlink()
    return f"The credential is in {out}; {secret} is deleted.\n"


def readiness(credential: str, keys: str, today: date | None) -> str:
    """Return the line to paste, or the day from which it may be."""
    kept_one = text.read(_text(_file(credential)))
    day = today or datetime.now(UTC).date()
    stands = standing.of(fetched(keys), kept_one, day)
    if stands.state == "waiting":
        monday = day + timedelta(days=7 - day.weekday())
        return f"Its pool has not opened. Look again on {monday} or later.\n"
    if stands.state == "named":
        return f"Redeem it on {stands.day} or later; until then look again as little as you can.\n"
    if stands.state != "ready":
        raise Failed(WHY[stands.state])
    return kept_one.line(stands.label) + "\n"


def fetched(source: str) -> bytes:
    """Read a directory from a file or by http(s): no cookies, no redirects. Raises Failed."""
    if not source.startswith(("http://", "https://")):
        return _file(source)
    headers = {"User-Agent": "wallet", "Cache-Control": "no-cache"}
    try:
        request = Request(source, headers=headers)  # noqa: S310 (http(s) as asked above)
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT_SECONDS) as response:
            document: bytes = response.read(LARGEST + 1)
    except (OSError, ValueError, HTTPException) as error:  # URLError is an OSError
        reason = getattr(error, "reason", "") or error or type(error).__name__
        raise Failed(text.plain(f"{source}: {reason}")) from None
    if len(document) > LARGEST:
        raise Failed(text.plain(f"{source}: more than {LARGEST} bytes"))
    return document


def kept(path: str, content: str) -> None:
    """Write a new file that only its owner can read. Raises Failed where one is there already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Failed(f"{path} is there already and is not overwritten") from None
    except OSError as error:
        raise Failed(f"{path}: {error.strerror}") from None


def _employer_key(directory: Directory, employer: str, quarter: str) -> Key:
    """Find the one key of an employer given by id in hex or by name."""
    wanted = employer.strip().casefold()
    found = [
        key
        for key in directory.keys.values()
        if key.quarter == quarter
        and key.employer is not None
        and wanted in {key.employer.hex(), key.name.casefold()}
    ]
    if len(found) != 1:
        problem = "several employers of this name; give the id" if found else "no key for it"
        raise Failed(f"{text.plain(employer)!r} in {text.plain(quarter)}: {problem}")
    return found[0]


def _site_key(directory: Directory, quarter: str) -> Key:
    key = directory.key_of(None, quarter)
    if key is None:
        raise Failed(f"the directory has no site-wide key of {quarter}")
    return key


def _seen(directory: Directory) -> tuple[bytes, bytes, bytes]:
    return directory.head, directory.issuer, directory.signature


def _answered(raw: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Read the issuer's answer: by label, the key's id and the blind signature."""
    try:
        lines = [line.split() for line in _text(raw).splitlines() if line.strip()]
        found = {label: (bytes.fromhex(key), text.decoded(part)) for label, key, part in lines}
    except ValueError:
        found = {}
    if set(found) != set(LABELS):
        raise Failed("the answer is not the issuer's two lines, 'employer ...' and 'site ...'")
    return found


def _opened(part: dict[str, str], answered: tuple[bytes, bytes]) -> Signed:
    n, prepared = int(part["n"], 16), bytes.fromhex(part["prepared"])
    if answered[0] != chain.key_id(n):
        raise Failed("the answer is under another key than the one that was asked for")
    signature = blind.finalize(n, prepared, answered[1], int(part["inverse"], 16))
    return Signed(answered[0], prepared, signature)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Failed(f"{text.plain(word)!r} is not a day, such as 2026-11-18") from None


def _file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Failed(f"{path}: {error.strerror}") from None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _parser(prog: str) -> _Parser:
    parser = _Parser(prog=prog, description="A credential without a browser.")
    commands = parser.add_subparsers(required=True, metavar="blind|finalize|ready")
    directory = _Parser(add_help=False)
    directory.add_argument(
        "--keys", required=True, metavar="FILE|URL", help="the directory of keys"
    )
    default = "lamplight-wallet.secret"

    one = commands.add_parser(
        "blind", parents=[directory], help="make the two lines that the issuer signs"
    )
    one.set_defaults(command=blinding)
    one.add_argument("--employer", required=True, metavar="ID|NAME")
    one.add_argument("--quarter", required=True, metavar="2026Q4")
    one.add_argument("--secret", default=default, metavar="FILE", help=f"default: {default}")

    two = commands.add_parser("finalize", help="open the issuer's answer into a credential")
    two.set_defaults(command=finalizing)
    two.add_argument("--secret", default=default, metavar="FILE", help=f"default: {default}")
    two.add_argument("answer", nargs="?", default="-", metavar="FILE|-")
    two.add_argument("--out", metavar="FILE", help="the credential's file; else it is printed")

    three = commands.add_parser(
        "ready", parents=[directory], help="name the day, or print the line to paste"
    )
    three.set_defaults(command=readiness)
    three.add_argument("credential", metavar="CREDENTIAL")
    three.add_argument("--today", type=_day, metavar="DAY", help="default: today")
    return parser


if __name__ == "__main__":
    sys.exit(main())
