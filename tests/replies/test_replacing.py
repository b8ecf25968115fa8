"""What is written in the place of an answer that was out of sight is read before it is seen."""

import pytest

from app.db import Database
from app.employers import merging
from app.employers.models import Employer
from app.replies import writing
from app.replies.writing import TakenAlready
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation.desks import DAY, NOW, TODAY
from tests.replies.test_replying import SQLITE, hand


@SQLITE
def test_what_takes_the_place_of_a_removed_one_is_read_first(
    database: Database, acme: Employer
) -> None:
    with database.transaction() as db:
        ann = hand(db, acme)
        reply = writing.write(db, ann, None, "One.", TODAY)
        reply.state, reply.why, reply.text = "removed", "person", None
        db.flush()
        assert writing.edit(db, reply.id, ann, "Two.", NOW) is None
        with pytest.raises(TakenAlready):
            writing.write(db, ann, None, "Two.", TODAY)
        writing.withdraw(db, reply.id, acme, NOW)
        again = writing.write(db, ann, None, "Two.", TODAY)
        assert (again.state, again.day) == ("held", None)
        assert "changed" in (again.why or "")
        writing.withdraw(db, reply.id, acme, NOW)
        again = writing.write(db, ann, None, "Two.", TODAY)
        assert (again.state, again.day) == ("held", None), "not by withdrawing twice either"
        again.state, again.text = "suppressed", None
        db.flush()
        kept = writing.withdraw(db, reply.id, acme, NOW)
        assert kept is not None
        assert kept.state == "suppressed"


@SQLITE
def test_withdrawing_what_is_hidden_does_not_bring_its_words_back(
    database: Database, acme: Employer
) -> None:
    with database.transaction() as db:
        ann = hand(db, acme)
        reply = writing.write(db, ann, None, "He lives at the bell.", TODAY)
        reply.state, reply.why, reply.hidden_until = "hidden", "contact", TODAY + 3 * DAY
        db.flush()
        writing.withdraw(db, reply.id, acme, NOW)
        again = writing.write(db, ann, None, "He lives at the bell.", TODAY)
        assert (again.state, again.day) == ("held", None)
        # Nor does it let what a notice is about go on unread, behind everything else.
        again.state, again.why, again.severity = "flagged", "looked_at_first,legal", 2
        db.flush()
        writing.withdraw(db, reply.id, acme, NOW)
        again = writing.write(db, ann, None, "He lives at the bell.", TODAY)
        assert (again.state, again.day) == ("held", None)


@SQLITE_FIRST
def test_what_stood_on_the_page_of_a_merged_employer_is_not_forgotten(
    database: Database, acme: Employer
) -> None:
    with database.transaction() as db:
        birch = factories.employer(db, "Birch")
        reply = writing.write(db, hand(db, birch), None, "He lives at the bell.", TODAY)
        reply.state, reply.why, reply.text = "removed", "contact", None
        db.flush()
        merging.merge(db, birch, acme)
        ann = hand(db, acme)
        writing.withdraw(db, reply.id, acme, NOW)
        again = writing.write(db, ann, None, "He lives at the bell.", TODAY)
        assert (again.id != reply.id, again.state, again.day) == (True, "held", None)
        # Once it was read, nothing is left of that.
        again.state, again.why, again.severity = "published", None, None
        db.flush()
        writing.withdraw(db, again.id, acme, NOW)
        assert writing.write(db, ann, None, "We have moved.", TODAY).state == "pending"
