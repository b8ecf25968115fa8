"""Rows of Markdown tables and items of Markdown lists, as people really type them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-+:?\s*")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"\s{0,3}[*+-]\s+(.*)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s[^()]*)?\)")
_BARE = re.compile(r"https?://[^\s<>()\[\]|、，。；）】]+")
_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True)
class TableRow:
    """One row of a table: its line in the file (from 1), the table's header, its cells."""

    line: int
    header: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ListItem:
    """One item of a list: its line in the file (from 1), the heading above it, its text."""

    line: int
    heading: str
    text: str


def _cells(line: str) -> tuple[str, ...]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return tuple(cell.replace("\\|", "|").strip() for cell in _PIPE.split(line))


def table_rows(text: str) -> Iterator[TableRow]:
    """Yield the body rows of every table; a table is a header line above a line of dashes.

    A row may lack its last pipe and may have more or fewer cells than the header. A table ends
    at the first line without a pipe (GitHub Flavored Markdown, section 4.10).
    """
    header: tuple[str, ...] = ()
    above = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not _PIPE.search(line):
            header = ()
        elif header:
            yield TableRow(number, header, _cells(line))
        elif _PIPE.search(above) and all(_RULE.fullmatch(cell) for cell in _cells(line)):
            header = _cells(above)
        above = line


def list_items(text: str) -> Iterator[ListItem]:
    """Yield the items of every bullet list with the heading they stand under."""
    heading = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEADING.match(line):
            heading = found[1].strip()
        elif found := _ITEM.match(line):
            yield ListItem(number, heading, found[1].strip())


def links(cell: str) -> list[str]:
    """Addresses in a cell, in order and once each: Markdown links, then bare http addresses."""
    written = [found[2] for found in _LINK.finditer(cell) if found[2]]
    bare = [found[0] for found in _BARE.finditer(_LINK.sub(" ", cell))]
    return list(dict.fromkeys(written + bare))


def plain(cell: str) -> str:
    """A cell's words: links by their label, no tags, no addresses, single spaces."""
    words = _LINK.sub(lambda found: f" {found[1]} ", cell)
    return " ".join(_TAG.sub(" ", _BARE.sub(" ", words)).split())
