"""What a worker answers on the report form: its values and the fixed lists they come from. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.web.languages import N_
from app.weeks.arithmetic import Week
from app.weeks.quarters import Quarter

ELSEWHERE: Final = "elsewhere"
ROLES: Final[Mapping[str, str]] = {
    "engineering": N_("Engineering"),
    "product": N_("Product"),
    "design": N_("Design"),
    "data": N_("Data and research"),
    "operations": N_("Operations"),
    "sales": N_("Sales"),
    "service": N_("Customer service"),
    "marketing": N_("Marketing"),
    "finance_legal": N_("Finance and legal"),
    "people_admin": N_("People and administration"),
    "production_logistics": N_("Production and logistics"),
    "other": N_("Something else"),
}
PAY: Final[Mapping[str, str]] = {
    "paid": N_("in money"),
    "time_off": N_("in time off"),
    "neither": N_("neither"),
    "not_applicable": N_("no overtime"),
}
CHOICE: Final[Mapping[str, str]] = {
    "chosen": N_("my choice"),
    "expected": N_("expected"),
    "required": N_("required"),
}
REACHED: Final[Mapping[str, str]] = {
    "never": N_("never"),
    "sometimes": N_("sometimes"),
    "often": N_("often"),
}
ILL: Final[Mapping[str, str]] = {
    "worked": N_("I worked"),
    "rested": N_("I rested"),
    "not_ill": N_("I was not ill"),
}
# The single-item measure in its own words: Dolan et al. 2015, J Gen Intern Med 30:582-587.
BURNOUT: Final[Mapping[str, str]] = {
    "1": N_("I enjoy my work. I have no symptoms of burnout."),
    "2": N_(
        "Occasionally I am under stress, and I don't always have as much energy as I once did, "
        "but I don't feel burned out."
    ),
    "3": N_(
        "I am definitely burning out and have one or more symptoms of burnout, such as physical "
        "and emotional exhaustion."
    ),
    "4": N_(
        "The symptoms of burnout that I'm experiencing won't go away. I think about frustration "
        "at work a lot."
    ),
    "5": N_(
        "I feel completely burned out and often wonder if I can go on. I am at the point where I "
        "may need some changes or may need to seek some sort of help."
    ),
}
MOST_REST_DAYS: Final = 28


@dataclass(frozen=True)
class Answers:
    """One usual week as answered; minutes for times and breaks, None for what was left out."""

    start: int
    end: int
    days: float
    city: str
    role: str
    lunch: int | None = None
    dinner: int | None = None
    friday_end: int | None = None
    official_end: int | None = None
    pay: str | None = None
    choice: str | None = None
    reached: str | None = None
    rest_days: int | None = None
    ill: str | None = None
    burnout: int | None = None
    verify_later: bool = False

    @property
    def week(self) -> Week:
        """The week of these answers."""
        return Week(
            self.start,
            self.end,
            self.days,
            lunch=self.lunch,
            dinner=self.dinner,
            friday_end=self.friday_end,
            official_end=self.official_end,
        )


def open_quarters(today: date) -> tuple[Quarter, Quarter]:
    """The quarters that can be filed for on a day: this one and the last."""
    now = Quarter.of(today)
    return now, now.previous
