"""The frame of the desk's pages: what its bar leads to, and whose pages these are."""

from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from app.moderation.powers import VIEWS
from app.staff.current import Current
from app.web.languages import N_
from app.web.templates import page

# View, address, what it is called; shown to whoever has the view, in this order.
BAR: Final = (
    ("queue", "/desk", N_("Queue")),
    ("appeals", "/desk/appeals", N_("Appeals")),
    ("proposals", "/desk/proposals", N_("Proposals")),
    ("cohorts", "/desk/cohorts", N_("Held figures")),
    ("directory", "/desk/directory", N_("Directory")),
    ("samples", "/desk/sample", N_("Sample")),
    ("log", "/desk/log", N_("Log")),
    ("staff", "/desk/staff", N_("Staff")),
    ("own", "/desk/help", N_("Help")),
    ("own", "/desk/own", N_("Your account")),
)


def sheet(
    request: Request, who: Current, name: str, *, status: int = 200, **context: Any
) -> Response:
    """Render a page of the desk for somebody who came through its door."""
    bar = [(path, text) for view, path, text in BAR if who.role in VIEWS[view]]
    return page(request, name, status=status, who=who, bar=bar, **context)
