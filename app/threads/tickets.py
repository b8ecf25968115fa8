"""The hidden field of a form that writes: it makes the id of the row, so that a retry meets it."""

from datetime import timedelta
from typing import Final

from fastapi import Request

from app.members.member import Member
from app.web import tokens
from app.web.forms import Form
from app.web.languages import N_

MAX_AGE: Final = timedelta(days=1)
OVER = N_("This page was open for more than a day. Look it over and send it again.")
SIGNED_OUT = N_("You were signed out meanwhile. Sign in in another tab, then send this again.")


def read(request: Request, purpose: str, form: Form, member: Member | None) -> bytes | None:
    """Return what a form's hidden field carries.

    None, with a message, if it is too old or not of this form, or if nobody is signed in.
    """
    nonce = _nonce(request, purpose, form)
    if nonce is None:
        form.error("token", OVER)
    elif member is None:
        form.error("token", SIGNED_OUT)
    return nonce if member else None


def keep(request: Request, purpose: str, form: Form) -> bytes:
    """Return a form's nonce, after giving it a fresh hidden field where it has none that serves."""
    if (nonce := _nonce(request, purpose, form)) is not None:
        return nonce
    settings = request.app.state.settings
    form.values["token"] = tokens.new_token(settings, settings.now(), purpose)
    return tokens.unseal(settings, purpose, form.values["token"], settings.now(), MAX_AGE)


def row_id(request: Request, nonce: bytes, tag: bytes) -> bytes:
    """Return the id of the row that a form makes under an account's tag.

    The tag keeps a form that another account sends again from meeting the first one's row.
    """
    return tokens.row_id(request.app.state.settings, nonce + tag)


def _nonce(request: Request, purpose: str, form: Form) -> bytes | None:
    settings = request.app.state.settings
    try:
        return tokens.unseal(settings, purpose, form.get("token"), settings.now(), MAX_AGE)
    except (tokens.Stale, tokens.Unreadable):
        return None
