"""Files around the databases: secrets, old backups, and the web server's configuration."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from app.settings import PREFIX, Settings
from app.upkeep import backup
from app.upkeep.doctor.finding import Finding, judge

SECRETS: Final = ("secret", "issuer-secret")
_BLOCK: Final = re.compile(r"log(?:\s+default)?\s*\{\s*output\s+discard\s*\}")
_SITE: Final = re.compile(r"^(?!\s|\(|#|\{|\})[^\n]*\{\s*$", re.MULTILINE)


def secrets(settings: Settings) -> Iterator[Finding]:
    """Look at who may read the secrets: files of this server's own, and files named by settings."""
    named = [Path(path) for name, path in os.environ.items() if _names_a_file(name)]
    own = [settings.var / name for name in SECRETS]
    for path in (path for path in (*own, *named) if path.exists()):
        yield judge(
            not path.stat().st_mode & 0o077,
            f"{path}: readable by its owner alone",
            f"chmod 600 {path}",
        )
    site = _secret(settings.secret_key, own[0])
    issuer = _secret(settings.issuer_secret_key, own[1])
    yield judge(
        not site or site != issuer,
        "site and issuer have secrets of their own",
        "LAMPLIGHT_SECRET_KEY and LAMPLIGHT_ISSUER_SECRET_KEY are the same; make a new one for the "
        "issuer before any credential is issued",
    )


def backups(folders: Iterable[Path], today: date) -> Iterator[Finding]:
    """Look for backups that are older than 30 days, in which withdrawn words live on."""
    for folder in dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()):
        old = ", ".join(path.name for path in backup.old(folder, today))
        yield judge(
            not old,
            f"{folder}: no backup is older than {backup.KEPT.days} days",
            f"delete {old}; what was withdrawn is still in there",
        )


def caddy(path: Path) -> Iterator[Finding]:
    """Look at a Caddyfile: whether it logs, and whether it says what it is."""
    try:
        written = _uncommented(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        yield Finding(f"{path}: the web server's configuration", "it cannot be read")
        return
    top = _first_block(written)
    yield judge(
        bool(_BLOCK.search(top)),
        f"{path}: the web server's own log is discarded",
        "put `log { output discard }` into the first block, or errors name who asked for what",
    )
    loud = [
        head for head, body in _sites(written) if not _BLOCK.search(_with_imports(body, written))
    ]
    yield judge(
        not loud,
        f"{path}: no site logs who asks",
        f"put `log {{ output discard }}` into {', '.join(loud)}",
    )
    talking = [
        head for head, body in _sites(written) if "-Server" not in _with_imports(body, written)
    ]
    yield judge(
        not talking,
        f"{path}: no site says which program it runs",
        f"put `header -Server` into {', '.join(talking)}",
    )


def _names_a_file(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith("_FILE")


def _secret(given: str, path: Path) -> bytes:
    if given:
        return given.encode()
    return path.read_bytes() if path.exists() else b""


def _uncommented(written: str) -> str:
    return re.sub(r"(?m)(^|\s)#.*$", r"\1", written)


def _first_block(written: str) -> str:
    """Return the global options: the block that opens the file without a name before it."""
    return _body(written, 0) if written.lstrip().startswith("{") else ""


def _sites(written: str) -> list[tuple[str, str]]:
    """Return the blocks that have an address, by it; snippets, in brackets, are not sites."""
    return [
        (found.group().rstrip(" {\n"), _body(written, found.start()))
        for found in _SITE.finditer(written)
    ]


def _with_imports(body: str, written: str) -> str:
    for name in re.findall(r"^\s*import\s+(\S+)", body, re.MULTILINE):
        at = re.search(rf"^\({re.escape(name)}\)\s*\{{", written, re.MULTILINE)
        body += _body(written, at.start()) if at else ""
    return body


def _body(written: str, start: int) -> str:
    """Return what stands between the next opening brace and the one that closes it."""
    begin, depth = written.index("{", start), 0
    for at in range(begin, len(written)):
        depth += {"{": 1, "}": -1}.get(written[at], 0)
        if depth == 0:
            return written[begin + 1 : at]
    return written[begin + 1 :]
