"""What an account sees of itself: its own hour reports, and the way out."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.db import Reading
from app.employers.models import Employer
from app.hours import filing
from app.hours.models import HourReport
from app.members import joining
from app.members.current import Worker, end_session
from app.members.member import Member
from app.web.limits import spend
from app.web.templates import clock, page
from app.weeks.quarters import Quarter

router = APIRouter()
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
    "verify_later",
)


@dataclass(frozen=True)
class OwnReport:
    """One of the account's hour reports with the employer it is about."""

    employer: Employer
    report: HourReport

    @property
    def quarter(self) -> Quarter:
        """The quarter that it is about."""
        return Quarter.parse(self.report.quarter)


@router.get("/me")
def me(request: Request, member: Worker, db: Reading) -> Response:
    """Show the account's own things."""
    return page(request, "front/me.html", reports=own_reports(db, member))


@router.get("/me.json")
def me_as_json(member: Worker, db: Reading) -> Response:
    """Give the account everything that is kept under its tags."""
    reports = [_written(own) for own in own_reports(db, member)]
    return JSONResponse({"reports": reports, "badges": []}, headers={"Cache-Control": "no-store"})


@router.get("/me/close")
def ask_to_close(request: Request, member: Worker, db: Reading) -> Response:
    """Say what closing does, and offer it."""
    return page(request, "front/close.html", reports=own_reports(db, member))


@router.post("/me/close")
def close(request: Request, member: Worker) -> Response:
    """Withdraw what the account filed, then delete its row.

    Two transactions: one that wrote both would put them side by side on the disk. Stopped between
    them, the account stands and can be closed again. A third withdraws what another tab filed in
    the meantime; after that no tab can file.
    """
    spend(request, "writing")
    database = request.app.state.database
    with database.transaction() as db:
        filing.withdraw_all(db, member.mine)
    with database.transaction() as db:
        joining.close(db, member)
    with database.transaction() as db:
        filing.withdraw_all(db, member.mine)
    response = page(request, "front/closed.html")
    end_session(request, response)
    return response


def own_reports(db: Session, member: Member) -> list[OwnReport]:
    """The account's hour reports, the newest quarter first."""
    reports = filing.own(db, member.mine)
    about = {report.employer_id for report in reports}
    employers = {e.id: e for e in db.scalars(select(Employer).where(Employer.id.in_(about)))}
    return [OwnReport(employers[r.employer_id], r) for r in reports if r.employer_id in employers]


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
