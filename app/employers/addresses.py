"""Web addresses found in public lists: completed, and without what follows the one who shared."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

LONGEST = 1000
_SCHEMES = re.compile(r"^(?:https?://)+(?=https?://)", re.IGNORECASE)
_BARE_HOST = re.compile(r"^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:[:/?#]|$)")
_TRACKING = re.compile(r"utm_\w+|_?share\w*|webid|baiduid|tdsourcetag|from|sid", re.IGNORECASE)
# Pages about a company on these hosts are not the company's own.
_DIRECTORIES = ("kanzhun.com", "zhipin.com", "xin.baidu.com", "github.com", "jobui.com")


def clean(written: str, base: str) -> str | None:
    """Complete an address against the page it stands on; None for what is no web address."""
    text = _SCHEMES.sub("", written.strip())
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) and _BARE_HOST.match(text):
        text = f"http://{text}"
    try:
        found = urlsplit(urljoin(base, text))
        host = found.hostname or ""
    except ValueError:
        return None
    if found.scheme not in ("http", "https") or "." not in host or found.username:
        return None
    whole = urlunsplit(found._replace(query=_kept(found.query)))
    return whole if len(whole) <= LONGEST and not re.search(r"[\s<>\"]", whole) else None


def is_own(address: str) -> bool:
    """Whether an address is an employer's own site rather than a page about it elsewhere."""
    found: SplitResult = urlsplit(address)
    listed = any((found.hostname or "").endswith(host) for host in _DIRECTORIES)
    return not (listed and found.path.strip("/"))


def _kept(query: str) -> str:
    parts = query.split("&")
    return "&".join(part for part in parts if not _TRACKING.fullmatch(part.partition("=")[0]))
