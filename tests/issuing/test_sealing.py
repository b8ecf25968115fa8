"""Secrets of the issuer open only under its secret, and only in their own row."""

from pathlib import Path

import pytest

from app.issuing import sealing
from app.settings import Settings
from tests import keyring

PEPPER = bytes(range(32))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path, issuer_secret_key="one", secret_key="of the site")


def test_a_key_and_a_pepper_open_again(settings: Settings) -> None:
    key = keyring.premade()()
    assert sealing.open_key(settings, b"id", sealing.seal_key(settings, b"id", key)) == key
    sealed = sealing.seal_pepper(settings, "2026Q4", PEPPER)
    assert len(sealed) == 60
    assert sealing.open_pepper(settings, "2026Q4", sealed) == PEPPER
    assert sealing.seal_pepper(settings, "2026Q4", PEPPER) != sealed


def test_they_open_nowhere_else(settings: Settings, tmp_path: Path) -> None:
    sealed = sealing.seal_pepper(settings, "2026Q4", PEPPER)
    stolen = Settings(var=tmp_path, issuer_secret_key="another", secret_key="of the site")
    for known, quarter, found in (
        (settings, "2027Q1", sealed),
        (stolen, "2026Q4", sealed),
        (settings, "2026Q4", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (settings, "2026Q4", b""),
    ):
        with pytest.raises(sealing.WrongSecret):
            sealing.open_pepper(known, quarter, found)
    with pytest.raises(sealing.WrongSecret):
        sealing.open_key(settings, b"2026Q4", sealed)


def test_the_directory_is_signed_with_the_issuers_secret(
    settings: Settings, tmp_path: Path
) -> None:
    other = Settings(var=tmp_path, issuer_secret_key="one", secret_key="of another site")
    third = Settings(var=tmp_path, issuer_secret_key="two", secret_key="of the site")
    keys = [
        sealing.directory_key(s).public_key().public_bytes_raw() for s in (settings, other, third)
    ]
    assert keys[0] == keys[1] != keys[2]
