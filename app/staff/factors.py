"""What the forms of the staff ask: a key of codes that waits for its first code, a password."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Self
from urllib.parse import urlsplit

from fastapi import Request

from app.staff import codes, passwords
from app.web import tokens
from app.web.forms import Form
from app.web.languages import N_

MAX_AGE: Final = timedelta(minutes=30)
_GROUP: Final = 4


@dataclass(frozen=True)
class Factor:
    """A key that somebody is to enter in an app; it travels sealed until a code shows they did."""

    secret: bytes = field(repr=False)
    sealed: str
    address: str

    @classmethod
    def fresh(cls, request: Request) -> Self:
        """Make a key for a form."""
        settings, secret = request.app.state.settings, codes.fresh_secret()
        sealed = tokens.seal(settings, "staff factor", secret, settings.now())
        return cls(secret, sealed, _address(request, secret))

    @classmethod
    def of(cls, request: Request, form: Form) -> Self:
        """Return the key of a form that was sent; a fresh one, and an error, if it is too old."""
        settings, sealed = request.app.state.settings, form.get("factor")
        try:
            secret = tokens.unseal(settings, "staff factor", sealed, settings.now(), MAX_AGE)
        except (tokens.Stale, tokens.Unreadable):
            form.error("code", N_("This page was open for too long. Enter the key that is new."))
            return cls.fresh(request)
        return cls(secret, sealed, _address(request, secret))

    @property
    def written(self) -> str:
        """The key in groups that can be typed."""
        text = codes.written(self.secret)
        return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))

    def step(self, request: Request, form: Form) -> int | None:
        """Return the step of the code in a form; an error beside it if it is none of this key."""
        now = request.app.state.settings.now()
        step = codes.step(self.secret, form.get("code"), now, after=0)
        if step is None:
            form.error("code", N_("This is no code of the key above. Is your clock right?"))
        return step


def needed(form: Form, *names: str) -> bool:
    """Put an error beside every field that is empty; tell whether the form is in order."""
    for name in names:
        if not form.values.get(name):
            form.error(name, N_("This is needed."))
    return form.ok


def new_password(form: Form, name: str) -> None:
    """Put an error beside a new password that is not taken, or was not typed twice alike."""
    password = form.values.get("password", "")
    if password and (objection := passwords.objection(password, name)):
        form.error("password", objection)
    if password != form.values.get("again", ""):
        form.error("again", N_("The two are not the same."))


def _address(request: Request, secret: bytes) -> str:
    return codes.address(secret, urlsplit(request.app.state.settings.base_url).hostname or "")
