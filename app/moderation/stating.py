"""The words of a statement of reasons, composed from its codes in the reader's language. Pure.

Source: Digital Services Act, article 17(3), point by point: what was done, for how long and where;
facts, and what called for it; automated means; the law, or the rule; the ways of redress.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from babel.dates import format_date

from app.triage.reasons import LEGAL, REASONS, STRIKE
from app.web.languages import N_, locale, translate

# Hiding ends at the third midnight.
HIDDEN: Final = timedelta(days=3)
# What an appeal can be made against, and in which states of its item; None is any but withdrawn.
APPEALABLE: Final[dict[str, str | None]] = {
    "remove": "removed",
    "return": "returned",
    "remove_image": None,
    "suppress": "suppressed",
}
_WAITS: Final = APPEALABLE | {"remove": "appealed"}

_DONE: Final = {
    "remove": N_("It was removed: nobody sees it, and a note in its place names the reason."),
    "return": N_("It was sent back to you: only you see it, and you can change it."),
    "hide": N_("It was hidden for the time being: nobody but the desk sees it."),
    "remove_image": N_("Its picture was removed. The text stands."),
    "suppress": N_("It was removed and its text erased. Two people agreed on that."),
}
_LONG: Final = {
    "remove": N_("For good, unless an appeal brings it back."),
    "return": N_("Until you have changed it and the desk has looked at it again."),
    "hide": N_("Until %(day)s at the latest; then it comes back by itself."),
    "remove_image": N_("For good. The picture is deleted; an appeal lets you post it again."),
    "suppress": N_("For good. The text is erased; an appeal lets you write it again."),
}
_STRIKE: Final = N_(
    "It counts against your account until %(day)s: with three such removals it cannot write for a"
    " while. Which account that is, nobody can see."
)
_PAIR: Final = N_("%(what)s: %(why)s")
_NAMES: Final = {
    "remove": N_("Removed"),
    "return": N_("Sent back to you"),
    "hide": N_("Hidden for the time being"),
    "remove_image": N_("Picture removed"),
    "suppress": N_("Removed and erased"),
}
_STILL: Final = {
    "open": N_("Your appeal waits for somebody who has not decided on it before."),
    "closed": N_("Your appeal is closed: it was withdrawn or changed meanwhile."),
}
_UPHELD: Final = N_("Another person looked at it on %(day)s: the decision stands.")
_RESTORED: Final = {
    "remove": N_("Another person looked at it on %(day)s: it is back where it stood."),
    "return": N_("Another person looked at it on %(day)s: it stands as you wrote it."),
    "remove_image": N_("Another person looked at it on %(day)s: you may post the picture again."),
    "suppress": N_("Another person looked at it on %(day)s: you may write it again."),
}
_WHOLE: Final = {
    "remove_image": N_("The picture."),
    "suppress": N_("All of it. What was erased is not repeated here."),
}
_ORIGIN: Final = {
    "triage": N_("On our own initiative: new texts are looked through."),
    "flag": N_("After readers flagged it. Who they are is stored nowhere."),
    "notice": N_("After a notice from outside. Who sent it is told to nobody."),
    "own": N_("On our own initiative."),
    "appeal": N_("After an appeal."),
    "rule": N_("By a rule that holds for everybody."),
}
_DETECTED: Final = N_("An automatic check pointed at it. It decided nothing: a person did.")
_BY_HAND: Final = N_("None. A person found it, and a person decided.")
_WAYS: Final = {
    "appeal": N_(
        "You can appeal here until %(day)s, at no cost. Somebody who has not decided on it before"
        " looks at it again."
    ),
    "return": N_("Change it or withdraw it, or appeal here until %(day)s, at no cost."),
    "hide": N_("If it is removed after that, you learn why and can appeal."),
}
_OUTSIDE: Final = N_(
    "You can also turn to a certified out-of-court dispute settlement body in the European Union"
    " (Digital Services Act, article 21), or to a court."
)


@dataclass(frozen=True)
class Told:
    """A statement as its writer may read it, and what became of an appeal against it.

    number: of the log's line; until: the last day on which it is shown and can be appealed
    against; state, thread_id: its item's now; appeal: "open", "upheld", "restored", "closed" or
    None; asked: its text, until it is decided; answer: the desk's words on it; last: no later one
    of its kind is about the same item.
    """

    id: bytes
    item_id: bytes
    kind: str
    number: int
    day: date
    until: date
    action: str
    reason: str
    source: str
    automated: bool
    passages: tuple[str, ...]
    words: str
    state: str | None = None
    thread_id: bytes | None = None
    appeal: str | None = None
    asked: str = ""
    decided: date | None = None
    answer: str = ""
    last: bool = True

    def appealable(self, today: date) -> bool:
        """Tell whether its writer may appeal now: once, against what still stands."""
        return (
            self.appeal is None
            and self.last
            and today <= self.until
            and self.action in APPEALABLE
            and _stands(APPEALABLE[self.action], self.state)
        )

    @property
    def path(self) -> str:
        """The address of its own page."""
        home = "/reply" if self.kind == "reply" else "/me"
        return f"{home}/appeals/{self.id.hex()}"

    @property
    def form_path(self) -> str | None:
        """The address under which the item's own pages are."""
        if self.kind == "reply":
            return f"/reply/{self.item_id.hex()}"
        if self.thread_id is None:
            return None
        return f"/threads/{self.thread_id.hex()}/{self.item_id.hex()}"

    @property
    def editable(self) -> bool:
        """Tell whether its writer is asked to change the item."""
        return self.last and self.action == "return" and self.state == "returned"


@dataclass(frozen=True)
class Field:
    """One field of a statement in a language: its name in documents, its label, its sentences.

    quoted: the sentences are the writer's or the desk's own words.
    """

    name: str
    label: str
    sentences: tuple[str, ...]
    quoted: bool = False


def waits(action: str, state: str | None) -> bool:
    """Tell whether an open appeal against an action still has something to decide on."""
    return action in _WAITS and _stands(_WAITS[action], state)


def fields(told: Told, lang: str) -> list[Field]:
    """Compose every field of a statement in "en" or "zh"."""
    return [
        Field(name, translate(lang, label), tuple(sentences), quoted)
        for name, label, sentences, quoted in _fields(told, lang)
    ]


def title(told: Told, lang: str) -> str:
    """Say in a few words what was done, and for which reason."""
    done, reason = translate(lang, _NAMES[told.action]), REASONS[told.reason].name
    return translate(lang, _PAIR, what=done, why=translate(lang, reason))


def outcome(told: Told, lang: str) -> str | None:
    """Say what became of an appeal; None where there was none."""
    if told.appeal is None:
        return None
    if told.appeal in _STILL:
        return translate(lang, _STILL[told.appeal])
    message = _UPHELD if told.appeal == "upheld" else _RESTORED[told.action]
    return translate(lang, message, day=_day(told.decided or told.day, lang))


def written(told: Told, lang: str) -> dict[str, Any]:
    """Return a statement as a document: its codes, and its fields in a language."""
    return {
        "statement": told.id.hex(),
        "post": told.item_id.hex(),
        "line": told.number,
        "day": told.day.isoformat(),
        "until": told.until.isoformat(),
        "action": told.action,
        "reason": told.reason,
        "source": told.source,
        "automated_detection": told.automated,
        "automated_decision": False,
        "fields": {field.name: list(field.sentences) for field in fields(told, lang)},
        "appeal": told.appeal,
        "asked": told.asked or None,
        "answer": told.answer or None,
    }


def _fields(told: Told, lang: str) -> Iterator[tuple[str, str, list[str], bool]]:
    def say(message: str, day: date | None = None) -> str:
        return translate(lang, message, **({"day": _day(day, lang)} if day else {}))

    reason, law = REASONS[told.reason], told.reason in LEGAL
    ends = told.day + HIDDEN if told.action == "hide" else None
    done = [say(_DONE[told.action])]
    ours = told.kind != "reply"  # an employer has no strikes: it answers once
    counts = ours and told.action in {"remove", "suppress"} and told.appeal != "restored"
    if counts and reason.strikes:
        done.append(say(_STRIKE, told.day + STRIKE))
    yield "what", N_("What was done"), done, False
    yield "duration", N_("For how long"), [say(_LONG[told.action], ends)], False
    yield "scope", N_("Where"), [say(N_("Everywhere."))], False
    if told.passages and told.action != "suppress":
        yield "passages", N_("Which passage"), list(told.passages), True
    else:
        whole = _WHOLE.get(told.action, N_("All of it."))
        yield "passages", N_("Which passage"), [say(whole)], False
    yield "origin", N_("What called for it"), [say(_ORIGIN[told.source])], False
    automation = _DETECTED if told.automated else _BY_HAND
    yield "automation", N_("Automation"), [say(automation)], False
    label = N_("The law") if law else N_("The rule")
    quoted = translate(lang, _PAIR, what=say(reason.name), why=say(reason.rule))
    yield "law" if law else "rule", label, [quoted], False
    if told.words:
        yield "words", N_("In words"), [told.words], True
    way = told.action if told.action in _WAYS else "appeal"
    first = say(_WAYS[way], None if way == "hide" else told.until)
    yield "redress", N_("What you can do"), [first, say(_OUTSIDE)], False


def _day(day: date, lang: str) -> str:
    return format_date(day, "medium", locale(lang))


def _stands(asked: str | None, state: str | None) -> bool:
    return state == asked if asked else state not in (None, "withdrawn")
