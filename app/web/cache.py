"""The page cache: public pages are the same bytes for everyone, so they are made once.

Outermost, pure ASGI. An answer is kept when it says `Cache-Control: public`, and is valid for
one set of editions (releases, directory, program). Nothing of a reader is in the key but the
language; nothing of a worker is ever in the bytes.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable, Collection
from contextlib import suppress
from operator import itemgetter
from typing import Final
from urllib.parse import parse_qsl, urlencode

from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.editions import Read, Watch
from app.web.kept import Kept, Pairs, keep, public
from app.web.languages import choose
from app.web.shelf import Shelf
from app.web.versions import version

Key = tuple[str, str, str, bool]  # path, query, language, whether htmx asks
Building = asyncio.Future[Kept | None]

MOST_WAITING: Final = 64
MOST_VERSIONS: Final = 20_000
# Longer than any address of ours: what is kept by address stays within bounds.
LONGEST_PATH: Final = 200
LONGEST_QUERY: Final = 1_000


class PageCache:
    """Keeps public answers within a number of bytes, the least recently used going first.

    What falls out, and what another process has made, is found on the shelf.
    """

    def __init__(
        self,
        app: ASGIApp,
        watch: Watch,
        shelf: Shelf,
        *,
        program: str,
        language: str,
        hosts: Collection[str],
        shelved: re.Pattern[str],
        scopes: Callable[[str], tuple[str, ...]],
        fixed: Pairs,
        most_bytes: int,
    ) -> None:
        """Wrap an application.

        program: version of code, templates and settings; language: the operator's default;
        hosts: whose pages these are; shelved: the paths that go to the shelf; fixed: the
        headers that every answer bears; most_bytes: bound of the memory; scopes: which scoped
        editions a path shows besides the editions of every page.
        """
        self.app = app
        self.watch = watch
        self.shelf = shelf
        self.program = program
        self.language = language
        self.hosts = {host.encode() for host in hosts}
        self.shelved = shelved
        self.scopes = scopes
        self._versions: dict[str, tuple[Read, str]] = {}  # by path, and how fresh each is
        self.fixed = fixed
        self.most_bytes = most_bytes
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.bytes = 0
        self.building: dict[tuple[Key, str], Building] = {}
        self._waiting: dict[Key, Kept] = {}
        self._putting = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where that is right, and remember what is public."""
        asked = self._asked(scope) if scope["type"] == "http" else None
        if asked is None:
            await self.app(scope, receive, send)
            return
        key, zips, none_match = asked
        known = self._versions.get(key[0])
        if known is None or self.watch.old(known[0]):
            known = await self._look(key[0])
        version = known[1]
        kept = self._find(key, version)
        if kept is None:
            kept = await self._get(key, version, scope, receive, send)
        if kept is not None:
            await _answer(kept, zips, none_match, send)
        if self._waiting and not self._putting:
            await self._put()

    async def _look(self, path: str) -> tuple[Read, str]:
        """Find out the version of what may be shown now at a path."""
        scopes = self.scopes(path)
        if self.watch.stale(scopes):
            # Without its database a site still shows what it has in memory.
            with suppress(SQLAlchemyError):
                await asyncio.to_thread(self.watch.look, scopes)
        return self._note(path, scopes)

    def _note(self, path: str, scopes: tuple[str, ...]) -> tuple[Read, str]:
        if len(self._versions) >= MOST_VERSIONS:
            self._versions.clear()
        # First how fresh, then what: in between it can only become fresher.
        read = self.watch.oldest(scopes)
        known = self._versions[path] = read, version(self.program, self.watch.marked(scopes))
        return known

    def _asked(self, scope: Scope) -> tuple[Key, bool, bytes] | None:
        """Read what the cache must know of a request; None if it is no matter for it."""
        if scope["method"] != "GET":
            return None
        if len(scope["path"]) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            return None
        accepted, none_match, zips, htmx, host = b"", b"", False, False, b""
        # Backwards, so that of two headers the first counts, as it does for the page.
        for name, value in reversed(scope["headers"]):
            if name == b"host":
                host = value
            elif name == b"accept-encoding":
                zips = b"gzip" in value
            elif name == b"if-none-match":
                none_match = value
            elif name == b"accept-language":
                accepted = value
            elif name == b"hx-request":
                htmx = value != b""
        if host.partition(b":")[0] not in self.hosts:
            return None
        query, wish = "", ""
        if scope["query_string"]:
            pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            wish = dict(pairs).get("lang", "")
            # By name only: of two values of one name the page takes the last.
            query = urlencode(sorted(pairs, key=itemgetter(0)))
        lang = choose(wish, accepted.decode("latin-1"), self.language)
        return (scope["path"], query, lang, htmx), zips, none_match

    def _find(self, key: Key, version: str) -> Kept | None:
        kept = self.kept.get(key)
        if kept is None:
            return None
        if kept.version != version:
            self._drop(key)
            return None
        self.kept.move_to_end(key)
        return kept

    async def _get(
        self, key: Key, version: str, scope: Scope, receive: Receive, send: Send
    ) -> Kept | None:
        """Fetch or make a page once for all who wait for it.

        Of this version only: one that was begun before a change does not show it.
        None means that the answer was not public and has been sent already.
        """
        if going := self.building.get((key, version)):
            # shield: who gives up waiting does not take the page from the others.
            kept = await asyncio.shield(going)
            if kept is None:
                await self.app(scope, receive, send)
            return kept
        going = self.building[key, version] = asyncio.get_running_loop().create_future()
        kept = None
        try:
            kept = await self._fetch(key, version)
            if kept is None:
                kept = await self._make(key, version, going, scope, receive, send)
            if kept is not None:
                self._remember(key, kept)
        finally:
            self._settle(key, version, going, kept)
        return kept

    async def _fetch(self, key: Key, version: str) -> Kept | None:
        if not self._on_shelf(key):
            return None
        with suppress(SQLAlchemyError):
            return await asyncio.to_thread(self.shelf.find, key[0], key[2], version)
        return None

    async def _make(
        self,
        key: Key,
        version: str,
        going: Building,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> Kept | None:
        start: Message | None = None
        body: list[bytes] = []

        async def listen(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if public(message):
                    start = message
                    return
                # Not to be shared, so nobody need wait for a slow reader of it.
                self._settle(key, version, going, None)
            if start is None:
                await send(message)
            else:
                body.append(message.get("body", b""))

        await self.app(scope, receive, listen)
        if start is None:
            return None
        kept = keep(version, start["headers"], b"".join(body), self.fixed)
        if self._on_shelf(key) and len(self._waiting) < MOST_WAITING:
            self._waiting[key] = kept
        return kept

    def _on_shelf(self, key: Key) -> bool:
        path, query, _, htmx = key
        return not query and not htmx and self.shelved.fullmatch(path) is not None

    async def _put(self) -> None:
        """Shelve what waits, one batch at a time; called when the reader has the answer."""
        self._putting = True
        try:
            while self._waiting:
                batch = [(key[0], key[2], kept) for key, kept in self._waiting.items()]
                self._waiting.clear()
                # A full or absent database is no reason to fail: the page is made again.
                with suppress(SQLAlchemyError):
                    await asyncio.to_thread(self.shelf.put, batch)
        finally:
            self._putting = False

    def _settle(self, key: Key, version: str, going: Building, kept: Kept | None) -> None:
        if self.building.get((key, version)) is going:
            del self.building[key, version]
        if not going.done():
            going.set_result(kept)

    def _remember(self, key: Key, kept: Kept) -> None:
        self._drop(key)
        self.kept[key] = kept
        self.bytes += kept.size
        while self.bytes > self.most_bytes:
            self._drop(next(iter(self.kept)))

    def _drop(self, key: Key) -> None:
        kept = self.kept.pop(key, None)
        self.bytes -= kept.size if kept else 0


async def _answer(kept: Kept, zips: bool, none_match: bytes, send: Send) -> None:
    if none_match and kept.etag in none_match:
        start = {"type": "http.response.start", "status": 304, "headers": kept.unchanged_headers}
        await send(start)
        await send({"type": "http.response.body", "body": b""})
        return
    headers = kept.zipped_headers if zips else kept.headers
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": kept.zipped if zips else kept.body})
