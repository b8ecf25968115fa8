"""What is somebody's own in a thread comes apart from the page that everybody gets."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from tests.people import Person
from tests.threads.talk import POLL, at, opened, replied

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HTMX = {"hx-request": "true"}


def test_the_page_is_the_same_for_everybody_and_the_slot_is_not(
    people: Callable[..., Person],
) -> None:
    ana, bo = people(), people()
    path = opened(ana, **POLL)
    comment = replied(bo, at(path), "Here too.")
    ana.post(f"{comment}/vote", vote="give")
    ana.post(f"{path}/poll", choice="0")

    public = ana.client.get(path)
    assert public.text == bo.client.get(path).text
    assert "/edit" not in public.text

    slot = ana.client.get(f"{path}/mine", headers=HTMX)
    assert slot.headers["cache-control"] == "no-store"
    for id_ in ("mine", "own0", "v1"):
        assert f'id="{id_}" ' in slot.text or f'id="{id_}"' in slot.text, id_
    assert f"{at(path)}/edit" in slot.text
    assert f"{comment}/edit" not in slot.text
    assert 'hx-target="#poll"' in slot.text

    whole = bo.open(f"{path}/mine")
    assert "Here too." in whole.text
    assert f"{comment}/withdraw" in whole.html
    assert f"{at(path)}/withdraw" not in whole.html


def test_without_a_cookie_nothing_is_read(
    app: FastAPI, person: Person, people: Callable[..., Person]
) -> None:
    path = opened(person)
    stranger = people()
    stranger.client.cookies.clear()
    asked: list[str] = []
    stranger.open(f"{path}/mine")  # the editions, which every page looks at
    engine = app.state.database.engine
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    slot = stranger.client.get(f"{path}/mine", headers=HTMX)
    assert ("/sign-in?next=" in slot.text, "/join" in slot.text) == (True, True)
    assert [each for each in asked if "post" in each or "account" in each] == []
    assert stranger.open("/threads/x/mine").status == 404
