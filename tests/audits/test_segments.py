"""The instrument reads SQLite's index: in which segment, by age, each text lies."""

import secrets
import sqlite3

import numpy as np
import pytest

from tests.audits.segments import ages, by_age, spelled

TEXTS = 88


@pytest.fixture
def index() -> sqlite3.Connection:
    """Make an index as the migration does."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    made = "CREATE VIRTUAL TABLE texts USING fts5(words, content='', columnsize=0)"
    connection.execute(made)
    return connection


def test_segments_tell_the_order_of_writing(index: sqlite3.Connection) -> None:
    docids = [9_800 << 46 | secrets.randbits(46) for _ in range(TEXTS)]
    for number, docid in enumerate(docids):
        index.execute("INSERT INTO texts(rowid, words) VALUES (?, ?)", (docid, f"text u{number}"))
        index.commit()
    rows = [dict(row) for row in index.execute("SELECT * FROM texts_data")]
    assert len(by_age(rows)) > 5
    found = ages(rows, docids)
    assert not np.isnan(found).any()
    assert list(found) == sorted(found)
    assert np.isnan(ages(rows, [1 << 60])).all()


@pytest.mark.parametrize(
    ("docid", "bytes_"),
    [(0, "00"), (127, "7f"), (128, "8100"), (1 << 55, "c080808080808000")],
)
def test_docids_are_spelled_as_sqlite_spells_them(docid: int, bytes_: str) -> None:
    assert spelled(docid).hex() == bytes_


def test_a_large_docid_has_nine_bytes(index: sqlite3.Connection) -> None:
    docid = 9_800 << 46 | 1
    index.execute("INSERT INTO texts(rowid, words) VALUES (?, 'text')", (docid,))
    index.commit()
    blocks = b"".join(row["block"] for row in index.execute("SELECT block FROM texts_data"))
    assert len(spelled(docid)) == 9
    assert spelled(docid) in blocks
