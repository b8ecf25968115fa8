"""A sourced claim in a reader's language: what it says, how it was read, where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from app.employers import cities
from app.employers.claims import SOURCES
from app.employers.models import SourcedClaim
from app.web.languages import N_, locale, translate

KINDS: Final = {
    "long_hours": N_("On a list of employers with long hours"),
    "regular_hours": N_("On a list of employers with regular hours"),
}
CONFIDENCE: Final = {
    "clean": N_("Read as written."),
    "heuristic": N_("Read with interpretation."),
    "text": N_("Not read as hours."),
}
# Flags that a reader needs; the others concern the file, not the claim.
FLAGS: Final = {
    "advertised": N_("from a job advertisement"),
    "advocated": N_("advocated, not stated as the rule"),
    "alternate_weeks": N_("alternate weeks of five and six days"),
    "at_least": N_("at least this much"),
    "at_most": N_("at most this much"),
    "conditional": N_("on a condition"),
    "contradicted": N_("taken back in the same sentence"),
    "denied": N_("denied, not claimed"),
    "doubtful": N_("with a question mark"),
    "end_12h": N_("evening assumed"),
    "flexible": N_("flexible hours"),
    "from_heading": N_("the whole list says so, roughly"),
    "hedged": N_("in cautious words"),
    "in_fact": N_("against what is official"),
    "joined_names": N_("names two companies"),
    "month_range": N_("over several months, the first shown"),
    "note_in_name": N_("not for all parts of the employer"),
    "official": N_("official hours"),
    "overtime_on_top": N_("with overtime on top"),
    "part": N_("for a part of the employer"),
    "province_only": N_("names a province, no city"),
    "several_codes": N_("several schedules named"),
    "several_times": N_("several times named"),
    "sometimes": N_("at times only"),
    "word_007": N_("uses a word that is no schedule"),
}


_COMMA: Final = N_(", ")


@dataclass(frozen=True)
class Evidence:
    """A link with the host it leads to."""

    url: str
    host: str


@dataclass(frozen=True)
class Shown:
    """One claim, ready to print; `hours` is '' where no hours could be read."""

    text: str
    hours: str
    source: str
    source_url: str
    about: str
    kind: str
    read: str
    note: str
    evidence: Sequence[Evidence]
    revoked: bool


def shown(claim: SourcedClaim, lang: str) -> Shown:
    """Put a claim in words; its own words stay in their own language."""
    name, url = SOURCES.get(claim.source, (claim.source, ""))
    return Shown(
        text=claim.schedule,
        hours=_hours(claim, lang),
        source=translate(lang, N_("%(name)s, line %(row)s"), name=name, row=claim.source_row),
        source_url=url,
        about=_about(claim, lang),
        kind=translate(lang, KINDS[claim.claim_kind]),
        read=_read(claim, lang),
        note=claim.note,
        evidence=[Evidence(url, urlsplit(url).hostname or "") for url in claim.evidence_urls],
        revoked=claim.status == "revoked",
    )


def _hours(claim: SourcedClaim, lang: str) -> str:
    """Presence a week: one figure, a range, or a bound."""
    if claim.confidence == "text":
        return ""
    low, high = _figure(claim.presence_lo, lang), _figure(claim.presence_hi, lang)
    if low and high:
        span = low if low == high else f"{low}–{high}"
        return translate(lang, N_("%(hours)s h present"), hours=span)
    if low:
        return translate(lang, N_("%(hours)s h present or more"), hours=low)
    return translate(lang, N_("%(hours)s h present or less"), hours=high)


def _figure(minutes: int | None, lang: str) -> str:
    return "" if minutes is None else format_decimal(minutes / 60, "#,##0.#", locale(lang))


def _about(claim: SourcedClaim, lang: str) -> str:
    """Where and since when, as far as the list says."""
    where = [cities.display(city, lang) for city in claim.cities]
    places = where or [claim.place_written]
    return translate(lang, _COMMA).join(each for each in (*places, _month(claim, lang)) if each)


def _month(claim: SourcedClaim, lang: str) -> str:
    if claim.month is None:
        return claim.month_written.strip("-— ")
    day = date.fromisoformat(f"{claim.month}-01")
    return format_skeleton("yMMMM", day, locale=locale(lang))


def _read(claim: SourcedClaim, lang: str) -> str:
    said = translate(lang, CONFIDENCE[claim.confidence])
    if claim.confidence != "text" and claim.schedule_code:
        code = translate(lang, N_("As a code: %(code)s."), code=claim.schedule_code)
        said = translate(lang, N_("%(first)s %(second)s"), first=said, second=code)
    remarks = translate(lang, _COMMA).join(_remarks(claim, lang))
    if not remarks:
        return said
    return translate(lang, N_("%(said)s (%(remarks)s)"), said=said, remarks=remarks)


def _remarks(claim: SourcedClaim, lang: str) -> Iterator[str]:
    return (translate(lang, FLAGS[flag]) for flag in claim.flags if flag in FLAGS)
