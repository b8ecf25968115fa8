"""The one mail that the issuer ever sends: a code, and nothing that says what it is for."""

import threading
from typing import Final

from app import mail
from app.issuing.codes import LIFE
from app.issuing.mailboxes import Address
from app.settings import Settings
from app.web.languages import N_, translate

AT_ONCE: Final = 8
_SUBJECT: Final = N_("Code")
_TEXT: Final = N_(
    "%(code)s\n\n"
    "This code was asked for on a web page and is good for %(minutes)s minutes.\n"
    "If it was not you, you need not do anything.\n"
)


class Busy(mail.MailNotSent):
    """As many mails are under way as this process sends at once."""


class Mailer:
    """Sends codes for one process, a few at a time: a slow mail server holds up nothing else."""

    def __init__(self, settings: Settings) -> None:
        """Send as the settings say."""
        self._settings = settings
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def send(self, address: Address, code: str, lang: str) -> None:
        """Send a code in a language. Raises app.mail.MailNotSent."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            minutes = int(LIFE.total_seconds() // 60)
            text = translate(lang, _TEXT, code=code, minutes=minutes)
            mail.send(self._settings, str(address), translate(lang, _SUBJECT), text)
        finally:
            self._places.release()
