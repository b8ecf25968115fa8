"""One finished public page: what every reader of one language gets, compressed once."""

import gzip
import hashlib
from dataclasses import dataclass
from typing import Final

from starlette.types import Message

Pairs = list[tuple[bytes, bytes]]

_COUNTED: Final = (b"content-length", b"etag")
# RFC 9110, 15.4.5: what a 304 repeats of the 200; Date is the server's. The page that the browser
# kept bears its own policy (RFC 9111, 3.2: other stored headers stay), so no other header is sent.
_REPEATED: Final = (b"cache-control", b"content-location", b"etag", b"expires", b"vary")


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer with the version it is valid for; plain bytes are unpacked for who needs them."""

    version: str
    etag: bytes
    own: Pairs
    headers: Pairs
    zipped_headers: Pairs
    unchanged_headers: Pairs
    zipped: bytes

    @property
    def size(self) -> int:
        """Return the bytes this answer takes, roughly."""
        return len(self.zipped) + 3_000

    @property
    def body(self) -> bytes:
        """Return the page as it was made."""
        return gzip.decompress(self.zipped)


def public(start: Message) -> bool:
    """Tell whether the start of an answer says that everyone may have these bytes."""
    headers = dict(start["headers"])
    cacheable = headers.get(b"cache-control", b"").startswith(b"public, no-cache")
    return cacheable and start["status"] == 200 and b"set-cookie" not in headers


def keep(version: str, headers: Pairs, body: bytes, fixed: Pairs) -> Kept:
    """Finish an answer of the application; `fixed` are the headers that every answer bears."""
    everywhere = {name for name, _ in fixed}
    own = [
        (name, value + b", Accept-Encoding" if name == b"vary" else value)
        for name, value in headers
        if name not in everywhere and name not in _COUNTED
    ]
    etag = b'"' + hashlib.sha256(body).hexdigest()[:24].encode() + b'"'
    return finished(version, etag, own, gzip.compress(body, 9, mtime=0), fixed)


def finished(version: str, etag: bytes, own: Pairs, zipped: bytes, fixed: Pairs) -> Kept:
    """Put an answer together from its own headers, its compressed bytes and the fixed headers."""
    shared = [*own, (b"etag", etag), *fixed]
    length = int.from_bytes(zipped[-4:], "little")  # RFC 1952, 2.3.1: ISIZE
    return Kept(
        version,
        etag,
        own,
        [*shared, (b"content-length", b"%d" % length)],
        [*shared, (b"content-encoding", b"gzip"), (b"content-length", b"%d" % len(zipped))],
        [pair for pair in shared if pair[0] in _REPEATED],
        zipped,
    )
