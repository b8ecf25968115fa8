"""The form of a verdict: what it offers, what was chosen in it, and what the writer would read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.moderation import items, saying, stating
from app.moderation.before import detected
from app.moderation.cases import Case
from app.moderation.desk import Verdict
from app.moderation.powers import POWERS, Action
from app.moderation.statements import KEPT
from app.triage import kinds, weighing
from app.triage.reasons import REASONS, Reason
from app.web.forms import Form
from app.web.languages import N_

LONGEST_WORDS: Final = 1_000
MOST_COPIES: Final = 12
# The key, and what the button says; in the order in which they are offered.
CHOICES: Final[Mapping[Action, tuple[str, str]]] = {
    "approve": ("a", N_("Approve")),
    "remove": ("r", N_("Remove")),
    "return": ("e", N_("Ask to edit")),
    "hide": ("d", N_("Hide for three days")),
    "remove_image": ("p", N_("Remove the picture")),
    "restore": ("a", N_("Restore")),
    "uphold": ("r", N_("Uphold")),
    "suppress": ("x", N_("Suppress")),
}
# What confirms a choice that is not carried out at once.
CONFIRMS: Final[Mapping[Action, str]] = {
    "remove": N_("Remove and send the reason"),
    "return": N_("Send back with the reason"),
    "hide": N_("Hide and send the reason"),
    "remove_image": N_("Remove the picture and send the reason"),
    "restore": N_("Restore and send the answer"),
    "uphold": N_("Uphold and send the answer"),
    "suppress": N_("Suppress, when another senior agrees"),
}
# Ten have keys, 1 to 9 and 0; the rest are chosen by arrows.
_KEYED: Final = (
    *("person", "contact", "threat", "hate", "sexual", "secret", "spam", "duplicate", "off_topic"),
    "other",
)
REASONS_BY_KEY: Final[Sequence[tuple[str, Reason]]] = (
    *((str((place + 1) % 10), REASONS[code]) for place, code in enumerate(_KEYED)),
    *(("", reason) for code, reason in REASONS.items() if code not in _KEYED),
)
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Copy:
    """A near-duplicate that is to be decided alike, in the version in which it was seen."""

    kind: str
    id: bytes
    version: int


def version(form: Form) -> int:
    """Return the version of the item that a form was shown for; 0 for nonsense."""
    return number(form.get("version"))


def verdict(case: Case, form: Form) -> Verdict | None:
    """Read a verdict; None, with messages beside its fields, where something is missing."""
    action = _action(form)
    if action is None:
        form.error("do", N_("Choose what to do: approve, remove or ask to edit."))
        return None
    if POWERS[action].reason and form.get("reason") not in REASONS:
        form.error("reason", N_("Choose a reason; the writer will read it."))
    if len(form.get("words")) > LONGEST_WORDS:
        form.error(
            "words", N_("This is too long: at most %(most)s characters."), most=LONGEST_WORDS
        )
    if not form.ok:
        return None
    return _verdict(case, form, action)


def copies(form: Form) -> list[Copy]:
    """Return the near-duplicates that were ticked, as "comment.<id>.<version>"."""
    found = []
    for place in range(MOST_COPIES):
        kind, _, rest = form.get(f"copy{place}").partition(".")
        item, _, seen = rest.partition(".")
        if kind in items.KINDS and _ID.fullmatch(item):
            found.append(Copy(kind, bytes.fromhex(item), number(seen)))
    return found


def offered(case: Case, form: Form, lang: str, today: date) -> dict[str, Any]:
    """Return what the form of a verdict shows."""
    return {
        "case": case,
        "form": form,
        "fields": preview(case, form, lang, today),
        "offers": [(action, *CHOICES[action], CONFIRMS.get(action)) for action in case.actions],
        "reasons": REASONS_BY_KEY,
        "rarer": {reason.code for key, reason in REASONS_BY_KEY if not key},
        "chosen": form.get("reason") if "version" in form else suggested(case),
        "sent": "version" in form,
        "copies": case.copies[:MOST_COPIES],
        "longest_words": LONGEST_WORDS,
        "said": saying.said,
    }


def preview(case: Case, form: Form, lang: str, today: date) -> list[stating.Field]:
    """Compose the statement that the writer would read if this were sent now."""
    action = _action(form) or "remove"
    if not POWERS[action].reason or action not in case.actions:
        action = "remove"
    if action not in case.actions:
        return []
    chosen = form.get("reason")
    said = _verdict(case, form, action)
    told = stating.Told(
        id=bytes(16),
        item_id=case.item.id,
        kind=case.kind,
        number=0,
        day=today,
        until=today + KEPT,
        action=action,
        reason=chosen if chosen in REASONS else suggested(case),
        source=case.source,
        automated=detected(case.source, case.item.why),
        passages=said.passages,
        words=said.words,
    )
    return stating.fields(told, lang)


def suggested(case: Case) -> str:
    """Return the reason that is ticked first: what it waits for, else the gravest passage, flags.

    Of copies it is that they are; of a notice the reason that its sender chose.
    """
    by_name = {kind.name: kind.reason for kind in kinds.STRONGEST_FIRST}
    given = [said.reason.code for said in case.notices]
    sent = dict.fromkeys((items.NOTICE, items.LEGAL, items.CONTESTED), next(iter(given), None))
    known = {**by_name, weighing.COPIES: "duplicate", **sent}
    codes = [known.get(code) for code in items.codes(case.item.why)]
    seen = [found.seen.kind.reason for found in case.passages]
    return next(filter(None, [*codes, *seen, *(reason for reason, _ in case.flags)]), "other")


def _verdict(case: Case, form: Form, action: Action) -> Verdict:
    reason = form.get("reason") if POWERS[action].reason else None
    ticked = {form.get(f"passage{place}") for place in range(len(case.passages))}
    first = "version" not in form  # nothing was sent yet: what triage marked is ticked
    passages = (found.text for found in case.passages if first or found.place in ticked)
    return Verdict(action, reason, tuple(dict.fromkeys(passages)), form.get("words"))


def _action(form: Form) -> Action | None:
    asked = form.get("do") or form.get("chosen")
    return next((action for action in POWERS if action == asked), None)


def number(text: str) -> int:
    """Read a version as an address or a form bears it; 0 for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
