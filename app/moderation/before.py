"""An item as a decision finds it: the row changes under it, the log and an undo tell of both."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self

from sqlalchemy.orm import Session

from app.moderation import audit, items
from app.moderation.desk import Desk
from app.moderation.items import Item
from app.triage import weighing
from app.triage.states import State

# Nobody and nothing saw anything in it yet.
_LOOKED_AT: Final = {
    *(weighing.FIRST, weighing.EVERYTHING, weighing.CHANGED, weighing.PROPOSED),
    items.HANDED_OVER,
}
_DAYS: Final = ("waits_since", "hidden_until", "strike_until")
# What an undo gives back; the words come from the kept text.
_COLUMNS: Final = ("state", "judged", "severity", "why", *_DAYS)


def detected(source: str, why: str | None) -> bool:
    """Tell whether automation saw something, rather than that all of a sort is looked at."""
    return source == "triage" and bool(set(items.codes(why)) - _LOOKED_AT)


@dataclass(frozen=True)
class Before:
    """An item as it was.

    reason: for which it was out of sight. source: what brought it to the desk; automated: whether
    automation detected it, rather than that everything of its sort is looked at; days: how many it
    had waited; all three as the log says them. columns: what an undo gives back, as JSON holds it.
    """

    kind: str
    id: bytes
    version: int
    state: State
    reason: str | None
    source: str
    automated: bool
    days: str
    employer_id: bytes | None
    columns: dict[str, Any]

    @classmethod
    def of(cls, db: Session, item: Item, now: datetime) -> Self:
        """Read it from the row that a decision holds."""
        kind, source, since = items.kind_of(item), items.source_of(db, item), item.waits_since
        columns = {name: _plain(getattr(item, name)) for name in _COLUMNS}
        # A decision ends what was proposed, and undoing it does not bring that back.
        columns["why"] = weighing.without_code(item.why, weighing.PROPOSED)
        return cls(
            kind=kind,
            id=item.id,
            version=item.version,
            state=items.state_of(item),
            reason=items.reason_of(item),
            source=source,
            automated=detected(source, item.why),
            days=audit.bucket((now.date() - since).days if since else 0),
            employer_id=items.KINDS[kind].employer_of(db, item.id),
            columns=columns,
        )

    def act(self, desk: Desk, action: str, reason: str | None) -> audit.Act:
        """Return what the log says of an act of somebody that leaves it in its state."""
        return audit.Act(
            kind=self.kind,
            action=action,
            source=self.source,
            before=self.state,
            after=self.state,
            item_id=self.id,
            staff_id=desk.id,
            employer_id=self.employer_id,
            reason=reason,
            automated=self.automated,
            days=self.days,
        )


def read_columns(columns: dict[str, Any]) -> dict[str, Any]:
    """Read what JSON kept of `Before.columns`."""
    return {
        name: date.fromisoformat(value) if value and name in _DAYS else value
        for name, value in columns.items()
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
