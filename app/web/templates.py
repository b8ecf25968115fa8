"""Pages: one Jinja environment for each language, and what every template may use."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from app.web.languages import LANGUAGES, TAGS, catalogue, language, locale, translate

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "app"
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
OTHER = {"en": "zh", "zh": "en"}


@cache
def environment(lang: str) -> Environment:
    """Return the templates of one language, escaped, strict about names."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,  # a version of pages is the program as it was started
    )
    made.install_gettext_translations(catalogue(lang), newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.globals.update(lang=lang, lang_tag=TAGS[lang], static=static)
    made.filters.update(
        number=lambda value, pattern="#,##0.#": _number(value, pattern, lang),
        day=lambda value, beside=None: _day(value, lang, beside),
        clock=clock,
        say=lambda message: translate(lang, message.id, **message.values),
    )
    return made


def page(
    request: Request,
    name: str,
    *,
    status: int = 200,
    public: bool = False,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """Render a template for a request.

    public: these bytes are the same for everyone of one language, so they may be cached and
    must hold nothing of the asker. Everything else is no-store.
    """
    lang = language(request)
    explicit = request.query_params.get("lang")
    keep = {"lang": lang} if explicit in LANGUAGES else {}
    html = (
        environment(lang)
        .get_template(name)
        .render(
            **context,
            path=request.url.path,
            link=lambda path, **query: _link(path, {**query, **keep}),
            other_language_link=_other_language(request, lang),
            site=request.app.state.site(),
            frame=request.app.state.frame,
        )
    )
    response = HTMLResponse(html, status, headers)
    response.headers["Cache-Control"] = "public, no-cache" if public else "no-store"
    response.headers["Content-Language"] = TAGS[lang]
    response.headers["Vary"] = "Accept-Language, HX-Request" if public else "Accept-Language"
    return response


def clock(minutes: float) -> str:
    """Write minutes after midnight as HH:MM; past midnight it starts again."""
    return f"{int(minutes) // 60 % 24:02d}:{int(minutes) % 60:02d}"


@cache
def static(name: str) -> str:
    """Return the address of a static file, with its content's hash so that it never goes stale."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def program_version() -> str:
    """Return one hash over what pages are made with: code and its data, templates, static files."""
    digest = hashlib.sha256()
    for path in sorted(
        path for folder in (PROGRAM, TEMPLATES, STATIC) for path in folder.rglob("*")
    ):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=4096)
def _number(value: float, pattern: str, lang: str) -> str:
    return format_decimal(value, pattern, locale(lang))


@lru_cache(maxsize=1024)
def _day(value: date | str, lang: str, beside: date | None = None) -> str:
    """Say a day; beside another of the same year without the year."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    if beside and beside.year == day.year:
        return str(format_skeleton("MMMd", day, locale=locale(lang)))
    return format_date(day, "medium", locale(lang))


def _link(path: str, query: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def _other_language(request: Request, lang: str) -> str:
    query = [(n, v) for n, v in request.query_params.multi_items() if n != "lang"]
    # One slash: "//host" would lead to another host.
    path = "/" + request.url.path.lstrip("/")
    return f"{path}?{urlencode([*query, ('lang', OTHER[lang])])}"
