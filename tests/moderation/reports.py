"""The open pages as tests read them: the log as it is downloaded, a table of the report."""

import json
import re
from collections.abc import Iterable
from typing import Any

from starlette.testclient import TestClient

from tests.people import Person

RESTRICTING = {"remove", "return", "hide", "remove_image", "suppress"}


def downloaded(client: TestClient) -> list[dict[str, Any]]:
    """Download the whole log, part by part."""
    path, lines = "/transparency/log.jsonl", list[dict[str, Any]]()
    while path:
        answer = client.get(path)
        lines += [json.loads(row) for row in answer.text.splitlines()]
        following = re.match('<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        path = following[1] if following else ""
    return lines


def restricting(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines that take something from readers."""
    return [line for line in lines if line["action"] in RESTRICTING]


def table(person: Person, code: str) -> dict[str, list[int]]:
    """Read a table of the report as a person does."""
    found = next(t for t in person.page.iter("table") if t.get("id") == code)
    return {
        "".join(row.find("th").itertext()): [  # type: ignore[union-attr]  # every row has one
            int("".join(cell.itertext()).replace(",", "")) for cell in row.iter("td")
        ]
        for row in found.find("tbody") or ()
    }
