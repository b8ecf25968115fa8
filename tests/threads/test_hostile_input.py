"""Every field of the forms of the conversation with what nobody should type."""

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.threads.models import Post
from tests.people import Person
from tests.threads.talk import NEW, POLL, SAID, at, opened

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NAUGHTY: list[str | bytes] = [
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "\u202e\u200b\ufeff",
    '<script>alert(1)</script>" onfocus="alert(1)" x="',
    "{{7*7}} %(typed)s %s {0} {% raw %}",
    "'; DROP TABLE post; --",
    "13812345678 li.wei@example.com 11010519491231002X",
    "[" * 3_000 + "](javascript:alert(1))" + ">" * 3_000,
    "a" * 10_001,
]
FIELDS = (
    *(*SAID, *POLL, "choice2", "employer", "token", "later", "closes", "results", "badge"),
    *("remove", "anyway", "image", "alternative", "file", "left1", "image_do"),
)


def test_no_value_breaks_a_form_or_gets_out_of_its_field(
    person: Person, database: Database
) -> None:
    path = opened(person)
    forms = (NEW, f"{at(path)}/reply", f"{at(path)}/edit")
    usual = {address: person.open(address).form(address)[1] for address in forms}
    for address in (*forms, f"{NEW}/image", f"{at(path)}/reply/image", f"{NEW}/check"):
        kept = {**usual.get(address, usual[NEW]), **SAID}
        some = NAUGHTY if address in forms else NAUGHTY[3:6]
        sent = [({**kept, **dict.fromkeys(FIELDS, value)}, value) for value in some]
        if address == NEW:
            sent += [({**kept, field: [NAUGHTY[4], "twice"]}, field) for field in FIELDS]
        for data, what in sent:
            answer = person.client.post(address, data=data)
            assert answer.status_code < 500, (address, what)
            assert "<script>alert" not in answer.text, (address, what)
            assert 'onfocus="alert' not in answer.text, (address, what)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Post)) == 1
