"""Who wrote a line of the log is erased in time, and everything that the log tells still holds."""

import json
from datetime import date

from sqlalchemy import select

from app.db import Database
from app.employers.models import Employer
from app.moderation import audit, chain, items, log, purging, queue, verifying
from app.moderation.desk import Desk
from app.moderation.log import Line
from app.moderation.models import AuditOpening
from app.settings import Settings
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import APPROVE, DAY, TODAY


@SQLITE_FIRST
def test_who_wrote_a_line_is_forgotten_after_six_months_and_the_log_holds(
    store: Database, settings: Settings, acme: Employer, ines: Desk
) -> None:
    with store.transaction() as db:
        posts = [desks.waiting(db, employer=acme) for _ in range(log.NAMED)]
    for post in posts:
        desks.settled(store, settings, ines, post, APPROVE)
    end = TODAY + audit.OPENED

    def read(today: date) -> tuple[list[AuditOpening], list[Line]]:
        with store.reading() as db:
            openings = db.scalars(select(AuditOpening).order_by(AuditOpening.number)).all()
            assert [len(queue.earlier(db, post.id)) for post in posts] == [1] * log.NAMED
            assert all(items.decided_before(db, ines, post.id) for post in posts)
            return list(openings), log.oldest(db, today, 0, 100)

    before, told = read(end)
    for day in (end, end + DAY):
        with store.transaction() as db:
            purging.purge(db, day)
        if day == end:
            assert [each.staff_id for each in read(end)[0]] == [ines.id] * log.NAMED
    after, told_after = read(end)
    assert [each.staff_id for each in after] == [None] * log.NAMED
    assert not {each.salt for each in before} & {each.salt for each in after}
    for opening, line in zip(after, told_after, strict=True):
        assert line.values.decider != chain.commit(opening.salt, "decider", ines.id)
    assert [line.document() for line in told] == [line.document() for line in told_after]
    assert {line.named.slug for line in told_after if line.named} == {"acme"}
    verifying.verify(json.dumps(line.document()) for line in told_after)
