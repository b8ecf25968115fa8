"""The badges of an account as pages show them: of whom, until when, and what posts say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.credentials import published, spending
from app.credentials.chain import Directory
from app.employers import directory
from app.employers.models import Employer
from app.members import redeeming
from app.members.badges import Badge
from app.members.member import Member
from app.settings import Settings


@dataclass(frozen=True)
class OwnBadge:
    """One badge; employer is None where it is withheld.

    named: whether posts among the employer's threads say so already, or 'verified worker' until
    enough people have proved it.
    """

    badge: Badge
    employer: Employer | None
    named: bool


def own_badges(db: Session, member: Member, settings: Settings) -> Sequence[OwnBadge]:
    """Return the badges of an account that count today, the newest quarter first."""
    today, least = settings.today(), settings.badge_min
    held = redeeming.held(db, member, today)
    listed = published.current(db) if held else None
    return [_own(db, badge, listed, today, least) for badge in held]


def proves(badges: Iterable[OwnBadge], employer: Employer, quarter: str) -> bool:
    """Tell whether one of the badges is of an employer, however merged, and a quarter."""
    return any(
        own.employer is not None
        and own.employer.canonical_id == employer.canonical_id
        and str(own.badge.quarter) == quarter
        for own in badges
    )


def on_a_post(
    db: Session, member: Member, employer: Employer | None, settings: Settings
) -> str | None:
    """Return what a post about an employer says: "employer", "worker", or None without a badge.

    "employer" only among that employer's own threads, and only once enough people have proved it.
    """
    badges = own_badges(db, member, settings)
    about = employer and employer.canonical_id
    if any(own.named and own.employer and own.employer.canonical_id == about for own in badges):
        return "employer"
    return "worker" if badges else None


def _own(db: Session, badge: Badge, listed: Directory | None, today: date, least: int) -> OwnBadge:
    employer = db.get(Employer, badge.employer) if badge.employer else None
    if employer is None or listed is None:
        return OwnBadge(badge, None, named=False)
    family = directory.family(db, employer)
    named = spending.redeemed_enough(db, listed, family, today, least)
    return OwnBadge(badge, directory.canonical(db, employer), named)
