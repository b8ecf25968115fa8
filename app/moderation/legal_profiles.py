"""What the law of a place asks of a notice, and what a platform that links nothing cannot supply.

Data, no advice: each profile names its sources, so that an operator's lawyer can check it. Pure;
pages translate the words.
"""

from dataclasses import dataclass
from typing import Final

from app.web.languages import N_

ASKED_DAYS: Final = 5  # what moderation.md gives everywhere; the shortest law here asks as much


@dataclass(frozen=True)
class Profile:
    """One place: the law that is cited there, and what follows from it here.

    needs: fields of the form that may not be empty; holds: what a notice must contain; days: for
    the item's side to answer, after the day of the notice; cannot: what we are unable to supply,
    and what that means there.
    """

    place: str
    name: str
    law: str
    holds: tuple[str, ...]
    cannot: tuple[str, ...]
    sources: tuple[str, ...]
    needs: tuple[str, ...] = ("name", "mail", "passage")
    days: int = ASKED_DAYS


_NO_NAME: Final = N_("The name or address of whoever wrote it: it is kept nowhere.")
_NO_LINK: Final = N_("Anything else by the same account: nothing links two threads.")

_ALL: Final = (
    Profile(
        "EU",
        N_("European Union"),
        N_("Digital Services Act, Regulation (EU) 2022/2065, articles 6, 9, 10, 16, 17 and 20"),
        (
            N_("why it is illegal, with the provision of national or Union law"),
            N_("the exact address here, and the passage"),
            N_("name and e-mail address, unless it concerns sexual abuse of children"),
            N_("that it is believed in good faith to be accurate and complete"),
        ),
        (
            _NO_NAME,
            _NO_LINK,
            N_(
                "Article 10 asks for what was collected already. Nothing was. Courts may still "
                "decide that what cannot be checked has to go, as one in Hamburg did in "
                "preliminary proceedings against a site for rating employers."
            ),
        ),
        (
            "https://eur-lex.europa.eu/eli/reg/2022/2065/oj",
            "OLG Hamburg, 8 February 2024, 7 W 11/24",
        ),
    ),
    Profile(
        "UK",
        N_("United Kingdom"),
        N_(
            "Defamation Act 2013, section 5; Defamation (Operators of Websites) Regulations 2013 "
            "(SI 2013/3028)"
        ),
        (
            N_("the name and e-mail address of who complains"),
            N_("the statement, where it stands, and why it defames who complains"),
            N_("what it is taken to mean, and what in it is untrue or opinion without basis"),
            N_("that who complains does not know enough about the writer to sue"),
            N_("whether the writer may learn that name and address; here neither is passed on"),
        ),
        (
            N_("The writer's full name and postal address, which the Regulations ask for."),
            N_(
                "Without them the defence of section 5 is lost unless the statement is taken out, "
                "and the operator answers with the other defences."
            ),
            _NO_LINK,
        ),
        (
            "https://www.legislation.gov.uk/ukpga/2013/26/section/5",
            "https://www.legislation.gov.uk/uksi/2013/3028",
        ),
    ),
    Profile(
        "CN",
        N_("People's Republic of China"),
        N_(
            "Civil Code, articles 1194 to 1197; Cybersecurity Law; provisions of the Supreme "
            "People's Court on injury to personal rights through networks (Fa Shi [2014] No. 11)"
        ),
        (
            N_("first evidence that a right is infringed"),
            N_("the real identity of the holder of that right, or of the lawyer"),
            N_("the exact address here, and the passage"),
        ),
        (
            N_("The real identity that article 1196 asks of a writer who objects."),
            N_("The registration data that the Cybersecurity Law asks operators to collect."),
            N_(
                "A court there that orders the writer's data and gets none can let the operator "
                "answer instead."
            ),
            _NO_LINK,
        ),
        ("https://flk.npc.gov.cn/", "https://www.court.gov.cn/"),
    ),
    Profile(
        "US",
        N_("United States"),
        N_(
            "47 U.S.C. section 230; for copyright 17 U.S.C. section 512; for trade secrets "
            "18 U.S.C. section 1836"
        ),
        (
            N_("for copyright: the work, the passage, a signature, and how to reach the signer"),
            N_("for copyright: good faith, and under penalty of perjury that one may act for it"),
            N_("otherwise a court's order: section 230 asks nothing of a site on a letter alone"),
        ),
        (
            _NO_NAME,
            N_("The name, address and consent that a counter-notice under section 512(g) needs."),
            N_("Anything for a subpoena: logs, addresses and sign-ups do not exist."),
        ),
        (
            "https://www.law.cornell.edu/uscode/text/47/230",
            "https://www.law.cornell.edu/uscode/text/17/512",
        ),
    ),
)
PROFILES: Final[dict[str, Profile]] = {profile.place: profile for profile in _ALL}
