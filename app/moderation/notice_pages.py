"""Pages for anybody outside: sending a notice, and what became of it. No cookie, no sign-in."""

import base64
import binascii
from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.moderation import notices, noticing, receipts
from app.moderation.legal_profiles import PROFILES
from app.moderation.notice_models import Notice
from app.moderation.notices import PARTIES
from app.web import tokens
from app.web.forms import Form, Posted, visible
from app.web.languages import N_
from app.web.limits import spend
from app.web.templates import page

router = APIRouter(prefix="/notice")
PURPOSE: Final = "notice"
MAX_AGE: Final = timedelta(days=1)
_OVER: Final = N_("This page was open too long. Nothing is lost: send it again.")
_NO_CODE: Final = N_("No notice has this code. Copy all of it.")
_OVERLOOKED: Final = N_("Say in a sentence at least what was overlooked.")
_MOVED: Final = N_("It has just been changed or taken out. Look at it again.")
Sheet = Annotated[Form, Depends(noticing.sheet)]


@router.get("")
def ask(request: Request, item: str = "") -> Response:
    """Show the form, with the address of what the reader came from."""
    return _form(request, Form([("item", item[:300]), ("asks", "out")]))


@router.post("")
def send(request: Request, form: Sheet) -> Response:
    """Take a notice in and show its receipt code; sent again, it shows the same one."""
    state = request.app.state
    settings = state.settings
    nonce = _nonce(request, form)
    with state.database.reading() as db:
        told = noticing.read(db, form, (settings.base_url, settings.onion_url))
        again = nonce and db.get(Notice, tokens.row_id(settings, nonce))
    if nonce is None or (told is None and not again):
        return _form(request, form, 422)
    code = notices.code(settings, nonce)
    if told is not None and not again:
        spend(request, "noticing")
        try:
            with state.database.transaction() as db:
                notices.receive(
                    db, settings, tokens.row_id(settings, nonce), code, told[0].id, told[1]
                )
        except notices.Gone:
            form.error("item", _MOVED)
            return _form(request, form, 422)
    return _receipt(request, Form([("code", spelled(code))]), code, new=True)


@router.get("/receipt")
def ask_for_receipt(request: Request) -> Response:
    """Ask for a receipt code."""
    return page(request, "moderation/receipt.html", form=Form([]), told=None, new=False)


@router.post("/receipt")
def receipt(request: Request, form: Posted) -> Response:
    """Tell what became of a notice to whoever has its code."""
    spend(request, "checking")
    return _receipt(request, form, _read(form.get("code")))


@router.post("/receipt/contest")
def contest(request: Request, form: Posted) -> Response:
    """Let another person look at what was left standing; sent again, nothing more happens."""
    spend(request, "noticing")
    code, state = _read(form.get("code")), request.app.state
    if sum(visible(each) for each in form.get("again")) < noticing.LEAST:
        form.error("again", _OVERLOOKED)
    if code and form.ok:
        with state.database.transaction() as db:
            notice = notices.find(db, code)
            if notice:
                notices.contest(db, state.settings, notice, form.get("again"))
    return _receipt(request, form, code)


def spelled(code: bytes) -> str:
    """Write a code in groups of letters and digits that are not mistaken for each other."""
    letters = base64.b32encode(code).decode().rstrip("=")
    return "-".join(letters[at : at + 5] for at in range(0, len(letters), 5))


def _read(text: str) -> bytes | None:
    """Undo `spelled`, whatever stands between the groups."""
    letters = "".join(each for each in text.upper() if each.isascii() and each.isalnum())
    letters = letters.replace("0", "O").replace("1", "I").replace("8", "B")
    try:
        found = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError):
        return None
    return found if len(found) == 16 else None


def _receipt(request: Request, form: Form, code: bytes | None, *, new: bool = False) -> Response:
    state = request.app.state
    with state.database.reading() as db:
        told = receipts.told(db, code, state.settings.today()) if code else None
    if told is None:
        form.error("code", _NO_CODE)
    status = 200 if form.ok else 422
    return page(request, "moderation/receipt.html", status=status, form=form, told=told, new=new)


def _nonce(request: Request, form: Form) -> bytes | None:
    settings = request.app.state.settings
    try:
        return tokens.unseal(settings, PURPOSE, form.get("token"), settings.now(), MAX_AGE)
    except (tokens.Stale, tokens.Unreadable):
        form.error("token", _OVER)
        return None


def _form(request: Request, form: Form, status: int = 200) -> Response:
    settings = request.app.state.settings
    token = form.get("token")
    if not token or "token" in form.errors:
        token = tokens.new_token(settings, settings.now(), PURPOSE)
    context: dict[str, Any] = {
        "parties": PARTIES,
        "reasons": noticing.CHOICES,
        "asks": noticing.ASKS,
        "profiles": PROFILES,
    }
    return page(request, "moderation/notice.html", status=status, form=form, token=token, **context)
