"""Every route of the desk against the seven roles, generated from the application's own routes."""

import re
from collections.abc import Callable

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Route
from starlette.testclient import TestClient

from app.moderation.door import check, declared, view
from app.moderation.powers import ROLES, VIEWS
from tests.people import Person
from tests.rules.test_routes import flat
from tests.staff.desk import signed_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Where nobody of the staff is known yet, or only that somebody is; app/staff has their tests.
BEFORE_THE_DOOR = {
    "/desk/sign-in",
    "/desk/sign-out",
    "/desk/set-up",
    "/desk/prove",
    "/desk/own",
    "/desk/own/password",
    "/desk/own/codes",
    "/desk/own/recovery",
}
Routes = list[tuple[str, str, str]]


def of_the_desk(app: FastAPI) -> list[Route]:
    """Every route under /desk that is not before its door."""
    routes = [route for route in flat(app.routes) if re.match(r"/desk(/|$)", route.path)]
    return [route for route in routes if route.path not in BEFORE_THE_DOOR]


def asked(app: FastAPI) -> Routes:
    """Each method and filled address, with the view that it declares."""
    return [
        (method, _filled(route.path), declared(route))
        for route in of_the_desk(app)
        for method in sorted(route.methods or ())
    ]


def _filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "0" * 32, path.replace("{kind}", "comment"))


def test_every_route_of_the_desk_declares_its_view(app: FastAPI) -> None:
    routes = of_the_desk(app)
    assert len(routes) > 15
    assert [route.path for route in routes if declared(route) not in VIEWS] == []


def test_every_route_refuses_every_lesser_role(
    app: FastAPI, browsers: Callable[..., TestClient]
) -> None:
    people = {role: signed_in(app, role, client=browsers()) for role in ROLES[2:]}
    people["reader"] = browsers()
    people["worker"] = Person(browsers()).open("/join").submit().client
    for method, path, name in asked(app):
        for role, client in people.items():
            answer = client.request(
                method, path, data={"version": "1"} if method == "POST" else None
            )
            seen = (method, path, role, answer.status_code)
            if role in VIEWS[name]:
                assert answer.status_code in {200, 303, 404, 409, 422}, seen
                assert "/desk/sign-in" not in answer.headers.get("location", ""), seen
            elif role in {"reader", "worker"} and method == "GET":
                assert answer.headers["location"].startswith("/desk/sign-in?next="), seen
            else:
                assert answer.status_code == 403, seen


def test_a_route_that_declares_nothing_or_nonsense_is_nobodys(app: FastAPI) -> None:
    planted = APIRouter(prefix="/desk/planted", dependencies=[Depends(check)])
    planted.add_api_route("/bare", lambda: {}, methods=["GET"])
    planted.add_api_route("/odd", lambda: {}, methods=["GET"], openapi_extra=view("everything"))
    planted.add_api_route("/fit", lambda: {}, methods=["GET"], openapi_extra=view("queue"))
    app.include_router(planted)
    senior = signed_in(app, "senior")
    found = [senior.get(f"/desk/planted/{name}").status_code for name in ("bare", "odd", "fit")]
    assert found == [403, 403, 200]
