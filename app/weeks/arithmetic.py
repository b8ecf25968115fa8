"""From a usual day to a week: presence, working time and overtime, in minutes."""

from dataclasses import dataclass
from functools import cached_property

DAY = 24 * 60
WEEKS_PER_MONTH = 365.25 / 12 / 7
ASSUMED_BREAK = 60
LUNCH_NEEDS = 6 * 60
DINNER_FROM, DINNER_TO = 18 * 60, 20 * 60


def span(start: int, end: int) -> int:
    """Minutes from one clock time to another; an end not after the start is on the next day."""
    return end - start if end > start else end - start + DAY


def per_month(week: float) -> float:
    """Minutes a month for minutes a week: 365.25 / 12 / 7 weeks make a month."""
    return week * WEEKS_PER_MONTH


def has_lunch(start: int, presence: int) -> bool:
    """Whether a day of this presence is long enough for an unstated lunch break."""
    return presence >= LUNCH_NEEDS


def has_dinner(start: int, presence: int) -> bool:
    """Whether a day arrives before 18:00 and leaves at 20:00 or later."""
    return start < DINNER_FROM and start + presence >= DINNER_TO


@dataclass(frozen=True)
class Week:
    """One usual week: clock times and breaks in minutes, 4 to 7 days in halves.

    5.5 days are alternate weeks of five and six. A break left None is assumed where the day
    is long enough for it. Friday may end at another time and is then always one of the days.
    """

    start: int
    end: int
    days: float
    lunch: int | None = None
    dinner: int | None = None
    friday_end: int | None = None
    official_end: int | None = None

    @property
    def day(self) -> int:
        """Presence on a usual day."""
        return span(self.start, self.end)

    @property
    def friday(self) -> int:
        """Presence on a Friday."""
        return self.day if self.friday_end is None else span(self.start, self.friday_end)

    @property
    def longest_day(self) -> int:
        """The longer presence of a usual day and a Friday."""
        return max(self.day, self.friday)

    @property
    def presence(self) -> float:
        """Presence a week."""
        return (self.days - 1) * self.day + self.friday

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """The breaks that nobody stated and that count nevertheless: lunch, dinner."""
        lunch = self.lunch is None and has_lunch(self.start, self.longest_day)
        dinner = self.dinner is None and has_dinner(self.start, self.longest_day)
        return ("lunch",) * lunch + ("dinner",) * dinner

    def breaks_on(self, presence: int) -> int:
        """Minutes of breaks on a day of this presence.

        A stated break belongs to the usual day; a Friday that ends too early for it has none.
        """
        fits = ((self.lunch, has_lunch), (self.dinner, has_dinner))
        total = 0
        for stated, is_due in fits:
            due = is_due(self.start, presence)
            if stated is None:
                total += ASSUMED_BREAK if due else 0
            elif due or not is_due(self.start, self.day):
                total += stated
        return total

    @property
    def working(self) -> float:
        """Working time a week: presence less breaks, never negative."""
        usual = max(0, self.day - self.breaks_on(self.day))
        friday = max(0, self.friday - self.breaks_on(self.friday))
        return (self.days - 1) * usual + friday

    @property
    def late(self) -> int | None:
        """Minutes a day past the official end; negative when leaving before it."""
        if self.official_end is None:
            return None
        return self.day - span(self.start, self.official_end)

    def overtime(self, standard_week: float | None) -> float | None:
        """Working time a week above the standard week; None where the place has none."""
        return None if standard_week is None else max(0.0, self.working - standard_week)
