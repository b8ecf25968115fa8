"""Writers wait in a short queue: whoever finds it full is told so, and readers never wait."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from queue import SimpleQueue

import pytest
from starlette.testclient import TestClient

from app.db import MOST_WAITING, WRITERS, Database
from app.main import Site
from tests.people import Person

POSTS = 45
SECONDS = 15.0


@pytest.fixture
def person(app: Site) -> Iterator[Person]:
    with TestClient(
        app,
        base_url="https://lamplight.test",
        headers={"accept-language": "en", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    ) as client:
        yield Person(client)


def test_behind_a_long_write_some_wait_the_rest_is_refused_and_all_may_read(
    person: Person, database: Database
) -> None:
    action, values = person.open("/employers/new").form()
    answers: SimpleQueue[tuple[int, str | None]] = SimpleQueue()

    def post(number: int) -> None:
        answer = person.client.post(action, data={**values, "name": "Lamp Huo"})
        answers.put((answer.status_code, answer.headers.get("retry-after")))

    threads = [threading.Thread(target=post, args=(n,)) for n in range(POSTS)]
    with ExitStack() as writing:
        for _ in range(WRITERS[database.engine.dialect.name]):
            writing.enter_context(database.transaction())
        for thread in threads:
            thread.start()
        refused = [answers.get(timeout=SECONDS) for _ in range(POSTS - MOST_WAITING)]
        # Those that may wait are still waiting, and a page that nobody has kept is made beside.
        assert answers.empty()
        assert person.client.get("/employers/new?name=Lamp").status_code == 200
        assert person.client.get("/employers").status_code == 200
        assert answers.empty()
    for thread in threads:
        thread.join()
    assert set(refused) == {(503, "5")}
    done = [answers.get_nowait() for _ in range(MOST_WAITING)]
    assert Counter(status for status, _ in done) == {303: MOST_WAITING}


def test_a_writer_that_fails_makes_room_for_the_next(database: Database) -> None:
    for _ in range(2 * WRITERS[database.engine.dialect.name]):
        with pytest.raises(ZeroDivisionError), database.transaction():
            raise ZeroDivisionError
    with database.transaction() as db:
        assert db.is_active


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_waits_longest_is_next(database: Database) -> None:
    order: SimpleQueue[int] = SimpleQueue()
    lane = database._lane

    def write(number: int) -> None:
        with database.transaction():
            order.put(number)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    with database.transaction():
        for waiting, thread in enumerate(threads, start=1):
            thread.start()
            while len(lane._waiting) < waiting:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert [order.get() for _ in threads] == list(range(6))
    assert lane._free == 1
