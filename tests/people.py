"""People who use Lamplight: each has a browser without JavaScript and reads what it shows."""

from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from httpx2 import Response
from starlette.testclient import TestClient


class Person:
    """Somebody at a browser: opens pages, fills in the form on them, reads what comes back."""

    def __init__(self, client: TestClient) -> None:
        """Sit down at a browser."""
        self.client = client
        self.status = 0
        self.path = ""
        self.headers: Mapping[str, str] = {}
        self.html = ""
        self._page: Element | None = Element("html")

    def open(self, path: str) -> Self:
        """Open a page, following redirects as a browser does."""
        return self._look(self.client.get(path, follow_redirects=True))

    def submit(self, action: str = "", *, press: str = "", **typed: str) -> Self:
        """Send the page's form to `action` (its only POST form if empty) with what was typed.

        `press` is "name=value" of the button, when it has a name.
        """
        found, values = self.form(action)
        name, _, value = press.partition("=")
        pressed = {name: value} if press else {}
        return self.post(found, **{**values, **typed, **pressed})

    def send(self, action: str, step: str, file: bytes | None = None, **typed: str) -> Self:
        """Press a button of a form that sends it elsewhere, with a file: "name=value" of it."""
        name, _, value = step.partition("=")
        pressed = next(
            button
            for button in self.page.iter("button")
            if (button.get("name"), button.get("value")) == (name, value)
        )
        _, values = self.form(action)
        values = {**values, **typed, name: value}
        values.pop("file", None)
        files = {"file": ("evidence.png", file or b"")}
        path = pressed.get("formaction", "")
        return self._look(self.client.post(path, data=values, files=files))

    def post(self, path: str, **values: str) -> Self:
        """Send values as a form to a path."""
        return self._look(self.client.post(path, data=values, follow_redirects=True))

    def form(self, action: str = "") -> tuple[str, dict[str, str]]:
        """Return the address of a form on this page and what it would send untouched."""
        forms = [
            form
            for form in self.page.iter("form")
            if form.get("method") == "post"
            and (not action or urlsplit(form.get("action", "")).path == action)
        ]
        assert len(forms) == 1, [form.get("action") for form in forms]
        return forms[0].get("action", ""), _successful(forms[0])

    @property
    def page(self) -> Element:
        """Return the page as a browser reads it; read when first asked for, as it takes a while."""
        if self._page is None:
            self._page = html5lib.parse(self.html, namespaceHTMLElements=False)
        return self._page

    @property
    def text(self) -> str:
        """Return what the page says, in one line."""
        main = next((e for e in self.page.iter("main")), self.page)
        return " ".join("".join(main.itertext()).split())

    @property
    def errors(self) -> dict[str, str]:
        """Return the messages beside fields, by field name."""
        described = {
            field.get("aria-describedby", "").split(" ")[0]: field.get("name", "")
            for field in self.page.iter()
            if field.get("aria-invalid") == "true"
        }
        return {
            described[e.get("id", "")]: " ".join("".join(e.itertext()).split())
            for e in self.page.iter()
            if e.get("id") in described
        }

    @property
    def words(self) -> str:
        """Return the twelve words on the card of this page, as one would copy them."""
        card = next(e for e in self.page.iter("ol") if e.get("class") == "words")
        return " ".join(item.text or "" for item in card.iter("li"))

    def _look(self, response: Response) -> Self:
        self.status = response.status_code
        self.path = response.url.path
        self.headers = response.headers
        self.html = response.text
        self._page = None
        return self


def _successful(form: Element) -> dict[str, str]:
    """Return what a browser would send of a form whose fields are left as they are."""
    values: dict[str, str] = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type", "text")
        if name is None or field.tag == "button" or kind == "submit":
            continue
        if field.tag == "textarea":
            values[name] = field.text or ""
        elif field.tag == "select":
            values[name] = _chosen(field)
        elif field.tag == "input" and (
            kind not in {"radio", "checkbox"} or field.get("checked") is not None
        ):
            values[name] = field.get("value", "on" if kind in {"radio", "checkbox"} else "")
    return values


def _chosen(select: Element) -> str:
    options = list(select.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None] or options[:1]
    return next((o.get("value", o.text or "") for o in chosen), "")
