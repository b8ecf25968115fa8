"""Somebody of the staff with a telephone, who sets an account up and signs in as a person does."""

from base64 import b32decode
from collections.abc import Callable
from typing import Self

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.moderation.appointing import Hand
from app.staff import codes
from app.staff.models import Role
from tests.people import Person

PASSWORD = "the lamp over my desk"


class Colleague(Person):
    """A person of the desk: a browser, a password, and an app that shows codes."""

    def __init__(self, app: FastAPI, browsers: Callable[..., TestClient], name: str) -> None:
        """Sit down at a browser."""
        super().__init__(browsers())
        self.app, self.browsers, self.name = app, browsers, name
        self.password, self.secret = PASSWORD, b""
        self.recovery: list[str] = []

    @classmethod
    def hired(
        cls,
        app: FastAPI,
        browsers: Callable[..., TestClient],
        name: str = "ann",
        role: Role = "moderator",
    ) -> Self:
        """Make an account and set it up through its page."""
        with app.state.database.transaction() as db:
            word = Hand(db, app.state.settings).hire(name, role)
        person = cls(app, browsers, name)
        person.open("/desk/set-up").set_up(word)
        assert person.status == 200, person.text
        return person

    def elsewhere(self) -> Self:
        """The same person at another browser."""
        other = type(self)(self.app, self.browsers, self.name)
        other.password, other.secret = self.password, self.secret
        other.recovery = self.recovery
        return other

    @property
    def code(self) -> str:
        """What the app shows now."""
        return codes.now(self.secret, self.app.state.settings.now())

    def set_up(self, secret: str, **typed: str) -> Self:
        """Enter the key of this page in the app, and send the form with its code."""
        self.enter_key()
        twice = {"password": self.password, "again": self.password}
        self.submit("/desk/set-up", **{"word": secret, "code": self.code, **twice, **typed})
        return self.copy_recovery()

    def enter_key(self) -> None:
        """Type the key of this page into the app."""
        shown = next(e for e in self.page.iter("dl") if e.get("class") == "key").findall(".//code")
        self.secret = b32decode("".join(shown[0].itertext()).replace(" ", ""))

    def copy_recovery(self) -> Self:
        """Copy the recovery codes of this page, if it shows any."""
        lists = [e for e in self.page.iter("ol") if e.get("class") == "codes"]
        if lists:
            self.recovery = ["".join(item.itertext()).strip() for item in lists[0].iter("li")]
        return self

    def sign_in(self, **typed: str) -> Self:
        """Fill in the form of /desk/sign-in."""
        filled = {"name": self.name, "password": self.password, "code": "", **typed}
        filled["code"] = filled["code"] or self.code
        answer = self.client.post("/desk/sign-in", data=filled)
        return self._look(answer)

    @property
    def is_in(self) -> bool:
        """Tell whether this browser is signed in."""
        return self.client.get("/desk/prove").status_code == 200
