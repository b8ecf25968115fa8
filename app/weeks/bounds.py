"""What a week may be: a message beside each field that cannot be right."""

from app.web.languages import N_
from app.weeks import clock
from app.weeks.arithmetic import DAY, Week, span

REST = 8 * 60
SHORT = 3 * 60
HALF_DAY = 12 * 60
DAYS = tuple(half / 2 for half in range(8, 15))

Problem = tuple[str, dict[str, str]]


def problems(week: Week, confirmed: bool = False) -> dict[str, Problem]:
    """Message id and its parameters for every field of a week that is out of bounds.

    Less than eight hours between two shifts is a question (field `confirm`), not an error.
    """
    found: dict[str, Problem] = {}
    for field in ("start", "end", "friday_end", "official_end"):
        minute = getattr(week, field)
        if minute is not None and not 0 <= minute < DAY:
            found[field] = N_("Give a time of day, such as 10:00."), {}
    if week.days not in DAYS:
        found["days"] = N_("Choose between 4 and 7 days, in halves."), {}
    for field in ("lunch", "dinner"):
        minutes = getattr(week, field)
        if minutes is not None and not 0 <= minutes < DAY:
            found[field] = N_("Give the minutes of one break, or leave it empty."), {}
    return found or _across(week, confirmed)


def mended(week: Week) -> dict[str, int]:
    """Leaving times that look typed on a 12-hour clock, as they would be twelve hours later.

    Returns minutes by field: where a day is under three hours or leaves less than eight until the
    next shift, and would not be so twelve hours later.
    """
    found = {}
    for field, end in (("end", week.end), ("friday_end", week.friday_end)):
        if end is None or _likely(week.start, end):
            continue
        later = (end + HALF_DAY) % DAY
        if _likely(week.start, later):
            found[field] = later
    return found


def _likely(start: int, end: int) -> bool:
    return SHORT <= span(start, end) <= DAY - REST


def _across(week: Week, confirmed: bool) -> dict[str, Problem]:
    """What only shows when the fields are read together."""
    if week.breaks_on(week.day) >= week.day:
        field = "dinner" if (week.dinner or 0) > (week.lunch or 0) else "lunch"
        return {field: (N_("The breaks are as long as the day. Make them shorter."), {})}
    if week.breaks_on(week.friday) >= week.friday:
        return {"friday_end": (N_("The breaks are as long as this Friday."), {})}
    if week.longest_day > DAY - REST and not confirmed:
        end = week.end if week.day > DAY - REST else week.friday_end
        said = {"start": clock.text(week.start), "end": clock.text(end or 0)}
        return {
            "confirm": (
                N_(
                    "%(start)s to %(end)s leaves less than 8 hours until the next shift. "
                    "If that is right, say so and send it again."
                ),
                said,
            )
        }
    return {}
