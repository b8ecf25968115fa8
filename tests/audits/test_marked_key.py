"""A key of one's own marks its bearer: the wallet never shows what was made under one."""

from pathlib import Path

import pytest

from app.credentials import wallet
from tests.audits import marking
from tests.audits.marking import Careless, Operator, entries, fooled, keys, opened, shows, takes

TRICKS = (
    "a directory of one's own",
    "an honest directory, signed under a private key",
    "a second key of the same employer, listed later",
    "the private key listed as another employer's",
    "a chain that begins after what was dropped",
    "a directory that somebody else signed",
)


def test_no_trick_is_left_out() -> None:
    assert tuple(marking.tricks()) == TRICKS


@pytest.mark.parametrize("name", TRICKS)
def test_a_private_key_is_always_noticed(name: str, tmp_path: Path) -> None:
    for again in range(3):
        folder = tmp_path / str(again)
        folder.mkdir()
        assert not fooled(marking.tricks()[name], folder)


def test_everybody_elses_key_is_shown_on_its_day(tmp_path: Path) -> None:
    everybody = keys()[0]
    operator = Operator()
    at_issue = operator.directory(*entries(everybody))
    credential = takes(operator, at_issue, None, tmp_path)
    later = operator.directory(*entries(everybody), *opened(everybody))
    line = shows(credential, later, tmp_path)
    assert line.startswith("employer ")
    assert not marking.recognised(line)


def test_a_rewritten_chain_is_noticed_by_all_others(tmp_path: Path) -> None:
    everybody, _, private = keys()
    operator = Operator()
    credential = takes(operator, operator.directory(*entries(everybody)), None, tmp_path)
    rewritten = operator.directory(*entries(private), *opened(private))
    with pytest.raises(wallet.Failed):
        shows(credential, rewritten, tmp_path)


def test_a_wallet_without_the_check_is_caught(tmp_path: Path) -> None:
    with Careless():
        found = []
        for number, trick in enumerate(marking.tricks().values()):
            folder = tmp_path / str(number)
            folder.mkdir()
            found.append(fooled(trick, folder))
    assert sum(found) >= len(found) - 1
