"""The notice form: what was typed, and what is missing, said beside each field.

Source: Digital Services Act, article 16 (2): the reasons, the exact place, name and e-mail where
they are needed, and that it is believed in good faith.
"""

import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy.orm import Session

from app.moderation import notices
from app.moderation.items import Item
from app.moderation.legal_profiles import PROFILES
from app.moderation.notices import CLAIMANTS, PARTIES, Given
from app.moderation.pointing import read as read_address
from app.threads import markup
from app.threads.models import Thread
from app.triage.reasons import LEGAL, REASONS
from app.web.forms import Form, taking, visible
from app.web.languages import N_

WORDS: Final = 4_000
LEAST: Final = 20  # characters of an explanation
_MAIL: Final = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>]{1,190}")
sheet = taking(words=WORDS, passage=WORDS, name=120, mail=254, item=300)

# What the reasons that claim a law are called before anybody has looked.
_CLAIMED: Final = {
    "legal_order": N_("A court or an authority ordered it out"),
    "legal_notice": N_("The law of a place does not allow it"),
}
CHOICES: Final = {code: _CLAIMED.get(code, reason.name) for code, reason in REASONS.items()}
ASKS: Final = {
    "out": N_("That it is taken out"),
    "who": N_("Who wrote it"),
    "both": N_("Both"),
}
_NO_ITEM: Final = N_("Give the address of the thread or comment, as your browser shows it.")
_NOT_OURS: Final = N_("This is no address of a thread or comment here.")
_GONE: Final = N_("Nothing stands there that readers see. Perhaps it was taken out already.")
_CHOOSE: Final = N_("Choose one.")
_WHY: Final = N_("Say in a sentence at least why it may not stand here.")
_QUOTE: Final = N_("Copy the words that it is about.")
_NOT_THERE: Final = N_("These words do not stand there. Copy them from the page.")
_PLACE: Final = N_("Say the law of which place.")
_NAMED: Final = N_("The law of that place asks for it in such a notice.")
_NO_MAIL: Final = N_("This is no e-mail address.")
_FAITH: Final = N_("Without this it is no notice.")


def read(db: Session, form: Form, sites: Iterable[str]) -> tuple[Item, Given] | None:
    """Return the post that a notice is about and what it says; None, with messages, if not."""
    post = _item(db, form, sites)
    given = _given(form)
    _look(db, form, post, given)
    return (post, given) if post and form.ok else None


def _item(db: Session, form: Form, sites: Iterable[str]) -> Item | None:
    if not form.get("item"):
        form.error("item", _NO_ITEM)
        return None
    pointed = read_address(form.get("item"), sites)
    if pointed is None:
        form.error("item", _NOT_OURS)
        return None
    post = notices.item_at(db, pointed)
    if post is None:
        form.error("item", _GONE)
    return post


def _given(form: Form) -> Given:
    for name, known in (("party", PARTIES), ("reason", CHOICES), ("asks", ASKS)):
        if form.get(name) not in known:
            form.error(name, _CHOOSE)
    place = form.get("place")
    return Given(
        party=form.get("party"),
        reason=form.get("reason"),
        words=form.get("words"),
        passage=form.get("passage"),
        name=form.get("name"),
        mail=form.get("mail"),
        place=place if place in PROFILES else None,
        out=form.get("asks") != "who",
        who=form.get("asks") in {"who", "both"},
    )


def _look(db: Session, form: Form, post: Item | None, given: Given) -> None:
    if sum(visible(each) for each in given.words) < LEAST:
        form.error("words", _WHY)
    if given.reason in LEGAL and given.place is None:
        form.error("place", _PLACE)
    if given.passage and post and not _stands(db, post, given.passage):
        form.error("passage", _NOT_THERE)
    if given.party in CLAIMANTS and given.reason in LEGAL and given.place:
        for name in PROFILES[given.place].needs:
            if not visible(form.get(name)):
                form.error(name, _QUOTE if name == "passage" else _NAMED)
    if given.mail and not _MAIL.fullmatch(given.mail):
        form.error("mail", _NO_MAIL)
    if form.get("faith") != "1":
        form.error("faith", _FAITH)


def _stands(db: Session, post: Item, passage: str) -> bool:
    """Tell whether words stand in an item, as it was typed or as it is read."""
    first = db.get(Thread, post.id)
    title = first.title if first else None
    said = post.text or ""
    wanted = _folded(passage)
    return any(wanted in _folded(text) for text in (said, markup.plain(said), title or ""))


def _folded(text: str) -> str:
    return "".join(text.casefold().split())
