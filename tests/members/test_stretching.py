"""The queue in front of argon2id, and what it costs in a real application."""

import hmac
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from starlette.testclient import TestClient

from app.main import create_app
from app.members import keys, phrase, stretching
from app.members.models import Account
from app.settings import Settings
from app.web.refusals import Refusal
from app.web.turnstile import Turnstile
from tests.people import Person


def test_few_run_some_wait_the_rest_are_sent_away() -> None:
    turnstile = Turnstile(running=2, waiting=3)
    leave, inside, lock = threading.Event(), [], threading.Lock()
    most = 0

    def stretch(_: int) -> int | None:
        nonlocal most
        try:
            with turnstile.turn():
                with lock:
                    inside.append(1)
                    most = max(most, len(inside))
                leave.wait(10)
                with lock:
                    inside.pop()
                return 0
        except Refusal as refusal:
            refused.release()
            return refusal.retry_after

    refused = threading.Semaphore(0)
    with ThreadPoolExecutor(9) as pool:
        answers = [pool.submit(stretch, n) for n in range(9)]
        for _ in range(4):  # 9 asked, 2 run and 3 wait, so 4 are sent away before any is done
            assert refused.acquire(timeout=10)
        leave.set()
    assert sorted(answer.result() for answer in answers) == [0] * 5 + [2] * 4
    assert most == 2
    with turnstile.turn():
        pass


def test_a_place_is_given_back_after_a_failure() -> None:
    turnstile = Turnstile(running=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turnstile.turn():
            _ = 1 / 0
    with turnstile.turn(), pytest.raises(Refusal), turnstile.turn():
        pass


def test_each_site_has_its_own_rows() -> None:
    entropy = bytes(16)
    rows = {stretching.open_phrase(Settings(secret_key=s), entropy).row for s in ("a", "b", "a")}
    assert len(rows) == 2
    settings = Settings(secret_key="a")
    site = keys.Site(settings.key("phrase salt", 16), settings.key("lookup pepper", 32))
    assert keys.open_phrase(site, entropy).row in rows


def test_an_account_is_stretched_at_full_cost(settings: Settings) -> None:
    """Against OpenSSL's argon2id, in an application whose cost no fixture lowered."""
    app = create_app(settings)
    person = Person(TestClient(app, base_url=settings.base_url))
    person.client.headers["sec-fetch-site"] = "same-origin"
    entropy = phrase.read(person.open("/join").submit().words)
    derived = Argon2id(
        salt=settings.key("phrase salt", 16), length=32, iterations=2, lanes=1, memory_cost=19_456
    ).derive(entropy)
    extracted = hmac.digest(bytes(32), derived, "sha256")
    lookup = hmac.digest(extracted, b"lamplight account lookup\x01", "sha256")
    row = hmac.digest(settings.key("lookup pepper"), lookup, "sha256")
    with app.state.database.reading() as db:
        assert db.get(Account, row) is not None
    app.state.database.close()
