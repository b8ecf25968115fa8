"""Kinds of personal data: what each is called, why it is marked, which may never be sent. Pure."""

from dataclasses import dataclass
from typing import Final

from app.web.languages import N_


@dataclass(frozen=True)
class Kind:
    """One kind of personal data; `word` and `why` are message ids, the writer's language later."""

    name: str
    word: str
    why: str
    allowed: bool = True  # may be sent by one who was warned


IDENTITY = Kind(
    "identity",
    N_("identity number"),
    N_("It names one person for life. An identity number is never posted here, not even your own."),
    allowed=False,
)
BANK = Kind("bank", N_("bank account"), N_("It belongs to one person, and the bank knows to whom."))
DOCUMENT = Kind(
    "document", N_("document number"), N_("It belongs to one person, and an office knows to whom.")
)
PHONE = Kind("phone", N_("phone number"), N_("Anyone can call it and learn whose it is."))
EMAIL = Kind("email", N_("e-mail address"), N_("It leads straight to one person."))
MESSENGER = Kind("messenger", N_("messenger account"), N_("It leads straight to one person."))
STAFF = Kind("staff", N_("staff number"), N_("Your employer can look it up at once."))
LINK = Kind(
    "link",
    N_("link that can be traced"),
    N_("It can tell who opened or shared it. Give the plain address, without what follows the ?."),
)
NAME = Kind(
    "name",
    N_("name of a person"),
    N_("Colleagues see who is meant, and guess who writes. The role alone says enough."),
)
DATE = Kind("date", N_("exact day"), N_("Few people were there that day. The month says enough."))

# Strongest first: where two overlap, the earlier one names the passage.
STRONGEST_FIRST: Final = (
    IDENTITY,
    BANK,
    DOCUMENT,
    PHONE,
    EMAIL,
    MESSENGER,
    STAFF,
    LINK,
    NAME,
    DATE,
)
