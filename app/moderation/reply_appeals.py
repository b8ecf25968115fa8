"""A statement of reasons about an employer's reply, and the appeal against it.

Whoever answers for the employer reads it and may appeal, as a writer does for a post.
"""

from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.employers import directory
from app.moderation import statements
from app.moderation.appeal_pages import Home, Sheet, one_of, sent, shown
from app.moderation.reply_forms import SIGNED_OUT, Reads, Sends, employer_of
from app.moderation.stating import Told
from app.replies import showing
from app.settings import Settings
from app.staff.current import Current
from app.web.forms import Form
from app.web.languages import N_

router = APIRouter(prefix="/reply/appeals/{statement}")
_OURS: Final = Home(
    "/reply",
    "/desk/sign-in",
    N_(
        "Everybody who answers for your employer sees this page. Whoever decides knows which"
        " employer it is, and not which of you wrote."
    ),
)


@router.get("")
def ask(request: Request, statement: str, who: Reads) -> Response:
    """Show a statement about a reply of one's employer, with what can be done now."""
    return shown(request, _own(request, statement, who), Form(), _OURS)


@router.post("")
def appeal(request: Request, statement: str, who: Sends, form: Sheet) -> Response:
    """Appeal against it; sent again, nothing more happens."""
    if who is None:
        form.error("token", SIGNED_OUT)
        return shown(request, None, form, _OURS, 403)
    return sent(request, lambda: _own(request, statement, who), form, _OURS)


def told_to(db: Session, settings: Settings, who: Current) -> list[Told]:
    """Return what was decided on an employer's replies, the last first."""
    ids = showing.ids(db, directory.family(db, employer_of(db, who)))
    return statements.own(db, settings, ids, settings.today())


def _own(request: Request, statement: str, who: Current) -> Told:
    with request.app.state.database.reading() as db:
        return one_of(told_to(db, request.app.state.settings, who), statement)
