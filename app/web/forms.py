"""What a person typed: read strictly, kept for the page that comes back, judged field by field."""

import asyncio
import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile

from app.web.languages import N_
from app.web.refusals import Refusal

LONGEST = 2_000
BODY_BYTES = 2_500_000
MOST_FIELDS = 80
# What can be neither stored nor shown: NUL and its like, lone surrogates, broken UTF-8.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
# Letters and signs by their category, and yet nothing is seen of them.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_PER_CENT = re.compile(b"(?:%[0-9A-Fa-f]{2})+")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Message:
    """A message id with the values for its %(name)s places; pages translate it."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Form:
    """The values of one submitted form and the messages beside its fields."""

    def __init__(
        self,
        pairs: list[tuple[str, str]] | None = None,
        longest: Mapping[str, int] | None = None,
    ) -> None:
        """Take the pairs as sent; a first value wins and a second one is an error.

        longest: in characters, of fields that may be longer or shorter than usual.
        """
        self.values: dict[str, str] = {}
        self.errors: dict[str, Message] = {}
        self._longest = longest or {}
        for name, value in pairs or []:
            if name in self.values:
                self.error(name, N_("This was sent twice. Choose one."))
            else:
                self._take(name, value)

    def _take(self, name: str, value: str) -> None:
        value = value.replace("\r\n", "\n")  # browsers send line ends as two characters
        most = self._longest.get(name, LONGEST)
        self.values[name] = _UNSHOWN.sub("", value)
        if self.values[name] != value:
            self.error(name, N_("This holds characters that cannot be read. Type it again."))
        elif len(value) > most:
            self.error(name, N_("This is too long: at most %(most)s characters."), most=most)

    def get(self, name: str, default: str = "") -> str:
        """Return a field without the blanks around it."""
        return self.values.get(name, default).strip()

    def error(self, name: str, message: str, **values: Any) -> None:
        """Put a message beside a field; the first one stands."""
        self.errors.setdefault(name, Message(message, values))

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the fields that were sent."""
        return iter(self.values)

    @property
    def ok(self) -> bool:
        """Tell whether nothing stands beside any field."""
        return not self.errors


def visible(text: str) -> bool:
    """Tell whether anything of a text is seen: a letter, a number, a sign."""
    return any(unicodedata.category(each)[0] in "LNPS" for each in text if each not in _BLANK)


async def posted(request: Request) -> Form:
    """Read the body of a form; anything that is not a form is a 415."""
    return Form(await _sent(request))


def taking(**longest: int) -> Callable[[Request], Awaitable[Form]]:
    """Return what reads a form some of whose fields may be so many characters long."""

    async def read(request: Request) -> Form:
        return Form(await _sent(request), longest)

    return read


async def _sent(request: Request) -> list[tuple[str, str]]:
    written, options = parse_options_header(request.headers.get("content-type", ""))
    kind = written.decode("latin-1")
    if kind not in _FORMS:
        raise Refusal(415, N_("This address takes forms only."))
    if kind == _FORMS[0]:
        # In another thread: two million signs take a while to read.
        return await asyncio.to_thread(_pairs, await _body(request))
    # Python's other codecs are no encodings of forms: punycode takes quadratic time.
    if options.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise Refusal(415)
    async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=BODY_BYTES) as data:
        return [(n, v) for n, v in data.multi_items() if not isinstance(v, UploadFile)]


async def _body(request: Request) -> bytes:
    """Read a body within the bound of forms, also where a route takes larger files."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise Refusal(413)
    return bytes(body)


def _pairs(body: bytes) -> list[tuple[str, str]]:
    """Read application/x-www-form-urlencoded: https://url.spec.whatwg.org/#urlencoded-parsing."""
    if body.count(b"&") >= MOST_FIELDS:
        raise Refusal(400, N_("This form has too many fields."))
    cut = [field.partition(b"=") for field in body.split(b"&") if field]
    return [(_plain(name), _plain(value)) for name, _, value in cut]


def _plain(text: bytes) -> str:
    """Undo percent-encoding, a run at a time: urllib takes a hundred times the memory."""
    runs = _PER_CENT.sub(_bytes, text.replace(b"+", b" "))
    return runs.decode("utf-8", "replace")


def _bytes(run: re.Match[bytes]) -> bytes:
    return bytes.fromhex(run[0].decode().replace("%", ""))


Posted = Annotated[Form, Depends(posted)]
