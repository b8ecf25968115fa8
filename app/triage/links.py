"""Links that say who opened or shared them: tracking parameters, tokens, ids of users. Pure."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final
from urllib.parse import parse_qsl

_STOP = r"\s|\[\]<>\"'`，。；！？、“”‘’《》【】一-鿿"
_LINK = re.compile(
    rf"(?:https?://[^{_STOP}]|(?<![A-Za-z0-9@.:/-])[A-Za-z0-9-]{{1,63}}"
    rf"(?:\.[A-Za-z0-9-]{{1,63}}){{1,4}}/)[^{_STOP}]{{1,2000}}",
    re.IGNORECASE,
)
_TRACKING: Final = re.compile(
    r"\A(?:utm[_-].+|utm|[gf]clid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|spm|scm"
    r"|vd_source"
    r"|share_?from|share_?medium|share_?source|wxshare.*|from_?source|xhsshare|si"
    # ids of users and of those who share
    r"|(?:uid|userid|user_id|openid|unionid|shareuid|sharer|inviter|invite|emp|empid"
    r"|employee|staff|staffid|member_?id|account_?id|email|mail|phone|mobile))\Z",
    re.IGNORECASE,
)
# What opens a door, if there is a key in it.
_DOOR: Final = re.compile(
    r"(?:token|sig|signature|auth|key|apikey|secret|session|sid|ticket|pwd|password"
    r"|passwd|code|jwt|credential|otp)",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(r"[0-9]+|[a-z]+|[A-Z]+")
_HEX: Final = re.compile(r"[0-9a-fA-F]{32,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# The long name of a public change to code is no secret.
_COMMITS: Final = {"commit", "commits", "blob", "tree", "raw"}


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where traceable links stand."""
    for match in _LINK.finditer(text):
        link = _trimmed(match[0])
        if _traceable(link):
            yield match.start(), match.start() + len(link)


def _trimmed(link: str) -> str:
    """Take off the signs of the sentence around a link, such as a closing bracket."""
    link = link.rstrip(".,;:!?*_~")
    while link.endswith((")", "]")) and link.count(")") + link.count("]") > link.count(
        "("
    ) + link.count("["):
        link = link[:-1].rstrip(".,;:!?*_~")
    return link


def _traceable(link: str) -> bool:
    address, _, fragment = link.partition("#")
    address, _, query = address.partition("?")
    host, _, path = (
        address.partition("://")[2].partition("/") if "://" in address else (address.partition("/"))
    )
    parts = ["", *path.split("/")]
    return (
        "@" in host
        or any(_asks(name, value) for name, value in [*_pairs(query), *_pairs(fragment)])
        or any(_key(part) and before not in _COMMITS for before, part in pairwise(parts))
    )


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _asks(name: str, value: str) -> bool:
    names = (name[:64], re.split("[_-]", name[:64])[-1])  # share_uid is a uid
    if any(map(_TRACKING.fullmatch, names)) or _random(value):
        return True
    return any(map(_DOOR.fullmatch, names)) and len(value) >= 4


def _key(part: str) -> bool:
    """Tell whether a part of a path is a secret: public pages have an ending or small letters."""
    mixed = part.lower() != part or len(part) >= 28
    return "." not in part and "%" not in part and mixed and _random(part)


def _random(part: str) -> bool:
    """Tell whether a part is nobody's word: long, and digits and letters change places often."""
    if _HEX.fullmatch(part):
        return True
    runs = _CHANGE.findall(part)
    digits = [run for run in runs if run.isdigit()]
    return len(part) >= 16 and len(digits) >= 2 and len(runs) * 4 >= len(part)
