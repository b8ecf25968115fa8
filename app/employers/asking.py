"""Reading the form for an employer that is missing from the directory."""

import re
import unicodedata
from typing import Final

from app.employers import addresses, cities, names, personal, places
from app.employers.adding import Wanted
from app.employers.industries import INDUSTRIES
from app.web.forms import Form
from app.web.languages import N_

LONGEST_NAME: Final = 120
MOST_CITIES: Final = 20
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Signs of code rather than of names, and characters that turn the reading direction around.
_STRANGE = re.compile('[<>{}\\[\\]|\\\\^`~;="*$%\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_BLANK: Final = N_("An employer needs a name with letters, Chinese characters or digits.")
_LONG: Final = N_("This is too long: at most %(most)s characters.")
_SIGNS: Final = N_("Leave out signs such as < > { } ; = that no name has.")
_PERSONAL: Final = N_("This looks like a telephone number or an address of a person. Leave it out.")


def read(form: Form) -> Wanted | None:
    """Say what the form asks for, or put a message beside each field that is not right."""
    name, other = _name(form, "name"), _name(form, "other_name")
    if not names.key(name):
        form.error("name", _BLANK)
    if other and not names.key(other):
        form.error("other_name", _BLANK)
    found = _cities(form)
    place = form.get("place", places.DEFAULT)
    if place not in places.names("en"):
        form.error("place", N_("Choose a country or territory from the list."))
    industry = form.get("industry")
    if industry and industry not in INDUSTRIES:
        form.error("industry", N_("Choose an industry from the list."))
    website = _website(form)
    if not form.ok:
        return None
    first, chinese, aliases = _scripts(name, other)
    return Wanted(first, chinese, aliases, found, place, industry or None, website)


def _scripts(name: str, other: str) -> tuple[str, str | None, tuple[str, ...]]:
    """Sort two names into the main one, the Chinese one beside it, and aliases."""
    if not other or names.key(name) == names.key(other):
        return name, None, ()
    if names.has_han(name) == names.has_han(other):
        return name, None, (other,)
    return (other, name, ()) if names.has_han(name) else (name, other, ())


def _name(form: Form, field: str) -> str:
    name = unicodedata.normalize("NFKC", _UNSEEN.sub("", _typed(form, field)[: LONGEST_NAME * 2]))
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        form.error(field, _LONG, most=LONGEST_NAME)
    _text(form, field, name)
    return name[:LONGEST_NAME]


def _typed(form: Form, field: str) -> str:
    """What a field holds; nothing where its message stands already, as for what is too long."""
    return "" if field in form.errors else form.get(field)


def _text(form: Form, field: str, text: str) -> None:
    """Refuse what no name of a company or city holds."""
    if _STRANGE.search(text):
        form.error(field, _SIGNS)
    elif personal.removed(text)[1]:
        form.error(field, _PERSONAL)


def _cities(form: Form) -> tuple[str, ...]:
    written = _UNSEEN.sub("", _typed(form, "cities"))
    found, _ = cities.split(written)
    if len(found) > MOST_CITIES:
        form.error("cities", N_("At most %(most)s cities."), most=MOST_CITIES)
    elif any(len(part) > cities.LONGEST for part in cities.parts(written)):
        form.error("cities", N_("Put a comma between cities."))
    _text(form, "cities", written)
    return tuple(found)


def _website(form: Form) -> str | None:
    written = _typed(form, "website")
    if not written:
        return None
    website = addresses.clean(written, "")
    if website is None:
        form.error("website", N_("This is no web address. It looks like https://example.com"))
    return website
