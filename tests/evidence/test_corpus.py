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


@pytest.mark.parametrize("number", [80, pytest.param(1_200, marks=pytest.mark.deep)])
def test_every_file_is_refused_or_drawn_anew(writer: Writer, number: int) -> None:
    writer.send("take", b"words")  # whatever is imported at first
    before, most, drawn, slow = resident(), 0, 0, []
    for name, data in corpus.files(number):
        begun = time.monotonic()
        writer.send("take", data, name=f"{name}.jpg")
        if (took := time.monotonic() - begun) > SECONDS:
            slow.append((name, took))
        assert writer.status in {200, 422}, name
        assert bool(writer.draft) == (writer.status == 200), name
        if writer.draft:
            drawn += 1
            shown = writer.client.get(writer.draft).content
            assert list(chunks(shown)) == [b"VP8 "], name
            assert not any(tail[:12] in shown for tail in corpus.TAILS), name
        writer.fields = {}
        most = max(most, resident() - before)
    print(
        f"{number} files: {drawn} drawn, {most >> 20} MB more, {len(slow)} over {SECONDS} s {slow}"
    )
    assert drawn > number // 8
    # A machine that is busy with other tests may lose a moment; nothing takes twice as long.
    assert len(slow) <= number // 100
    assert max((took for _, took in slow), default=0) < 2 * SECONDS
    assert most < MEMORY
    assert WORKER.pid is not None
