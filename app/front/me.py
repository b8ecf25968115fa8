"""What an account sees of itself: what it said and filed, its badges, and the way out."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.db import Reading
from app.employers.models import Employer
from app.evidence.store import Unreachable
from app.front import decided, said
from app.hours import filing
from app.hours.models import HourReport
from app.members import joining
from app.members.current import Worker, end_session
from app.members.member import Member
from app.members.wearing import OwnBadge, own_badges, proves
from app.moderation import legal
from app.threads import editing, own, scripts
from app.threads.hand import Hand
from app.web.languages import language
from app.web.limits import spend
from app.web.templates import clock, page
from app.weeks.quarters import Quarter

router = APIRouter()
SHOWN: Final = 50
LONG: Final = 6  # digits of a number of posts
_CLOCKS = ("start", "end", "friday_end", "official_end")
_ANSWERS = (
    "days",
    "lunch",
    "dinner",
    "city",
    "role",
    "pay",
    "choice",
    "reached",
    "rest_days",
    "ill",
    "burnout",
    "verified",
    "verify_later",
)


@dataclass(frozen=True)
class OwnReport:
    """One of the account's hour reports with the employer it is about.

    provable: it waits, unverified, and the account has the badge that it needs.
    """

    employer: Employer
    report: HourReport
    provable: bool

    @property
    def quarter(self) -> Quarter:
        """The quarter that it is about."""
        return Quarter.parse(self.report.quarter)


@router.get("/me")
def me(request: Request, member: Worker, db: Reading, older: str = "") -> Response:
    """Show the account's own things; older: how many of its last posts to leave out."""
    settings = request.app.state.settings
    badges = own_badges(db, member, settings)
    spoken = said.spoken(db, member, settings, language(request))
    counting = own.strikes(db, member.slot, settings.today())
    first = int(older) if older.isascii() and older.isdigit() and len(older) < LONG else 0
    rest = len(spoken.posts) - first - SHOWN
    return page(
        request,
        "front/me.html",
        tag=lambda text: scripts.tag(text, language(request)),
        answers=spoken.answers,
        asked=legal.own(db, settings, [each.post.id for each in spoken.posts]),
        decisions=decided.decided(db, member, settings, language(request)),
        strikes=counting[::-1],
        stopped=own.stopped_by(counting),
        most_strikes=own.STRIKES,
        posts=spoken.posts[first : first + SHOWN],
        older=first + SHOWN if rest > 0 else None,
        newer=first > 0,
        reports=own_reports(db, member, badges),
        badges=badges,
        least=settings.badge_min,
    )


@router.get("/me.json")
def me_as_json(request: Request, member: Worker, db: Reading) -> Response:
    """Give the account everything that is kept under its tags, and what is in its box."""
    settings = request.app.state.settings
    badges = own_badges(db, member, settings)
    spoken = said.spoken(db, member, settings, language(request))
    kept = {
        "posts": [said.written(each) for each in spoken.posts],
        "answers": [said.answered(each) for each in spoken.answers],
        "notices": [
            case.document
            for case in legal.own(db, settings, [each.post.id for each in spoken.posts])
        ],
        "statements": decided.written(db, member, settings, language(request)),
        "strikes": [
            day.isoformat() for day in reversed(own.strikes(db, member.slot, settings.today()))
        ],
        "reports": [_written(own) for own in own_reports(db, member, badges)],
        "badges": [_worn(own) for own in badges],
    }
    return JSONResponse(kept, headers={"Cache-Control": "no-store"})


@router.get("/me/close")
def ask_to_close(request: Request, member: Worker, db: Reading) -> Response:
    """Say what closing does, and offer it."""
    spoken = own.posts(db, member.slot)
    return page(request, "front/close.html", reports=own_reports(db, member), posts=spoken)


@router.post("/me/close")
def close(request: Request, member: Worker) -> Response:
    """Withdraw what the account filed and said, then delete its row.

    Each in its transaction: one that wrote several would put them side by side on the disk.
    Stopped between them, the account stands and can be closed again. In the end once more what
    another tab sent in the meantime; after that no tab can.
    """
    spend(request, "writing")
    _withdraw_all(request, member)
    with request.app.state.database.transaction() as db:
        joining.close(db, member)
    _withdraw_all(request, member)
    response = page(request, "front/closed.html")
    end_session(request, response)
    return response


def _withdraw_all(request: Request, member: Member) -> None:
    """Withdraw reports, then posts and comments; images go when nothing leads to them any more."""
    database = request.app.state.database
    with database.transaction() as db:
        filing.withdraw_all(db, member.mine)
    with database.transaction() as db:
        gone = editing.withdraw_all(db, Hand(member.slot, member.nym))
    # Stopped here, images that nothing leads to are found and deleted by the nightly upkeep.
    with suppress(Unreachable):
        request.app.state.store.remove(gone.images)


def own_reports(db: Session, member: Member, badges: Sequence[OwnBadge] = ()) -> list[OwnReport]:
    """The account's hour reports, the newest quarter first."""
    reports = filing.own(db, member.mine)
    about = {report.employer_id for report in reports}
    employers = {e.id: e for e in db.scalars(select(Employer).where(Employer.id.in_(about)))}
    return [
        _own(employers[report.employer_id], report, badges)
        for report in reports
        if report.employer_id in employers
    ]


def _own(employer: Employer, report: HourReport, badges: Sequence[OwnBadge]) -> OwnReport:
    waits = report.state == "pending" and not report.verified
    return OwnReport(employer, report, waits and proves(badges, employer, report.quarter))


def _written(own: OwnReport) -> dict[str, Any]:
    times = {name: getattr(own.report, name) for name in _CLOCKS}
    return {
        "employer": own.employer.slug,
        "name": own.employer.name,
        "quarter": own.report.quarter,
        "state": own.report.state,
        **{name: None if time is None else clock(time) for name, time in times.items()},
        **{name: getattr(own.report, name) for name in _ANSWERS},
    }


def _worn(own: OwnBadge) -> dict[str, Any]:
    return {
        "employer": own.employer and own.employer.slug,
        "name": own.employer and own.employer.name,
        "quarter": str(own.badge.quarter),
        "until": own.badge.last_day.isoformat(),
        "posts_name_the_employer": own.named,
    }
