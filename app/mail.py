"""Sends a mail; knows no purpose.

SMTP_URL says how: smtp://user:password@host:port (TLS where the server offers it, none to this
very machine), smtp+starttls:// (TLS or nothing), smtps:// (TLS from the first byte), or console:,
which prints the mail on the terminal for those who only try things out.
"""

import asyncio
import secrets
import sys
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from app.settings import Settings

CONSOLE: Final = "console:"
SECONDS: Final = 10
_SCHEMES: Final = ("smtp", "smtp+starttls", "smtps")
_OWN: Final = ("localhost", "127.0.0.1", "::1")
_FOR_GOOD: Final = 500


class MailNotSent(Exception):
    """No mail left this machine; what went wrong stands nowhere, it could name somebody."""


class NotSetUp(MailNotSent):
    """SMTP_URL or MAIL_FROM is missing or cannot be read."""


class AddressRefused(MailNotSent):
    """The mail server knows for good that it cannot deliver to this address."""


def send(settings: Settings, to: str, subject: str, text: str) -> None:
    """Send one mail of plain text from MAIL_FROM; blocks at most about SECONDS.

    Nothing in it or in the conversation names this machine: the EHLO name and the Message-ID
    carry the sender's domain. Raises MailNotSent and its kinds.
    """
    message = _written(settings, to, subject, text)
    if settings.smtp_url == CONSOLE:
        sys.stdout.write(f"\nTo: {to}\nSubject: {subject}\n\n{text}\n")
        sys.stdout.flush()
        return
    try:
        asyncio.run(_deliver(settings, message))
    except aiosmtplib.SMTPRecipientsRefused as refused:
        kinds = [one.code >= _FOR_GOOD for one in refused.recipients]
        raise (AddressRefused if all(kinds) else MailNotSent) from None
    except (aiosmtplib.SMTPException, OSError, UnicodeError):
        raise MailNotSent from None


async def _deliver(settings: Settings, message: EmailMessage) -> None:
    async with asyncio.timeout(SECONDS):
        await aiosmtplib.send(message, timeout=SECONDS, **_connection(settings))


def _written(settings: Settings, to: str, subject: str, text: str) -> EmailMessage:
    sender = settings.mail_from or ("codes@localhost" if settings.smtp_url == CONSOLE else "")
    if not sender or not settings.smtp_url:
        raise NotSetUp
    message = EmailMessage(policy=SMTP.clone(max_line_length=998))
    message["From"] = sender
    message["To"] = _read_alike(to)
    message["Subject"] = subject
    message["Date"] = format_datetime(settings.now())
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{_domain(sender)}>"
    message.set_content(text)
    return message


def _read_alike(to: str) -> str:
    """Return an address as it is, unless mail programs would read another one in it (RFC 2047)."""
    header = EmailMessage(policy=SMTP)
    try:
        header["To"] = to
        read = [one.addr_spec for one in header["To"].addresses]
    except ValueError:
        read = []
    if read != [to]:
        raise AddressRefused
    return to


def _connection(settings: Settings) -> dict[str, Any]:
    try:
        url = urlsplit(settings.smtp_url)
        port = url.port
    except ValueError:
        raise NotSetUp from None
    if url.scheme not in _SCHEMES or not url.hostname:
        raise NotSetUp
    starttls = {"smtp": False if url.hostname in _OWN else None, "smtp+starttls": True}
    return {
        "hostname": url.hostname,
        "port": port,
        "username": unquote(url.username) if url.username else None,
        "password": unquote(url.password) if url.password else None,
        "use_tls": url.scheme == "smtps",
        "start_tls": starttls.get(url.scheme, False),
        "local_hostname": _domain(settings.mail_from),
    }


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2].rstrip("> ") or "localhost"
