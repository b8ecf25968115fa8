"""Notices by outside parties: how they come, reach the queue, and are contested.

Days only; of who sent one nothing is kept but the kind of sender. Source: Digital Services Act,
article 16 (https://eur-lex.europa.eu/eli/reg/2022/2065/oj).
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.employers import directory
from app.moderation import audit, items, sealing, settling
from app.moderation.audit import Act
from app.moderation.desk import Desk
from app.moderation.items import Item
from app.moderation.legal_profiles import PROFILES
from app.moderation.models import AuditEntry, Decider
from app.moderation.notice_models import LegalCase, Notice
from app.moderation.pointing import Pointed
from app.moderation.powers import JUDGES
from app.moderation.settling import NOBODY
from app.replies import showing
from app.replies.models import Reply
from app.settings import Settings
from app.staff.models import Staff, Tie
from app.threads.models import Post
from app.triage.reasons import LEGAL, REASONS
from app.triage.states import VISIBLE
from app.web.languages import N_

PARTIES: Final = {
    "private": N_("A private person"),
    "employer": N_("An employer"),
    "lawyer": N_("A lawyer, for somebody else"),
    "authority": N_("A court or an authority"),
    "flagger": N_("A trusted flagger"),
}
CLAIMANTS: Final = frozenset({"employer", "lawyer", "authority"})
# What made an item wait, in its column `why`.
NOTICED: Final = items.NOTICE
CLAIMED: Final = items.LEGAL
CONTEST: Final = timedelta(days=184)  # no six months have more days


class Gone(LookupError):
    """Readers see nothing at that address any more."""


@dataclass(frozen=True)
class Given:
    """What a notice says. place: the law it claims, a key of PROFILES, or None.

    out: it asks that the item goes; who: it asks who wrote it.
    """

    party: str
    reason: str
    words: str
    passage: str
    name: str = ""
    mail: str = ""
    place: str | None = None
    out: bool = True
    who: bool = False

    @property
    def legal(self) -> bool:
        """Tell whether it takes the way of legal notices."""
        return self.party in CLAIMANTS and self.reason in LEGAL and self.place is not None

    @property
    def severity(self) -> int:
        """How grave its reason is; a trusted flagger goes before others (article 22)."""
        return max(1, REASONS[self.reason].severity - (self.party == "flagger"))


def code(settings: Settings, nonce: bytes) -> bytes:
    """Return the 128-bit receipt code that a form's nonce makes: a retry meets the same one."""
    return hmac.digest(settings.key("receipts"), nonce, sha256)[:16]


def find(db: Session, receipt: bytes) -> Notice | None:
    """Return the notice that a receipt code is of."""
    return db.scalar(select(Notice).where(Notice.receipt == sha256(receipt).digest()))


def item_at(db: Session, pointed: Pointed) -> Item | None:
    """Return the post or the reply that an address names, if readers see it."""
    if pointed.reply:
        return _reply_at(db, pointed)
    at = Post.id == pointed.post if pointed.post else Post.position == pointed.position
    asked = select(Post).where(Post.thread_id == pointed.thread, at, Post.state.in_(VISIBLE))
    return db.scalar(asked)


def receive(
    db: Session,
    settings: Settings,
    notice_id: bytes,
    receipt: bytes,
    item_id: bytes,
    given: Given,
) -> Notice:
    """Take a notice in, tell the log, and open the case; the same id again changes nothing.

    What somebody judged in this wording is not judged again, unless a law is claimed. Raises Gone.
    """
    if again := db.get(Notice, notice_id):
        return again
    today = settings.today()
    item = items.of(db, item_id)
    if item is None or not items.verbs(items.kind_of(item)).hold(db, item_id):
        raise Gone
    post = items.get(db, items.kind_of(item), item_id)
    if post.state not in VISIBLE:
        raise Gone
    state, outcome = _begins(post, given)
    before = post.state
    if state == "open":
        wait(db, post, CLAIMED if given.legal else NOTICED, given.severity, today)
    notice = Notice(
        id=notice_id,
        receipt=sha256(receipt).digest(),
        kind=items.kind_of(post),
        item_id=post.id,
        party=given.party,
        reason=given.reason,
        state=state,
        outcome=outcome,
        day=today,
        decided=today if state == "closed" else None,
        number=_log(db, post, given, before, today),
    )
    db.add(notice)
    if state != "closed":
        _keep(settings, notice, given)
        db.flush()
        _begin_case(db, notice, post.version, given)
    db.flush()
    if outcome in settling.ENDS:
        settling.tell(db, notice, settling.SETTLE, today)
    return notice


def wait(db: Session, post: Item, why: str, severity: int, today: date) -> None:
    """Put an item that readers see into the queue, or add to why it waits there.

    The text is the same, so its version is, and whoever looks at it goes on.
    """
    codes = dict.fromkeys((*items.codes(post.why), why))
    graver = min(severity, post.severity or severity)
    model = type(post)
    guarded = update(model).where(
        model.id == post.id, model.version == post.version, model.state == post.state
    )
    values = {
        "state": "flagged" if post.state == "published" else post.state,
        "severity": graver,
        "why": ",".join(codes),
        "waits_since": post.waits_since or today,
    }
    if not items.changed(db, guarded.values(**values)):
        raise Gone
    db.refresh(post)


def contest(db: Session, settings: Settings, notice: Notice, words: str) -> bool:
    """Have another person look at what a decision left standing; False where that is over.

    Once, within six months of it. Source: Digital Services Act, article 20.
    """
    today = settings.today()
    if not items.verbs(notice.kind).hold(db, notice.item_id):
        return False
    db.refresh(notice)
    post = items.get(db, notice.kind, notice.item_id)
    if not contestable(db, notice, today) or post.state not in VISIBLE:
        return False
    wait(db, post, items.CONTESTED, REASONS[notice.reason].severity, today)
    sealed = json.dumps([words, ""]).encode()
    notice.sealed = sealing.seal(settings, "notice", notice.id, sealed)
    notice.contested = True
    settling.again(db, notice, "open", today)
    return True


def contestable(db: Session, notice: Notice, today: date) -> bool:
    """Tell whether a notice's sender may still ask for another person, and there is one.

    Else notices enough would leave an item to nobody, and keep it as it stands for ever.
    """
    left = notice.outcome in {"kept", "judged"} and not notice.contested
    in_time = notice.decided is not None and today <= notice.decided + CONTEST
    return left and in_time and _another(db, notice)


def _another(db: Session, notice: Notice) -> bool:
    """Tell whether anybody of the desk has not decided on an item yet and has no tie to it."""
    decided = select(Decider.staff_id).where(Decider.item_id == notice.item_id)
    fresh = select(Staff).where(Staff.active, Staff.role.in_(JUDGES), Staff.id.not_in(decided))
    employer_id = items.KINDS[notice.kind].employer_of(db, notice.item_id)
    for staff in db.scalars(fresh).all():
        ties = frozenset(db.scalars(select(Tie.employer_id).where(Tie.staff_id == staff.id)))
        if not items.tied(db, Desk(staff.id, "moderator", ties), employer_id):
            return True
    return False


def sent_back(db: Session, item_id: bytes) -> bool:
    """Tell whether an item was sent back to its writer after a legal notice."""
    of = select(Notice.id).join(LegalCase, LegalCase.notice_id == Notice.id)
    of = of.where(Notice.item_id == item_id, Notice.outcome == "returned")
    return db.scalar(of.limit(1)) is not None


def needs_two(db: Session, item_id: bytes, action: str) -> bool:
    """Tell whether two persons must agree to an action because of a notice.

    Removal after an employer's notice, any end of a legal case, and restoring what a legal
    notice took out.
    """
    about = select(Notice.party, Notice.state, Notice.outcome, LegalCase.place)
    about = about.outerjoin(LegalCase, LegalCase.notice_id == Notice.id)
    rows = db.execute(about.where(Notice.item_id == item_id)).all()
    if action == "restore":
        return any(row.place and row.outcome == "removed" for row in rows)
    taken_out = action in {"remove", "remove_image", "return"}
    claimed = any(row.place and row.state == "open" for row in rows)
    wanted = any(row.party in {"employer", "lawyer"} and row.state != "closed" for row in rows)
    return (taken_out and (claimed or wanted)) or (action == "approve" and claimed)


def demands(db: Session, first: date, last: date) -> Mapping[tuple[str, str], int]:
    """Count the demands for identity in a period, by reason and what was handed over: nothing."""
    columns = (AuditEntry.reason, AuditEntry.outcome)
    asked = select(*columns, func.count()).where(AuditEntry.kind == "demand")
    rows = db.execute(asked.where(AuditEntry.day.between(first, last)).group_by(*columns))
    return {(reason or "", handed or ""): number for reason, handed, number in rows}


def opened(settings: Settings, purpose: str, notice_id: bytes, sealed: bytes | None) -> list[str]:
    """Read two sealed texts; both empty once they are erased."""
    if sealed is None:
        return ["", ""]
    found: list[str] = json.loads(sealing.unseal(settings, purpose, notice_id, sealed))
    return found


def _reply_at(db: Session, pointed: Pointed) -> Reply | None:
    subject = pointed.thread
    if pointed.slug and (employer := directory.find(db, pointed.slug)):
        seen = showing.on_page(db, employer.id, directory.family(db, employer))
        subject = seen.subject if seen else b""
    asked = select(Reply).where(Reply.subject == subject, Reply.state.in_(VISIBLE))
    return db.scalar(asked)


def _begins(post: Item, given: Given) -> tuple[str, str | None]:
    """The state in which a notice begins, and its outcome if it is decided by then."""
    if not given.out:
        return "closed", "nothing"
    if given.legal:
        # Who writes for an employer is named already, and learns of it by the desk's statement.
        at_once = given.reason == "legal_order" or isinstance(post, Reply)
        return ("open" if at_once else "asked"), None
    if post.judged and post.state == "published" and given.reason not in LEGAL:
        return "closed", "judged"
    return "open", None


def _begin_case(db: Session, notice: Notice, version: int, given: Given) -> None:
    """Begin the legal case of a notice that claims a law; an order leaves no days for an answer."""
    if not given.legal or given.place is None:
        return
    asked = notice.day + timedelta(days=PROFILES[given.place].days)
    until = asked if notice.state == "asked" else None
    db.add(LegalCase(notice_id=notice.id, place=given.place, until=until, version=version))


def _log(db: Session, post: Item, given: Given, before: str, today: date) -> int:
    """Write the lines of a notice: that it came, and what a demand for identity was answered."""
    kind = items.kind_of(post)
    employer_id = items.verbs(kind).employer_of(db, post.id)
    shared: dict[str, Any] = {
        "reason": given.reason,
        "source": given.party,
        "item_id": post.id,
        "staff_id": NOBODY,
        "employer_id": employer_id,
    }
    number = 0
    if given.out:
        came = Act(kind=kind, action=NOTICED, before=before, after=post.state, **shared)
        number = audit.write(db, came, today)
    if given.who:
        asked = Act(
            kind="demand",
            action="answer",
            before=post.state,
            after=post.state,
            outcome="nothing",
            **shared,
        )
        answered = audit.write(db, asked, today)
        number = number or answered
    return number


def _keep(settings: Settings, notice: Notice, given: Given) -> None:
    def sealed(purpose: str, *texts: str) -> bytes:
        return sealing.seal(settings, purpose, notice.id, json.dumps(texts).encode())

    notice.sealed = sealed("notice", given.words, given.passage)
    if given.name or given.mail:
        notice.contact = sealed("contact", given.name, given.mail)
