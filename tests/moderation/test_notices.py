"""Anybody sends a notice, sees what is missing, and learns what became of it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient

from app.db import Database
from app.moderation import leases, legal, notice_pages, notices, pointing, settling
from app.moderation.deciding import decide
from app.moderation.desk import Refused
from app.moderation.models import AuditEntry, AuditOpening
from app.moderation.notice_models import Notice
from app.ops.migrating import migrate
from app.settings import Settings
from app.threads.models import Post
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.outside import CLAIM, SAID, noticed, post_at, published
from tests.people import Person

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
THREAD, POST = "ab" * 16, "cd" * 16
SITES = ("https://lamplight.test", "", "http://lamp.onion")


@pytest.mark.parametrize(
    ("address", "post", "position"),
    [
        (f"/threads/{THREAD}", None, 0),
        (f"https://lamplight.test/threads/{THREAD}?lang=zh#p7", None, 7),
        (f"http://lamp.onion/threads/{THREAD}/at/12", None, 12),
        (f" /threads/{THREAD}/{POST}/flag ", POST, 0),
        (f"/threads/{THREAD}.json", None, 0),
        (f"/threads/{THREAD}/mine", None, 0),
    ],
)
def test_an_address_names_an_item(address: str, post: str | None, position: int) -> None:
    named = pointing.read(address, SITES)
    assert named is not None
    assert (named.thread.hex(), named.position) == (THREAD, position)
    assert named.post == (bytes.fromhex(post) if post else None)


@pytest.mark.parametrize(
    "address",
    [
        *("", "/", "/threads/new", f"https://evil.test/threads/{THREAD}", f"/threads/{THREAD}/x"),
        *(f"javascript:/threads/{THREAD}", f"//evil.test/threads/{THREAD}", "http://[::1/threads"),
        f"/threads/{THREAD.upper()}",
    ],
)
def test_other_addresses_name_nothing(address: str) -> None:
    assert pointing.read(address, SITES) is None


@pytest.fixture
def reader(browsers: Callable[..., TestClient]) -> Person:
    """Give somebody who has no account."""
    return Person(browsers())


@SQLITE_FIRST
def test_a_notice_reaches_the_queue_the_log_and_its_sender(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
    settings: Settings,
) -> None:
    path = published(people(), database)
    code = noticed(reader, path, name="Ada", mail="ada@example.org")
    assert list(reader.client.cookies.jar) == []
    post = post_at(database, path)
    assert (post.state, post.why, post.severity, post.version) == ("flagged", "notice", 2, 1)
    assert post.waits_since == settings.today()
    with database.reading() as db:
        (line,) = db.scalars(select(AuditEntry)).all()
        told = (line.kind, line.action, line.reason, line.source, line.before, line.after)
        assert told == ("post", "notice", "person", "private", "published", "flagged")
        assert db.scalar(select(AuditOpening.item_id)) == post.id
        (notice,) = db.scalars(select(Notice)).all()
        (case,) = legal.shown(db, settings, post.id)
        # The desk needs no name to judge by the rules.
        assert (case.words, case.name, case.mail) == (SAID["words"], "", "")
        assert b"Ada" not in (notice.contact or b"")
        assert code.replace("-", "").encode() not in notice.receipt
    assert reader.open(path).status == 200  # still visible
    looked = reader.open("/notice/receipt").submit("/notice/receipt", code=f" {code.lower()} ")
    assert "waits for the desk" in looked.text
    with database.transaction() as db:
        settling.settle(db, post.id, "remove", "person", settings.today())
    looked = reader.open("/notice/receipt").submit("/notice/receipt", code=code)
    assert "It was taken out." in looked.text
    assert "Only the top executives" in looked.text
    assert "court" in looked.text
    with database.transaction() as db:
        notice = db.get_one(Notice, notice.id)
        assert notice.contact is None
        settling.reopen(db, post.id, settings.today())  # undone within ten seconds
        assert (notice.state, notice.outcome, notice.decided) == ("open", None, None)
        settling.settle(db, post.id, "approve", None, settings.today())
        lines = db.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        ends = [(line.action, line.source, line.outcome, line.days) for line in lines[1:]]
        assert ends == [
            ("settle", "private", "followed", "0"),
            ("reopen", "private", "followed", "0"),
            ("settle", "private", "declined", "0"),
        ]
        assert {(line.kind, line.reason) for line in lines} == {("post", "person")}


@ON_SQLITE
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
) -> None:
    path = published(people(), database)
    wrong = {"asks": "", "party": "king", "reason": "dislike", "words": "No.", "faith": ""}
    for typed, told in [
        (
            {**wrong, "item": "", "mail": "nobody"},
            {
                "item": "Give the address",
                **dict.fromkeys(("asks", "party", "reason"), "Choose one"),
                "words": "in a sentence",
                "mail": "no e-mail",
                "faith": "no notice",
            },
        ),
        ({"item": "https://evil.test/threads/1"}, {"item": "no address of a thread"}),
        ({"item": f"{path}#p9"}, {"item": "Nothing stands there"}),
        (
            {"item": path, "passage": "words that are not there", "reason": "legal_notice"},
            {"passage": "do not stand there", "place": "of which place"},
        ),
    ]:
        sent = {**SAID, "name": "Ada", **typed}
        reader.open("/notice").submit("/notice", **sent)
        assert reader.status == 422
        assert reader.errors.keys() == told.keys()
        assert [field for field in told if told[field] not in reader.errors[field]] == []
        kept = reader.form("/notice")[1]
        assert (kept["words"], kept["name"]) == (sent["words"], "Ada")
    reader.open("/notice").submit("/notice", **{**CLAIM, **SAID, "item": path, **LACKING})
    assert set(reader.errors) == {"passage", "name", "mail"}
    with database.reading() as db:
        assert db.scalars(select(Notice)).all() == []
        assert post_at(database, path).state == "published"


LACKING = {"party": "employer", "reason": "legal_order", "name": "", "mail": "", "passage": ""}


@SQLITE_FIRST
def test_sent_twice_it_is_one_notice_with_one_code(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
) -> None:
    path = published(people(), database)
    action, values = reader.open(f"/notice?item={path}").form("/notice")
    sent = {**values, **SAID}
    first, again = (reader.client.post(action, data=sent).text for _ in range(2))
    assert first == again
    with database.reading() as db:
        assert len(db.scalars(select(Notice)).all()) == 1
        assert len(db.scalars(select(AuditEntry)).all()) == 1


@ON_SQLITE
def test_what_was_judged_is_judged_again_for_the_law_alone(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
    settings: Settings,
) -> None:
    path = published(people(), database, judged=True)
    code = noticed(reader, path)
    assert "had looked at the same words before" in reader.text
    assert post_at(database, path).state == "published"
    noticed(reader, path, reason="legal_notice", place="EU")
    post = post_at(database, path)
    assert (post.state, post.why) == ("flagged", "notice")
    with database.transaction() as db:
        found = notices.find(db, notice_code(code))
        assert found is not None
        assert (found.state, found.sealed, found.contact) == ("closed", None, None)


def notice_code(spelled: str) -> bytes:
    """Read a code as the receipt page does."""
    code = notice_pages._read(spelled)
    assert code is not None
    return code


@ON_SQLITE
def test_another_person_looks_once_more_when_the_sender_contests(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
    settings: Settings,
) -> None:
    path, now = published(people(), database), settings.now()
    code = noticed(reader, path)
    with database.transaction() as db:
        ines, tomas = desks.staff(db, "ines"), desks.staff(db, "tomas")
        post = db.get_one(Post, post_at(database, path).id)
        leases.claim(db, ines, "post", post.id, post.version, now)
        decide(db, settings, ines, "post", post.id, post.version, desks.APPROVE, now)
    reader.open("/notice/receipt").submit("/notice/receipt", code=code)
    assert "found nothing against the rules" in reader.text
    reader.submit("/notice/receipt/contest", again="No.")
    assert set(reader.errors) == {"again"}
    reader.submit("/notice/receipt/contest", again="She was named in the second line, twice.")
    assert "Somebody else looks at it again." in reader.text
    post = post_at(database, path)
    assert (post.state, post.why, post.version) == ("flagged", "contested", 2)
    with database.transaction() as db:
        (case,) = legal.shown(db, settings, post.id)
        assert "second line" in case.words
        with pytest.raises(Refused, match="earlier_decider"):
            leases.claim(db, ines, "post", post.id, 2, now)
        leases.claim(db, tomas, "post", post.id, 2, now)
        decide(db, settings, tomas, "post", post.id, 2, desks.APPROVE, now)
    reader.open("/notice/receipt").submit("/notice/receipt", code=code)
    assert "/notice/receipt/contest" not in reader.html
    again = reader.post("/notice/receipt/contest", code=code, again="x" * 30)
    assert again.status == 200
    assert post_at(database, path).state == "published"


@ON_SQLITE
def test_a_wrong_code_tells_nothing(reader: Person) -> None:
    for code in ("", "AAAA", "A" * 26, "é" * 26, "x" * 3000):
        reader.open("/notice/receipt").submit("/notice/receipt", code=code)
        assert reader.status == 422
        assert set(reader.errors) == {"code"}


def test_the_migration_goes_down_and_up_with_notices(database_url: str) -> None:
    database = Database(database_url)
    row = {"id": bytes(16), "receipt": bytes(32), "item": bytes(16)}
    fill = text(
        "INSERT INTO notice (id, receipt, kind, item_id, party, reason, state, day, number, "
        "contested) VALUES (:id, :receipt, 'post', :item, 'private', 'spam', 'open', '2026-11-18', "
        "1, false)"
    )
    case = text("INSERT INTO legal_case (notice_id, place, version) VALUES (:id, 'EU', 1)")
    with database.engine.begin() as connection:
        connection.execute(fill, row)
        connection.execute(case, row)
    migrate(database, "0014")
    migrate(database)
    with database.engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM notice")).scalar() == 0
        connection.execute(fill, row)
    database.close()
