"""The operator's page: who belongs to the staff, as which role, tied to which employers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, get_args

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.employers import directory
from app.employers.models import Employer
from app.moderation.appointing import Hand, Own
from app.moderation.door import Who, router, view
from app.moderation.sheet import sheet
from app.staff import adding
from app.staff.current import Current, prove_first
from app.staff.models import ROLES, Role, Staff, Tie
from app.web.forms import Form, Message, Posted
from app.web.languages import N_
from app.web.refusals import Refusal


@dataclass(frozen=True)
class Change:
    """What the operator asked for: whom it is about, and what else the form named."""

    hand: Hand
    staff: Staff
    role: Role
    employer_id: bytes | None


def _change_role(change: Change) -> Message:
    represented = change.employer_id if change.role == "representative" else None
    change.hand.change_role(change.staff, change.role, represented)
    return Message(N_("The role is changed."))


def _renew(change: Change) -> Message:
    return _secret(change.hand.renew(change.staff))


def _disable(change: Change) -> Message:
    change.hand.disable(change.staff)
    return Message(N_("The account is disabled."))


def _tie(change: Change) -> Message:
    change.hand.tie(change.staff, change.employer_id or b"")
    return Message(N_("The tie is declared: items of this employer never go there."))


def _untie(change: Change) -> Message:
    change.hand.untie(change.staff, change.employer_id or b"")
    return Message(N_("The tie is taken back."))


# What the buttons of the form do to somebody who is there, by their value; "add" does not.
CHANGES: Final[dict[str, Callable[[Change], Message]]] = {
    "role": _change_role,
    "renew": _renew,
    "disable": _disable,
    "tie": _tie,
    "untie": _untie,
}
_NEEDS_EMPLOYER: Final = {"tie", "untie"}


@router.get("/staff", openapi_extra=view("staff"))
def staff(request: Request, who: Who) -> Response:
    """List the staff, and offer what may be changed."""
    return _sheet(request, who, Form(), None)


@router.post("/staff", openapi_extra=view("staff"))
def change(request: Request, form: Posted, who: Who) -> Response:
    """Do one change, with a code given within five minutes; a secret is shown this one time."""
    if not who.proven:
        raise prove_first(request, "/desk/staff")
    if form.get("do") not in {*CHANGES, "add"}:
        raise Refusal(422)
    state = request.app.state
    with state.database.transaction() as db:
        done = _done(Hand(db, state.settings, who.id), form)
    return _sheet(request, who, Form() if form.ok else form, done if form.ok else None)


def _done(hand: Hand, form: Form) -> Message | None:
    """Do what a form asks for, or put errors beside its fields."""
    do, role, employer_id = form.get("do"), _role(form), _employer(hand.db, form)
    found = adding.find(hand.db, form.get("name")) if do in CHANGES else None
    if do in CHANGES and found is None:
        form.error("name", N_("Nobody of the staff has this name."))
    if not form.ok:
        return None
    try:
        if found is not None:
            return CHANGES[do](Change(hand, found, role, employer_id))
        represented = employer_id if role == "representative" else None
        return _secret(hand.hire(form.get("name"), role, represented))
    except Own:
        form.error("name", N_("Nobody changes their own account here. Ask another operator."))
    except adding.NotTaken:
        form.error("name", N_("This name is taken, or has other signs than letters and digits."))
    return None


def _role(form: Form) -> Role:
    role: Any = form.get("role")
    if role in get_args(Role):
        chosen: Role = role
        return chosen
    if form.get("do") in {"add", "role"}:
        form.error("role", N_("Choose a role."))
    return "moderator"


def _employer(db: Session, form: Form) -> bytes | None:
    """Return the employer that a form names, with an error where one is needed and is not there."""
    do, speaks = form.get("do"), form.get("role") == "representative"
    found = directory.find(db, form.get("employer").rpartition("/")[2])
    if found is None and (do in _NEEDS_EMPLOYER or (speaks and do in {"add", "role"})):
        form.error("employer", N_("No employer has this address."))
    return found.id if found else None


def _secret(word: str) -> Message:
    text = N_("One-time secret, shown only now and good for three days, for %(path)s: %(word)s")
    return Message(text, {"word": word, "path": "/desk/set-up"})


def _sheet(request: Request, who: Current, form: Form, done: Message | None) -> Response:
    with request.app.state.database.reading() as db:
        everybody, ties = adding.everybody(db), _ties(db)
    status = 200 if form.ok else 422
    shown = {"staff": everybody, "ties": ties, "roles": ROLES, "told": done}
    return sheet(request, who, "moderation/staff.html", status=status, form=form, **shown)


def _ties(db: Session) -> dict[bytes, list[str]]:
    """Return the addresses of the employers to which each is tied."""
    asked = select(Tie.staff_id, Employer.slug).join(Employer, Employer.id == Tie.employer_id)
    ties: dict[bytes, list[str]] = {}
    for staff_id, slug in db.execute(asked.order_by(Employer.slug)):
        ties.setdefault(staff_id, []).append(slug)
    return ties
