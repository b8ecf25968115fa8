"""Pages of those who ask to answer for an employer: the form, and the list of what is proven."""

from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import mail
from app.employers import directory
from app.employers.models import Employer
from app.replies import applying, records
from app.replies.models import Representative
from app.staff.signing_in import plain_name
from app.web.forms import Form, Posted
from app.web.languages import N_, language, translate
from app.web.limits import spend
from app.web.redirects import see_other
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/reply/apply")
_NEEDED: Final = N_("This is needed.")
_NO_EMPLOYER: Final = N_("No employer of this name is known here. Choose it on its own page.")
_NO_NAME: Final = N_("Two to forty letters, digits, dots or hyphens, without blanks.")
_NO_DOMAIN: Final = N_(
    "No mail domain of this employer is known here yet. Ask the operator of this site to add it."
)
_NOT_THEIRS: Final = N_("This is no address at a mail domain of this employer that is known here.")
_NO_RECORDS: Final = N_(
    "%(domain)s is not known, or has no TXT record. Nothing is lost; a new record can take an hour."
)
_OTHER_RECORDS: Final = N_(
    "%(domain)s has TXT records, but none that says exactly this. Compare it sign by sign."
)
_NO_ANSWER: Final = N_(
    "The name servers of %(domain)s did not answer in time. Nothing is lost; look again later."
)
_SENT_ALL: Final = N_("Three codes were sent, and no more are. Begin anew with the form.")
_NOT_SENT: Final = N_("The mail could not be sent. Nothing is lost; try again later.")
_REFUSED: Final = N_("The mail server says that there is no such mailbox. Begin anew.")
_PROVEN: Final[dict[str, str]] = {
    "wrong": N_("This is not the code. Look at the last mail again."),
    "over": N_(
        "No code is good any more: it is old, or was typed wrongly five times. Send another."
    ),
    "another": N_("This mailbox has proven somebody else already. Each person needs their own."),
}
_SUBJECT: Final = N_("Code for answering on Lamplight")
_TEXT: Final = N_(
    "%(code)s\n\n"
    "Somebody gave this address on %(site)s to answer there in the name of\n"
    "%(employer)s. This code shows that the mailbox is theirs; it is good today and tomorrow.\n"
    "If it was not you, you need not do anything: without the code nothing happens.\n"
)


@router.get("")
def ask(request: Request, employer: str = "") -> Response:
    """Ask for the employer, a name, and a work address."""
    with request.app.state.database.reading() as db:
        chosen = directory.find(db, employer)
    named = chosen.name_in(language(request)) if chosen else ""
    return _form(request, Form([("employer", named)]))


@router.post("")
def apply(request: Request, form: Posted) -> Response:
    """Note who asks, and lead to the page that lists what is to be proven."""
    for name in ("employer", "name", "address"):
        if not form.get(name):
            form.error(name, _NEEDED)
    if form.get("name") and not plain_name(form.get("name")):
        form.error("name", _NO_NAME)
    if not form.ok:
        return _form(request, form)
    spend(request, "applying")
    state = request.app.state
    with state.database.transaction() as db:
        word = _begun(db, request, form)
    return see_other(request, f"/reply/apply/{word}") if word else _form(request, form)


@router.get("/{word}")
def steps(request: Request, word: str) -> Response:
    """Show what is proven, and what is to do next."""
    with request.app.state.database.reading() as db:
        return sheet(request, db, found(request, db, word), word, Form())


@router.post("/{word}/record")
def look(request: Request, word: str, form: Posted) -> Response:
    """Look for the record in the domain's DNS."""
    state = request.app.state
    with state.database.reading() as db:
        one = found(request, db, word)
    spend(request, "applying")
    wanted = applying.record(state.settings, one.id)
    try:
        # Outside any transaction: nobody else waits for a stranger's name server.
        if wanted not in records.texts(state.settings.nameserver, one.domain):
            form.error("record", _OTHER_RECORDS, domain=one.domain)
    except records.NoRecords:
        form.error("record", _NO_RECORDS, domain=one.domain)
    except records.NoAnswer:
        form.error("record", _NO_ANSWER, domain=one.domain)
    if form.ok:
        with state.database.transaction() as db:
            applying.note_record(db, one.id)
    return _onward(request, word, form)


@router.post("/{word}/mail")
def send(request: Request, word: str, form: Posted) -> Response:
    """Send a code to the work address."""
    state, lang = request.app.state, language(request)
    with state.database.reading() as db:
        one = found(request, db, word)
        employer = directory.canonical(db, db.get_one(Employer, one.employer_id))
        code = applying.next_code(state.settings, one)
        address = applying.address_of(state.settings, one)
    if code is None:
        form.error("code", _SENT_ALL)
    if code is None or not address:
        return _onward(request, word, form)
    spend(request, "applying")
    spend(request, "applying_mail", address.lower())
    told = {"code": code, "site": state.settings.base_url, "employer": employer.name_in(lang)}
    try:
        text, subject = translate(lang, _TEXT, **told), translate(lang, _SUBJECT)
        mail.send(state.settings, address, subject, text)
    except mail.AddressRefused:
        form.error("code", _REFUSED)
    except mail.MailNotSent:
        form.error("code", _NOT_SENT)
    else:
        with state.database.transaction() as db:
            applying.note_mail(db, one)
    return _onward(request, word, form)


@router.post("/{word}/code")
def prove(request: Request, word: str, form: Posted) -> Response:
    """Compare the code of the mail."""
    state = request.app.state
    spend(request, "applying")
    with state.database.transaction() as db:
        one = found(request, db, word)
        said = applying.prove_mailbox(db, state.settings, one, form.get("code").replace(" ", ""))
    if said in _PROVEN:
        form.error("code", _PROVEN[said])
    return _onward(request, word, form)


@router.post("/{word}/colleague")
def know(request: Request, word: str, form: Posted) -> Response:
    """Say that one knows another who waits; once both say so, both are admitted."""
    state = request.app.state
    with state.database.transaction() as db:
        one = found(request, db, word)
        employer = db.get_one(Employer, one.employer_id)
        waiting = applying.colleagues(db, employer, one.id, state.settings.today())
        other = next((each for each in waiting if each.id.hex() == form.get("colleague")), None)
        if other is None or not one.proven:
            raise Refusal(409, N_("Somebody was faster, or waits no more. Open the page anew."))
        applying.confirm_each_other(db, one, other)
    return _onward(request, word, form)


def _begun(db: Session, request: Request, form: Form) -> str | None:
    """Store who asks; what stands against it goes beside the fields."""
    asked = form.get("employer")
    employer = directory.by_name(db, asked) or directory.find(db, asked)
    if employer is None:
        form.error("employer", _NO_EMPLOYER)
        return None
    name, address = plain_name(form.get("name")), form.get("address")
    try:
        return applying.apply(db, request.app.state.settings, employer, name, address)
    except applying.NoDomain:
        form.error("employer", _NO_DOMAIN)
    except applying.NotTheirs:
        form.error("address", _NOT_THEIRS)
    return None


def found(request: Request, db: Session, word: str) -> Representative:
    """Return whose page an address is, or raise a 404."""
    one = applying.find(db, word, request.app.state.settings.today())
    if one is None:
        raise Refusal(404)
    return one


def _onward(request: Request, word: str, form: Form) -> Response:
    """Show the page again: its own address after a step that went well."""
    if form.ok:
        return see_other(request, f"/reply/apply/{word}")
    with request.app.state.database.reading() as db:
        return sheet(request, db, found(request, db, word), word, form)


def _form(request: Request, form: Form) -> Response:
    status = 200 if form.ok else 422
    return page(request, "replies/apply.html", status=status, form=form, days=applying.DAYS)


def sheet(request: Request, db: Session, one: Representative, word: str, form: Form) -> Response:
    """Show somebody's own page: what is proven, what is next."""
    settings = request.app.state.settings
    employer = directory.canonical(db, db.get_one(Employer, one.employer_id))
    waiting = applying.colleagues(db, employer, one.id, settings.today()) if one.proven else ()
    context: dict[str, Any] = {
        "one": one,
        "at": f"/reply/apply/{word}",
        "employer": employer,
        "record": applying.record(settings, one.id),
        "address": applying.address_of(settings, one),
        "colleagues": waiting,
        "ready": applying.set_up(db, one),
        "form": form,
    }
    return page(request, "replies/steps.html", status=200 if form.ok else 422, **context)
