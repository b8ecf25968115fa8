"""A form that brings a file: read in memory within bounds, so that no file waits on a disk."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.evidence.scrubbing import MOST_BYTES
from app.web.forms import MOST_FIELDS, Form, taking
from app.web.languages import N_
from app.web.limits import network
from app.web.refusals import Refusal

# `max_body_size` of every route that takes an upload. Of a file that is too large nothing is
# held, but the text around it is read: whoever chose it keeps every word.
BODY_BYTES: Final = 4 * MOST_BYTES
FIELD_BYTES: Final = 100_000
# A body above this many bytes takes one of the places: together they bound the memory.
LARGE: Final = 1_000_000
PLACES: Final = 6
OWN_PLACES: Final = 2  # of them for one network, or it would keep everybody else out
LONGEST: Final = 120.0  # seconds for a body to arrive


@dataclass(frozen=True)
class Upload:
    """A form and the bytes of its one file; None where no file was chosen."""

    form: Form
    file: bytes | None = None


class Landing:
    """The places for large bodies of one application; belongs to its event loop."""

    def __init__(self, places: int = PLACES) -> None:
        """Begin with all places free."""
        self._free = places
        self._held: Counter[str] = Counter()

    @asynccontextmanager
    async def place(self, whose: str) -> AsyncIterator[None]:
        """Hold a place of a network's; a 503 when there is none, or none more for this network."""
        if not self._free or self._held[whose] >= OWN_PLACES:
            raise Refusal(503)
        self._free -= 1
        self._held[whose] += 1
        try:
            yield
        finally:
            self._free += 1
            self._held[whose] -= 1
            self._held += Counter()  # forgets who holds none


class _InMemory(MultiPartParser):
    """Starlette's parser, which would otherwise put a file of a megabyte on the disk."""

    spool_max_size = MOST_BYTES + FIELD_BYTES
    held = 0

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Hold what a part brings; of a file no more than what tells that it is too large."""
        if self._current_part.file is not None:
            end = min(end, start + MOST_BYTES + 1 - self.held)
            self.held += end - start
        super().on_part_data(data, start, end)


def uploading(**longest: int) -> Callable[[Request], Awaitable[Upload]]:
    """Return what reads a form with a file, some fields of which may be so many characters long.

    A page names it after its `Worker`, so that a stranger's body is never read.
    """
    plain = taking(**longest)

    async def read(request: Request) -> Upload:
        written, options = parse_options_header(request.headers.get("content-type", ""))
        if written != b"multipart/form-data":
            return Upload(await plain(request))
        if options.get(b"charset", b"utf-8").lower() != b"utf-8":
            raise Refusal(415)
        return _read(await _arrived(request), longest)

    return read


uploaded = uploading()
Uploaded = Annotated[Upload, Depends(uploaded)]


async def _arrived(request: Request) -> FormData:
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told) <= LARGE:
        return await _parsed(request)
    async with request.app.state.landing.place(network(request)):
        return await _parsed(request)


async def _parsed(request: Request) -> FormData:
    parser = _InMemory(
        request.headers,
        request.stream(),
        max_files=1,
        max_fields=MOST_FIELDS,
        max_part_size=FIELD_BYTES,
    )
    try:
        async with asyncio.timeout(LONGEST):
            return await parser.parse()
    except MultiPartException as error:
        raise Refusal(400) from error
    except TimeoutError as error:
        raise Refusal(503, N_("The picture took too long to arrive. Send it again.")) from error


def _read(data: FormData, longest: dict[str, int]) -> Upload:
    pairs = [(name, value) for name, value in data.multi_items() if isinstance(value, str)]
    files = [value for value in data.values() if isinstance(value, UploadFile)]
    form = Form(pairs, longest)
    if not files:
        return Upload(form)
    with files[0].file as held:
        content = held.read()
    # A browser sends a nameless empty file where none was chosen.
    return Upload(form, content if content or files[0].filename else None)
