"""What a worker typed at the counter: read, judged, and answered beside each field."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from unicodedata import normalize

from sqlalchemy.orm import Session

from app.issuing import domains, mailboxes, pairs, signing
from app.issuing.codes import DIGITS, Codes, NoCode, WrongCode
from app.issuing.mailboxes import Address, FreeMail, Mailbox, NoAddress
from app.issuing.models import KnownEmployer
from app.issuing.pairs import NotAPair, NotBase64, Pair
from app.issuing.signer import SigningRefused
from app.issuing.signing import AnotherKey, NoKeys, Window
from app.settings import Settings
from app.web.forms import Form
from app.web.languages import N_
from app.weeks.quarters import Quarter

_NONCE: Final = re.compile(r"[0-9a-f]{32}")
_NO_ADDRESS: Final = N_("This is not a mail address. Type it as in name@company.example.")
_FREE: Final = N_(
    "Anybody can have an address there, so it proves no employment. "
    "Use the one that your employer gave you."
)
_UNKNOWN: Final = N_(
    "No employer here has the mail domain %(domain)s. Check the address, or ask whoever runs this "
    "site to add the domain. Nothing was sent."
)
_NO_KEYS: Final = N_(
    "There are no keys for this employer in this quarter: they are not made yet, or were retired. "
    "Nothing was used up; come back in a few days."
)
_TURNED: Final = N_(
    "The quarter ended while this page was open. Load it again and make new lines for "
    "%(quarter)s; your code stays good."
)
_NOT_A_PAIR: Final = N_(
    "These are not the two lines of your wallet, one beginning with “employer” and one with “site”."
)
_NOT_BASE64: Final = N_("The last word of a line was cut or changed. Copy both lines again.")
_NOT_BLINDED: Final = N_(
    "This is no blinded message for these keys. Let your wallet make both lines again."
)
_ANOTHER_KEY: Final = N_(
    "These lines were made for another key than this employer’s of this quarter. "
    "Load the directory of keys again and make both lines anew."
)
_DIGITS: Final = N_("The code is six digits.")
_NO_CODE: Final = N_(
    "No code is good any more: half an hour went by, or five were wrong. Ask for another one."
)
_WRONG: Final = N_("This is not the code. Tries left: %(left)s.")
_LAST_WRONG: Final = N_("This is not the code, and it was the fifth try. Ask for another code.")


@dataclass(frozen=True)
class Asker:
    """Whoever holds a mailbox."""

    address: Address
    mailbox: Mailbox
    employer: KnownEmployer


@dataclass(frozen=True)
class Request:
    """Two blinded lines, what can sign them, and whether they were signed before."""

    window: Window
    pair: Pair
    again: bool


def nonce(form: Form) -> bytes | None:
    """Read the form's own random number, by which a form sent twice is known."""
    written = form.get("token")
    return bytes.fromhex(written) if _NONCE.fullmatch(written) else None


def quarter(settings: Settings) -> str:
    """Return the quarter in which credentials are issued now."""
    return str(Quarter.of(settings.today()))


def asker(db: Session, form: Form) -> Asker | None:
    """Find the mailbox of an address and its employer."""
    address = _address(form)
    if address is None:
        return None
    mailbox = domains.mailbox_of(db, address)
    if mailbox is None:
        form.error("address", _UNKNOWN, domain=address.domain)
        return None
    return Asker(address, mailbox, domains.employer(db, mailbox))


def ready(db: Session, settings: Settings, form: Form, asker: Asker) -> bool:
    """See that a code would be good for something: the employer has keys of this quarter."""
    try:
        window = signing.open_window(db, settings, quarter(settings), asker.mailbox.employer)
    except NoKeys:
        window = None
    if window is None or window.closed:
        form.error("address", _NO_KEYS)
    return form.ok


def request(db: Session, settings: Settings, form: Form, asker: Asker) -> Request | None:
    """Read what is to be signed; lines of an earlier quarter only if they were signed before."""
    wanted, now = form.get("quarter"), quarter(settings)
    try:
        window = signing.open_window(db, settings, wanted, asker.mailbox.employer)
    except NoKeys:
        closed(settings, form)
        return None
    pair = _pair(form, window)
    if pair is None:
        return None
    again = signing.is_repeat(db, window, asker.mailbox, pair)
    if not again and (wanted != now or window.closed):
        closed(settings, form)
    return Request(window, pair, again)


def closed(settings: Settings, form: Form) -> None:
    """Say that nothing is signed for the quarter of the form, and what to do."""
    now = quarter(settings)
    form.error("blinded", _NO_KEYS if form.get("quarter") == now else _TURNED, quarter=now)


def prove(form: Form, codes: Codes, asker: Asker, now: datetime) -> None:
    """Compare the code; what is no code at all costs no try."""
    typed = re.sub(r"\s", "", normalize("NFKC", form.get("code")))
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", typed):
        form.error("code", _DIGITS)
        return
    try:
        codes.check(asker.mailbox.counted, nonce(form) or b"", typed, now)
    except NoCode:
        form.error("code", _NO_CODE)
    except WrongCode as wrong:
        form.error("code", _WRONG if wrong.left else _LAST_WRONG, left=wrong.left)


def _address(form: Form) -> Address | None:
    try:
        return mailboxes.read(form.get("address"))
    except NoAddress:
        form.error("address", _NO_ADDRESS)
    except FreeMail:
        form.error("address", _FREE)
    return None


def _pair(form: Form, window: Window) -> Pair | None:
    try:
        found = pairs.read(form.get("blinded"))
        window.admit(found)
    except NotAPair:
        form.error("blinded", _NOT_A_PAIR)
    except NotBase64:
        form.error("blinded", _NOT_BASE64)
    except AnotherKey:
        form.error("blinded", _ANOTHER_KEY)
    except SigningRefused:
        form.error("blinded", _NOT_BLINDED)
    else:
        return found
    return None
