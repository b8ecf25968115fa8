"""The month in which a public list says that it learned something."""

import re
import unicodedata

_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SEVERAL = re.compile(r"到|至|~|—|,|、")


def read(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Read '2019年4月7日' as '2019-04', with flags; None where no month is named.

    Of several months the first counts, flagged 'month_range'. A year alone is no month.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if found := _MONTH.search(text):
        year, month = found[1], int(found[2])
        if 1 <= month <= 12:
            several = ("month_range",) if _SEVERAL.search(text) else ()
            return f"{year}-{month:02}", several
        return None, ("month_unreadable",)
    if _YEAR.search(text):
        return None, ("month_year_only",)
    if text.strip("-— "):
        return None, ("month_unreadable",)
    return None, ("month_missing",)
