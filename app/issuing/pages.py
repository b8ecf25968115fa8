"""The issuer's counter: ask for a code, then have two blinded messages signed."""

import secrets
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.db import Reading
from app.issuing import asking, signing
from app.issuing.asking import Asker
from app.issuing.codes import DIGITS, LIFE, Full, TooManyMails, Underway
from app.issuing.pairs import Pair
from app.issuing.signing import AlreadyIssued, NoKeys
from app.mail import CONSOLE, AddressRefused, MailNotSent, NotSetUp
from app.web.forms import Form, Posted
from app.web.languages import N_, language, translate
from app.web.limits import spend
from app.web.redirects import see_other
from app.web.refusals import MESSAGES, RETRY_SECONDS
from app.web.templates import page

router = APIRouter()
_SEND_AGAIN = N_("This form could not be read again. Nothing was sent; send it once more.")
_THREE = N_(
    "Three mails went to this mailbox today, and no more will. Use the last code, or ask again "
    "tomorrow."
)
_NO_SUCH = N_("The mail server says that nobody has this address. Check it; nothing was used up.")
_NOT_SENT = N_(
    "The mail could not be sent just now. Nothing was used up: send it again in a minute."
)
_NOT_SET_UP = N_(
    "This site cannot send mail yet: whoever runs it has not set up a mail server "
    "(LAMPLIGHT_SMTP_URL and LAMPLIGHT_MAIL_FROM). Nothing was used up."
)
_TAKEN = N_(
    "This mailbox took its credential of this quarter already; the next one can be taken in the "
    "next quarter. If it was not you, somebody else reads its mail."
)


@router.get("/")
@router.get("/issuer/code")
@router.get("/issuer/sign")
def enter(request: Request) -> Response:
    """Lead to the counter, also those who load the address of a form that they sent."""
    return see_other(request, "/issuer")


@router.get("/issuer")
def ask(request: Request) -> Response:
    """Ask for a work address."""
    return _address_form(request, Form())


@router.get("/issuer/keys.json")
def keys(request: Request, db: Reading) -> Response:
    """Serve the directory of keys, the same bytes to everybody."""
    document = request.app.state.directory.document(db)
    return Response(
        document, headers={"Cache-Control": "public, no-cache"}, media_type="application/json"
    )


@router.get("/issuer/health")
def health(db: Reading) -> Response:
    """Answer 200 when the database answers."""
    db.connection()
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.post("/issuer/code")
def mail_code(request: Request, form: Posted) -> Response:
    """Send a code to a work address; the same form again sends nothing more.

    Whether the mailbox took its credential already changes neither the answer nor its time:
    only who reads that mailbox's mail can find out.
    """
    state, nonce = request.app.state, asking.nonce(form)
    if nonce is None:
        form.error("token", _SEND_AGAIN)
    with state.database.reading() as db:
        asker = asking.asker(db, form)
        if asker is None or not asking.ready(db, state.settings, form, asker) or nonce is None:
            return _address_form(request, form, 422)
    spend(request, "asking_for_code")
    status = _mail(request, form, asker, nonce)
    if status != 200:
        return _address_form(request, form, status)
    return _code_form(request, form, asker)


@router.post("/issuer/sign")
def sign(request: Request, form: Posted) -> Response:
    """Sign two blinded lines for who proves a mailbox, once a quarter.

    The same lines again meet the same answer, without a code: it is of no use to anybody else.
    """
    spend(request, "signing")
    state = request.app.state
    with state.database.reading() as db:
        asker = asking.asker(db, form)
        if asker is None:
            return _refused(request, form) or _address_form(request, form, 422)
        wanted = asking.request(db, state.settings, form, asker)
    if wanted and form.ok and not wanted.again:
        asking.prove(form, state.codes, asker, state.settings.now())
    signed = _signed(request, form, asker, wanted) if wanted and form.ok else None
    if signed is None:
        return _refused(request, form) or _code_form(request, form, asker, 422)
    if _is_program(request):
        return JSONResponse({"signatures": str(signed)}, headers={"Cache-Control": "no-store"})
    home = state.settings.base_url.rstrip("/")
    return page(request, "issuing/signed.html", signatures=str(signed), home=home)


def _mail(request: Request, form: Form, asker: Asker, nonce: bytes) -> int:
    """Mail the code and return the status; a message stands beside the field when it is no 200."""
    state, lang = request.app.state, language(request)

    def send(code: str) -> None:
        state.mailer.send(asker.address, code, lang)

    try:
        state.codes.mail(asker.mailbox.counted, nonce, state.settings.now(), send)
    except TooManyMails:
        form.error("address", _THREE)
        return 422
    except AddressRefused:
        form.error("address", _NO_SUCH)
        return 422
    except NotSetUp:
        form.error("token", _NOT_SET_UP)
    except (Full, Underway, MailNotSent):
        form.error("token", _NOT_SENT)
    return 200 if form.ok else 503


def _signed(request: Request, form: Form, asker: Asker, wanted: asking.Request) -> Pair | None:
    """Sign, and note that this mailbox has its credential, or leave everything as it was."""
    state = request.app.state
    signatures = wanted.window.sign(wanted.pair)
    if wanted.again:
        return signatures
    try:
        with state.database.transaction() as db:
            signing.record(db, wanted.window, asker.mailbox, wanted.pair)
    except NoKeys:
        asking.closed(state.settings, form)
        return None
    except AlreadyIssued:
        form.error("blinded", _TAKEN)
    state.codes.use_up(asker.mailbox.counted)
    return signatures if form.ok else None


def _address_form(request: Request, form: Form, status: int = 200) -> Response:
    """Show the form for an address, with all that was typed; its number stays while it is good."""
    token = form.get("token")
    if asking.nonce(form) is None:
        token = secrets.token_hex(16)
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None
    return page(
        request, "issuing/address.html", status=status, headers=headers, form=form, token=token
    )


def _code_form(request: Request, form: Form, asker: Asker, status: int = 200) -> Response:
    """Show the form for the code and the blinded lines."""
    settings = request.app.state.settings
    name_zh = asker.employer.name_zh if language(request) == "zh" else None
    return page(
        request,
        "issuing/code.html",
        status=status,
        form=form,
        address=str(asker.address),
        employer=asker.mailbox.employer.hex(),
        employer_name=name_zh or asker.employer.name,
        quarter=asking.quarter(settings),
        keys=f"{settings.issuer_address}/issuer/keys.json",
        minutes=int(LIFE.total_seconds() // 60),
        digits=DIGITS,
        console=settings.smtp_url == CONSOLE,
    )


def _refused(request: Request, form: Form) -> Response | None:
    """Answer a program with the messages beside its fields; None for a person's browser."""
    if not _is_program(request):
        return None
    lang = language(request)
    said = {name: translate(lang, m.id, **m.values) for name, m in form.errors.items()}
    body: dict[str, Any] = {"title": translate(lang, MESSAGES[422]), "errors": said}
    return JSONResponse(body, 422, {"Cache-Control": "no-store"})


def _is_program(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted
