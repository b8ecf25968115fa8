"""Pages of the figures: an employer's numbers for machines, and how figures are made."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.db import Reading
from app.employers import directory
from app.employers.models import Employer
from app.figures import budget, documents, events, reading
from app.web.languages import N_, language, translate
from app.web.refusals import Refusal
from app.web.templates import page
from app.weeks import law

router = APIRouter()

COUNTED: Final = {
    "working": N_("Working hours a week"),
    "presence": N_("Hours present a week"),
    "leaving": N_("Time of leaving"),
    "arrival": N_("Time of arriving"),
    "days": N_("Days a week"),
}
_LATER: Final = N_("Not spent yet: for answers that need at least 100 reports")
_ALARM: Final = Path(__file__).with_name("alarm.json")
_PUBLIC: Final = {"Cache-Control": "public, no-cache", "Vary": "Accept-Language"}


@router.get("/employers/{slug}.json")
def as_json(slug: str, db: Reading) -> Response:
    """Give an employer's released figures as JSON, the headline's stratum first."""
    employer = _employer(db, slug)
    names = {lang: employer.name_in(lang) for lang in ("en", "zh")}
    released = _released(db, employer)
    told = [documents.announced(event, released) for event in events.about(db, employer)]
    said = documents.document(employer.slug, names, released, told)
    return JSONResponse(said, 200, _PUBLIC)


@router.get("/employers/{slug}.csv")
def as_csv(slug: str, db: Reading) -> Response:
    """Give the same numbers as CSV, one a row."""
    employer = _employer(db, slug)
    name = {"Content-Disposition": f'attachment; filename="lamplight-{employer.slug}.csv"'}
    rows = documents.as_csv(_released(db, employer))
    return Response(rows, 200, {**_PUBLIC, **name}, media_type="text/csv")


@router.get("/methodology")
def methodology(request: Request) -> Response:
    """Say how figures are made and what they cannot promise."""
    settings, lang = request.app.state.settings, language(request)
    each = settings.release_epsilon / budget.TOTAL
    shares = [(COUNTED[kind], share * each) for kind, share in budget.WEEKLY.items()]
    return page(
        request,
        "figures/methodology.html",
        public=True,
        least=settings.release_min_reports,
        epsilon=settings.release_epsilon,
        shares=[(translate(lang, what), n) for what, n in (*shares, (_LATER, budget.SLOW * each))],
        disclaimer=law.disclaimer(),
        alarm=_measured(),
    )


@cache
def _measured() -> Mapping[str, Any]:
    """What `python -m benchmarks.alarm` measured last."""
    measured: Mapping[str, Any] = json.loads(_ALARM.read_text("utf-8"))
    return measured


def _employer(db: Reading, slug: str) -> Employer:
    found = directory.find(db, slug)
    if found is None:
        raise Refusal(404)
    return found


def _released(db: Reading, employer: Employer) -> Mapping[str, Mapping[str, Any]]:
    """The snapshots by stratum; an employer that is not confirmed has none to show."""
    found = reading.snapshots(db, employer.id) if employer.confirmed else {}
    return {str(stratum): numbers for stratum, numbers in found.items()}
