"""The page that finds: employers by any name, posts by their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.db import Reading
from app.employers import directory
from app.employers.models import Employer
from app.front.shown import Shown, shown, shown_all
from app.front.street import UNSEEN
from app.search import query, words
from app.search.words import Phrase
from app.threads import hits, markup
from app.threads.models import Topic
from app.web.languages import N_, language
from app.web.templates import page
from app.weeks.quarters import Quarter

router = APIRouter()

EMPLOYERS: Final = 5
POSTS: Final = 20
LONGEST: Final = directory.LONGEST_QUERY
QUARTERS: Final = 12  # to choose from
_WHOLE: Final = 1_000  # a title is never cut
_LONG: Final = N_("This is too long to search for: take the few words that matter.")
_ONE: Final = N_(
    "One Chinese character is in too many posts. Type two or more that stand side by side."
)
_SIGNS: Final = N_("Signs and emoji cannot be searched for. Type a word or a number.")

Parts = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Asked:
    """What a reader asks for, read from the address; what is no choice is left out."""

    q: str
    employer: Employer | None
    topic: Topic | None
    quarter: Quarter | None
    after: str

    @property
    def address(self) -> dict[str, str]:
        """The parameters of the first page of these results."""
        return {
            "q": self.q,
            "employer": self.employer.slug if self.employer else "",
            "topic": self.topic.slug if self.topic else "",
            "quarter": str(self.quarter) if self.quarter else "",
        }


@dataclass(frozen=True)
class Result:
    """A post that was found: where it stands, and its words in parts, those asked for marked."""

    hit: hits.Hit
    title: Parts
    excerpt: Parts
    employer: Shown | None


@dataclass(frozen=True)
class Results:
    """One page of what was found; `problem` says why posts could not be searched."""

    employers: Sequence[Shown] = ()
    more_employers: bool = False
    posts: Sequence[Result] = ()
    next: Mapping[str, str] | None = None
    problem: str | None = None


@router.get("/search")
def search(request: Request, db: Reading) -> Response:
    """Show what was found, or how to search."""
    topics, quarters, lang = hits.topics(db), _quarters(db), language(request)
    asked = _read(request, db, topics, quarters)
    return page(
        request,
        "front/search.html",
        public=True,
        asked=asked,
        about=asked.employer and shown(asked.employer, lang),
        results=_results(db, asked, lang) if asked.q else Results(),
        topics=topics,
        quarters=quarters,
        longest=LONGEST,
    )


def _read(
    request: Request, db: Session, topics: Sequence[Topic], quarters: Sequence[Quarter]
) -> Asked:
    said = {
        name: UNSEEN.sub("", request.query_params.get(name, ""))
        for name in ("q", "employer", "topic", "quarter", "after")
    }
    return Asked(
        " ".join(said["q"].split()),
        directory.find(db, said["employer"]),
        next((topic for topic in topics if topic.slug == said["topic"]), None),
        next((quarter for quarter in quarters if str(quarter) == said["quarter"]), None),
        said["after"],
    )


def _results(db: Session, asked: Asked, lang: str) -> Results:
    if len(asked.q) > LONGEST:
        return Results(problem=_LONG)
    phrases = words.read(asked.q)
    named = _named(db, asked)
    found = query.Found([], None)
    if phrases:
        found = query.find(db, phrases, _marks(db, asked), after=asked.after, limit=POSTS)
    return Results(
        shown_all(db, named.employers, lang),
        named.next is not None,
        [_result(hit, phrases, lang) for hit in hits.hits(db, found.items)],
        {**asked.address, "after": found.next} if found.next else None,
        None if phrases else (_ONE if words.cut(asked.q) else _SIGNS),
    )


def _named(db: Session, asked: Asked) -> directory.Found:
    """Employers of this name, on the first page of a search that is not about one already."""
    if asked.after or asked.employer:
        return directory.Found([], None)
    return directory.search(db, asked.q, limit=EMPLOYERS)


def _marks(db: Session, asked: Asked) -> list[list[str]]:
    """By what the search is narrowed; app/threads/indexing.py writes these marks."""
    marks = []
    if asked.employer:
        marks.append([f"e{id.hex()}" for id in directory.family(db, asked.employer)])
    if asked.topic:
        marks.append([f"t{asked.topic.slug}"])
    if asked.quarter:
        marks.append([f"q{asked.quarter}".lower()])
    return marks


def _result(hit: hits.Hit, phrases: Sequence[Phrase], lang: str) -> Result:
    return Result(
        hit,
        words.highlight(hit.title or "", phrases, _WHOLE),
        words.highlight(markup.plain(hit.text), phrases),
        shown(hit.employer, lang) if hit.employer else None,
    )


def _quarters(db: Session) -> list[Quarter]:
    """The quarters in which something was said, the newest first."""
    days = query.days(db)
    if days is None:
        return []
    first, quarter = Quarter.of(days[0]), Quarter.of(days[1])
    found = [quarter.plus(-n) for n in range(QUARTERS)]
    return [quarter for quarter in found if quarter >= first]
