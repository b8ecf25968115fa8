"""Who may do what: every action on an item, from which states, by whom. All authority is here.

Pure. The pages of the desk ask `VIEWS`, the verbs ask `power`.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from app.triage.states import VISIBLE, WAITING, State

Role = Literal["reader", "worker", "representative", "moderator", "senior", "auditor", "operator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
Action = Literal[
    "approve", "remove", "return", "hide", "remove_image", "uphold", "restore", "suppress"
]
CohortAction = Literal["release", "exclude"]

JUDGES: Final[frozenset[Role]] = frozenset({"moderator", "senior"})
SENIOR: Final[frozenset[Role]] = frozenset({"senior"})
_OPEN: Final[frozenset[State]] = (VISIBLE | WAITING) - {"appealed"}
_ANY: Final[frozenset[State]] = VISIBLE | WAITING | {"returned", "removed", "withdrawn"}


@dataclass(frozen=True)
class Power:
    """What an action may be done to, by whom, and what it leads to.

    two: another person must agree. step_up: the second factor must have been given within five
    minutes.
    """

    roles: frozenset[Role]
    before: frozenset[State]
    after: State
    reason: bool = False
    two: bool = False
    step_up: bool = False


POWERS: Final[dict[Action, Power]] = {
    "approve": Power(JUDGES, _OPEN - {"published"}, "published"),
    "remove": Power(JUDGES, _OPEN, "removed", reason=True),
    "return": Power(JUDGES, _OPEN, "returned", reason=True),
    "hide": Power(JUDGES, VISIBLE, "hidden", reason=True),
    "remove_image": Power(JUDGES, _OPEN, "published", reason=True),
    "uphold": Power(SENIOR, frozenset({"appealed"}), "removed"),
    "restore": Power(SENIOR, frozenset({"appealed"}), "published"),
    "suppress": Power(SENIOR, _ANY, "suppressed", reason=True, two=True, step_up=True),
}


@dataclass(frozen=True)
class CohortPower:
    """What a held cohort may be decided to, by whom; rule: only where this rule sounded."""

    roles: frozenset[Role]
    after: Literal["released", "excluded"]
    rule: str | None = None
    two: bool = False
    step_up: bool = False


# Of figures that an alarm holds; the next release carries it out.
COHORT_POWERS: Final[dict[CohortAction, CohortPower]] = {
    "release": CohortPower(JUDGES, "released"),
    "exclude": CohortPower(SENIOR, "excluded", rule="alike", two=True, step_up=True),
}
# Pages of the desk that are no action on an item.
VIEWS: Final[dict[str, frozenset[Role]]] = {
    "queue": JUDGES,
    "appeals": SENIOR,
    "proposals": SENIOR,
    "notices": JUDGES,
    "cohorts": JUDGES,
    "directory": JUDGES,
    "events": JUDGES,
    "log": frozenset({"moderator", "senior", "auditor"}),
    "samples": frozenset({"auditor"}),
    "staff": frozenset({"operator"}),
    # Everybody of the staff signs in and out, and changes their own password and codes.
    "own": frozenset({"representative", "moderator", "senior", "auditor", "operator"}),
    "reply": frozenset({"representative"}),
}


def power(role: Role, action: Action, state: State) -> Power | None:
    """Return the power that a role has to do something to an item in a state, or None."""
    found = POWERS[action]
    return found if role in found.roles and state in found.before else None


def actions(role: Role, state: State) -> list[Action]:
    """Return everything that a role may do to an item in a state, in the order of the table."""
    return [action for action in POWERS if power(role, action, state)]
