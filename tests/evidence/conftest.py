"""A page with nothing but the image part of a form, as the pages of threads have it."""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from app.db import random_id
from app.evidence import attaching, offering
from app.evidence.uploads import BODY_BYTES, Uploaded
from app.threads.models import Post, Thread
from app.web.forms import Form, Posted
from app.web.templates import environment

IMAGE = "/letterbox/image"
router = APIRouter(prefix="/letterbox")


@router.post("/image", max_body_size=BODY_BYTES)
def image(request: Request, upload: Uploaded) -> Response:
    offering.handle(request, upload)
    return _sheet(request, upload.form)


@router.post("")
def post(request: Request, form: Posted) -> Response:
    draft = offering.offered(request, form)
    if draft is None or not form.ok:
        return _sheet(request, form)
    attached = offering.keep(request, draft, bytes.fromhex(form.get("id")))
    with request.app.state.database.transaction() as db:
        attaching.attach(db, post_row(db), attached)
    return JSONResponse({"path": attached.path, "alternative": attached.alternative}, 201)


def _sheet(request: Request, form: Form) -> Response:
    html = (
        environment("en")
        .get_template("evidence/_image.html")
        .render(form=form, image_action=IMAGE, **offering.shown(request, form))
    )
    return Response(html, 200 if form.ok else 422, media_type="text/html")


def post_row(db: Session) -> bytes:
    """Put an empty first post into the database and return its id."""
    made = random_id()
    db.add(Thread(id=made, title="x", posts=1, comments=0, votes=0, heat=0.0, listed=True))
    db.flush()
    db.add(
        Post(
            id=made,
            thread_id=made,
            position=0,
            slot=random_id(),
            edited=False,
            votes=0,
            state="published",
        )
    )
    db.flush()
    return made


@dataclass
class Writer:
    """Somebody at the letterbox: keeps what the last page showed."""

    client: TestClient
    status: int = 0
    html: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def send(
        self, do: str = "", data: bytes | None = None, name: str = "a.png", **typed: Any
    ) -> "Writer":
        """Press a button of the image part."""
        files = {"file": (name, data)} if data is not None else {"file": ("", b"")}
        values = {**self.fields, **typed, **({"image_do": do} if do else {})}
        return self._look(self.client.post(IMAGE, data=values, files=files))

    def post(self, **typed: str) -> "Writer":
        """Press the button that posts."""
        return self._look(self.client.post("/letterbox", data={**self.fields, **typed}))

    @property
    def draft(self) -> str:
        """The address of the picture that waits."""
        found = re.search(r'src="(/evidence/drafts/[0-9a-f]{32}\.webp)"', self.html)
        return found[1] if found else ""

    @property
    def errors(self) -> list[str]:
        return re.findall(r'class="err" id="([^"]+)-e"', self.html)

    def _look(self, answer: Any) -> "Writer":
        self.status, self.html = answer.status_code, answer.text
        found = re.search(r'name="image" value="([0-9a-f]+)"', self.html)
        self.fields = {"image": found[1]} if found else {}
        return self


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give one kind of database: the room asks it for rows by their keys and no more."""
    path = tmp_path / "lamplight.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def letterbox(app: FastAPI) -> FastAPI:
    app.include_router(router)
    return app


@pytest.fixture
def writer(letterbox: FastAPI, client: TestClient) -> Writer:
    return Writer(client)
