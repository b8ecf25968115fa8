"""What every form that writes goes through: the check before posting, and what comes after it."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Final

from babel.dates import format_date
from fastapi import Request
from starlette.responses import Response

from app.evidence import offering
from app.evidence.attaching import Attached
from app.evidence.drafts import Draft
from app.members.member import Member
from app.threads import composing, delaying, own, tree
from app.threads.hand import Written, lines
from app.threads.models import Post, Thread
from app.threads.writer import Writer
from app.triage.checking import Checked
from app.web import tokens
from app.web.forms import Form
from app.web.languages import N_, language, locale
from app.web.redirects import see_other
from app.web.templates import page

Fields = Sequence[str]
_STOPPED: Final = N_(
    "At least three things of yours were removed in six months, so this account writes again after "
    "%(day)s. Your words are not lost: they stand below. Keep a copy and send them then."
)
# What a form is shown with while nobody has asked to post.
NOTHING: Final = Checked.of({})


def removed(form: Form, fields: Fields) -> bool:
    """Take out what a button of the warning names; True if one was pressed."""
    place = form.values.pop("remove", "")
    if place:
        form.values |= check(form, fields).without(place) | {"removed": place}
    return bool(place)


def check(form: Form, fields: Fields) -> Checked:
    """Look at what readers would see of what was typed."""
    return Checked.of(composing.seen(form, fields))


def settled(form: Form, fields: Fields) -> bool:
    """Tell whether it may be posted: nothing identifies anybody, or its writer knows and may."""
    return check(form, fields).settled(form.get("anyway"))


def stopped(request: Request, form: Form, member: Member) -> bool:
    """Tell whether strikes keep an account from writing, and say beside the form until when."""
    settings = request.app.state.settings
    with request.app.state.database.reading() as db:
        until = own.stopped_until(db, member.slot, settings.today())
    if until:
        said = format_date(until, "medium", locale(language(request)))
        form.error("stopped", _STOPPED, day=said)
    return until is not None


def posted(request: Request, post_id: bytes) -> Post | None:
    """Return what the same form made before."""
    with request.app.state.database.reading() as db:
        found: Post | None = db.get(Post, post_id)
        return found


def says(post: Post, form: Form) -> bool:
    """Tell whether a post has the text that a form has."""
    return post.text is None or post.text == lines(form.get("text"))


def written(
    request: Request, form: Form, writer: Writer, post_id: bytes, draft: Draft | None
) -> Written:
    """Return what is to be posted; its image lies in the store from here on."""
    settings = request.app.state.settings
    window = composing.later(form)
    return Written(
        text=form.get("text"),
        badge=writer.badge if form.get("badge") else None,
        due=delaying.pick(window, settings.now(), secrets.SystemRandom()) if window else None,
        image=_kept(request, draft, post_id) if draft else None,
        hold=settings.hold,
    )


def _kept(request: Request, draft: Draft, post_id: bytes) -> Attached:
    """Store the picture of a post under an id of both.

    Of the post, so that no other account's form can meet it; of the picture, because what an
    attempt that failed left behind stays, and its writer may have covered something since.
    """
    shown = hashlib.sha256(draft.picture.data).digest()
    return offering.keep(request, draft, tokens.row_id(request.app.state.settings, post_id + shown))


def done(request: Request, post: Post) -> Response:
    """Lead to a post that was sent, or say that it waits, and for what."""
    waits = post.state in {"delayed", "held"}
    return page(request, "threads/waits.html", post=post) if waits else lead(request, post)


def lead(request: Request, post: Post) -> Response:
    """Lead to where a post stands, or to one's own page if it has not appeared."""
    if post.position is None:
        return see_other(request, "/me")
    with request.app.state.database.reading() as db:
        taken = db.get_one(Thread, post.thread_id).posts
    path = tree.page_of(f"/threads/{post.thread_id.hex()}", post.position, taken)
    return see_other(request, path, f"p{post.position}")
