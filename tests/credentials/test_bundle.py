"""The wallet that browsers load: its size, its hash, and that anybody can build the same bytes."""

import base64
import gzip
import hashlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUNDLE = (ROOT / "static/wallet.js").read_bytes()


def test_it_is_at_most_15_kb_compressed() -> None:
    assert len(gzip.compress(BUNDLE, 9)) <= 15_000


def test_the_page_loads_these_bytes_and_no_others() -> None:
    tag = (ROOT / "templates/web/_wallet.html").read_text()
    digest = base64.b64encode(hashlib.sha384(BUNDLE).digest()).decode()
    assert re.findall(r'integrity="([^"]*)"', tag) == [f"sha384-{digest}"]
    loading = [p for p in (ROOT / "templates").rglob("*.html") if "wallet.js" in p.read_text()]
    assert loading == [ROOT / "templates/web/_wallet.html"]


def test_it_evaluates_no_text_and_asks_nobody_else() -> None:
    said = BUNDLE.decode()
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|localStorage", said)
    assert re.findall(r"https?://[^\"'\s]*", said) == []


@pytest.mark.deep
def test_anybody_can_build_the_same_bytes() -> None:
    """Needs npm's registry; everything it brings is held to the hashes in the lock file."""
    built = subprocess.run(
        [ROOT / "scripts/wallet.sh", "--check"], check=False, capture_output=True, text=True
    )
    assert built.returncode == 0, built.stdout + built.stderr
