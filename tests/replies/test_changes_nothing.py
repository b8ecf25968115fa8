"""Whatever an employer's people do, and whatever its status: nothing else changes."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Base, Database
from app.employers import domains
from app.employers.models import Employer
from app.figures import reading as figures
from app.figures.models import Ranking
from app.moderation import appointing, queue
from app.replies import applying, showing, writing
from app.replies.models import Representative
from app.replies.writing import Hand, TakenAlready
from app.settings import Settings
from app.staff.models import Staff
from app.threads import listing
from app.threads import reading as talk
from app.threads.models import Thread
from tests import factories
from tests.moderation import desks
from tests.threads.accounts import LEAST, NOW, TODAY, Writer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAMES = ("Acme", "Birch", "Cedar")
# What an employer's people write: their own rows, their account, the lines that say so; and the
# number that tells caches that a page shows another reply.
THEIRS = {"representative", "reply", "staff", "audit_entry", "audit_head", "audit_opening"}
CACHES = {"scoped_edition"}
ASKING = ("apply", "prove", "know", "admit", "hire", "leave")
ANSWERING = ("answer", "edit", "withdraw")
ACTS = st.lists(
    st.tuples(
        st.sampled_from((*ASKING, *ANSWERING, "status")),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=16,
)


@pytest.fixture
def world(database_url: str) -> Iterator[Database]:
    """Three ranked employers that are talked about, and posts about them that wait."""
    with closing(Database(database_url)) as store:
        with store.transaction() as db:
            desks.staff(db, "ines")
            desks.staff(db, "speaker", "representative")
            for number, name in enumerate(NAMES):
                employer = factories.employer(db, name)
                domains.add(db, employer, f"{name.lower()}.test")
                _rank(db, employer, 40.0 + number)
                post = desks.waiting(db, f"{name} was dark again.", employer=employer)
                desks.waiting(db, "So were we.", to=post, severity=1 + number)
                for _ in range(number):
                    Writer().vote(db, post.id)
        yield store


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_no_order_no_visibility_and_no_row_of_anything_else(
    world: Database, settings: Settings, acts: list[tuple[str, int, int]]
) -> None:
    with _undone(world) as db:
        before, rows = _seen(db), _rows(db)
        for act, one, other in acts:
            _do(db, settings, act, one, other)
        assert _rows(db) == rows
        assert _seen(db) == before
        # An unconfirmed employer shows no figures of its own; those that do keep their order.
        ranked = [row.employer.name for row in figures.ranking(db, "self_reported").rows]
        shown = db.scalars(select(Employer.name).where(Employer.status == "confirmed"))
        assert ranked == sorted(shown, reverse=True)


@contextmanager
def _undone(world: Database) -> Iterator[Session]:
    """Give a session whose work is taken back."""
    with Session(world.engine) as db:
        yield db
        db.rollback()


def _do(db: Session, settings: Settings, act: str, one: int, other: int) -> None:
    employer = db.scalars(select(Employer).where(Employer.name == NAMES[one % 3])).one()
    people = db.scalars(select(Representative).order_by(Representative.name)).all()
    if act == "status":
        employer.status = ("confirmed", "unconfirmed")[other % 2]
    elif act == "apply":
        address = f"p{len(people)}@{employer.name.lower()}.test"
        applying.apply(db, settings, employer, f"p{len(people)}", address)
    elif act in ANSWERING:
        _answer(db, act, employer, other)
    elif people:
        _step(db, settings, act, people[one % len(people)], people[other % len(people)])
    db.flush()


def _answer(db: Session, act: str, employer: Employer, which: int) -> None:
    """Answer on the page or in a thread, whatever stands there; change or withdraw it."""
    staff = db.scalars(select(Staff).where(Staff.name == "speaker")).one()
    hand = Hand(employer, staff.id)
    about = db.scalars(select(Thread.id).where(Thread.employer_id == employer.id)).all()
    thread = [None, *about][which % (1 + len(about))]
    standing = [each for each in showing.of(db, [employer.id]) if each.thread_id == thread]
    if act == "answer":
        with suppress(TakenAlready):
            writing.write(db, hand, thread, f"We answer {which}. Call 138 1234 5678.", TODAY)
    for reply in standing:
        if act == "edit":
            writing.edit(db, reply.id, hand, f"We answer {which}, calmly.", NOW)
        elif act == "withdraw":
            writing.withdraw(db, reply.id, employer, NOW)


def _step(
    db: Session, settings: Settings, act: str, one: Representative, other: Representative
) -> None:
    if act == "prove" and one.proof is None and (code := applying.next_code(settings, one)):
        applying.note_record(db, one.id)
        applying.note_mail(db, one)
        db.refresh(one)
        assert applying.prove_mailbox(db, settings, one, code) == "proven"
    elif act == "know":
        applying.confirm_each_other(db, one, other)
    elif act == "admit":
        applying.confirm(db, one, other.id)
    elif act == "hire" and one.admitted and one.staff_id is None:
        hand, name = appointing.Hand(db, settings), f"{one.name}-{one.id.hex()[:8]}"
        one.staff_id = hand.make(name, "representative", one.employer_id)[0].id
    elif act == "leave" and one.staff_id is None:
        db.delete(one)


def _seen(db: Session) -> list[Any]:
    """What readers and the desk see, in the order in which they do."""
    ines = desks.Desk(b"i" * 16, "moderator")
    lists = [[row.id for row in listing.threads(db, "en", sort).rows] for sort in listing.SORTS]
    threads = sorted(db.scalars(select(Thread.id)))
    read = [talk.thread(db, each, "en", today=TODAY, least=LEAST) for each in threads]
    posts = [
        each and (_headed(each.head), each.first, each.order, each.tree, each.posts)
        for each in read
    ]
    ours = [each for each in queue.waiting(db, ines, NOW).items if each.kind != "reply"]
    heats = sorted((each.id, each.heat, each.listed) for each in db.scalars(select(Thread)))
    return [*lists, posts, ours, heats]


def _headed(head: talk.Head) -> talk.Head:
    """What stands above a thread, but that an unconfirmed employer's figures are not shown."""
    return replace(head, confirmed=True)


def _rows(db: Session) -> dict[str, list[Any]]:
    """Every row of every table that is not theirs; of employers all but the status."""
    found = {}
    for name, table in Base.metadata.tables.items():
        if name not in THEIRS | CACHES:
            columns = [column for column in table.columns if str(column) != "employer.status"]
            found[name] = sorted(map(repr, db.execute(select(*columns))))
    return found


def _rank(db: Session, employer: Employer, hours: float) -> None:
    shown = {"hours": hours, "low": hours - 1, "high": hours + 1, "overtime": None, "about": 50}
    row = {**shown, "codes": "", "numbers": {"about": 50}}
    db.add(Ranking(stratum="self_reported", employer_id=employer.id, **row))
    db.flush()
