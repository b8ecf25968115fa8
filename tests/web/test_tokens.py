"""Hidden fields open for their purpose, within their time, and not when altered."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.settings import Settings
from app.web.tokens import Stale, Unreadable, new_token, row_id, seal, unseal

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def keys(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path)


def test_a_token_gives_back_its_nonce_and_what_was_added(keys: Settings) -> None:
    token = new_token(keys, NOON, "join", b"twelve words")
    opened = unseal(keys, "join", token, NOON + timedelta(minutes=59), HOUR)
    assert opened[16:] == b"twelve words"


def test_two_tokens_differ(keys: Settings) -> None:
    assert new_token(keys, NOON) != new_token(keys, NOON)


def test_a_token_of_another_purpose_does_not_open(keys: Settings) -> None:
    with pytest.raises(Unreadable):
        unseal(keys, "close", seal(keys, "join", b"x", NOON), NOON, HOUR)


@pytest.mark.parametrize("broken", ["", "x", "*" * 40, "é" * 30, "\ud800", "A" * 200])
def test_noise_does_not_open(keys: Settings, broken: str) -> None:
    with pytest.raises(Unreadable):
        unseal(keys, "form", broken, NOON, HOUR)


def test_one_altered_byte_does_not_open(keys: Settings) -> None:
    token = seal(keys, "form", b"payload", NOON)
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        altered = token[:place] + other + token[place + 1 :]
        with pytest.raises(Unreadable):
            unseal(keys, "form", altered, NOON, HOUR)


def test_an_old_token_is_stale(keys: Settings) -> None:
    token = seal(keys, "form", b"", NOON)
    with pytest.raises(Stale):
        unseal(keys, "form", token, NOON + timedelta(minutes=62), HOUR)


def test_the_time_of_sealing_is_not_readable(keys: Settings) -> None:
    minute = int(NOON.timestamp() // 60).to_bytes(4, "big")
    assert minute not in base64.urlsafe_b64decode(seal(keys, "form", b"", NOON))


def test_a_row_id_depends_on_the_server_and_on_the_token(keys: Settings, tmp_path: Path) -> None:
    other = Settings(var=tmp_path, secret_key="another server")
    assert row_id(keys, b"n" * 16) == row_id(keys, b"n" * 16)
    assert row_id(keys, b"n" * 16) != row_id(keys, b"m" * 16)
    assert row_id(keys, b"n" * 16) != row_id(other, b"n" * 16)
