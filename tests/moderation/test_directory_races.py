"""Merging under races, and the figures of what is merged and parted."""

import threading

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.employers.models import Employer
from app.figures import reading
from app.hours import release
from app.moderation import directory
from app.moderation.desk import Beaten, Desk, NotThere
from app.moderation.models import AuditEntry
from app.settings import Settings
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.hours.releases import exactly
from tests.moderation import desks
from tests.moderation.desks import TODAY

pytestmark = SQLITE_FIRST


def test_one_of_many_who_merge_crosswise_is_first(
    store: Database, acme: Employer, ines: Desk
) -> None:
    with store.transaction() as db:
        other = factories.employer(db, "Acme Works")
    with store.reading() as db:
        marks = {each.id: directory.facts(db, ines, each.id).seen for each in (acme, other)}
    begin, outcomes = threading.Barrier(8), list[str]()

    def merge(one: bytes, two: bytes) -> None:
        begin.wait()
        try:
            with store.transaction() as db:
                directory.merge(db, ines, one, two, f"{marks[one]}.{marks[two]}", TODAY)
            outcomes.append("merged")
        except Beaten as beaten:
            outcomes.append(f"{beaten.code} {beaten.name}")

    pairs = [(acme.id, other.id), (other.id, acme.id)] * 4
    threads = [threading.Thread(target=merge, args=pair) for pair in pairs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["decided ines"] * 7 + ["merged"]
    with store.reading() as db:
        assert desks.lines(db) == 1
        standing = (
            select(func.count()).select_from(Employer).where(Employer.merged_into_id.is_(None))
        )
        assert db.scalar(standing) == 1


def test_figures_follow_who_stands(
    store: Database, acme: Employer, ines: Desk, settings: Settings
) -> None:
    with store.transaction() as db:
        other = factories.employer(db, "Acme Works")
        for employer, number in ((acme, 12), (other, 12)):
            factories.reports(db, employer.id, number, TODAY)
    # Without noise: a sum that noise drives under k counts for k, and two such for more than both.
    release.run(store, exactly(settings), TODAY)

    def about() -> dict[str, int]:
        with store.reading() as db:
            rows = reading.ranking(db, None).rows
            return {each.employer.slug: each.numbers["about"] for each in rows}

    before = about()
    assert len(before) == 2
    with store.transaction() as db:
        marks = [directory.facts(db, ines, each.id).seen for each in (other, acme)]
        directory.merge(db, ines, other.id, acme.id, ".".join(marks), TODAY)
    assert about() == {"acme": pytest.approx(sum(before.values()), abs=5)}  # told in fives
    with store.transaction() as db:
        assert db.get_one(Employer, other.id).id == other.id
        seen = directory.facts(db, ines, other.id).seen
        directory.unmerge(db, ines, other.id, seen, TODAY)
    assert about() == before
    with store.reading() as db:
        assert db.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all() == [
            *("merge", "unmerge"),
        ]


def test_whoever_is_tied_to_what_was_merged_meets_neither(
    store: Database, acme: Employer, ines: Desk
) -> None:
    with store.transaction() as db:
        other = factories.employer(db, "Acme Works")
        marks = [directory.facts(db, ines, each.id).seen for each in (other, acme)]
        directory.merge(db, ines, other.id, acme.id, ".".join(marks), TODAY)
        tied = desks.staff(db, "tied", "moderator", other)
        for each in (acme, other):
            with pytest.raises(NotThere):
                directory.facts(db, tied, each.id)
        assert directory.merged(db, tied).rows == []
