"""What the employer answers, as readers see it in a thread and on its own page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from app.replies.showing import Seen
from app.threads import markup, scripts
from app.threads.tombs import Tomb, tomb


@dataclass(frozen=True, slots=True)
class Replied:
    """One reply; one that is out of sight has a `tomb` and no words.

    tag: the text's language where it is not the page's. Never who of the employer wrote it.
    """

    id: bytes
    tomb: Tomb | None
    text: str
    tag: str | None
    day: date

    @property
    def path(self) -> str:
        """The address under which its own pages are."""
        return f"/replies/{self.id.hex()}"

    @property
    def html(self) -> Markup:
        """The text as HTML that is safe to put on a page."""
        return markup.html(self.text)


def replied(seen: Seen | None, lang: str) -> Replied | None:
    """Show a reply in a language; None where there is none."""
    if seen is None:
        return None
    gone = tomb(seen.state, seen.why, lang)
    text = "" if gone else seen.text or ""
    return Replied(seen.id, gone, text, scripts.tag(text, lang), seen.day)


def document(reply: Replied | None) -> dict[str, Any] | None:
    """Return a reply as JSON shows it."""
    if reply is None:
        return None
    if reply.tomb:
        return {"gone": reply.tomb.gone, "reason": reply.tomb.reason}
    return {"text": reply.text, "day": reply.day.isoformat()}
