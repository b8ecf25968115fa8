"""What stands in a domain's DNS: the TXT records that prove that somebody governs it."""

from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 5.0
_PORT: Final = 53


class NoRecords(Exception):
    """The domain is not known, or has no TXT record at all."""


class NoAnswer(Exception):
    """No name server answered in time, or none could."""


def texts(nameserver: str, domain: str) -> list[str]:
    """Return the TXT records of a domain; blocks at most about SECONDS.

    nameserver: "address" or "address:port" of who is asked; "" is this machine's own. Source:
    RFC 1035, 3.3.14. Raises NoRecords and NoAnswer.
    """
    # A quarter of a second to import, for a page that few ever open.
    import dns.exception  # noqa: PLC0415
    import dns.resolver  # noqa: PLC0415

    try:
        resolver = dns.resolver.Resolver(configure=not nameserver)
        if nameserver:
            at = urlsplit(f"//{nameserver}")
            resolver.nameservers, resolver.port = [at.hostname or ""], at.port or _PORT
        found = resolver.resolve(f"{domain}.", "TXT", lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as error:
        raise NoRecords from error
    except (dns.exception.DNSException, OSError, ValueError) as error:
        raise NoAnswer from error
    return [b"".join(record.strings).decode("ascii", "replace") for record in found]
