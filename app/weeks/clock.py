"""Clock times as people type them, to minutes and back."""

import re

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:\uff1a]([0-5][0-9])")


def minutes(text: str) -> int:
    """Minutes since midnight of 'HH:MM' (a full-width colon is fine). Raises ValueError."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError("not a time of day")
    return int(match[1]) * 60 + int(match[2])


def text(minute: int) -> str:
    """'HH:MM' of minutes since midnight; whole days are dropped."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
