"""States of an item (post, comment, reply) and which may follow which. Pure.

Nothing leaves a place that others answered: what goes out of sight leaves a tombstone there.
"""

from typing import Final, Literal, get_args

State = Literal[
    "delayed",  # its writer chose to wait
    "held",  # nobody but the desk sees it until it is decided
    "pending",  # visible, and waits to be looked at
    "published",
    "flagged",  # visible, and readers asked the desk to look
    "hidden",  # out of sight for three midnights at most, then it comes back by itself
    "returned",  # its writer was asked to change it, and is the only one to see it
    "removed",
    "appealed",  # removed, and its writer asks another person to look again
    "suppressed",  # by two persons; its text exists no more
    "withdrawn",  # by its writer
]
STATES: Final[tuple[State, ...]] = get_args(State)
VISIBLE: Final[frozenset[State]] = frozenset({"published", "pending", "flagged"})
WAITING: Final[frozenset[State]] = frozenset({"held", "pending", "flagged", "hidden", "appealed"})
# Their text is not on the item any more.
EMPTY: Final[frozenset[State]] = frozenset({"removed", "appealed", "suppressed", "withdrawn"})

_FOLLOWS: Final = {
    "delayed": "held pending published withdrawn suppressed",
    "held": "delayed pending published returned removed withdrawn suppressed",
    "pending": "held published flagged hidden returned removed withdrawn suppressed",
    "published": "held pending flagged hidden returned removed withdrawn suppressed",
    "flagged": "held pending published hidden returned removed withdrawn suppressed",
    "hidden": "held pending published flagged returned removed withdrawn suppressed",
    "returned": "held pending published flagged hidden withdrawn suppressed",
    "removed": "held pending published flagged hidden appealed withdrawn suppressed",
    "appealed": "removed published withdrawn suppressed",
    "suppressed": "",
    "withdrawn": "suppressed",
}
# What undoes a decision leads back to any state that led to it.
FOLLOWS: Final[dict[State, frozenset[State]]] = {
    state: frozenset(other for other in STATES if other in _FOLLOWS[state].split())
    for state in STATES
}
