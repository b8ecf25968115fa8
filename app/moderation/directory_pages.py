"""Pages of the desk for the directory: who waits, one employer, two side by side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.employers import adding, asking, cities, domains, names, places
from app.employers import directory as known
from app.employers.industries import INDUSTRIES
from app.employers.models import Employer
from app.moderation import directory
from app.moderation.desk import Beaten, Desk, NotThere, Refused
from app.moderation.directory import PAGE, Corrected, Facts, Listed
from app.moderation.door import Who, desk_of, id_at, router, view
from app.moderation.sheet import sheet
from app.staff.current import Current
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.redirects import see_other
from app.web.refusals import Refusal

Step = Callable[[Session], int]
PAIRS: Final = "pairs"
LISTS: Final[Mapping[str, Callable[[Session, Desk, str], Listed]]] = {
    "unconfirmed": directory.unconfirmed,
    "merged": directory.merged,
    "turned_down": directory.turned_down,
}
FOUND: Final = 20
_DIGITS: Final = 6  # of a number of pairs
_LISTED: Final = N_("Another employer bears this name. If both are one, merge them.")
_NO_DOMAIN: Final = N_(
    "One of these is no mail domain, gives an address to anybody, or means another employer."
)
_NOBODY: Final = N_("No employer has this name or address.")
_ITSELF: Final = N_("This is the employer itself. Name another one.")
_WHY: Final = {
    "name": N_("Their names say the same."),
    "pinyin": N_("Their names sound the same."),
    "slip": N_("Their names differ by a letter."),
    "": "",
}


def other_at(other: str) -> bytes:
    """Read the second id of an address, or a 404."""
    return id_at(other)


def employer_at(employer: str) -> bytes:
    """Read the id that an address names, or a 404."""
    return id_at(employer)


At = Annotated[bytes, Depends(employer_at)]
Other = Annotated[bytes, Depends(other_at)]


@router.get("/directory", openapi_extra=view("directory"))
def work(request: Request, who: Who, q: str = "", part: str = "", after: str = "") -> Response:
    """Show what waits in the directory; q: find any employer by name; part: one list alone."""
    desk = desk_of(who)
    only = {part} if part in (*LISTS, PAIRS) else {*LISTS, PAIRS}
    if part not in only:
        after = ""
    first = int(after) if after.isascii() and after.isdigit() and len(after) <= _DIGITS else 0
    with request.app.state.database.reading() as db:
        lists = {name: LISTS[name](db, desk, after) for name in LISTS if name in only}
        pairs = directory.suggested(db, desk, PAGE + 1, first) if PAIRS in only else None
        into = {each.id: known.canonical(db, each) for each in _merged(lists)}
        found = known.search(db, q, limit=FOUND).employers if q else []
    shown: dict[str, Any] = {"q": q, "found": found, "lists": lists, "into": into, "why": _WHY}
    if pairs is not None:
        shown |= {"pairs": pairs[:PAGE], "next": first + PAGE if len(pairs) > PAGE else None}
    return sheet(request, who, "moderation/directory.html", only=part in only, after=after, **shown)


def _merged(lists: Mapping[str, Listed]) -> Sequence[Employer]:
    return lists["merged"].rows if "merged" in lists else ()


@router.get("/directory/{employer}", openapi_extra=view("directory"))
def employer(request: Request, who: Who, at: At) -> Response:
    """Show one employer with what may be changed of it."""
    return _employer(request, who, at)


@router.post("/directory/{employer}", openapi_extra=view("directory"))
def decide(request: Request, who: Who, at: At, form: Posted) -> Response:
    """Confirm, correct, turn down, take back, or lead to the other one that it may be."""
    if form.get("do") == "compare":
        return _compare(request, who, at, form)
    step, taken = _step(form, desk_of(who), at, request.app.state.settings.today()), None
    if step is None:
        return _employer(request, who, at, form)
    try:
        _do(request, step)
    except Beaten as beaten:
        return _beaten(request, who, beaten, f"/desk/directory/{at.hex()}")
    except adding.AlreadyListed as error:
        typed = names.key(form.get("name")) == names.key(error.name)
        form.error("name" if typed else "other_name", _LISTED)
        taken = error.employer.id
    except domains.DomainRefused:
        form.error("domains", _NO_DOMAIN)
    if form.ok:
        return see_other(request, "/desk/directory")
    return _employer(request, who, at, form, taken)


@router.get("/directory/{employer}/{other}", openapi_extra=view("directory"))
def two(request: Request, who: Who, at: At, other: Other) -> Response:
    """Show two employers side by side."""
    return _two(request, who, at, other)


@router.post("/directory/{employer}/{other}", openapi_extra=view("directory"))
def settle(request: Request, who: Who, at: At, other: Other, form: Posted) -> Response:
    """Merge one of the two into the other, or say that they are two."""
    do, desk, today = form.get("do"), desk_of(who), request.app.state.settings.today()
    seen = form.get("seen")
    turned = ".".join(reversed(seen.split(".")))
    steps: dict[str, Step] = {
        "into_other": lambda db: directory.merge(db, desk, at, other, seen, today),
        "into_this": lambda db: directory.merge(db, desk, other, at, turned, today),
        "keep_apart": lambda db: directory.keep_apart(db, desk, at, other, seen, today),
    }
    if do not in steps:
        return _two(request, who, at, other, 422)
    try:
        _do(request, steps[do])
    except Beaten as beaten:
        return _beaten(request, who, beaten, f"/desk/directory/{at.hex()}")
    except Refused:
        return _two(request, who, at, other, 422)
    return see_other(request, "/desk/directory")


def _do(request: Request, step: Step) -> None:
    try:
        with request.app.state.database.transaction() as db:
            step(db)
    except NotThere as error:
        raise Refusal(404) from error


def _compare(request: Request, who: Current, at: bytes, form: Form) -> Response:
    """Lead to the page on which two stand side by side."""
    typed = form.get("into")
    with request.app.state.database.reading() as db:
        _facts(db, who, at)
        found = known.by_name(db, typed) or known.find(db, typed.rpartition("/")[2])
    if found is None or found.id == at:
        form.error("into", _NOBODY if found is None else _ITSELF)
        return _employer(request, who, at, form)
    return see_other(request, f"/desk/directory/{at.hex()}/{found.id.hex()}")


def _step(form: Form, desk: Desk, at: bytes, today: date) -> Step | None:
    """Return what a form asks to be done, or put errors beside its fields."""
    do, seen = form.get("do"), form.get("seen")
    if plain := directory.STEPS.get(do):
        return partial(plain, desk=desk, employer_id=at, seen=seen, today=today)
    if correcting := directory.CORRECTIONS.get(do):
        said = _said(form)
        if said is None:
            return None
        return partial(correcting, desk=desk, employer_id=at, seen=seen, said=said, today=today)
    form.error("do", N_("Choose what to do."))
    return None


def _said(form: Form) -> Corrected | None:
    wanted = asking.read(form)
    written = tuple(form.get("domains").replace(",", " ").replace("\uff0c", " ").split())
    return Corrected(wanted, written, former=bool(form.get("former"))) if wanted else None


def _employer(
    request: Request,
    who: Current,
    at: bytes,
    form: Form | None = None,
    taken: bytes | None = None,
) -> Response:
    """Show an employer; form: as it was sent, with its errors; taken: who bears the name."""
    lang = language(request)
    with request.app.state.database.reading() as db:
        found = _facts(db, who, at)
    context: dict[str, Any] = {
        "form": form or _filled(found, lang),
        "seen": form.get("seen") if form else found.seen,
        "taken": taken,
        "places": places.names(lang),
        "industries": INDUSTRIES,
    }
    status = 422 if form else 200
    name = "moderation/directory_employer.html"
    return sheet(request, who, name, status=status, facts=found, **context)


def _two(request: Request, who: Current, at: bytes, other: bytes, status: int = 200) -> Response:
    lang = language(request)
    with request.app.state.database.reading() as db:
        both = _facts(db, who, at), _facts(db, who, other)
    gone = next((each for each in both if each.into), None)
    if gone or at == other:
        return see_other(request, f"/desk/directory/{(gone or both[0]).employer.id.hex()}")
    context: dict[str, Any] = {
        "both": both,
        "cities": [[cities.display(key, lang) for key in each.cities] for each in both],
        "places": places.names(lang),
        "industries": INDUSTRIES,
        "this_may": directory.may_stand(both[0].employer, both[1].employer),
        "other_may": directory.may_stand(both[1].employer, both[0].employer),
    }
    return sheet(request, who, "moderation/directory_two.html", status=status, **context)


def _facts(db: Session, who: Current, at: bytes) -> Facts:
    try:
        return directory.facts(db, desk_of(who), at)
    except NotThere as error:
        raise Refusal(404) from error


def _filled(found: Facts, lang: str) -> Form:
    """Fill the form with what is known, in words that are read back as the same."""
    employer = found.employer
    shown = [(key, cities.display(key, lang)) for key in found.cities]
    return Form(
        [
            ("name", employer.name),
            ("other_name", employer.name_zh or ""),
            ("cities", ", ".join(each if cities.key(each) == key else key for key, each in shown)),
            ("place", employer.place),
            ("industry", employer.industry or ""),
            ("website", employer.website or ""),
            ("domains", " ".join(found.domains)),
        ]
    )


def _beaten(request: Request, who: Current, beaten: Beaten, path: str) -> Response:
    shown: dict[str, Any] = {"code": beaten.code, "first": beaten.name, "words": ""}
    name = "moderation/beaten.html"
    return sheet(request, who, name, status=409, case_path=path, **shown)
