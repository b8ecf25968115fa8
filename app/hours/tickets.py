"""What the hidden field of the report form carries: a nonce and, before joining, a phrase.

The nonce makes the report's id, so that the same form sent twice is one report; the phrase makes
the account, so that both times it is the same one.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from fastapi import Request

from app.hours.workplace import Workplace
from app.members import phrase
from app.settings import Settings
from app.web import tokens
from app.web.forms import Form
from app.web.languages import N_

MAX_AGE: Final = timedelta(hours=1)
OVER = N_("This page was open for more than an hour. Look it over and send it again.")


@dataclass(frozen=True)
class Ticket:
    """An opened hidden field; entropy is empty where the form was made for a signed-in account."""

    nonce: bytes = field(repr=False)
    entropy: bytes = field(repr=False)

    def report_id(self, settings: Settings, tag: bytes) -> bytes:
        """Return the id of the report that this form makes under an account's tag.

        The tag keeps a form that another account sends again from meeting the first one's report.
        """
        return tokens.row_id(settings, self.nonce + tag)


def open_ticket(request: Request, at: Workplace, form: Form) -> Ticket | None:
    """Return what the form's hidden field carries; None if it is too old or not of this form."""
    settings = request.app.state.settings
    if "token" in form.errors:
        return None
    try:
        payload = tokens.unseal(settings, _purpose(at), form.get("token"), settings.now(), MAX_AGE)
    except (tokens.Stale, tokens.Unreadable):
        return None
    return Ticket(payload[: tokens.NONCE_BYTES], payload[tokens.NONCE_BYTES :])


def keep_ticket(request: Request, at: Workplace, form: Form, *, joining: bool) -> str:
    """Return the hidden field of a form that is shown again, or a fresh one."""
    if open_ticket(request, at, form) is not None:
        return form.get("token")
    settings = request.app.state.settings
    extra = phrase.fresh() if joining else b""
    return tokens.new_token(settings, settings.now(), _purpose(at), extra)


def _purpose(at: Workplace) -> str:
    return f"report {at.id.hex()}"
