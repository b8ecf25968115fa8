"""What the codes of the log are called on public pages. Pure; pages translate the words."""

from typing import Final

from app.triage.reasons import REASONS
from app.web.languages import N_

KINDS: Final = {
    "post": N_("Thread"),
    "comment": N_("Comment"),
    "image": N_("Picture"),
    "reply": N_("Employer’s reply"),
    "employer": N_("Employer"),
    "topic": N_("Topic"),
    "event": N_("Policy event"),
    "cohort": N_("Held figures"),
    "staff": N_("Staff"),
    "demand": N_("Demand for a name"),
}
ACTIONS: Final = {
    "approve": N_("left standing"),
    "remove": N_("removed"),
    "return": N_("given back to be changed"),
    "hide": N_("hidden for three midnights at most"),
    "remove_image": N_("picture removed"),
    "uphold": N_("removal confirmed on appeal"),
    "restore": N_("restored on appeal"),
    "suppress": N_("erased by two persons"),
    "propose": N_("proposed to a second person"),
    "undo": N_("decision taken back"),
    "end_hiding": N_("hiding ended by itself"),
    "notice": N_("notice received"),
    "settle": N_("notice decided"),
    "reopen": N_("notice taken up again"),
    "answer": N_("answered"),
    "agree": N_("looked at again: agreed"),
    "disagree": N_("looked at again: not agreed"),
    "confirm": N_("employer confirmed"),
    "correct": N_("employer corrected"),
    "turn_down": N_("employer turned down"),
    "take_back": N_("turning down taken back"),
    "merge": N_("merged into another employer"),
    "unmerge": N_("merging taken back"),
    "keep_apart": N_("two employers, not one"),
    "add": N_("topic added"),
    "rename": N_("topic renamed"),
    "reorder": N_("topic moved"),
    "retire": N_("topic no longer offered"),
    "offer": N_("topic offered again"),
    "add_event": N_("policy event entered"),
    "correct_event": N_("policy event corrected"),
    "withdraw_event": N_("policy event withdrawn"),
    "release": N_("held figures released"),
    "exclude": N_("clusters left out of held figures"),
    "lapse": N_("held figures released, as their time was over"),
    "make_moderator": N_("made moderator"),
    "make_senior": N_("made senior"),
    "make_auditor": N_("made auditor"),
    "make_operator": N_("made operator"),
    "make_representative": N_("made representative of an employer"),
    "renew": N_("account to be set up anew"),
    "disable": N_("account disabled"),
    "tie": N_("tie to an employer declared"),
    "untie": N_("tie to an employer taken back"),
}
SOURCES: Final = {
    "triage": N_("Automation, as it was sent"),
    "flag": N_("Readers’ flags"),
    "notice": N_("A notice from outside"),
    "private": N_("A notice of a private person"),
    "employer": N_("A notice of an employer"),
    "lawyer": N_("A notice of a lawyer"),
    "authority": N_("A notice of a court or an authority"),
    "flagger": N_("A notice of a trusted flagger"),
    "own": N_("The desk itself"),
    "appeal": N_("The writer’s appeal"),
    "alarm": N_("An alarm of the figures"),
    "rule": N_("A rule, when its time came"),
}
WAITS: Final = {
    "0": N_("The same day"),
    "1": N_("The next day"),
    "2-3": N_("2 to 3 days"),
    "4-7": N_("4 to 7 days"),
    "8+": N_("8 days or more"),
}
APPEALS: Final = {"upheld": N_("Removal confirmed"), "restored": N_("Restored")}
REASON_NAMES: Final = {code: reason.name for code, reason in REASONS.items()}
# Why an auditor does not agree with a decision.
DOUBTS: Final = {
    "too_hard": N_("Too hard: it should have stood, or something milder would have done"),
    "too_mild": N_("Too mild: it should have been taken out or sent back"),
    "wrong_reason": N_("Another reason fits"),
    "too_little": N_("Its writer was told too little"),
}
AGAIN: Final = {"agree": N_("Agreed"), "disagree": N_("Not agreed")}
# How a notice ended.
ENDS: Final = {
    "followed": N_("Followed"),
    "declined": N_("Not followed"),
    "moot": N_("Moot"),
}
_OUTCOMES: Final = {**APPEALS, **ENDS, "nothing": N_("nothing was handed over")}
_WORDS: Final = {
    "reason": {**REASON_NAMES, **DOUBTS},
    "kind": KINDS,
    "action": ACTIONS,
    "source": SOURCES,
    "days": WAITS,
    "outcome": _OUTCOMES,
}


def said(code: str, field: str = "") -> str:
    """Return the words for a code of a field of the log, or the code itself where it has none.

    Without a field whatever bears the code first: image and notice are codes of two fields.
    """
    tables = [_WORDS[field]] if field else _WORDS.values()
    return next((words[code] for words in tables if code in words), code)
