"""The way of legal notices: whoever wrote it is asked, has five days, then two persons decide.

Days only: asked on the day of the notice, which is within 48 hours, through the account's own
page; nobody here could write to them. Nothing is ever handed over, because nothing exists.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import select, union_all, update
from sqlalchemy.orm import Session

from app.moderation import items, notices, sealing, settling
from app.moderation.legal_profiles import PROFILES, Profile
from app.moderation.notice_models import LegalCase, Notice
from app.moderation.notices import CLAIMED, NOTICED, PARTIES
from app.settings import Settings
from app.threads import judging, reach
from app.threads.models import Post
from app.triage.reasons import REASONS, Reason
from app.triage.states import VISIBLE
from app.web.languages import N_

Choice = Literal["affirm", "counter", "edit", "withdraw"]
CHOICES: Final[dict[Choice, str]] = {
    "affirm": N_("I stand by it, without more words"),
    "counter": N_("I stand by it, and say why"),
    "edit": N_("I change it"),
    "withdraw": N_("I withdraw it"),
}
AT_ONCE: Final = 200  # values in one statement of SQL
_STATEMENT: Final = "counter-statement"


@dataclass(frozen=True)
class Case:
    """A notice as the desk sees it, or as the writer of the item does: neither sees the other.

    party, answer: as message ids; counter: the writer's statement; name, mail: of who claims a
    right, for the desk alone and in legal cases alone; until: the last day for an answer.
    """

    notice: Notice
    item_id: bytes
    party: str
    reason: Reason
    words: str
    passage: str
    profile: Profile | None = None
    until: date | None = None
    answer: str | None = None
    counter: str = ""
    name: str = ""
    mail: str = ""

    @property
    def document(self) -> dict[str, Any]:
        """What the writer may know of it, for /me.json."""
        return {
            "post": self.item_id.hex(),
            "place": self.profile.place if self.profile else None,
            "passage": self.passage,
            "words": self.words,
            "until": self.until and self.until.isoformat(),
            "counter": self.counter,
        }

    @property
    def path(self) -> str:
        """The address at which the writer answers."""
        return f"/me/notices/{self.notice.id.hex()}"


def shown(db: Session, settings: Settings, item_id: bytes) -> list[Case]:
    """Return the notices about an item that are not decided, for its case at the desk."""
    return [
        _case(settings, notice, case, contact=case is not None)
        for notice, case in _open(db, [item_id])
    ]


def own(db: Session, settings: Settings, item_ids: Collection[bytes]) -> list[Case]:
    """Return the legal cases about an account's own items, for its own page."""
    asked = sorted(item_ids)
    batches = (asked[first : first + AT_ONCE] for first in range(0, len(asked), AT_ONCE))
    rows = (row for batch in batches for row in _open(db, batch))
    return [_case(settings, notice, case) for notice, case in rows if case]


def at(db: Session, settings: Settings, notice_id: bytes) -> Case | None:
    """Return an open legal case by its notice; whose item it is, the page must see to."""
    notice, case = db.get(Notice, notice_id), db.get(LegalCase, notice_id)
    if notice is None or case is None or notice.state == "closed":
        return None
    return _case(settings, notice, case)


def answer(
    db: Session, settings: Settings, notice_id: bytes, choice: Choice, words: str = ""
) -> bool:
    """Note how the writer of an item answers; another answer replaces it until it is decided.

    Who stands by it is looked at from now on; who changes it has the days that are left, and
    withdrawing is the item's own page. False if the case is over.
    """
    notice = db.get(Notice, notice_id)
    if notice is None or not judging.hold(db, notice.item_id):
        return False
    case = db.get(LegalCase, notice_id, populate_existing=True)
    db.refresh(notice)
    if case is None or notice.state == "closed":
        return False
    case.answer = choice
    said = words if choice == "counter" else ""
    sealed = sealing.seal(settings, _STATEMENT, notice.id, said.encode())
    case.sealed = sealed if said else None
    if choice in {"affirm", "counter"} and notice.state == "asked":
        _review(db, notice, settings.today())
    db.flush()
    return True


def due(db: Session, today: date) -> int:
    """Do what days bring, every night: reviews begin, what is over loses its words.

    Returns how many reviews began.
    """
    # Every thread at once, in order, so that no two who hold several wait for each other.
    about = select(Post.thread_id).join(Notice, Notice.item_id == Post.id)
    reach.lock_all(db, set(db.scalars(about.where(Notice.state != "closed"))))
    _forget(db, today)
    late = select(Notice).join(LegalCase, LegalCase.notice_id == Notice.id)
    begun = db.scalars(late.where(Notice.state == "asked", LegalCase.until < today)).all()
    for notice in begun:
        _review(db, notice, today)
    _wait_again(db, today)
    return len(begun)


def _review(db: Session, notice: Notice, today: date) -> None:
    """Hand a case to the desk, where readers see the item; else it waits for its own decision."""
    notice.state = "open"
    post = db.get(Post, notice.item_id, populate_existing=True)
    if post and post.state in VISIBLE:
        notices.wait(db, post, CLAIMED, REASONS[notice.reason].severity, today)
    db.flush()


def _forget(db: Session, today: date) -> None:
    """Close notices about what is gone, and erase the words of decided ones.

    What is left, kind of sender, reason, outcome and days, is what the transparency report counts.
    """
    gone = union_all(
        *(
            select(model.id).where(model.state.in_(("withdrawn", "suppressed")))
            for model in items.MODELS
        )
    )
    over = select(Notice).where(Notice.state != "closed", Notice.item_id.in_(gone))
    for notice in db.scalars(over.order_by(Notice.id)).all():
        notice.sealed = None
        settling.close(db, notice, "withdrawn", today)
    decided = select(Notice.id).where(Notice.state == "closed", Notice.decided < today)
    quoted = select(Notice.id).where(Notice.state == "closed", Notice.sealed.is_(None))
    db.execute(update(Notice).where(Notice.id.in_(decided)).values(sealed=None))
    db.execute(update(LegalCase).where(LegalCase.notice_id.in_(quoted)).values(sealed=None))


def _wait_again(db: Session, today: date) -> None:
    """Put back into the queue what an edit took out of it while a notice is open."""
    lost = select(Notice, LegalCase.place).outerjoin(LegalCase, LegalCase.notice_id == Notice.id)
    lost = lost.join(Post, Post.id == Notice.item_id)
    lost = lost.where(Notice.state == "open", Post.state == "published")
    for notice, place in db.execute(lost).all():
        post = db.get_one(Post, notice.item_id, populate_existing=True)
        why = CLAIMED if place else NOTICED
        notices.wait(db, post, why, REASONS[notice.reason].severity, today)


def _open(db: Session, item_ids: Sequence[bytes]) -> list[tuple[Notice, LegalCase | None]]:
    asked = select(Notice, LegalCase).outerjoin(LegalCase, LegalCase.notice_id == Notice.id)
    asked = asked.where(Notice.item_id.in_(item_ids), Notice.state != "closed")
    rows = db.execute(asked.order_by(Notice.day, Notice.id)).all()
    return [(notice, case) for notice, case in rows]


def _case(
    settings: Settings, notice: Notice, case: LegalCase | None, *, contact: bool = False
) -> Case:
    words, passage = notices.opened(settings, "notice", notice.id, notice.sealed)
    sealed = notice.contact if contact else None
    name, mail = notices.opened(settings, "contact", notice.id, sealed)
    counter = b""
    if case and case.sealed:
        counter = sealing.unseal(settings, _STATEMENT, notice.id, case.sealed)
    return Case(
        notice=notice,
        item_id=notice.item_id,
        party=PARTIES[notice.party],
        reason=REASONS[notice.reason],
        words=words,
        passage=passage,
        profile=PROFILES[case.place] if case else None,
        until=case.until if case else None,
        answer=next((text for key, text in CHOICES.items() if case and key == case.answer), None),
        counter=counter.decode(),
        name=name,
        mail=mail,
    )
