"""Hostile and broken files through HTTP: refused or drawn anew, never a failure."""

import os
import re
import time
from pathlib import Path

import pytest

from app.evidence.worker import WORKER
from tests.evidence import corpus
from tests.evidence.conftest import Writer
from tests.evidence.pictures import chunks

SECONDS = 0.5
MEMORY = 64 << 20


def resident() -> int:
    """Return the bytes of memory that the server's process has."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{os.getpid()}/status").read_text())
    assert found
    return int(found[1]) << 10


def work() -> float:
    """Return the seconds that the server and its worker have worked; a busy machine adds none."""
    stat = Path(f"/proc/{WORKER.pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("number", [60, pytest.param(1_200, marks=pytest.mark.deep)])
def test_every_file_is_refused_or_drawn_anew(writer: Writer, number: int) -> None:
    writer.send("take", b"words")  # whatever is imported at first
    before, most, slowest, drawn = resident(), 0, 0.0, 0
    for name, data in corpus.files(number):
        writer.fields, begun = {}, work()
        writer.send("take", data, name=f"{name}.jpg")
        slowest = max(slowest, work() - begun)
        assert writer.status in {200, 422}, name
        assert bool(writer.draft) == (writer.status == 200), name
        if writer.draft:
            drawn += 1
            shown = writer.client.get(writer.draft).content
            assert list(chunks(shown)) == [b"VP8 "], name
            assert not any(tail[:12] in shown for tail in corpus.TAILS), name
        most = max(most, resident() - before)
    said = f"{number} files: {drawn} drawn, {most >> 20} MB more, the slowest {slowest:.2f} s"
    print(said)  # noqa: T201 (the figures, for who asks with -s)
    assert drawn > number // 5
    assert slowest < SECONDS
    assert most < MEMORY
