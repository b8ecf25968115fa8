"""Places: countries and territories by their ISO 3166-1 code, named in each language."""

from functools import cache

from app.web.languages import locale

DEFAULT = "CN"
# Codes that Unicode's territory names hold and ISO 3166-1 does not assign.
_NOT_ISO = {
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "XA",
    "XB",
    "XK",
    "ZZ",
}


@cache
def names(lang: str) -> dict[str, str]:
    """Every place's name in a language, in the order of the names."""
    territories = {str(code): name for code, name in locale(lang).territories.items()}
    found = {code: name for code, name in territories.items() if _is_iso(code)}
    return dict(sorted(found.items(), key=lambda entry: entry[1]))


def _is_iso(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NOT_ISO
