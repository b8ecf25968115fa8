"""Every restriction tells its writer everything that article 17 asks for, in both languages."""

import re
from datetime import date, timedelta
from itertools import cycle

import pytest
from sqlalchemy import select

from app.db import Database
from app.moderation import sealing, statements, stating
from app.moderation.desk import Desk, Verdict
from app.moderation.models import KeptText, Statement
from app.moderation.powers import POWERS
from app.moderation.stating import Told
from app.settings import Settings
from app.threads import own
from app.triage.reasons import REASONS
from tests.moderation import desks
from tests.moderation.desks import DAY, TODAY
from tests.threads.accounts import Writer

RESTRICTIONS = [action for action, found in POWERS.items() if found.reason]
SOURCES = cycle(("triage", "flag", "notice", "own"))
FIELDS = {"what", "duration", "scope", "passages", "origin", "automation", "redress"}
# So many whole months may lie between a decision and the end of its statement.
SIX_MONTHS = timedelta(days=181)


def told(action: str, reason: str = "contact", **values: object) -> Told:
    """Return a statement."""
    made = {
        "id": b"i" * 16,
        "item_id": b"p" * 16,
        "kind": "post",
        "number": 7,
        "day": TODAY,
        "until": TODAY + statements.KEPT,
        "action": action,
        "reason": reason,
        "source": next(SOURCES),
        "automated": False,
        "passages": ("138 0000 0000",),
        "words": "Leave the number out.",
    }
    return Told(**{**made, **values})  # type: ignore[arg-type]  # a test's own values


@pytest.mark.parametrize("action", RESTRICTIONS)
def test_every_restriction_says_everything_in_both_languages(action: str) -> None:
    for reason in REASONS:
        for automated in (False, True):
            made = told(action, reason, automated=automated)
            english, chinese = (stating.fields(made, lang) for lang in ("en", "zh"))
            ground = "law" if reason in {"legal_order", "legal_notice"} else "rule"
            for fields in (english, chinese):
                assert {field.name for field in fields} == FIELDS | {ground, "words"}
                assert all(field.label and all(field.sentences) for field in fields)
                assert "%(" not in str(fields)
            for one, other in zip(english, chinese, strict=True):
                assert re.search("[一-鿿]", other.label), one
                assert one.quoted or re.search("[一-鿿]", other.sentences[0]), one
            said = {field.name: " ".join(field.sentences) for field in english}
            assert REASONS[reason].rule in said[ground]
            assert ("automatic check" in said["automation"]) == automated
            assert "a person d" in said["automation"]  # decided, or did
            assert "court" in said["redress"]
            assert ("appeal here until May 21, 2027" in said["redress"]) == (action != "hide")
            assert ("138 0000 0000" in said["passages"]) == (action != "suppress")
            counts = action in {"remove", "suppress"} and REASONS[reason].strikes
            assert ("counts against your account until May 21" in said["what"]) == counts
            assert stating.written(made, "en")["automated_decision"] is False
            assert stating.title(made, "zh") != stating.title(made, "en")


def test_what_was_taken_back_counts_no_more() -> None:
    (what, *_) = stating.fields(told("remove", appeal="restored"), "en")
    assert len(what.sentences) == 1


def test_where_it_came_from_is_said_and_never_who() -> None:
    said = {
        source: next(
            field.sentences[0]
            for field in stating.fields(told("remove", source=source), "en")
            if field.name == "origin"
        )
        for source in ("triage", "flag", "notice", "own", "appeal", "rule")
    }
    assert len(set(said.values())) == len(said)
    assert "own initiative" in said["triage"]
    assert "own initiative" in said["own"]
    assert "notice" in said["notice"]
    assert "readers" in said["flag"]


@pytest.mark.parametrize(
    ("action", "state", "may"),
    [
        ("remove", "removed", True),
        ("remove", "published", False),
        ("remove", "withdrawn", False),
        ("return", "returned", True),
        ("return", "held", False),
        ("remove_image", "published", True),
        ("remove_image", "withdrawn", False),
        ("suppress", "suppressed", True),
        ("hide", "hidden", False),
    ],
)
def test_what_stands_can_be_appealed_against_once(action: str, state: str, may: bool) -> None:
    made = told(action, state=state)
    assert made.appealable(TODAY) is may
    assert made.appealable(made.until) is may
    assert not made.appealable(made.until + DAY)
    assert not told(action, state=state, appeal="open").appealable(TODAY)
    assert not told(action, state=state, last=False).appealable(TODAY)


@pytest.mark.parametrize("month", range(1, 13))
def test_six_months_are_over_before_a_statement_is(month: int) -> None:
    begun = date(2027, month, 15)
    later = date(2027 + (month > 6), (month + 5) % 12 + 1, 15)
    assert SIX_MONTHS <= statements.KEPT >= later - begun


def test_what_was_sealed_opens_for_its_purpose_and_item_alone() -> None:
    settings = Settings(secret_key="of this site")
    sealed = sealing.seal(settings, "statement", b"a" * 16, b"Mr Zhang")
    assert sealing.unseal(settings, "statement", b"a" * 16, sealed) == b"Mr Zhang"
    other = Settings(secret_key="of somebody else")
    for wrong in (
        (settings, "appeal", b"a" * 16, sealed),
        (settings, "statement", b"b" * 16, sealed),
        (settings, "statement", b"a" * 16, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (settings, "statement", b"a" * 16, b""),
        (other, "statement", b"a" * 16, sealed),
    ):
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(*wrong)


def test_a_statement_waits_for_six_months_and_leaves_with_the_kept_words(
    store: Database, settings: Settings, ines: Desk
) -> None:
    ana, bo = Writer(), Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
        desks.waiting(db, by=bo)
    verdict = Verdict("remove", "person", ("Mr Zhang",), "Say 'my manager'.")
    done = desks.settled(store, settings, ines, post, verdict)
    end = TODAY + statements.KEPT

    def mine(day: date, writer: Writer = ana) -> list[Told]:
        with store.reading() as db:
            return statements.own(db, settings, own.ids(db, writer.hand.slot), day)

    (said,) = mine(TODAY)
    assert (said.number, said.action, said.reason) == (done.number, "remove", "person")
    assert (said.passages, said.words) == (("Mr Zhang",), "Say 'my manager'.")
    assert (said.source, said.automated, said.state) == ("triage", True, "removed")
    assert mine(TODAY, bo) == []
    assert len(mine(end)) == 1
    assert mine(end + DAY) == []
    with store.transaction() as db:
        statements.purge(db, end)
        assert db.get(KeptText, post.id)
    with store.transaction() as db:
        statements.purge(db, end + DAY)
        assert db.scalars(select(Statement)).all() == []
        assert db.get(KeptText, post.id) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_withdrawing_erases_the_words_and_leaves_the_codes(
    store: Database, settings: Settings, ines: Desk
) -> None:
    ana = Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
    desks.settled(store, settings, ines, post)
    with store.transaction() as db:
        assert ana.withdraw(db, post.id)
    with store.transaction() as db:
        statements.purge(db, TODAY)
        (said,) = statements.own(db, settings, own.ids(db, ana.hand.slot), TODAY)
        assert db.get(KeptText, post.id) is None
    assert (said.action, said.reason, said.passages, said.words) == ("remove", "person", (), "")
    assert not said.appealable(TODAY)
