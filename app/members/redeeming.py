"""Redeeming a credential: it is spent, and then the badge lies in the account's box.

Two transactions, because an account row is written with nothing beside it. Cut short between
them, the same credential finds itself spent by this account, and goes on.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from app.credentials import presented as lines
from app.credentials import published, spending, verifying
from app.credentials.chain import Directory, Key
from app.credentials.presented import NotPresented, Presented, WholeCredential
from app.db import Database
from app.members import badges, joining
from app.members.badges import Badge, BoxFull
from app.members.member import Member
from app.web.languages import N_
from app.weeks.quarters import Quarter

UNREADABLE = N_(
    "This is no line of a credential. Copy it again, from its first character to its last. "
    "Nothing was spent."
)
WHOLE = N_(
    "This is the whole credential. Only one of its last two lines may be shown to anybody: the "
    "browser’s wallet picks it, or “lamplight wallet ready”. Nothing was spent."
)
UNLISTED = N_(
    "The key of this credential is not in the directory of this site, which is copied once a "
    "week. Was it taken from another site's issuer? Nothing was spent."
)
NOT_OPEN = N_(
    "Too few people have taken such a credential yet, so you could be told apart. Come back on "
    "the day that the wallet names. Nothing was spent."
)
WITHHELD = N_(
    "Too few people of this employer took a credential. Show the line that begins with “site” "
    "instead: it says that you work somewhere, not where. Nothing was spent."
)
VOID = N_(
    "Too few people took a credential in that quarter, so it proves nothing. A new quarter is a "
    "new chance. Nothing was spent."
)
RETIRED = N_(
    "The issuer has retired this key: its credentials prove nothing any more. Nothing was spent."
)
OVER = N_(
    "This credential is of another quarter than this or the last one. Take one of this quarter. "
    "Nothing was spent."
)
FORGED = N_(
    "The signature does not fit this credential. Copy the line again, from its first character to "
    "its last. Nothing was spent."
)
SPENT = N_("This credential was redeemed by another account before. Each counts once.")
HELD = N_("You have this badge already. Nothing was spent.")
FULL = N_(
    "There is no room for another badge in your account until an older one ends. Then you can "
    "send this again."
)


class NotRedeemed(ValueError):
    """A credential that brings no badge; `message` says why, and what to do."""

    def __init__(self, message: str) -> None:
        """Keep the message id for the page."""
        super().__init__("not redeemed")
        self.message = message


def redeem(database: Database, member: Member, text: str, today: date) -> Badge | None:
    """Spend the credential in a text and put its badge into the account's box.

    Returns the badge; doing it again changes nothing. None if the account is gone. Raises
    NotRedeemed.
    """
    presented = read(text)
    tag = member.spent(presented.digest)
    with database.reading() as db:
        badge = _worth(published.current(db), presented, today)
        box = joining.read_box(db, member)
        begun = spending.is_spent_by(db, presented, tag)
    if box is None:
        return None
    if not begun:
        _make_sure_of_room(box, badge, today)
    with database.transaction() as db:
        if spending.spend(db, presented, tag) == "taken":
            raise NotRedeemed(SPENT)
    with database.transaction() as db:
        return badge if _keep(db, member, badge, today) else None


def read(text: str) -> Presented:
    """Read the line that a form brought; raises NotRedeemed."""
    try:
        return lines.read(text)
    except WholeCredential:
        raise NotRedeemed(WHOLE) from None
    except NotPresented:
        raise NotRedeemed(UNREADABLE) from None


def held(db: Session, member: Member, today: date) -> Sequence[Badge]:
    """Return the badges of an account that count on a day; one whose key was retired does not."""
    box = joining.read_box(db, member)
    standing = badges.read(box, today) if box else []
    directory = published.current(db) if standing else None
    if directory is None:
        return standing
    return [badge for badge in standing if not _is_retired(directory, _key_of(directory, badge))]


def _worth(directory: Directory | None, presented: Presented, today: date) -> Badge:
    """Return the badge that a credential is worth on a day; raises NotRedeemed."""
    key = directory.keys.get(presented.key) if directory else None
    if directory is None or key is None:
        raise NotRedeemed(UNLISTED)
    quarter = Quarter.parse(key.quarter)
    if _is_retired(directory, key):
        raise NotRedeemed(RETIRED)
    if not spending.window_is_open(quarter, today):
        raise NotRedeemed(OVER)
    _make_sure_it_opened(directory, key, today)
    if not verifying.genuine(key, presented):
        raise NotRedeemed(FORGED)
    return Badge(key.employer, quarter)


def _make_sure_it_opened(directory: Directory, key: Key, today: date) -> None:
    opening = directory.first(key.id, "opening")
    if opening is not None and opening.day <= today:
        return
    if directory.first(key.id, "withheld") is None:
        raise NotRedeemed(NOT_OPEN)
    raise NotRedeemed(WITHHELD if key.employer else VOID)


def _make_sure_of_room(box: dict[str, object], badge: Badge, today: date) -> None:
    if badge in badges.read(box, today):
        raise NotRedeemed(HELD)
    try:
        badges.add(box, badge, today)
    except BoxFull:
        raise NotRedeemed(FULL) from None


def _keep(db: Session, member: Member, badge: Badge, today: date) -> bool:
    try:
        return joining.write_box(db, member, partial(badges.add, badge=badge, day=today))
    except BoxFull:
        raise NotRedeemed(FULL) from None


def _key_of(directory: Directory, badge: Badge) -> Key | None:
    return directory.key_of(badge.employer, str(badge.quarter))


def _is_retired(directory: Directory, key: Key | None) -> bool:
    return key is not None and directory.first(key.id, "retired") is not None
