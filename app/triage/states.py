"""States of an item and which may follow which. Pure; the desk adds its own."""

from typing import Final, Literal, get_args

State = Literal["delayed", "published", "withdrawn"]
STATES: Final[tuple[State, ...]] = get_args(State)
FOLLOWS: Final[dict[State, frozenset[State]]] = {
    "delayed": frozenset({"published", "withdrawn"}),
    "published": frozenset({"withdrawn"}),
    "withdrawn": frozenset(),
}
