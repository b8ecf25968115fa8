"""What becomes of an item whose words change: by what made it wait, and whether somebody looks."""

from datetime import UTC, datetime, timedelta

import pytest

from app.threads.models import Post
from app.triage.changing import weighed_again
from app.triage.weighing import Weighed

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
NOTHING = Weighed("published")
NAME = Weighed("pending", 2, "name")
PHONE = Weighed("held", 1, "phone")
ON, OVER = 1, -1  # seconds that a lease has left
OUT = ("held", 4, {"changed"})


@pytest.mark.parametrize(
    ("state", "why", "severity", "lease", "found", "after"),
    [
        # Nobody looks: what the words before made wait is over, what others asked for is not.
        ("pending", "name", 2, None, NOTHING, ("published", None, set())),
        ("pending", "looked_at_first,name", 2, OVER, NOTHING, ("pending", 4, {"looked_at_first"})),
        ("published", None, None, OVER, NOTHING, ("published", None, set())),
        ("published", None, None, OVER, PHONE, ("held", 1, {"phone"})),
        ("flagged", "flags", 3, 0, NOTHING, ("pending", 3, {"flags"})),
        ("flagged", "contested", 2, None, NAME, ("pending", 2, {"contested", "name"})),
        ("flagged", "legal", 2, None, NOTHING, ("pending", 2, {"legal"})),
        # It was hidden and came back: nobody has decided on it.
        ("pending", "contact", 1, None, NOTHING, ("pending", 1, {"contact"})),
        ("returned", "person", None, None, NOTHING, OUT),
        ("held", "changed", 4, None, NOTHING, OUT),
        # Somebody looks: nobody outruns what they decide.
        ("published", None, None, ON, NOTHING, OUT),
        ("pending", "name", 2, ON, NOTHING, ("held", 2, {"changed", "name"})),
        ("pending", "name", 3, ON, NAME, ("held", 2, {"changed", "name"})),
        ("flagged", "flags,legal", 3, ON, NOTHING, ("held", 3, {"changed", "flags", "legal"})),
        ("flagged", "handed_over", 2, ON, PHONE, ("held", 1, {"changed", "handed_over", "phone"})),
        ("pending", "contact", 1, ON, NOTHING, ("held", 1, {"changed", "contact"})),
        ("held", "phone", 1, ON, NOTHING, ("held", 1, {"changed", "phone"})),
        ("held", "phone", 1, OVER, NOTHING, ("published", None, set())),
        # The first of two persons has agreed to something, which the edit makes void.
        ("published", "proposed", None, None, NOTHING, OUT),
        ("flagged", "flags,proposed", 3, None, NAME, ("held", 2, {"changed", "flags", "name"})),
        # What comes back on its day, or on a day that its writer chose.
        ("hidden", "contact", 1, ON, NOTHING, ("pending", 1, {"contact"})),
        ("delayed", None, None, ON, NAME, ("pending", 2, {"name"})),
    ],
)
@pytest.mark.parametrize("judged", [False, True])
def test_what_an_edit_leads_to(
    state: str,
    why: str | None,
    severity: int | None,
    lease: int | None,
    found: Weighed,
    after: tuple[str, int | None, set[str]],
    judged: bool,
) -> None:
    post = Post(state=state, why=why, severity=severity, judged=judged)
    for zone in (UTC, None):  # PostgreSQL gives times with their zone, and SQLite without
        until = None if lease is None else NOW + timedelta(seconds=lease)
        post.lease_until = until and until.replace(tzinfo=zone)
        again = weighed_again(post, found, NOW)
        assert (again.state, again.severity, set((again.why or "").split(",")) - {""}) == after
