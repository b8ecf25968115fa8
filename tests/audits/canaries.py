"""A sweep for what no disk may hold: words, addresses, networks, and what was taken back."""

import base64
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from app.settings import Settings
from tests.audits.copies import WIDTH, positions

Places = Mapping[str, bytes]


@dataclass
class Canaries:
    """What must be found nowhere: bytes in all their spellings, texts, and codes of six digits."""

    raw: list[tuple[str, bytes]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def text(self, what: str, *texts: str) -> None:
        """Add texts."""
        for text in texts:
            self.bytes(what, text.encode())

    def bytes(self, what: str, *values: bytes) -> None:
        """Add bytes, as they are and as they are usually spelled."""
        for value in values:
            spelled = {
                value,
                value.hex().encode(),
                base64.b64encode(value).rstrip(b"="),
                base64.urlsafe_b64encode(value).rstrip(b"="),
                repr(value)[2:-1].encode(),
            }
            assert len(value) >= WIDTH, what
            self.raw += [(what, one) for one in sorted(spelled)]

    def found(self, places: Places) -> list[tuple[str, str]]:
        """Return where something was found, and what."""
        whats, needles = zip(*self.raw, strict=True)
        hits = []
        for place, content in places.items():
            first, _ = positions(content, needles)
            hits += [(place, what) for what, at in zip(whats, first, strict=True) if at >= 0]
        return sorted({*hits, *self._codes(places)})

    def _codes(self, places: Places) -> Iterable[tuple[str, str]]:
        # Six digits occur by chance inside hashes; a code that was written stands alone.
        for code in self.codes:
            alone = re.compile(rb"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % code.encode())
            for place, content in places.items():
                if code.encode() in content and alone.search(content):
                    yield place, "code"


def everything(
    settings: Settings, folder: Path, since: float, log: str, said: str, valkey: Any
) -> Places:
    """Read every byte that either application could have left anywhere since an instant.

    Files of the databases, logs and temporary files; of PostgreSQL the server's whole folder; the
    backup unpacked; what was logged and printed; every key and value in Valkey.
    """
    places = dict(_files(folder, since))
    if not settings.sqlite:
        places |= _files(_server(settings.database_url), since)
    places["log"] = log.encode()
    places["printed"] = said.encode("utf-8", "replace")
    for key in valkey.scan_iter():
        kind = valkey.type(key).decode()
        read = {"string": valkey.get, "hash": valkey.hgetall}.get(kind, valkey.dump)
        whole = valkey.dump(key) or b""  # a count may be over by now
        places[f"valkey {key!r}"] = key + b"\n" + repr(read(key)).encode() + whole
    return places


def _files(folder: Path, since: float) -> Iterable[tuple[str, bytes]]:
    """Read the files of each folder, together, and the names of all."""
    held: dict[str, list[bytes]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        try:
            if not path.is_file() or path.is_symlink() or _written(path) < since:
                continue
            content = path.read_bytes()
        except FileNotFoundError:  # a server's file that was gone meanwhile
            continue
        held[str(path.parent)].append(
            gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        )
        held[f"names in {folder}"].append(path.name.encode())
    return ((place, b"\0".join(contents)) for place, contents in held.items())


def _written(path: Path) -> float:
    """Return when a file was written; that of an image says 0 and not when."""
    told = path.stat()
    return max(told.st_mtime, told.st_ctime)


def _server(url: str) -> Path:
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row
    return Path(row[0])
