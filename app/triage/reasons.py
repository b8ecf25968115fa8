"""The closed list of reasons: code, severity, the rule in words. Pure; pages translate the words.

Severity: 1 the gravest, 4 the mildest. brief: may hide something for up to three midnights
(threats to life; a person's address, phone or identity number; sexual images; child safety).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.web.languages import N_

STRIKE: Final = timedelta(days=184)  # no six months have more days
LEGAL: Final = ("legal_order", "legal_notice")
_SEVERE: Final = 2


@dataclass(frozen=True)
class Reason:
    """One reason: what it is called, and the rule that a statement quotes."""

    code: str
    severity: int
    name: str
    rule: str
    brief: bool = False
    words: bool = False  # it needs free text

    @property
    def strikes(self) -> bool:
        """Whether what is removed for it counts against its account for six months."""
        return self.severity <= _SEVERE or self.code == "spam"


_ALL: Final = (
    Reason(
        "threat",
        1,
        N_("Threat"),
        N_("Nobody is threatened here, with violence or with anything else."),
        brief=True,
    ),
    Reason(
        "sexual",
        1,
        N_("Sexual content"),
        N_("No sexual texts or images, and none at all of anybody under age."),
        brief=True,
    ),
    Reason(
        "contact",
        1,
        N_("Contact data"),
        N_("No addresses, phone, identity or account numbers of a person."),
        brief=True,
    ),
    Reason(
        "person",
        2,
        N_("Names a person who is not a top executive"),
        N_("Speak of roles and teams. Only the top executives of an employer may be named."),
    ),
    Reason(
        "hate",
        2,
        N_("Hate"),
        N_("Nobody is despised for origin, sex, belief, age, illness or whom they love."),
    ),
    Reason(
        "secret",
        2,
        N_("Trade secret in detail"),
        N_("Working conditions are no secret; plans, code, customers and prices in detail are."),
    ),
    Reason(
        "fabricated",
        2,
        N_("Fabricated evidence"),
        N_("Pictures and quotations must be what they say they are."),
    ),
    Reason(
        "coordinated",
        3,
        N_("Suspected coordinated reports"),
        N_("One person speaks for one person; campaigns are taken out."),
    ),
    Reason(
        "image",
        3,
        N_("Image content"),
        N_("A picture shows nothing that its text could not say under these rules."),
    ),
    Reason(
        "spam",
        3,
        N_("Spam or advertising"),
        N_("Nothing is sold or advertised here, no recruiting, no lists of links."),
    ),
    Reason(
        "duplicate",
        4,
        N_("Duplicate"),
        N_("The same text stands here once."),
    ),
    Reason(
        "off_topic",
        4,
        N_("Off topic"),
        N_("Threads are about work and what it does to people."),
    ),
    Reason(
        "legal_order",
        1,
        N_("Legal order"),
        N_("A court or an authority ordered it, in a form that binds us."),
        words=True,  # the ground in law (Digital Services Act, article 17(3)(d))
    ),
    Reason(
        "legal_notice",
        2,
        N_("Legal notice upheld"),
        N_("Somebody showed that the law of a place does not allow it there."),
        words=True,
    ),
    Reason(
        "other",
        3,
        N_("Other, in words"),
        N_("Something that this list does not foresee, explained in words."),
        words=True,
    ),
)
REASONS: Final[dict[str, Reason]] = {reason.code: reason for reason in _ALL}
