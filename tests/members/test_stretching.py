"""The queue in front of argon2id."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.members import keys, stretching
from app.settings import Settings
from app.web.refusals import Refusal


def test_few_run_some_wait_the_rest_are_sent_away() -> None:
    turnstile = stretching.Turnstile(running=2, waiting=3)
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
    turnstile = stretching.Turnstile(running=1, waiting=0)
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
