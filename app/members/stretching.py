"""Stretching phrases without letting a flood of them take the whole machine."""

import os
from typing import Final

from app.members import keys
from app.settings import Settings
from app.web.turnstile import Turnstile

# One core stays free for pages. Eight in line wait a quarter of a second; far fewer than the
# thread pool has, so that pages never wait behind them.
_TURNSTILE: Final = Turnstile(running=max(1, (os.cpu_count() or 1) - 1), waiting=8)


def open_phrase(
    settings: Settings, entropy: bytes, turnstile: Turnstile = _TURNSTILE
) -> keys.Opener:
    """Stretch a phrase's entropy for this site; call it before any transaction begins.

    Raises a 503 when too many are already at it.
    """
    site = keys.Site(settings.key("phrase salt", keys.SALT_BYTES), settings.key("lookup pepper"))
    with turnstile.turn():
        return keys.open_phrase(site, entropy)
