"""A case: one item with all that somebody needs to decide it, and nothing of who wrote it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.employers import directory
from app.employers.models import Employer
from app.moderation import appeals, effects, items, legal, queue
from app.moderation.desk import Desk, NotThere
from app.moderation.items import Item
from app.moderation.powers import Action, actions
from app.moderation.queue import Earlier, Waiting
from app.settings import Settings
from app.threads import judging
from app.threads.models import Flag
from app.triage import kinds, weighing
from app.triage.checking import Checked, Found
from app.triage.states import EMPTY
from app.web.languages import N_

MOST_PASSAGES: Final = 30
# What makes something wait, in words, by its code.
WORDS: Final[Mapping[str, str]] = {
    **{kind.name: kind.word for kind in kinds.STRONGEST_FIRST},
    **weighing.WORDS,
    items.HANDED_OVER: N_("handed over"),
    "notice": N_("notice"),
    "legal": N_("legal notice"),
    "contested": N_("notice, looked at by somebody else"),
}


@dataclass(frozen=True)
class Asked:
    """Which case is asked for, in which language, and when."""

    kind: str
    id: bytes
    lang: str
    now: datetime


@dataclass(frozen=True)
class Case:
    """One item before somebody of the desk.

    source: what called for a look at it, as the log says it. holder: the name of whoever looks at
    it now; left: seconds of one's own lease, 0 without one. flags: how many readers gave which
    reason. copies: near-duplicates that wait too. appeal: what its writer says against the removal.
    """

    kind: str
    item: Item
    about: judging.Context
    checked: Checked
    employer: Employer | None
    source: str
    flags: Sequence[tuple[str, int]]
    notices: Sequence[legal.Case]
    earlier: Sequence[Earlier]
    holder: str | None
    left: int
    actions: Sequence[Action]
    copies: Sequence[Waiting]
    appeal: appeals.Shown | None

    @property
    def path(self) -> str:
        """The address of its page."""
        return path_of(self.kind, self.item.id)

    @property
    def place(self) -> str:
        """Where it stands in the queue, as queue.waiting understands it."""
        return f"{self.item.severity or 0}.{self.item.waits_since}.{self.item.id.hex()}"

    @property
    def why(self) -> Sequence[str]:
        """What made it wait, in words that a page translates."""
        return in_words(items.codes(self.item.why))

    @property
    def passages(self) -> Sequence[Found]:
        """What triage sees in it, the first of it."""
        return self.checked.found[:MOST_PASSAGES]

    @property
    def image_path(self) -> str:
        """The address of its picture, for the desk alone."""
        return f"{self.path}/image"


def path_of(kind: str, item_id: bytes) -> str:
    """Return the address of a case."""
    return f"/desk/cases/{kind}/{item_id.hex()}"


def in_words(codes: Sequence[str]) -> Sequence[str]:
    """Return what makes something wait in words, those that have any."""
    return [WORDS[code] for code in codes if code in WORDS]


def item_for(db: Session, desk: Desk, kind: str, item_id: bytes) -> Item:
    """Return an item that somebody may look at; raises NotThere and tells nothing of the others."""
    item = items.get(db, kind, item_id)
    handed = items.HANDED_OVER in items.codes(item.why) or item.state == "appealed"
    tied = items.tied(db, desk, items.KINDS[kind].employer_of(db, item_id))
    if tied or (handed and desk.role != "senior"):
        raise NotThere(kind)
    return item


def case(
    db: Session, settings: Settings, desk: Desk, asked: Asked, waiting: Sequence[Waiting]
) -> Case:
    """Return a case; waiting: the queue as the person sees it. Raises NotThere."""
    item = item_for(db, desk, asked.kind, asked.id)
    about = items.KINDS[asked.kind].context(db, asked.id, asked.lang)
    if about is None:
        raise NotThere(asked.kind)
    left = int(item.lease_left(asked.now).total_seconds())
    mine = left > 0 and item.holder == desk.id
    own = next((each for each in waiting if each.id == asked.id), None)
    barred = items.asks_another(item) and items.decided_before(db, desk, asked.id)
    return Case(
        kind=asked.kind,
        item=item,
        about=about,
        checked=Checked.of(_texts(db, settings, desk, item, about)),
        employer=_employer(db, items.KINDS[asked.kind].employer_of(db, asked.id)),
        source=items.source_of(db, item),
        flags=_flags(db, asked.id),
        notices=legal.shown(db, settings, asked.id),
        earlier=queue.earlier(db, asked.id),
        holder=items.name_of(db, item.holder) if left else None,
        left=left if mine else 0,
        actions=[] if barred else _offered(desk, item, about),
        copies=[each for each in waiting if own and each.id in own.copies],
        appeal=appeals.shown(db, settings, asked.id) if item.state == "appealed" else None,
    )


def _offered(desk: Desk, item: Item, about: judging.Context) -> list[Action]:
    """Return what somebody may do that would do anything."""
    idle = {"remove_image"} if about.item.image is None else set()
    if item.hidden_until is not None:
        idle.add("hide")
    return [each for each in actions(desk.role, items.state_of(item)) if each not in idle]


def _texts(
    db: Session, settings: Settings, desk: Desk, item: Item, about: judging.Context
) -> dict[str, str]:
    """Return every word of an item, those of a removed one for seniors alone."""
    if item.state in EMPTY:
        kept = effects.kept(db, settings, item.id) if desk.role == "senior" else None
        return texts(kept or {})
    image = about.item.image
    alternative = image.alternative if image else ""
    title = about.title if about.first else ""
    return texts(
        {"title": title, "text": about.item.text, "choices": about.asked}
        | {"alternative": alternative}
    )


def texts(words: Mapping[str, Any]) -> dict[str, str]:
    """Return words by the field that they are in, the fields that have any."""
    asked = [words.get("question") or "", *(words.get("choices") or [])]
    said = {
        "title": words.get("title") or "",
        "text": words.get("text") or "",
        "poll": "\n".join(each for each in asked if each),
        "picture": words.get("alternative") or "",
    }
    return {field: text for field, text in said.items() if text}


def _flags(db: Session, item_id: bytes) -> list[tuple[str, int]]:
    number = func.count()
    counted = select(Flag.reason, number).where(Flag.item_id == item_id).group_by(Flag.reason)
    return [(reason, many) for reason, many in db.execute(counted.order_by(number.desc()))]


def _employer(db: Session, employer_id: bytes | None) -> Employer | None:
    found = db.get(Employer, employer_id) if employer_id else None
    return found and directory.canonical(db, found)
