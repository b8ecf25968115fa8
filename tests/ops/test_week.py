"""`lamplight week`: the arithmetic of one week as JSON."""

import json

import pytest
import typer
from typer.testing import CliRunner, Result

from app.ops.week import week


def run(*words: str) -> Result:
    app = typer.Typer()
    app.command()(week)
    return CliRunner().invoke(app, list(words))


def test_996_in_china() -> None:
    said = json.loads(run("09:00", "21:00", "--days", "6").stdout)

    assert (said["presence"], said["working"]) == (4320, 3600)
    assert (said["overtime_week"], said["overtime_month"]) == (1200, 5217.86)
    assert (said["code"], said["over_cap"], said["times_cap"]) == ("996", True, 2.42)
    assert said["assumed"] == ["lunch", "dinner"]


def test_alternate_weeks_with_stated_breaks_elsewhere() -> None:
    words = ("10:00", "22:00", "--days", "5.5", "--lunch", "60", "--dinner", "30", "--place", "kr")
    said = json.loads(run(*words).stdout)

    assert (said["presence"], said["working"], said["codes"]) == (3960, 3465, ["10105", "10106"])
    assert (said["line"], said["over_cap_by"], said["assumed"]) == (3120, 345, [])


def test_a_place_without_a_standard_week() -> None:
    said = json.loads(run("09:00", "18:00", "--days", "5", "--place", "GB").stdout)

    assert said["overtime_week"] is said["over_cap"] is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("25:00", "21:00", "--days", "6"), "START: '25:00' is not a time of day"),
        (("09:00", "nine", "--days", "6"), "END: 'nine' is not a time of day"),
        (("09:00", "21:00", "--days", "3"), "days: Choose between 4 and 7 days"),
        (("09:00", "21:00", "--days", "nan"), "days: Choose between 4 and 7 days"),
        (("09:00", "21:00", "--days", "5", "--lunch", "-5"), "lunch: Give the minutes"),
        (("09:00", "10:00", "--days", "5", "--lunch", "60"), "lunch: The breaks are as long"),
        (("09:00", "21:00", "--days", "5", "--place", "XX"), "place: no limits are known"),
    ],
)
def test_a_failure_is_one_clear_line(words: tuple[str, ...], why: str) -> None:
    result = run(*words)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"lamplight: {why}")
    assert result.stderr.count("\n") == 1
