"""Which item of ours an address names: a thread's first post, or a post of it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_THREAD: Final = r"/threads/(?P<thread>[0-9a-f]{32})"
_PATH: Final = re.compile(
    _THREAD + r"(?:\.json|/(?:mine|feed\.atom)?"
    r"|/at/(?P<at>\d{1,7})|/(?P<post>[0-9a-f]{32})(?:/[a-z]{1,12})?)?"
)
_PLACE: Final = re.compile(r"p(\d{1,7})")


@dataclass(frozen=True)
class Pointed:
    """What an address names: a thread, and in it a post by its id or its position."""

    thread: bytes
    post: bytes | None
    position: int


def read(text: str, sites: Iterable[str]) -> Pointed | None:
    """Read an address of a thread or a post; None if it is not one of ours.

    sites: the addresses of this site, of which a path alone needs none.
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    hosts = {urlsplit(site).netloc for site in sites if site} | {""}
    if parts.netloc not in hosts or parts.scheme not in {"", "http", "https"}:
        return None
    found = _PATH.fullmatch(parts.path)
    if found is None:
        return None
    place = _PLACE.fullmatch(parts.fragment)
    post = bytes.fromhex(found["post"]) if found["post"] else None
    position = int(found["at"] or (place[1] if place else 0))
    return Pointed(bytes.fromhex(found["thread"]), post, position)
