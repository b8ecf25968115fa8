"""What a schedule was understood to say: bounds, a confidence, and the flags that explain it."""

from dataclasses import dataclass

from app.weeks import codes

NEUTRAL = {"alternate_weeks"}
OPEN_ABOVE = {"at_least", "overtime_on_top"}
TAKEN_BACK = {"in_fact", "contradicted"}


@dataclass(frozen=True)
class Reading:
    """What a schedule says: clock minutes, days a week, presence in minutes a week.

    `confidence` is 'clean' (one plain statement), 'heuristic' (read, see the flags) or 'text'
    (start, end and days cannot all be read; what can be is kept). A bound of presence is None
    where the text leaves it open ('at least 996'). Ends count from the midnight before arriving.
    """

    confidence: str
    code: str | None = None
    start_lo: int | None = None
    start_hi: int | None = None
    end_lo: int | None = None
    end_hi: int | None = None
    days_lo: float | None = None
    days_hi: float | None = None
    presence_lo: int | None = None
    presence_hi: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Week:
    """The codes, spans of a day and days a week that a text names."""

    codes: list[codes.Code]
    spans: list[tuple[int, int]]
    said: list[float]

    @property
    def all_spans(self) -> list[tuple[int, int]]:
        """Every arriving and leaving, in minutes."""
        return [(code.start, code.end) for code in self.codes] + self.spans

    @property
    def all_days(self) -> list[float]:
        """Every number of days a week."""
        return [code.days for code in self.codes] + self.said

    @property
    def usable(self) -> bool:
        """Whether start, end and days are all named."""
        return bool(self.all_spans and self.all_days)

    @property
    def presences(self) -> list[float]:
        """Minutes a week of every code, and of every span with every number of days said."""
        days = self.said or ([] if self.codes else self.all_days)
        said = [(end - start) * day for start, end in self.all_spans for day in days]
        return [code.presence for code in self.codes] + said

    @property
    def code(self) -> str | None:
        """The codes as written, joined by a slash; one of our own for a single exact week."""
        if self.codes:
            return "/".join(dict.fromkeys(str(code) for code in self.codes))
        if len(set(self.spans)) > 1 or len(set(self.said)) > 1:
            return None
        code = codes.Code(*self.spans[0], self.said[0])
        return str(code) if codes.read(str(code)) == code else None

    def as_text(self, flags: tuple[str, ...]) -> Reading:
        """Keep the start, end or days that are named once and not taken back."""
        if TAKEN_BACK & set(flags):
            return Reading("text", flags=flags)
        start, end = self.spans[0] if len(set(self.spans)) == 1 else (None, None)
        days = self.said[0] if len(set(self.said)) == 1 else None
        return Reading("text", None, start, start, end, end, days, days, flags=flags)

    def widened(self, beside: "Week", flags: tuple[str, ...]) -> Reading:
        """Bounds of this week and of what holds now and then or for some."""
        both = Week(self.codes + beside.codes, self.spans + beside.spans, self.said + beside.said)
        starts, ends = zip(*both.all_spans, strict=True)
        days = both.all_days
        exact = len({*starts}) == len({*ends}) == len({*days}) == 1
        return Reading(
            "clean" if exact and set(flags) <= NEUTRAL else "heuristic",
            self.code,
            min(starts),
            max(starts),
            min(ends),
            max(ends),
            min(days),
            max(days),
            None if "at_most" in flags else round(min(both.presences)),
            None if OPEN_ABOVE & set(flags) else round(max(both.presences)),
            flags,
        )
