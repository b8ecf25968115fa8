"""What stands in place of a post that is out of sight, by whose act and which rule. Pure.

A moderator's reason is named; why triage holds something never is.
"""

from dataclasses import dataclass
from typing import Final, Literal

from app.triage.reasons import REASONS
from app.triage.states import VISIBLE
from app.web.languages import N_, translate

Gone = Literal["withdrawn", "removed", "returned", "hidden"]

_SAID: Final[dict[Gone, str]] = {
    "withdrawn": N_("Withdrawn by its writer."),
    "removed": N_("Removed by the moderators: %(reason)s"),
    "returned": N_("Taken out until its writer has changed it: %(reason)s"),
    "hidden": N_("Out of sight while the desk looks at it."),
}
_UNNAMED: Final[dict[Gone, str]] = {
    "removed": N_("Removed by the moderators."),
    "returned": N_("Taken out until its writer has changed it."),
}
_OF_STATE: Final[dict[str, Gone]] = {
    "withdrawn": "withdrawn",
    "removed": "removed",
    "appealed": "removed",
    "suppressed": "removed",
    "returned": "returned",
}


@dataclass(frozen=True, slots=True)
class Tomb:
    """What happened to a post that nobody can read; reason: a code of app/triage/reasons.py.

    words: the whole of it in a language.
    """

    gone: Gone
    reason: str | None
    words: str


def tomb(state: str, why: str | None, lang: str) -> Tomb | None:
    """Return what stands in place of a post in a state, in a language; None if it is visible."""
    if state in VISIBLE:
        return None
    gone = _OF_STATE.get(state, "hidden")
    reason = REASONS.get(why or "") if gone in _UNNAMED else None
    if reason is None:
        return Tomb(gone, None, translate(lang, _UNNAMED.get(gone, _SAID[gone])))
    name = translate(lang, reason.name)
    name = name[:1].lower() + name[1:]
    return Tomb(gone, reason.code, translate(lang, _SAID[gone], reason=name))
