"""Which item of ours an address names: a post of a thread, or an employer's reply. Pure."""

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
_EMPLOYER: Final = re.compile(r"/employers/(?P<slug>[a-z0-9-]{1,80})")
REPLY: Final = "employer-reply"  # the id of a reply on its page


@dataclass(frozen=True)
class Pointed:
    """What an address names: a thread, and in it a post by its id or its position.

    reply: the employer's, in a thread, or of the employer with this slug on its own page.
    """

    thread: bytes
    post: bytes | None
    position: int
    reply: bool = False
    slug: str = ""


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
    reply = parts.fragment == REPLY
    if reply and (page := _EMPLOYER.fullmatch(parts.path)):
        return Pointed(b"", None, 0, reply, page["slug"])
    found = _PATH.fullmatch(parts.path)
    if found is None:
        return None
    place = _PLACE.fullmatch(parts.fragment)
    post = bytes.fromhex(found["post"]) if found["post"] else None
    position = int(found["at"] or (place[1] if place else 0))
    return Pointed(bytes.fromhex(found["thread"]), post, position, reply)
