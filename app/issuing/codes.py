"""The codes that prove a mailbox: six digits, kept in this process's memory and nowhere else.

A mailbox stands here as an HMAC under a key that the process made at its start and forgets.
"""

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

DIGITS: Final = 6
LIFE: Final = timedelta(minutes=30)
TRIES: Final = 5
MAILS_A_DAY: Final = 3
MOST: Final = 100_000
PATIENCE: Final = 1.0  # seconds for a form that was sent twice at once
_JITTER: Final = timedelta(minutes=1)  # a clock is set right by this much without any harm


class TooManyMails(Exception):
    """This mailbox was sent all the mails of a day."""


class Full(Exception):
    """More mailboxes asked today than this process remembers."""


class Underway(Exception):
    """Another mail is on its way to this mailbox, and the mail server takes its time."""


class NoCode(Exception):
    """No code of this mailbox is good: none was sent, it ran out, or it was tried too often."""


class WrongCode(Exception):
    """This is not the code; `left` says how many tries remain."""

    def __init__(self, left: int) -> None:
        """Note the tries that remain, 0 when this was the last."""
        super().__init__()
        self.left = left


@dataclass
class _Sent:
    """What one mailbox was sent, and when by both clocks.

    `sending` is held while a mail is under way, `lock` for a moment and by who compares as well.
    """

    sending: threading.Lock = field(default_factory=threading.Lock)
    lock: threading.Lock = field(default_factory=threading.Lock)
    code: str = ""
    left: int = 0
    at: datetime | None = None
    steady: float = 0.0
    day: date = date.min
    mails: int = 0
    forms: list[bytes] = field(default_factory=list)


class Codes:
    """The codes of one process.

    A code's age is the larger one by two clocks, the settings' and one that nobody can set, so
    that a clock set back or a day off never makes a code good for longer.
    """

    def __init__(self, steady: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        """Begin with none; steady: seconds by a clock that only moves forward."""
        self._steady = steady
        self._most = most
        self._key = secrets.token_bytes(32)
        self._sent: dict[bytes, _Sent] = {}
        self._lock = threading.Lock()

    def mail(self, mailbox: str, form: bytes, now: datetime, send: Callable[[str], None]) -> None:
        """Send a mailbox its code, the same one while it is good; one form sends one mail.

        When `send` raises, nothing has changed and nothing is used up. Raises TooManyMails, Full,
        Underway.
        """
        sent = self._of(mailbox, now)
        # Nobody waits as long as a mail server may take: that would keep a thread from others.
        if not sent.sending.acquire(timeout=PATIENCE):
            raise Underway
        try:
            if form not in sent.forms:
                self._mail(sent, form, now, send)
        finally:
            sent.sending.release()

    def check(self, mailbox: str, form: bytes, typed: str, now: datetime) -> None:
        """Compare what was typed with a mailbox's code, for a form that asked for it.

        To everybody else it is as if none was sent: they neither learn that this mailbox asked,
        nor use its tries up. Raises NoCode and WrongCode.
        """
        sent = self._sent.get(self._mark(mailbox))
        if sent is None or form not in sent.forms:
            raise NoCode
        with sent.lock:
            if not self._alive(sent, now):
                raise NoCode
            if not hmac.compare_digest(sent.code.encode(), typed.encode()):
                sent.left -= 1
                raise WrongCode(sent.left)

    def use_up(self, mailbox: str) -> None:
        """Let a code be good no longer: what it was for is done."""
        sent = self._sent.get(self._mark(mailbox))
        if sent is not None:
            with sent.lock:
                sent.code, sent.left = "", 0

    def _mail(self, sent: _Sent, form: bytes, now: datetime, send: Callable[[str], None]) -> None:
        if sent.day >= now.date() and sent.mails >= MAILS_A_DAY:
            raise TooManyMails
        alive = self._alive(sent, now)
        code = sent.code if alive else f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        send(code)
        with sent.lock:
            if now.date() > sent.day:
                sent.day, sent.mails = now.date(), 0
            sent.code, sent.left = code, sent.left if alive else TRIES
            sent.at, sent.steady = now, self._steady()
            sent.mails += 1
            # Yesterday's as well: a form of 23:59 may come again after midnight.
            sent.forms = [*sent.forms, form][-2 * MAILS_A_DAY :]

    def _alive(self, sent: _Sent, now: datetime) -> bool:
        if sent.at is None or sent.left <= 0:
            return False
        by_settings, steadily = now - sent.at, timedelta(seconds=self._steady() - sent.steady)
        return -_JITTER <= by_settings <= LIFE and steadily <= LIFE

    def _of(self, mailbox: str, now: datetime) -> _Sent:
        mark = self._mark(mailbox)
        with self._lock:
            if mark not in self._sent and len(self._sent) >= self._most:
                self._forget(now)
            if mark not in self._sent and len(self._sent) >= self._most:
                raise Full
            return self._sent.setdefault(mark, _Sent())

    def _forget(self, now: datetime) -> None:
        """Drop what neither opens anything nor counts towards this day's mails."""
        kept = {
            mark: sent
            for mark, sent in self._sent.items()
            if sent.sending.locked() or self._alive(sent, now) or sent.day >= now.date()
        }
        self._sent = kept

    def _mark(self, mailbox: str) -> bytes:
        return hmac.digest(self._key, mailbox.encode(), sha256)
