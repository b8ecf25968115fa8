"""The table of powers, against the rules in words: every action, role and state."""

import pytest

from app.moderation.powers import POWERS, ROLES, VIEWS, Action, Role, actions, power
from app.triage.reasons import REASONS
from app.triage.states import FOLLOWS, STATES, VISIBLE, State

JUDGES = {"moderator", "senior"}
APPEALS = {"uphold", "restore"}
# What may be done in a state, by whoever may do most; read from docs/desk.md.
OPEN = {"remove", "return", "remove_image", "suppress"}
MAY: dict[State, set[str]] = {
    "delayed": set(),
    "held": OPEN | {"approve"},
    "pending": OPEN | {"approve", "hide"},
    "published": OPEN | {"hide"},
    "flagged": OPEN | {"approve", "hide"},
    "hidden": OPEN | {"approve"},
    "returned": {"suppress"},
    "removed": {"suppress"},
    "appealed": {*APPEALS, "suppress"},
    "suppressed": set(),
    "withdrawn": {"suppress"},
}


@pytest.mark.parametrize("role", ROLES)
def test_every_action_role_and_state(role: Role) -> None:
    assert set(MAY) == set(STATES)
    for state in STATES:
        may = MAY[state] if role == "senior" else MAY[state] - {*APPEALS, "suppress"}
        assert set(actions(role, state)) == (may if role in JUDGES else set()), state
        for action in POWERS:
            assert (power(role, action, state) is not None) == (action in actions(role, state))


@pytest.mark.parametrize("action", POWERS)
def test_what_an_action_leads_to(action: Action) -> None:
    found = POWERS[action]
    for state in found.before:
        assert state == found.after or found.after in FOLLOWS[state], state
        # What an undo does.
        if state in VISIBLE | {"held", "hidden"} and action not in {"suppress", "remove_image"}:
            assert state == found.after or state in FOLLOWS[found.after], state
    # Whatever restricts is explained.
    assert found.reason == (found.after not in VISIBLE or action == "remove_image") or (
        action == "uphold"
    )
    assert found.two == found.step_up == (action == "suppress")


def test_only_what_cannot_wait_is_hidden() -> None:
    assert {code for code, reason in REASONS.items() if reason.brief} == {
        *("threat", "sexual", "contact")
    }


def test_outsiders_see_no_page_of_the_desk_and_operators_no_content() -> None:
    for view, roles in VIEWS.items():
        assert not roles & {"reader", "worker"}
        assert ("representative" in roles) == (view in {"own", "reply"})
        assert ("operator" in roles) == (view in {"own", "staff"})
        assert "auditor" not in roles or view in {"own", "log", "samples"}
