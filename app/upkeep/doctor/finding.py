"""One thing looked at: what it is when it is well, and what to do when it is not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`what` in plain words; `todo` says what to do, and is empty where all is well."""

    what: str
    todo: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing is to be done."""
        return not self.todo


def judge(well: bool, what: str, todo: str) -> Finding:
    """Make a finding: `todo` counts only where it is not well."""
    return Finding(what, "" if well else todo)
