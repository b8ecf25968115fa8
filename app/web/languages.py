"""English and Simplified Chinese: which one a request asks for, and its catalogue."""

from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Request

LANGUAGES: Final = {"en": "en", "zh": "zh_CN"}
TAGS: Final = {"en": "en", "zh": "zh-CN"}
CATALOGUES = Path(__file__).parents[2] / "templates" / "locale"
# Whatever a Chinese reader's browser says, there is one Chinese catalogue.
ALIASES = {"zh": "zh_Hans_CN", "zh_cn": "zh_Hans_CN", "zh_hans": "zh_Hans_CN"}
OFFERED = ["en", "zh_Hans_CN", "zh_Hans", "zh_CN", "zh_SG", "zh_TW", "zh_HK", "zh"]


def N_(message: str) -> str:
    """Mark a message for translation and return it unchanged; pages translate it."""
    return message


def language(request: Request) -> str:
    """Return "en" or "zh": ?lang= wins, then Accept-Language, then the operator's default."""
    return choose(
        request.query_params.get("lang", ""),
        request.headers.get("accept-language", ""),
        request.app.state.settings.default_language,
    )


def choose(asked: str, accepted: str, default: str) -> str:
    """Return "en" or "zh" for an explicit wish, an Accept-Language header and a default."""
    if asked in LANGUAGES:
        return asked
    return _negotiate(accepted[:200], default)


@lru_cache(maxsize=1024)
def _negotiate(accepted: str, default: str) -> str:
    found = negotiate_locale(_preferred(accepted), OFFERED, sep="_", aliases=ALIASES)
    if found is None:
        return default
    return "zh" if found.startswith("zh") else "en"


def _preferred(header: str) -> list[str]:
    weighted = []
    for place, part in enumerate(header.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), place, tag.replace("-", "_")))
        except ValueError:
            continue
    return [tag for weight, _, tag in sorted(weighted) if tag and weight < 0]


@cache
def catalogue(lang: str) -> NullTranslations:
    """Return the gettext catalogue of a language, compiled in memory from its .po file."""
    path = CATALOGUES / LANGUAGES[lang] / "LC_MESSAGES" / "messages.po"
    if lang == "en":
        return NullTranslations()
    with path.open("rb") as file:
        source = read_po(file, locale=LANGUAGES[lang])
    compiled = BytesIO()
    write_mo(compiled, source)
    compiled.seek(0)
    return GNUTranslations(compiled)


def translate(lang: str, message: str, **values: Any) -> str:
    """Translate one message id and fill its %(name)s places."""
    text = catalogue(lang).gettext(message)
    return text % values if values else text


@cache
def locale(lang: str) -> Locale:
    """Return Babel's locale, for numbers and dates."""
    return Locale.parse(LANGUAGES[lang])
