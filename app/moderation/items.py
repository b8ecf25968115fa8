"""Items as the desk finds them: what a kind is stored in, who may not touch one, who was first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, CursorResult, Update, select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.moderation import around
from app.moderation.desk import Beaten, Desk, NotThere, Refused
from app.moderation.models import AuditEntry, AuditOpening, Decider
from app.moderation.powers import Action
from app.replies import judging as replies
from app.replies.models import Reply
from app.staff.models import Staff
from app.threads import judging
from app.threads.models import Post
from app.triage import weighing
from app.triage.reasons import REASONS
from app.triage.states import State

Item = Post | Reply
HANDED_OVER: Final = "handed_over"
NOTICE: Final = "notice"
LEGAL: Final = "legal"
CONTESTED: Final = "contested"
_SOURCES: Final = {NOTICE: "notice", LEGAL: "notice", CONTESTED: "notice", weighing.FLAGS: "flag"}


@dataclass(frozen=True)
class Verbs:
    """What the desk can do to items of one kind: their table, and the verbs of their own room."""

    model: type[Post] | type[Reply]
    hold: Callable[[Session, bytes], bool]
    appear: Callable[..., None]
    take_out: Callable[[Session, bytes], None]
    take_words: Callable[[Session, bytes], dict[str, Any]]
    give_words: Callable[[Session, bytes, dict[str, Any]], None]
    take_image: Callable[[Session, bytes], list[bytes]]
    employer_of: Callable[[Session, bytes], bytes | None]
    context: Callable[[Session, bytes, str], judging.Context | None]


_POSTS: Final = Verbs(
    Post,
    judging.hold,
    judging.appear,
    judging.take_out,
    judging.take_words,
    judging.give_words,
    judging.take_image,
    judging.employer_of,
    judging.context,
)
_REPLIES: Final = Verbs(
    Reply,
    replies.hold,
    replies.appear,
    replies.take_out,
    replies.take_words,
    replies.give_words,
    replies.take_image,
    replies.employer_of,
    around.reply,
)
# What the address of a case and the log call it; a first post and a comment are stored alike.
KINDS: Final[dict[str, Verbs]] = {"post": _POSTS, "comment": _POSTS, "reply": _REPLIES}
MODELS: Final = (Post, Reply)


def verbs(kind: str) -> Verbs:
    """Return what can be done to the item that a line or a statement of a kind is about."""
    return KINDS.get(kind, _POSTS)  # a picture is its post's


def hold(db: Session, kind: str, item_id: bytes) -> None:
    """Hold the row by which writers of an item take turns; before anything is read or changed."""
    if kind not in KINDS or not KINDS[kind].hold(db, item_id):
        raise NotThere(kind)


def find(db: Session, kind: str, item_id: bytes) -> Item | None:
    """Return an item as it stands; None if there is none of this kind."""
    if kind not in KINDS:
        return None
    item = cast("Item | None", db.get(KINDS[kind].model, item_id, populate_existing=True))
    return item if item is not None and kind_of(item) == kind else None


def of(db: Session, item_id: bytes) -> Item | None:
    """Return the item with an id, of whatever kind."""
    post = db.get(Post, item_id, populate_existing=True)
    return post or db.get(Reply, item_id, populate_existing=True)


def get(db: Session, kind: str, item_id: bytes) -> Item:
    """Return an item as it stands; raises NotThere, also for one of another kind."""
    item = find(db, kind, item_id)
    if item is None:
        raise NotThere(kind)
    return item


def state_of(item: Item) -> State:
    """Return an item's state."""
    return cast("State", item.state)


def kind_of(item: Item) -> str:
    """Return what an item is called."""
    if isinstance(item, Reply):
        return "reply"
    return "post" if item.id == item.thread_id else "comment"


def codes(why: str | None) -> tuple[str, ...]:
    """Return what made an item wait, as single codes."""
    return tuple(why.split(",")) if why else ()


def reason_of(item: Item) -> str | None:
    """Return for which reason an item is out of sight."""
    return next((code for code in codes(item.why) if code in REASONS), None)


def source_of(db: Session, item: Item) -> str:
    """Return what brought an item to the desk, as the log says it."""
    if item.state == "appealed":
        return "appeal"
    found = codes(item.why)
    for code, source in _SOURCES.items():
        if code in found:
            return source
    if item.severity and reason_of(item):  # it was hidden in the meantime
        return _source_of_hiding(db, item)
    return "triage" if item.severity else "own"


def _source_of_hiding(db: Session, item: Item) -> str:
    hidden = select(AuditEntry.source).join(AuditOpening, AuditOpening.number == AuditEntry.number)
    hidden = hidden.where(AuditOpening.item_id == item.id, AuditEntry.action == "hide")
    return db.scalar(hidden.order_by(AuditEntry.number.desc()).limit(1)) or "own"


def action_of(name: str) -> Action:
    """Return an action by its name as a row keeps it."""
    return cast("Action", name)


def changed(db: Session, statement: Update) -> bool:
    """Run an UPDATE of one item; True if its row was there as the statement asks."""
    result = db.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount == 1


def held(
    model: type[Post] | type[Reply], item_id: bytes, desk: Desk, version: int, now: datetime
) -> tuple[ColumnElement[bool], ...]:
    """Return the guard of a decision: this item in this version, in this person's running lease."""
    return (
        model.id == item_id,
        model.version == version,
        model.holder == desk.id,
        model.lease_until > now,
    )


def beaten(
    db: Session, desk: Desk, kind: str, item_id: bytes, version: int, now: datetime
) -> Beaten:
    """Find out why a guarded UPDATE changed nothing: who was first."""
    item = get(db, kind, item_id)
    if item.version != version:
        by_staff = item.judged and item.state != "withdrawn"
        return Beaten("decided", last_decider(db, item_id)) if by_staff else Beaten("changed")
    model = type(item)
    running = select(model.id).where(model.id == item_id, model.lease_until > now)
    if item.holder not in (None, desk.id) and db.scalar(running):
        return Beaten("taken", name_of(db, item.holder))
    return Beaten("lapsed")


def name_of(db: Session, staff_id: bytes | None) -> str | None:
    """Return the name that somebody of the staff signs in with."""
    return db.scalar(select(Staff.name).where(Staff.id == staff_id))


def last_decider(db: Session, item_id: bytes) -> str | None:
    """Return the name of whoever wrote an item's last line in the log."""
    lines = select(AuditOpening.staff_id).where(AuditOpening.item_id == item_id)
    return name_of(db, db.scalar(lines.order_by(AuditOpening.number.desc()).limit(1)))


def tied(db: Session, desk: Desk, employer_id: bytes | None) -> bool:
    """Tell whether somebody declared a tie to an employer, or to one that is the same by now."""
    if employer_id is None or not desk.ties:
        return False
    same, other = aliased(Employer), aliased(Employer)
    family = select(same.id).join(other, other.canonical_id == same.canonical_id)
    return db.scalar(family.where(same.id == employer_id, other.id.in_(desk.ties))) is not None


def refuse_tied(db: Session, desk: Desk, kind: str, item_id: bytes) -> bytes | None:
    """Return an item's employer; raises Refused when the person is tied to it."""
    employer_id = KINDS[kind].employer_of(db, item_id)
    if tied(db, desk, employer_id):
        raise Refused("tie")
    return employer_id


def decided_before(db: Session, desk: Desk, item_id: bytes) -> bool:
    """Tell whether somebody decided on an item before."""
    same = select(Decider.item_id).where(Decider.item_id == item_id, Decider.staff_id == desk.id)
    return db.scalar(same) is not None


def refuse_earlier(db: Session, desk: Desk, item: Item) -> None:
    """Refuse what asks for another person to whoever decided on the item before."""
    if asks_another(item) and decided_before(db, desk, item.id):
        raise Refused("earlier_decider")


def asks_another(item: Item) -> bool:
    """Tell whether an item is appealed by its writer, or a notice's sender contests its outcome."""
    return item.state == "appealed" or CONTESTED in codes(item.why)


def refuse_handed_over(desk: Desk, item: Item) -> None:
    """Refuse what was handed over to everybody but seniors."""
    if HANDED_OVER in codes(item.why) and desk.role != "senior":
        raise Refused("power")
