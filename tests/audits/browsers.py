"""Browsers of many people, each with an address of its own on this machine, over a real wire."""

import http.client
import re
import secrets
from contextlib import closing
from typing import Final, Self
from urllib.parse import urlencode, urlsplit

FORM: Final = "application/x-www-form-urlencoded"
HIDDEN: Final = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')


class Answered(AssertionError):
    """The application answered otherwise than a person could go on with."""


class Browser:
    """Opens pages of one site; keeps its cookie; comes from one address."""

    def __init__(self, url: str, port: int, source: str, agent: str = "") -> None:
        """Connect to a port of this machine as if it were the host of a URL."""
        self._host = urlsplit(url).netloc
        self.source = source
        self._port = port
        self._agent = agent or f"Browser of {source}"
        self.more: dict[str, str] = {}
        self.cookie = ""
        self.status = 0
        self.html = ""

    def open(self, path: str) -> Self:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, *, json: bool = False, **values: str) -> Self:
        """Send a form; raises Answered unless it is taken."""
        kind = "application/json" if json else "text/html"
        return self._taken(path, urlencode(values).encode(), FORM, kind)

    def upload(self, path: str, name: str, data: bytes, **values: str) -> Self:
        """Send a form with a file; raises Answered unless it is taken."""
        edge = secrets.token_hex(16)
        parts = [f'name="{field}"\r\n\r\n{value}'.encode() for field, value in values.items()]
        parts.append(f'name="{name}"; filename="{name}"\r\n\r\n'.encode() + data)
        start = f"--{edge}\r\nContent-Disposition: form-data; ".encode()
        body = b"".join(start + part + b"\r\n" for part in parts) + f"--{edge}--\r\n".encode()
        return self._taken(path, body, f"multipart/form-data; boundary={edge}")

    def _taken(self, path: str, body: bytes, kind: str, accept: str = "text/html") -> Self:
        self._ask("POST", path, body, kind, accept)
        if self.status not in {200, 303}:
            raise Answered(f"{path}: {self.status} {_said(self.html)}")
        return self

    @property
    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the page."""
        return dict(HIDDEN.findall(self.html))

    def _ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "", accept: str = "text/html"
    ) -> Self:
        headers = {
            "Host": self._host,
            "Accept": accept,
            "User-Agent": self._agent,
            "Sec-Fetch-Site": "same-origin",
            **self.more,
        }
        if kind:
            headers["Content-Type"] = kind
        if self.cookie:
            headers["Cookie"] = self.cookie
        wire = http.client.HTTPConnection("127.0.0.1", self._port, 20, (self.source, 0))
        with closing(wire):
            wire.request(method, path, body or None, headers)
            answer = wire.getresponse()
            self.html = answer.read().decode()
        self.status = answer.status
        if told := answer.headers.get("set-cookie"):
            self.cookie = told.partition(";")[0]
        return self


def _said(html: str) -> str:
    """Return what a page says, without its markup, for the report of a failure."""
    body = html.partition("<main")[2] or html
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())[:600]
