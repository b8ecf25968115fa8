"""An account as it writes in one thread: the name and the badge it will bear there."""

from dataclasses import dataclass

from fastapi import Request

from app.employers.models import Employer
from app.members import wearing
from app.members.member import Member
from app.threads import appearing, pseudonyms
from app.threads.hand import Hand
from app.threads.pseudonyms import Mark


@dataclass(frozen=True)
class Writer:
    """Somebody who is about to write.

    name: the number of the two words that others will see; badge: what a post may say of it,
    "employer", "worker" or None.
    """

    hand: Hand
    name: int
    badge: str | None

    def said(self, lang: str) -> str:
        """The name in words of a language."""
        return pseudonyms.words(self.name, lang)

    @property
    def mark(self) -> Mark:
        """The small house beside the name."""
        return pseudonyms.mark(self.name)


def writer(request: Request, member: Member, thread_id: bytes, employer: Employer | None) -> Writer:
    """Return an account as a writer in a thread, which need not be there yet.

    Read apart from the page's own transaction: an account row is never read beside a write.
    """
    state = request.app.state
    hand = Hand(member.slot, member.nym)
    with state.database.reading() as db:
        name = appearing.name_of(db, thread_id, hand.nym(thread_id))
        badge = wearing.on_a_post(db, member, employer, state.settings)
    return Writer(hand, name, badge)
