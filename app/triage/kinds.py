"""Kinds of passages: what each is called, why it is marked, which may never be sent. Pure."""

from dataclasses import dataclass
from typing import Final

from app.triage.reasons import REASONS
from app.web.languages import N_


@dataclass(frozen=True)
class Kind:
    """One kind of passage; `word` and `why` are message ids, the writer's language later.

    reason: the rule it may break, a code of reasons.py; None where there is none but caution.
    """

    name: str
    word: str
    why: str
    reason: str | None = None
    allowed: bool = True  # may be sent by one who was warned
    holds: bool = False  # sent anyway, nobody sees the post before the desk does
    warns: bool = True  # its writer is told before sending; of the rest only the desk is

    @property
    def severity(self) -> int:
        """Return how grave it is: 1 the gravest, 4 the mildest."""
        return REASONS[self.reason].severity if self.reason else 4


IDENTITY = Kind(
    "identity",
    N_("identity number"),
    N_("It names one person for life. An identity number is never posted here, not even your own."),
    "contact",
    allowed=False,
    holds=True,
)
BANK = Kind(
    "bank",
    N_("bank account"),
    N_("It belongs to one person, and the bank knows to whom."),
    "contact",
    holds=True,
)
DOCUMENT = Kind(
    "document",
    N_("document or plate number"),
    N_("It belongs to one person, and an office knows to whom."),
    "contact",
    holds=True,
)
PHONE = Kind(
    "phone",
    N_("phone number"),
    N_("Anyone can call it and learn whose it is."),
    "contact",
    holds=True,
)
EMAIL = Kind(
    "email",
    N_("e-mail address"),
    N_("It leads straight to one person."),
    "contact",
    holds=True,
)
MESSENGER = Kind(
    "messenger",
    N_("account or profile"),
    N_("It leads straight to one person."),
    "contact",
    holds=True,
)
ADDRESS = Kind(
    "address",
    N_("home address"),
    N_("It tells strangers at whose door to ring."),
    "contact",
    holds=True,
)
STAFF = Kind("staff", N_("staff number"), N_("Your employer can look it up at once."), "person")
LINK = Kind(
    "link",
    N_("link that can be traced"),
    N_("It can tell who opened or shared it. Give the plain address, without what follows the ?."),
)
NAME = Kind(
    "name",
    N_("name of a person"),
    N_("Colleagues see who is meant, and guess who writes. The role alone says enough."),
    "person",
)
DATE = Kind("date", N_("exact day"), N_("Few people were there that day. The month says enough."))
THREAT = Kind(
    "threat",
    N_("threat"),
    N_("It reads as a threat. Say what was done to you, not what you would do to somebody."),
    "threat",
    holds=True,
)
HATE = Kind(
    "hate",
    N_("slur"),
    N_("It despises people for what they are. Say what somebody did."),
    "hate",
    holds=True,
)
SEXUAL = Kind(
    "sexual",
    N_("sexual content"),
    N_("Harassment can be told without these words."),
    "sexual",
    holds=True,
)
SPAM = Kind(
    "spam",
    N_("advertising"),
    N_("It offers, sells or recruits."),
    "spam",
    warns=False,
)
SECRET = Kind(
    "secret",
    N_("trade secret in detail"),
    N_("It may show keys, code, customers or prices in detail."),
    "secret",
    warns=False,
)

# Strongest first: where two overlap, the earlier one names the passage.
STRONGEST_FIRST: Final = (
    IDENTITY,
    BANK,
    DOCUMENT,
    PHONE,
    EMAIL,
    MESSENGER,
    ADDRESS,
    STAFF,
    LINK,
    NAME,
    DATE,
    THREAT,
    SEXUAL,
    HATE,
    SECRET,
    SPAM,
)
