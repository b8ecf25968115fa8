"""Versions: what a finished page is valid for; whatever changes, the next reader makes it anew."""

import hashlib
import hmac
from typing import Final

from app.settings import Settings
from app.web.templates import program_version

# Knobs of one process; every other one may show on a page.
_UNSEEN: Final = {
    "var",
    "database_url",
    "issuer_database_url",
    "valkey_url",
    "smtp_url",
    "mail_from",
    "secret_key",
    "issuer_secret_key",
    "schedule",
    "trusted_proxies",
    "hold",
    "clock",
}


def program(settings: Settings) -> str:
    """Name the version of what makes pages: the program and the knobs that may show on a page.

    Under a key, because it is stored and some knob may one day be a secret.
    """
    seen = f"{program_version()} {sorted(settings.model_dump(exclude=_UNSEEN).items())}"
    return hmac.digest(settings.key("finished pages"), seen.encode(), "sha256").hex()


def version(made_by: str, mark: str) -> str:
    """Name what a page is valid for: what made it, and the mark of the editions it shows."""
    return hashlib.sha256(f"{made_by}{mark}".encode()).hexdigest()[:32]
