"""Addresses: https, two hosts and two databases, and a mail that comes from somebody else."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList
from sqlalchemy.engine import URL, make_url

from app.settings import Settings
from app.upkeep.doctor.finding import Finding, judge
from app.web.shared import unpersisted


def look(settings: Settings) -> Iterator[Finding]:
    """Look at what the settings say of the world outside; nothing is sent."""
    site, issuer = _host(settings.base_url), _host(settings.issuer_address)
    for name, url in (("BASE_URL", settings.base_url), ("ISSUER_URL", settings.issuer_address)):
        yield judge(
            url.startswith("https://") or _host(url).endswith(".onion"),
            f"{name} is https",
            f"LAMPLIGHT_{name} is {url}; put a TLS server before it (see Caddyfile) and set it",
        )
    yield judge(
        site != issuer,
        "site and issuer have two host names",
        f"both are {site}: cookies would cross; set LAMPLIGHT_ISSUER_URL to a name of its own",
    )
    yield judge(
        _place(make_url(settings.database_url)) != _place(make_url(settings.issuer_database_url)),
        "site and issuer have two databases",
        "one database for both; give the issuer its own in LAMPLIGHT_ISSUER_DATABASE_URL",
    )
    yield from _mail(settings, site)
    if settings.valkey_url:
        yield judge(
            unpersisted(settings.valkey_url),
            "Valkey keeps nothing on disk",
            "LAMPLIGHT_VALKEY_URL does not answer, or it saves: "
            'CONFIG SET save "" and appendonly no',
        )


def _mail(settings: Settings, site: str) -> Iterator[Finding]:
    yield judge(
        settings.smtp_url.startswith("smtp") and bool(settings.mail_from),
        "codes can be mailed",
        "set LAMPLIGHT_SMTP_URL and LAMPLIGHT_MAIL_FROM, or nobody can prove an employment",
    )
    sender = settings.mail_from.rpartition("@")[2].strip("> ")
    yield judge(
        not sender or _registered(sender) != _registered(site),
        "the sender of codes is not the site",
        f"LAMPLIGHT_MAIL_FROM is at {sender}: a mailbox would show where its owner was; "
        "use another domain",
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _registered(host: str) -> str:
    return _suffixes().privatesuffix(host.lower()) or host.lower()


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _place(url: URL) -> tuple[object, ...]:
    """Name a database by where it is, whoever opens it."""
    query = {k: v for k, v in url.query.items() if k in {"host", "port"}}
    return url.get_backend_name(), url.host, url.port, url.database, tuple(sorted(query.items()))
