"""A crowd at once, in the long run of two hundred: one report, one account."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.db import Database
from app.employers.models import Employer
from app.hours.models import HourReport
from app.members.models import Account
from app.settings import Settings
from app.web import tokens
from tests.hours.conftest import FORM, WEEK
from tests.people import Person

Reports = Callable[[], list[HourReport]]


@pytest.mark.parametrize(
    ("database_url", "crowd"),
    [
        ("sqlite", 60),
        pytest.param("sqlite", 200, marks=pytest.mark.deep),
        pytest.param("postgres", 200, marks=pytest.mark.deep),
    ],
    indirect=["database_url"],
)
def test_parallel_submits_by_one_account_are_one_report(
    person: Person,
    app: FastAPI,
    reports: Reports,
    settings: Settings,
    employer: Employer,
    crowd: int,
) -> None:
    _, usual = person.open(FORM).form()
    person.open("/join").submit()

    def typed(n: int) -> dict[str, str]:
        token = tokens.new_token(settings, settings.now(), f"report {employer.id.hex()}")
        return {**usual, **WEEK, "rest_days": str(n % 20), "token": token}

    async def submit_all() -> list[int]:
        async with AsyncClient(
            transport=ASGITransport(app),
            base_url=settings.base_url,
            headers={"sec-fetch-site": "same-origin"},
            cookies=dict(person.client.cookies),
        ) as client:

            async def submit(n: int) -> int:
                # A crowd may be asked to come again a little later, and it does.
                while (answer := await client.post(FORM, data=typed(n))).status_code == 503:
                    assert answer.headers["retry-after"]
                return answer.status_code

            return await asyncio.gather(*(submit(n) for n in range(crowd)))

    answers = asyncio.run(submit_all())
    assert len(reports()) == 1
    assert (answers.count(200), answers.count(409)) == (1, crowd - 1)


def test_the_same_first_form_from_everywhere_is_one_account_and_one_report(
    person: Person, browsers: Callable[..., TestClient], reports: Reports, database: Database
) -> None:
    address, usual = person.open(FORM).form()
    clients = [browsers() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda c: c.post(address, data={**usual, **WEEK}), clients))

    assert {answer.status_code for answer in answers} == {200}
    words = {Person(clients[0])._look(answer).words for answer in answers}
    assert len(words) == 1
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Account)) == 1
    assert len(reports()) == 1


def test_one_account_files_for_both_quarters_at_once(
    person: Person, browsers: Callable[..., TestClient], reports: Reports
) -> None:
    person.open(FORM)
    person.open("/join").submit()
    _, usual = person.open(FORM).form()
    clients = [browsers() for _ in range(2)]
    for client in clients:
        client.cookies.update(person.client.cookies)

    def submit(n: int) -> int:
        sent = {**usual, **WEEK, "quarter": f"2026Q{3 + n}"}
        return clients[n].post(FORM, data=sent).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(submit, range(2))) == [200, 200]
    assert len({report.mine for report in reports()}) == 2
