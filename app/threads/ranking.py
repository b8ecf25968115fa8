"""The order 'hot': what finds agreement and answers, halved every two days. Pure.

The formula is in docs/conversation.md. It knows of no person, and gives a number that stays right
as days pass, so that it is stored and lists need no arithmetic.
"""

import math
from datetime import date
from typing import Final

HALVED: Final = 2  # days in which a thread needs twice as much to stand level


def heat(votes: int, comments: int, day: date) -> float:
    """Return how high a thread stands, from its first post's votes, its comments and its day."""
    return math.log2(1 + votes + comments) + day.toordinal() / HALVED
