"""The page cache: public pages are the same bytes for everyone, so they are made once.

Outermost, pure ASGI. An answer is kept when it says `Cache-Control: public`, and is valid for
one set of editions (releases, directory, templates). Nothing of a reader is in the key but the
language; nothing of a worker is ever in the bytes.
"""

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.editions import Watch
from app.web.languages import choose

Key = tuple[str, str, str, bool]
Pairs = list[tuple[bytes, bytes]]
_PRIVATE = (b"content-length", b"etag")


@dataclass(frozen=True)
class Kept:
    """One answer, plain and compressed, with the version it is valid for."""

    version: str
    etag: bytes
    headers: Pairs
    zipped_headers: Pairs
    unchanged_headers: Pairs
    body: bytes
    zipped: bytes

    @property
    def size(self) -> int:
        """Return the bytes this answer takes, roughly."""
        return len(self.body) + len(self.zipped) + 2_000


class PageCache:
    """Keeps public answers within a number of bytes, the least recently used going first."""

    def __init__(
        self, app: ASGIApp, watch: Watch, template_version: str, language: str, most_bytes: int
    ) -> None:
        """Wrap an application; `language` is the operator's default, most_bytes bounds memory."""
        self.app = app
        self.watch = watch
        self.template_version = template_version
        self.language = language
        self.most_bytes = most_bytes
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.bytes = 0
        self.building: dict[Key, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where that is right, and remember what is public."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        key, zips, none_match = self._asked(scope)
        version = await self._version()
        kept = self._find(key, version)
        if kept is None:
            kept = await self._build(key, version, scope, receive, send)
        if kept is not None:
            await _answer(kept, zips, none_match, send)

    async def _version(self) -> str:
        if self.watch.stale():
            await asyncio.to_thread(self.watch.numbers)
        return f"{self.template_version}{self.watch.mark}"

    def _asked(self, scope: Scope) -> tuple[Key, bool, bytes]:
        accepted, none_match, zips, htmx = b"", b"", False, False
        for name, value in scope["headers"]:
            if name == b"accept-language":
                accepted = value
            elif name == b"if-none-match":
                none_match = value
            elif name == b"accept-encoding":
                zips = b"gzip" in value
            elif name == b"hx-request":
                htmx = True
        query, asked = scope["query_string"], ""
        if query:
            pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
            asked = dict(pairs).get("lang", "")
            query = urlencode(sorted(pairs))
        lang = choose(asked, accepted.decode("latin-1"), self.language)
        return (scope["path"], query or "", lang, htmx), zips, none_match

    def _find(self, key: Key, version: str) -> Kept | None:
        kept = self.kept.get(key)
        if kept is None:
            return None
        if kept.version != version:
            self._drop(key)
            return None
        self.kept.move_to_end(key)
        return kept

    async def _build(
        self, key: Key, version: str, scope: Scope, receive: Receive, send: Send
    ) -> Kept | None:
        """Run the application once for all who wait for the same page.

        None means that the answer was not public and has been sent already.
        """
        lock = self.building.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                kept = self._find(key, version)
                return kept or await self._run(key, version, scope, receive, send)
        finally:
            if not lock.locked():
                self.building.pop(key, None)

    async def _run(
        self, key: Key, version: str, scope: Scope, receive: Receive, send: Send
    ) -> Kept | None:
        start: Message | None = None
        body: list[bytes] = []

        async def listen(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _public(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body.append(message.get("body", b""))

        await self.app(scope, receive, listen)
        if start is None:
            return None
        kept = _keep(version, start["headers"], b"".join(body))
        self._remember(key, kept)
        return kept

    def _remember(self, key: Key, kept: Kept) -> None:
        self._drop(key)
        self.kept[key] = kept
        self.bytes += kept.size
        while self.bytes > self.most_bytes:
            self._drop(next(iter(self.kept)))

    def _drop(self, key: Key) -> None:
        kept = self.kept.pop(key, None)
        self.bytes -= kept.size if kept else 0


def _public(start: Message) -> bool:
    cacheable = any(
        name == b"cache-control" and value.startswith(b"public, no-cache")
        for name, value in start["headers"]
    )
    return cacheable and start["status"] == 200


def _keep(version: str, headers: Pairs, body: bytes) -> Kept:
    etag = b'"' + hashlib.sha256(body).hexdigest()[:24].encode() + b'"'
    zipped = gzip.compress(body, 9, mtime=0)
    shared = [(name, value) for name, value in headers if name not in _PRIVATE]
    shared = [(n, v + b", Accept-Encoding" if n == b"vary" else v) for n, v in shared]
    shared.append((b"etag", etag))
    plain = [*shared, (b"content-length", str(len(body)).encode())]
    small = [
        *shared,
        (b"content-encoding", b"gzip"),
        (b"content-length", str(len(zipped)).encode()),
    ]
    return Kept(version, etag, plain, small, shared, body, zipped)


async def _answer(kept: Kept, zips: bool, none_match: bytes, send: Send) -> None:
    if none_match and kept.etag in none_match:
        headers = kept.unchanged_headers
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    headers = kept.zipped_headers if zips else kept.headers
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": kept.zipped if zips else kept.body})
