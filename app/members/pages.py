"""Joining, signing in and out, and new words."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.members import joining, phrase
from app.members.card import MAX_AGE, Card
from app.members.current import (
    Current,
    Worker,
    bearer,
    begin_session,
    end_session,
    signed_out,
)
from app.members.stretching import open_phrase
from app.web import tokens
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.limits import spend
from app.web.redirects import ours, see_other
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter()
_SHOWN_OF_A_WORD = 24
_OVER = N_("This page was open for more than an hour. Here is a fresh one; nothing was changed.")


@router.get("/join")
def ask_to_join(request: Request, member: Current, next: str = "") -> Response:
    """Offer an account."""
    if member:
        return see_other(request, _onward(next))
    return _join_form(request, Form([("next", next)]))


@router.post("/join")
def join(request: Request, form: Posted) -> Response:
    """Make the account of the phrase that the form carries, and show the words.

    The same form sent again finds the account and shows the same words.
    """
    settings = request.app.state.settings
    try:
        entropy = tokens.unseal(settings, "joining", form.get("token"), settings.now(), MAX_AGE)
    except (tokens.Stale, tokens.Unreadable):
        form.error("token", _OVER)
        return _join_form(request, form)
    spend(request, "joining")
    # Stretched before the transaction: SQLite has one writer, and it must not wait for this.
    opener = open_phrase(settings, entropy)
    with request.app.state.database.transaction() as db:
        member = joining.make_account(db, opener)
    card = Card.deal(settings, entropy, language(request))
    onward = Form([("next", form.get("next"))])
    response = page(request, "members/joined.html", card=card, form=onward)
    begin_session(request, response, member)
    return response


@router.get("/sign-in")
def ask_to_sign_in(request: Request, member: Current, next: str = "") -> Response:
    """Ask for the twelve words."""
    if member:
        return see_other(request, _onward(next))
    return _sign_in_form(request, Form([("next", next)]))


@router.post("/sign-in")
def sign_in(request: Request, form: Posted) -> Response:
    """Open the account of a phrase; one answer for every phrase that opens none."""
    entropy = _read_phrase(form)
    if entropy is None:
        return _sign_in_form(request, form)
    spend(request, "signing_in")
    opener = open_phrase(request.app.state.settings, entropy)
    with request.app.state.database.reading() as db:
        member = joining.sign_in(db, opener)
    if member is None:
        form.error("phrase", N_("No account opens with these words. Nothing was changed."))
        return _sign_in_form(request, form)
    response = see_other(request, _onward(form.get("next")))
    begin_session(request, response, member)
    return response


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """Drop the server's half of the session and have the browser drop its own."""
    response = page(request, "members/signed_out.html")
    end_session(request, response)
    return response


@router.get("/me/words")
def offer_words(request: Request, member: Worker) -> Response:
    """Show new words; the old ones stay valid until these are confirmed."""
    return _new_words(request, Form())


@router.post("/me/words")
def change_words(request: Request, form: Posted) -> Response:
    """Make the words on the card the account's words; sent again, nothing more happens."""
    member = bearer(request)
    if member is None:
        raise signed_out(request)
    settings = request.app.state.settings
    try:
        card = Card.again(settings, form.get("card"), _script(request, form))
    except (tokens.Stale, tokens.Unreadable):
        form.error("card", _OVER)
        return _new_words(request, form)
    if form.get("show") or not card.agrees(form):
        return _new_words(request, form, card)
    spend(request, "writing")
    opener = open_phrase(settings, card.entropy)
    with request.app.state.database.transaction() as db:
        moved = joining.change_words(db, member, opener)
    if moved is None:
        raise signed_out(request)
    response = page(request, "members/words_changed.html")
    # The old row is gone, so the old session opens nothing but the same answer to the same form.
    begin_session(request, response, moved, keep=True)
    return response


@router.post("/me/words/check")
def check_copy(request: Request, form: Posted) -> Response:
    """Compare what was copied with the card; leaving the fields empty skips it."""
    try:
        card = Card.again(request.app.state.settings, form.get("card"), _script(request, form))
    except tokens.Stale:
        return see_other(request, _onward(form.get("next")))
    except tokens.Unreadable as error:
        raise Refusal(400) from error
    if form.get("show") or not card.agrees(form):
        return _form(request, "members/joined.html", form, card=card)
    return see_other(request, _onward(form.get("next")))


def _onward(path: str) -> str:
    """Where somebody wanted to go before the words were asked for; else one's own page."""
    return path if ours(path) else "/me"


def _read_phrase(form: Form) -> bytes | None:
    if "phrase" in form.errors:
        return None
    try:
        return phrase.read(form.get("phrase"))
    except phrase.UnknownWord as error:
        form.error(
            "phrase",
            N_("Word %(place)s, “%(word)s”, is not in the list. Check its spelling."),
            place=error.place,
            word=error.word[:_SHOWN_OF_A_WORD],
        )
    except phrase.WrongCount as error:
        form.error("phrase", N_("Twelve words are needed; here are %(count)s."), count=error.count)
    except phrase.WrongChecksum:
        form.error(
            "phrase",
            N_("These twelve words do not belong together. Check their order, and each word."),
        )
    return None


def _join_form(request: Request, form: Form) -> Response:
    settings = request.app.state.settings
    token = tokens.seal(settings, "joining", phrase.fresh(), settings.now())
    return _form(request, "members/join.html", form, token=token)


def _sign_in_form(request: Request, form: Form) -> Response:
    return _form(request, "members/sign_in.html", form)


def _new_words(request: Request, form: Form, card: Card | None = None) -> Response:
    card = card or Card.deal(request.app.state.settings, phrase.fresh(), language(request))
    return _form(request, "members/new_words.html", form, card=card)


def _form(request: Request, name: str, form: Form, **context: Any) -> Response:
    return page(request, name, status=200 if form.ok else 422, form=form, **context)


def _script(request: Request, form: Form) -> str:
    return form.get("show") or language(request)
