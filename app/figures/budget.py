"""The privacy budget: how much of a report's epsilon each released histogram spends. Pure."""

from typing import Final

# Of 4 in all, for one report in one cohort. The weekly kinds are released with their cohort; what
# is left waits for a slow cohort of at least 100 frozen reports and is spent there together.
TOTAL: Final = 4.0
WEEKLY: Final = {"working": 1.0, "presence": 0.5, "leaving": 0.5, "arrival": 0.25, "days": 0.25}
SLOW: Final = TOTAL - sum(WEEKLY.values())


def scale(kind: str, epsilon: float = TOTAL) -> float:
    """The scale of a weekly kind's discrete Laplace noise when a report spends `epsilon` in all.

    A report changes one count of a histogram by one, so the scale is one over its share.
    """
    return TOTAL / (epsilon * WEEKLY[kind])
