"""The issuer knows nobody again: no cookie in, no cookie out, and no address in any file."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.db import Database
from app.settings import Settings
from tests.issuing.conftest import MERIDIAN
from tests.issuing.wallets import Wallet
from tests.people import Person
from tests.rules.test_routes import flat
from tests.servers import Mailroom

NAME = "gabriela.canary"
ADDRESS = f"{NAME}@meridian.test"


def test_no_cookie_is_taken_and_none_is_given(
    issuer: FastAPI, visitors: Callable[..., TestClient], post: Mailroom
) -> None:
    client = visitors()
    paths = [route.path for route in flat(issuer.routes)]
    assert len(paths) > 4
    for path in [*paths, "/static/lamplight.css", "/nothing"]:
        for method in ("GET", "POST"):
            answer = client.request(method, path, headers={"cookie": "theirs=1"})
            assert (answer.status_code, "sent a cookie" in answer.text) == (400, True), path
            bare = client.request(method, path)
            assert "set-cookie" not in bare.headers
            assert "sent a cookie" not in bare.text
    assert "无痕窗口" in visitors("zh").get("/issuer", headers={"cookie": "a=b"}).text
    assert post.received == []


def test_only_its_own_host_name_is_answered(visitors: Callable[..., TestClient]) -> None:
    assert visitors().get("/issuer", headers={"host": "lamplight.test"}).status_code == 400


def test_it_leads_to_the_counter_and_answers_probes(visitors: Callable[..., TestClient]) -> None:
    client = visitors()
    assert client.get("/?lang=zh").headers["location"] == "/issuer?lang=zh"
    assert client.get("/issuer/health").json() == {"status": "ok"}
    assert client.head("/issuer").status_code == 200
    missing = client.get("/employers")
    assert missing.status_code == 404
    assert "All employers" not in missing.text


def test_the_address_is_in_no_file_no_log_and_one_line_of_one_mail(
    worker: Person,
    books: Database,
    settings: Settings,
    post: Mailroom,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    worker.open("/issuer").submit(address=f"{NAME}@nowhere.test")
    settings.smtp_url = "smtp://127.0.0.1:1"
    worker.submit(address=ADDRESS)
    settings.smtp_url = post.url
    worker.submit(address=ADDRESS)
    mine = Wallet(worker.client.get("/issuer/keys.json").content, MERIDIAN.id)
    worker.submit(code="000000", blinded="x")
    worker.submit(code=post.received[0].code, blinded=mine.lines)
    assert worker.status == 200
    assert NAME not in worker.html
    [mail] = post.received
    assert mail.raw.count(NAME.encode()) == 1
    assert re.search(rb"(?m)^To: " + ADDRESS.encode() + rb"\r?$", mail.raw)
    logged = [record.getMessage() for record in caplog.records]
    said = "".join(capfd.readouterr()) + "\n".join(logged)
    places = {"output": said.encode()}
    places |= {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with books.engine.connect() as connection:
        for table in ("issued", "signing_key", "signing_quarter", "known_domain", "chain_entry"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 (our names)
            places[table] = repr(
                [[bytes(v) if isinstance(v, memoryview) else v for v in r] for r in rows]
            ).encode()
    assert b"meridian.test" in places["known_domain"], "the sweep must be able to find a name"
    if settings.issuer_database_url.startswith("sqlite"):
        assert any(b"meridian.test" in raw for path, raw in places.items() if "issuer.db" in path)
    secrets = [NAME.encode(), mail.code.encode()]
    found = [(path, secret) for path, raw in places.items() for secret in secrets if secret in raw]
    assert found == []
