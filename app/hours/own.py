"""What an account has at one employer: its tags, its report of a quarter, its badges."""

from collections.abc import Collection

from fastapi import Request

from app.hours import filing, reading
from app.hours.filing import Tags
from app.hours.models import HourReport
from app.hours.workplace import Workplace
from app.members import redeeming
from app.members.member import Member
from app.web.forms import Form
from app.web.languages import language
from app.weeks.quarters import Quarter


def tags(at: Workplace, member: Member, quarter: Quarter) -> Tags:
    """Return what an account recognises its reports of an employer and quarter by."""
    family = [member.report(employer, str(quarter)) for employer in at.family]
    return Tags(family=family, mine=member.mine)


def report(
    request: Request, at: Workplace, member: Member | None, quarter: Quarter
) -> HourReport | None:
    """Return what an account filed for a quarter already."""
    if member is None:
        return None
    with request.app.state.database.reading() as db:
        return filing.find(db, tags(at, member, quarter).family)


def proved(request: Request, at: Workplace, member: Member | None) -> Collection[Quarter]:
    """Return the quarters for which an account bears this employer's badge today."""
    if member is None:
        return ()
    state = request.app.state
    with state.database.reading() as db:
        badges = redeeming.held(db, member, state.settings.today())
    return {badge.quarter for badge in badges if badge.employer in at.family}


def quarter_of(request: Request, form: Form) -> Quarter:
    """Return the quarter that a form names, else this one."""
    today = request.app.state.settings.today()
    return reading.read_quarter(reading.copied(form)) or Quarter.of(today)


def shown(request: Request, at: Workplace) -> dict[str, object]:
    """Return an employer as the pages of a report show it."""
    return {"name": at.names[language(request)], "slug": at.slug, "confirmed": at.confirmed}
