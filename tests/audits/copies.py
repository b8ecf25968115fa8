"""A thief's copy: every byte on the disk, and every row with where it lies."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg.rows import dict_row

from app.evidence import store
from app.settings import Settings

WIDTH = 8  # bytes by which a needle is looked for first

Row = Mapping[str, Any]


@dataclass
class Copy:
    """Rows by table ("site.account"), and the bytes of files by kind ("site file", "log")."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    bytes: dict[str, bytes] = field(default_factory=dict)


def stolen(settings: Settings) -> Copy:
    """Copy both databases as they lie on the disk now."""
    copy = Copy()
    for name, url in (("site", settings.database_url), ("issuer", settings.issuer_database_url)):
        if url.startswith("sqlite"):
            _sqlite(copy, name, Path(url.removeprefix("sqlite:///")))
        else:
            _postgresql(copy, name, url)
    copy.rows["site.objects"] = list(_objects(store.of(settings).folder))
    return copy


def _objects(folder: Path | None) -> Iterator[Row]:
    """Read what a file system says of each object: its times, its number, its turn."""
    if folder is None or not folder.is_dir():
        return
    for turn, entry in enumerate(os.scandir(folder)):
        told = entry.stat()
        times = {"(modified)": told.st_mtime_ns, "(changed)": told.st_ctime_ns}
        yield {"name": entry.name, "(turn)": turn, "(number)": told.st_ino, **times}


def positions(haystack: bytes, needles: Sequence[bytes]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where each needle (of at least 8 bytes) first and last lies; nan where nowhere."""
    first, last = np.full(len(needles), np.nan), np.full(len(needles), np.nan)
    heads = np.array([int.from_bytes(n[:WIDTH], "little") for n in needles], dtype=np.uint64)
    order = np.argsort(heads)
    for at, which in _candidates(haystack, heads[order]):
        for n in order[which : np.searchsorted(heads[order], heads[order][which], "right")]:
            needle = needles[n]
            if haystack[at : at + len(needle)] == needle:
                first[n], last[n] = np.fmin(first[n], at), np.fmax(last[n], at)
    return first, last


def _candidates(haystack: bytes, heads: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Yield where eight bytes of a haystack are one of the sorted heads, and which."""
    if not len(heads):
        return
    likely = np.zeros(1 << 16, dtype=bool)
    likely[(heads & 0xFFFF).astype(int)] = True
    for shift in range(min(WIDTH, len(haystack))):
        words = (len(haystack) - shift) // WIDTH
        view = np.frombuffer(haystack, dtype="<u8", count=words, offset=shift)
        near = np.nonzero(likely[(view & 0xFFFF).astype(np.uint16)])[0]
        place = np.searchsorted(heads, view[near])
        hit = (place < len(heads)) & (heads[np.minimum(place, len(heads) - 1)] == view[near])
        for at, which in zip(near[hit], place[hit], strict=True):
            yield int(at) * WIDTH + shift, int(which)


def _sqlite(copy: Copy, name: str, path: Path) -> None:
    """Read the file and its log as bytes; open only a copy of them, so that nothing changes."""
    log = path.with_name(f"{path.name}-wal")
    copy.bytes[f"{name} file"] = path.read_bytes()
    copy.bytes[f"{name} log"] = log.read_bytes() if log.exists() else b""
    with tempfile.TemporaryDirectory() as folder:
        taken = Path(shutil.copy(path, folder))
        if log.exists():
            shutil.copy(log, folder)
        connection = sqlite3.connect(taken)
        connection.row_factory = sqlite3.Row
        # A contentless index cannot be scanned; the tables that it is kept in can.
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        )
        for (table,) in tables.fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 (its own)
            copy.rows[f"{name}.{table}"] = [dict(row) for row in rows]
        connection.close()


def _postgresql(copy: Copy, name: str, url: str) -> None:
    """Read tables, indexes and the log from the server's folder; both databases share the log."""
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        connection.execute("CHECKPOINT")
        folder = Path(_one(connection, "SHOW data_directory"))
        found = connection.execute(
            "SELECT relname, relkind, pg_relation_filepath(oid) AS path FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') ORDER BY relname"
        ).fetchall()
        for kind, what in (("r", "file"), ("i", "index")):
            parts = [(folder / row["path"]).read_bytes() for row in found if row["relkind"] == kind]
            copy.bytes[f"{name} {what}"] = b"".join(parts)
        for table in (row["relname"] for row in found if row["relkind"] == "r"):
            asked = f'SELECT ctid::text AS "(heap)", xmin::text AS "(writer)", t.* FROM "{table}" t'  # noqa: S608 (its own)
            rows = connection.execute(asked).fetchall()
            copy.rows[f"{name}.{table}"] = [_placed(row) for row in rows]
        segments = sorted(p for p in (folder / "pg_wal").iterdir() if p.is_file())
        copy.bytes["log"] = b"".join(segment.read_bytes() for segment in segments)


def _placed(row: dict[str, Any]) -> Row:
    block, _, item = row["(heap)"].strip("()").partition(",")
    return {**row, "(heap)": int(block) * 1_000 + int(item), "(writer)": int(row["(writer)"])}


def _one(connection: Any, asked: str) -> str:
    row = connection.execute(asked).fetchone()
    return str(next(iter(row.values())))
