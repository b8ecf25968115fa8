"""Which employer a work address proves, by the copy of the site's table of mail domains."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.issuing import mailboxes
from app.issuing.mailboxes import Address, Mailbox
from app.issuing.models import KnownDomain, KnownEmployer


def mailbox_of(db: Session, address: Address) -> Mailbox | None:
    """Return the mailbox of an address, or None when no listed domain is its own."""
    names = mailboxes.candidates(address.domain)
    asked = select(KnownDomain.domain, KnownDomain.employer_id).where(KnownDomain.domain.in_(names))
    return mailboxes.placed(
        address, names, {row.domain: row.employer_id for row in db.execute(asked)}
    )


def employer(db: Session, mailbox: Mailbox) -> KnownEmployer:
    """Return the employer of a mailbox."""
    return db.get_one(KnownEmployer, mailbox.employer)
