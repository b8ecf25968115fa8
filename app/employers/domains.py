"""Which work-mail domain means which employer."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.employers import directory
from app.employers.models import Employer, EmployerDomain
from app.web import editions

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
# Anybody has an address there, so it proves no employment.
FREE_MAIL = frozenset(
    re.split(
        r"\s+",
        """qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn
        21cn.com aliyun.com gmail.com googlemail.com outlook.com hotmail.com live.com msn.com
        yahoo.com icloud.com me.com proton.me protonmail.com gmx.com gmx.net mail.ru yandex.ru""",
    )
)


class DomainRefused(ValueError):
    """This domain cannot mean this employer; the message says why."""


def normalised(written: str) -> str:
    """A mail domain in its ASCII form, lower case. Raises DomainRefused if it is none."""
    try:
        domain = written.strip().lower().removeprefix("@").encode("idna").decode()
    except UnicodeError as error:
        raise DomainRefused(f"{written!r} is not a mail domain.") from error
    if len(domain) > 253 or not _DOMAIN.fullmatch(domain):
        raise DomainRefused(f"{written!r} is not a mail domain.")
    return domain


def add(db: Session, employer: Employer, written: str) -> bool:
    """Let a domain mean an employer; False if it does already.

    Raises DomainRefused for a free-mail domain and for one that means another employer.
    """
    domain = normalised(written)
    if domain in FREE_MAIL:
        raise DomainRefused(f"{domain} gives an address to anybody.")
    if insert_once(db, EmployerDomain, domain=domain, employer_id=employer.id):
        editions.bump(db, "directory")
        return True
    owner = db.get_one(EmployerDomain, domain)
    if owner.employer_id not in directory.family(db, employer):
        raise DomainRefused(f"{domain} already means another employer.")
    return False


def listed(db: Session, employer: Employer) -> list[str]:
    """The domains of an employer and of those merged into it."""
    family = directory.family(db, employer)
    asked = select(EmployerDomain.domain).where(EmployerDomain.employer_id.in_(family))
    return sorted(db.scalars(asked))
