"""The house rules that a machine can hold: sizes, words, and no text outside the catalogues."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted(
    path
    for room in ("app", "tests", "benchmarks", "scripts")
    for path in (ROOT / room).rglob("*.py")
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {"utils", "helpers", "services", "repositories", "managers", "schemas"}
# Words that are the same in every language: the product's name and its neighbours'.
SAME = {
    "Lamplight",
    "English",
    "中文",
    "Atom",
    "JSON",
    "CSV",
    "htmx",
    "n",
    "h",
    "Q",
    "%",
    "·",
    "/",
    "–",
    "ε",
}


def test_no_file_is_long() -> None:
    assert [path for path in PYTHON if len(path.read_text().splitlines()) > 400] == []


def test_no_room_or_module_has_an_empty_name() -> None:
    assert [path for path in PYTHON if {path.stem, path.parent.name} & FORBIDDEN] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_literal_text(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", _untranslated(path), flags=re.S)
    source = re.sub(r"<(style|script)\b.*?</\1>", " ", source, flags=re.S)
    attributes = re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"', source)
    texts = re.split(r"<[^>]*>", source) + attributes
    words = [word for text in texts for word in text.split() if re.search(r"[^\W\d_]", word)]
    assert [word for word in words if word not in SAME] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_inline_style_or_script(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|hx-on|js:", source)
    assert "|safe" not in source
    assert not re.search(r"autoescape\s+false", source)


def _untranslated(path: Path) -> str:
    """Return a template without its {% trans %} blocks, which are in the catalogue."""
    return re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", " ", path.read_text(), flags=re.S)
