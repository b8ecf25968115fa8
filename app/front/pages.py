"""The pages that readers come for: home, the street of employers, one employer."""

from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.db import Reading
from app.employers import cities, claim_words, claims, directory
from app.employers.industries import INDUSTRIES
from app.employers.models import Employer
from app.figures import charts, events, reading
from app.front import announced
from app.front import home as homes
from app.front.shown import shown, tag
from app.front.street import CODES, Asked, cities_known, street
from app.replies import showing
from app.threads import listing
from app.threads.replied import replied
from app.web import redirects
from app.web.languages import LANGUAGES, language, translate
from app.web.refusals import Refusal
from app.web.templates import page
from app.weeks import law

router = APIRouter()

FEW_CLAIMS: Final = 4
FEW_THREADS: Final = 4
SCALES: Final = {"hours": charts.HOURS, "share": charts.SHARE, "extra": charts.OVERTIME}


@router.get("/")
def home(request: Request, db: Reading, sort: str = "", after: str = "") -> Response:
    """Show what is talked about, where the lamps are still on, what the last release brought.

    sort: hot or new; after: where in that list to go on, on a page of the list alone.
    """
    lang, order = language(request), listing.sort_of(sort)
    return page(
        request,
        "front/home.html",
        public=True,
        least=_least(request),
        home=homes.Home() if after else homes.home(db, lang),
        talk=homes.talk(db, lang, order, after, request.app.state.settings.today()),
    )


@router.get("/employers")
def employers(request: Request, db: Reading) -> Response:
    """Show the street: the whole page, or for htmx its list alone."""
    lang, asked = language(request), Asked.read(request)
    context: dict[str, Any] = {
        "asked": asked,
        "street": street(db, asked, lang),
        "least": _least(request),
        "scale": charts.HOURS,
    }
    if request.headers.get("hx-request"):
        clean = {"HX-Replace-Url": _address(request, asked)}
        return page(request, "front/_street.html", public=True, headers=clean, **context)
    places = [(key, cities.display(key, lang)) for key in cities_known(db)]
    return page(
        request,
        "front/employers.html",
        public=True,
        cities=sorted(places, key=lambda city: city[1]),
        industries=[(key, translate(lang, name)) for key, name in INDUSTRIES.items()],
        codes=[(code, code) for code in CODES],
        **context,
    )


@router.get("/employers/{slug}")
def employer(request: Request, slug: str, db: Reading, by: str = "") -> Response:
    """Show one employer: its week if anything was released, else why nothing is shown.

    by: the stratum; without it, or where nothing was released in it, the headline's.
    """
    found = directory.find(db, slug)
    if found is None:
        raise Refusal(404)
    if found.slug != slug:
        return redirects.see_other(request, f"/employers/{found.slug}")
    lang = language(request)
    released = reading.snapshots(db, found.id) if found.confirmed else {}
    strata = sorted(released, key=lambda stratum: stratum != by)
    numbers = released[strata[0]] if strata else None
    some = claims.of(db, found, limit=FEW_CLAIMS)
    told = announced.told(events.about(db, found), numbers, lang)
    family = directory.family(db, found)
    return page(
        request,
        "front/employer.html",
        public=True,
        **_facts(db, found, lang),
        claims=[claim_words.shown(claim, lang) for claim in some.claims],
        talk=listing.threads(db, lang, employers=family, limit=FEW_THREADS),
        reply=replied(showing.on_page(db, found.id, family), lang),
        reading=numbers,
        apart=[released[stratum] for stratum in strata[1:]],
        headline=next(iter(released), ""),
        least=_least(request),
        epsilon=request.app.state.settings.release_epsilon,
        events=told,
        **(_pictures(numbers, told) if numbers else {}),
    )


def _address(request: Request, asked: Asked) -> str:
    """The list's address without what was left empty, for the address bar."""
    explicit = request.query_params.get("lang", "")
    query = {**asked.address, **({"lang": explicit} if explicit in LANGUAGES else {})}
    return f"/employers?{urlencode(query)}" if query else "/employers"


def _least(request: Request) -> int:
    least: int = request.app.state.settings.release_min_reports
    return least


def _facts(db: Reading, found: Employer, lang: str) -> dict[str, Any]:
    """What the directory says of an employer."""
    parent = db.get(Employer, found.parent_id) if found.parent_id else None
    aliases = [(name, tag(name, lang)) for name in directory.other_names(db, found)]
    return {
        "employer": shown(found, lang),
        "aliases": aliases,
        "parent": parent and shown(directory.canonical(db, parent), lang),
        "cities": [cities.display(key, lang) for key in directory.city_keys(db, found)],
    }


def _pictures(numbers: dict[str, Any], told: list[announced.Told]) -> dict[str, Any]:
    """What an employer's pictures are drawn from, and the law beside them."""
    course = charts.trend(numbers["trend"])
    return {
        "scales": SCALES,
        "picture": numbers["lights"] and charts.lights(numbers["lights"], numbers["hairline"]),
        "spread": charts.histogram(numbers["histogram"], numbers["line"], numbers["standard_week"]),
        "course": course,
        "over": announced.drawn(told, course),
        "place": law.place(numbers["place"]),
        "disclaimer": law.disclaimer(),
    }
