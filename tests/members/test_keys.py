"""Keys: argon2id and HKDF against other implementations, wrapping, and the box."""

import hmac
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.members import keys

SITE = keys.Site(salt=b"sixteen bytes!!!", pepper=b"p" * 32)
ENTROPY = bytes.fromhex("9e885d952ad362caeb4efe34a8e91bd2")
MASTER = bytes(range(32))


def hmac256(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, sha256).digest()


def test_vector_from_openssl_and_hkdf_by_hand() -> None:
    """OpenSSL's argon2id is another implementation than the one in use; RFC 5869 is two HMACs."""
    stretched = Argon2id(
        salt=SITE.salt, length=32, iterations=2, lanes=1, memory_cost=19 * 1024
    ).derive(ENTROPY)
    extracted = hmac256(bytes(32), stretched)
    lookup = hmac256(extracted, b"lamplight account lookup\x01")
    opener = keys.open_phrase(SITE, ENTROPY)
    assert opener.row == hmac256(SITE.pepper, lookup)
    assert opener.wrapping == hmac256(extracted, b"lamplight account wrapping\x01")


@pytest.mark.parametrize(
    ("entropy", "site", "row", "wrapping"),
    [
        (
            bytes(16),
            keys.Site(bytes(16), bytes(32)),
            "94b0cd136a2f8107356713476f613dab7966e42d10ed1bfa45b24202c1950212",
            "07c09b04727e96ce4e679bec6bcf0a42d97227b1b680779d148b49be1f9b5123",
        ),
        (
            ENTROPY,
            SITE,
            "19f2f56daf13a02bf856552063dee1a979a7418ed5297872a1f04a5ecb5f7d28",
            "7a8588a3b180b1c7307afa820aa9650c081befe3662b5cbcc34a9e34dda5d9d4",
        ),
    ],
)
def test_fixed_values_keep_old_accounts_open(
    entropy: bytes, site: keys.Site, row: str, wrapping: str
) -> None:
    """A change here would lock everyone out: parameters number 1 means this for ever."""
    opener = keys.open_phrase(site, entropy, parameters=1)
    assert (opener.row.hex(), opener.wrapping.hex()) == (row, wrapping)


def test_cost_is_what_the_standard_asks() -> None:
    newest = keys.PARAMETERS[keys.NEWEST]
    assert newest.memory >= 19 * 1024
    assert newest.passes >= 2


def test_another_site_finds_and_opens_nothing() -> None:
    here = keys.open_phrase(SITE, ENTROPY)
    salted = keys.open_phrase(keys.Site(b"another salt....", SITE.pepper), ENTROPY)
    peppered = keys.open_phrase(keys.Site(SITE.salt, b"q" * 32), ENTROPY)
    assert len({here.row, salted.row, peppered.row}) == 3


def test_secrets_stay_out_of_representations() -> None:
    opener = keys.open_phrase(SITE, ENTROPY)
    shown = repr(opener) + repr(SITE)
    assert repr(opener.row)[2:-1] not in shown
    assert "pppp" not in shown


def test_wrapping_opens_only_its_own_row() -> None:
    opener = keys.open_phrase(SITE, ENTROPY)
    wrapped = keys.wrap(opener, MASTER)
    assert len(wrapped) == keys.WRAPPED_BYTES
    assert keys.unwrap(opener, wrapped) == MASTER
    assert keys.wrap(opener, MASTER) != wrapped
    for other in (
        keys.Opener(opener.parameters, b"other row", opener.wrapping),
        keys.Opener(opener.parameters + 1, opener.row, opener.wrapping),
        keys.Opener(opener.parameters, opener.row, bytes(32)),
    ):
        with pytest.raises(InvalidTag):
            keys.unwrap(other, wrapped)
    with pytest.raises(InvalidTag):
        keys.unwrap(opener, wrapped[:-1] + bytes([wrapped[-1] ^ 1]))


@pytest.mark.parametrize("content", [{}, {"badges": ["E"] * 20}, {"名": "灯" * 100}])
def test_box_has_one_size_and_comes_back(content: dict[str, object]) -> None:
    sealed = keys.seal_box(MASTER, b"row", content)
    assert len(sealed) == keys.SEALED_BOX_BYTES
    assert keys.open_box(MASTER, b"row", sealed) == content
    assert keys.seal_box(MASTER, b"row", content) != sealed


def test_box_opens_only_with_its_key_and_row() -> None:
    sealed = keys.seal_box(MASTER, b"row", {})
    for key, row in ((bytes(32), b"row"), (MASTER, b"other")):
        with pytest.raises(InvalidTag):
            keys.open_box(key, row, sealed)


def test_box_refuses_what_does_not_fit() -> None:
    keys.seal_box(MASTER, b"row", {"x": "a" * (keys.BOX_BYTES - 8)})
    with pytest.raises(ValueError, match="too much"):
        keys.seal_box(MASTER, b"row", {"x": "a" * (keys.BOX_BYTES - 7)})
