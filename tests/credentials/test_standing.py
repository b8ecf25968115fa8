"""Where a credential stands, by the table that the browser is judged by as well."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from app.credentials import standing, text
from tests.credentials.standings import Case, cases, issued


@pytest.fixture(scope="module")
def table() -> list[Case]:
    return cases()


def test_the_table(table: list[Case]) -> None:
    for case in table:
        found = standing.of(case.document, case.credential, date.fromisoformat(case.today))
        told = (found.state, found.label, found.day and found.day.isoformat())
        assert told == (case.state, case.label, case.day), case.name


def test_every_state_is_in_the_table(table: list[Case]) -> None:
    assert {case.state for case in table} == set(standing.STATES)


def test_the_documentation_names_every_state_in_the_order_of_judging() -> None:
    said = (Path(__file__).parents[2] / "docs/credentials.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z]+) \|", said.partition("| state |")[2], re.M)
    assert tuple(rows[: len(standing.STATES)]) == standing.STATES


def test_any_change_to_a_directory_is_noticed() -> None:
    issuer, credential = issued()
    document = json.loads(issuer.document())
    today = date(2026, 11, 20)
    for place in range(len(document["entries"])):
        less = {**document, "entries": document["entries"][:place]}
        more = {**document, "entries": [*document["entries"][:place], " ", *document["entries"]]}
        turned = {**document, "entries": document["entries"][place:] + document["entries"][:place]}
        for changed in (less, more, turned):
            if changed != document:
                found = standing.of(json.dumps(changed).encode(), credential, today)
                assert found.state == "stranger"


def test_a_credential_is_read_as_it_is_written() -> None:
    _, credential = issued()
    written = text.write(credential)

    assert text.read(written) == credential
    assert text.read("\ufeff\r\n" + written.replace("\n", "\r\n\r\n")) == credential


@pytest.mark.parametrize("place", range(6))
def test_a_credential_that_is_cut_is_refused(place: int) -> None:
    lines = text.write(issued()[1]).splitlines()
    for broken in ([], [lines[place][:-2]], [lines[place], lines[place]], [lines[place] + " x"]):
        if place == 2 and broken and len(broken) == 1:
            continue  # a name may be anything
        with pytest.raises(text.NotACredential):
            text.read("\n".join([*lines[:place], *broken, *lines[place + 1 :]]))


def test_a_name_cannot_break_a_file_or_a_terminal() -> None:
    assert text.plain("A\u001b[2J\nemployer 00\u202e\u00a0B ") == "A [2J employer 00 B"
