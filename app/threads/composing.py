"""What the forms of the conversation say: title, text, poll, when it appears. No database.

Each function puts what is wrong beside the field, and gives None where nothing usable was said.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from app.threads.hand import Asked
from app.web.forms import Form, visible
from app.web.languages import N_

TITLE: Final = 120
TEXT: Final = 10_000
QUESTION: Final = 200
CHOICE: Final = 120
ALTERNATIVE: Final = 500
CHOICES: Final = tuple(f"choice{number}" for number in range(1, 7))
FEWEST: Final = 2
LONGEST_DAYS: Final = 30
USUAL_DAYS: Final = 7
LONGEST: Final[Mapping[str, int]] = {
    "title": TITLE,
    "text": TEXT,
    "employer": TITLE,
    "question": QUESTION,
    **dict.fromkeys(CHOICES, CHOICE),
    "alternative": ALTERNATIVE,
}
# What readers see of a thread, an answer, a change; the check before posting goes through it.
OPENED: Final = ("title", "text", "question", *CHOICES, "alternative")
ANSWERED: Final = ("text", "alternative")
CHANGED: Final = ("title", "text")
LATER: Final[Mapping[str, str]] = {
    "day": N_("within a day"),
    "three_days": N_("within three days"),
    "week": N_("within a week"),
}
_OVER: Final = N_("The closing day is 1 to 30 days ahead.")


def title(form: Form) -> str | None:
    """Return the title of a thread."""
    return _said(form, "title", N_("Give the thread a title."))


def text(form: Form) -> str | None:
    """Return the text of a post."""
    return _said(form, "text", N_("Write something first."))


def poll(form: Form, today: date) -> Asked | None:
    """Return the poll of a thread, if one was asked for, as if it appeared today."""
    choices = [choice for name in CHOICES if (choice := _line(form, name))]
    question = _line(form, "question")
    if not question and not choices:
        return None
    if not question:
        form.error("question", N_("Ask the question that these answer, or empty them."))
    if len(choices) < FEWEST:
        empty = next(name for name in CHOICES if not _line(form, name))
        form.error(empty, N_("A poll needs two answers at least."))
    _refuse_twins(form)
    closes, steps = _closes(form, today), form.get("results") == "steps"
    wrong = {"question", "closes", *CHOICES} & set(form.errors)
    return None if wrong or closes is None else Asked(question, choices, closes, steps)


def later(form: Form) -> str | None:
    """Return the window within which a post appears; None for at once."""
    chosen = form.get("later")
    if chosen and chosen not in LATER:
        form.error("later", N_("Choose one of the times offered."))
    return chosen if chosen in LATER else None


def seen(form: Form, fields: Iterable[str]) -> dict[str, str]:
    """Return what readers would see of what was typed; what is too long nobody will."""
    right = (name for name in fields if name not in form.errors)
    return {name: form.get(name) for name in right if form.get(name)}


def _said(form: Form, name: str, missing: str) -> str | None:
    said = form.get(name)
    if not visible(said):
        form.error(name, missing)
    return None if name in form.errors else said


def _line(form: Form, name: str) -> str:
    said = " ".join(form.get(name).split())
    return said if visible(said) else ""


def _refuse_twins(form: Form) -> None:
    known: set[str] = set()
    for name in CHOICES:
        choice = unicodedata.normalize("NFKC", _line(form, name)).casefold()
        if choice and choice in known:
            form.error(name, N_("This answer is there already."))
        known.add(choice)


def _closes(form: Form, today: date) -> date | None:
    typed = form.get("closes", str(USUAL_DAYS))
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("100") else 0
    if not 1 <= days <= LONGEST_DAYS:
        form.error("closes", _OVER)
        return None
    return today + timedelta(days=days)
