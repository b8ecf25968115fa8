"""The desk's pages as a moderator without JavaScript meets them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from app.db import Database
from app.employers.models import Employer
from app.evidence.models import EvidenceImage
from app.moderation.cases import path_of
from app.moderation.models import Proposal
from app.moderation.notice_models import Notice
from app.settings import Settings
from app.threads.models import Flag, Post
from app.web import editions
from tests import factories
from tests.moderation import desks
from tests.moderation.desks import TODAY
from tests.people import Person
from tests.staff.desk import signed_in
from tests.threads.accounts import Writer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TEXT = "Ask manager Zhou Lin, his number is 138 1234 5678. He decides."
Sits = Callable[..., Person]


@pytest.fixture
def sits(app: FastAPI) -> Sits:
    """Give a maker of people who sit down at the desk with a role."""

    def make(role: str = "moderator", lang: str = "en", **more: object) -> Person:
        client = signed_in(app, role, **more)
        client.headers["accept-language"] = lang
        return Person(client)

    return make


@pytest.fixture
def three(database: Database) -> list[str]:
    """Let three things wait, the gravest written last; return the addresses of their cases."""
    with database.transaction() as db:
        acme = factories.employer(db, "Acme")
        calm = desks.waiting(db, "A new voice.", employer=acme, severity=4, why="looked_at_first")
        old = desks.waiting(
            db, "They moved to Smith Street.", severity=2, why="name", since=TODAY - timedelta(2)
        )
        grave = desks.waiting(db, TEXT, to=calm, severity=1, why="phone,name", state="held")
        return [address(each) for each in (grave, old, calm)]


def address(post: Post) -> str:
    return path_of("post" if post.id == post.thread_id else "comment", post.id)


def post_at(database: Database, path: str) -> Post:
    with database.reading() as db:
        return db.get_one(Post, bytes.fromhex(path.rpartition("/")[2]))


def sends(person: Person, path: str, to: str = "decide", **typed: str) -> Person:
    """Send a case's form as it stands, without reading the page again, which takes a while."""
    post = post_at(person.client.app.state.database, path)
    place = f"{post.severity}.{post.waits_since}.{post.id.hex()}"
    values = {"version": str(post.version), "place": place, "part": "", **typed}
    return person.post(f"{path}/{to}", **values)


def test_the_queue_puts_the_gravest_first_and_counts_days(sits: Sits, three: list[str]) -> None:
    mira = sits()
    assert mira.open("/desk").status == 200
    listed = [a.get("href", "") for a in mira.page.iter("a") if "/desk/cases/" in a.get("href", "")]
    assert listed == three
    assert "3 waiting, oldest 2 days" in mira.text
    assert "no-store" in mira.headers["cache-control"]
    assert "Nothing of this kind waits." in mira.open("/desk?part=flags").html
    assert "phone number" in mira.open("/desk/queue").html


def test_a_case_says_why_and_marks_what_triage_saw(
    sits: Sits, three: list[str], database: Database
) -> None:
    post = post_at(database, three[0])
    with database.transaction() as db:
        db.add(Flag(tag=bytes(16), item_id=post.id, reason="contact"))
    mira = sits().open(three[0])
    marks = ["".join(mark.itertext()) for mark in mira.page.iter("mark")]
    assert [mark for mark in marks if mark.startswith("138 1234 5678")]
    for said in (
        "Held: nobody but the desk sees it.",
        "phone number, name of a person",
        "Contact data ×1",
        "A new voice.",
        "Acme",
        "What the writer will read",
        "a pseudonym of this thread",
    ):
        assert said in mira.text
    for secret in (post.slot, post.nym):
        assert secret is not None
        assert secret.hex() not in mira.html
    assert mira.form(f"{three[0]}/decide")[1]["reason"] == "contact"


def test_the_reason_that_a_notice_chose_is_ticked_and_a_demonstration_says_so(
    sits: Sits, three: list[str], database: Database
) -> None:
    with database.transaction() as db:
        post = db.get_one(Post, post_at(database, three[2]).id)
        post.why = "looked_at_first,notice"
        row = {"kind": "post", "party": "private", "reason": "secret", "state": "open"}
        ids = {"id": bytes(16), "receipt": bytes(32), "item_id": post.id}
        db.add(Notice(**ids, **row, day=TODAY, number=1))
        editions.bump(db, "demo")
    mira = sits().open(three[2])
    assert mira.form(f"{three[2]}/decide")[1]["reason"] == "secret"
    assert "A demonstration. Every employer" in mira.html


def test_approving_opens_the_next_case_claimed(
    sits: Sits, three: list[str], database: Database
) -> None:
    mira = sits()
    sends(mira, three[0], do="approve")
    assert mira.path == three[1]
    assert "claimed by you, 10 minutes left" in mira.html
    assert "Approved" in mira.html
    assert post_at(database, three[0]).state == "published"
    sends(mira, three[1], do="approve")
    sends(mira, three[2], do="approve")
    assert mira.path == "/desk"
    assert "Every lamp is out." in mira.html
    assert "You: 3 decided today." in mira.html


def test_what_restricts_asks_for_a_reason(sits: Sits, three: list[str], database: Database) -> None:
    mira, held = sits(), three[2]
    for do, state, path in (("hide", "hidden", three[1]), ("return", "returned", held)):
        assert sends(mira, path, do=do, reason="").status == 422
        assert "Choose a reason" in mira.html
        assert sends(mira, path, do=do, reason="other", words=" ").status == 422
        assert sends(mira, path, words="Kept words.").status == 422
        assert "Kept words." in mira.html
        assert post_at(database, path).state == "pending"
        assert sends(mira, path, do=do, reason="contact").status == 200
        assert post_at(database, path).state == state


def test_the_preview_follows_what_is_chosen(sits: Sits, three: list[str]) -> None:
    mira = sits()
    mira.client.headers["hx-request"] = "true"
    _, values = mira.open(three[0]).form(f"{three[0]}/decide")
    typed = {"chosen": "return", "reason": "threat", "words": "Say it calmly."}
    mira.post(f"{three[0]}/preview", **(values | typed))
    assert "sent back to you" in mira.html
    assert "Nobody is threatened here" in mira.html
    assert "“Say it calmly.”" in mira.html
    assert "“138 1234 5678”" in mira.html
    del mira.client.headers["hx-request"]
    sends(mira, three[0], to="preview", do="remove", reason="spam", passage0="", passage1="")
    assert mira.path.endswith("/preview")
    assert "Nothing is sold or advertised here" in mira.html


def test_the_preview_names_automation_only_where_something_was_seen(
    sits: Sits, three: list[str]
) -> None:
    automatic = "An automatic check pointed at it."
    for seen, path in ((True, three[0]), (False, three[2])):
        mira = sends(sits(), path, to="preview", do="remove", reason="spam")
        assert (automatic in mira.html) == seen


def test_who_comes_second_is_told_who_was_first(
    sits: Sits, three: list[str], database: Database
) -> None:
    ana, bo = sits(name="ana"), sits(name="bo")
    _, late = bo.open(three[0]).form(f"{three[0]}/decide")
    sends(ana, three[0], to="claim")
    assert bo.post(f"{three[0]}/claim", **late).status == 409
    assert "ana looks at this now." in bo.html
    sends(ana, three[0], do="approve")
    answered = bo.post(f"{three[0]}/decide", **(late | {"do": "approve", "words": "My own words."}))
    assert answered.status == 409
    assert "ana decided this first." in bo.html
    assert "My own words." in bo.html
    with database.transaction() as db:
        changed = update(Post).where(Post.id == bytes.fromhex(three[1].rpartition("/")[2]))
        _, stale = bo.open(three[1]).form(f"{three[1]}/decide")
        db.execute(changed.values(version=Post.version + 1))
    assert bo.post(f"{three[1]}/decide", **stale, do="approve").status == 409
    assert "Its writer changed or withdrew it" in bo.html
    news = bo.open(f"/desk/queue?at={three[1]}&version={stale['version']}").html
    assert "The open case has changed meanwhile." in news


def test_ten_seconds_to_undo(
    sits: Sits, three: list[str], database: Database, settings: Settings
) -> None:
    mira, other = sits(), sits()
    sends(mira, three[0], do="remove", reason="contact")
    _, undo = mira.form("/desk/undo")
    assert other.post("/desk/undo", **undo).status == 409
    mira.submit("/desk/undo")
    assert (mira.status, mira.path) == (200, three[0])
    assert post_at(database, three[0]).state == "held"
    assert TEXT[:20] in mira.html
    sends(mira, three[0], do="approve")
    _, undo = mira.form("/desk/undo")
    settings.clock = "2026-11-18T12:00:13"
    assert mira.post("/desk/undo", **undo).status == 409
    assert "It is too late to undo this." in mira.html
    assert post_at(database, three[0]).state == "published"


def test_skipping_leaves_a_case_and_handing_over_is_for_seniors(
    sits: Sits, three: list[str], database: Database
) -> None:
    mira, bo, sol = sits(), sits(), sits("senior")
    sends(mira, three[0], to="claim")
    assert sends(mira, three[0], to="release").path == three[1]
    assert sends(bo, three[0], to="hand-over").path == three[2]
    assert bo.open(three[0]).status == 404
    assert three[0] not in bo.open("/desk").html
    assert sol.open("/desk?part=handed").html.count(three[0]) >= 1
    assert sends(sol, three[0], do="approve").status == 200


def test_near_duplicates_are_decided_alike_and_who_was_first_is_told(
    sits: Sits, database: Database
) -> None:
    says = "Best employer in Beijing, leave at five every day, apply now with my code {}."
    with database.transaction() as db:
        thread = Writer().open(db).post
        made = [
            desks.waiting(db, says.format(n), to=thread, severity=3, why="copies") for n in range(4)
        ]
    paths = sorted(map(address, made), key=lambda path: path.rpartition("/")[2])
    mira, bo = sits(), sits(name="bo")
    _, values = mira.open(paths[0]).form(f"{paths[0]}/decide")
    assert len([name for name in values if name.startswith("copy")]) == 3
    assert values["reason"] == "duplicate"
    sends(mira, paths[0], to="claim")
    sends(bo, paths[3], do="approve")
    mira.post(f"{paths[0]}/decide", **(values | {"do": "remove", "reason": "spam"}))
    states = [post_at(database, path).state for path in paths]
    assert states == ["removed", "pending", "removed", "published"], "bo holds the second one"
    assert "Removed ×2" in mira.html
    assert "2 near-duplicates were left: somebody was first. bo bo" in mira.html
    mira.submit("/desk/undo")
    assert [post_at(database, path).state for path in paths[:3]] == ["pending"] * 3


def test_a_picture_is_loaded_when_asked_for_and_only_at_the_desk(
    sits: Sits, three: list[str], database: Database, app: FastAPI
) -> None:
    image, path = bytes(range(16)), three[0]
    app.state.store.put(image, b"a picture")
    with database.transaction() as db:
        post_id = post_at(database, path).id
        shows = {"alternative": "A payslip", "width": 80, "height": 60}
        db.add(EvidenceImage(id=image, post_id=post_id, **shows))
    mira = sits()
    assert "<img" not in mira.open(path).html
    assert 'class="grey" src' in mira.open(f"{path}?image=grey").html
    assert 'class="grey"' not in mira.open(f"{path}?image=clear").html
    answer = mira.client.get(f"{path}/image")
    assert (answer.content, answer.headers["cache-control"]) == (b"a picture", "no-store")
    assert mira.client.get(f"{three[1]}/image").status_code == 404
    sends(mira, path, do="remove_image", reason="image")
    assert mira.client.get(f"{path}/image").status_code == 404
    assert app.state.store.get(image) is None


def test_a_tied_moderator_never_gets_the_case(
    sits: Sits, three: list[str], database: Database
) -> None:
    with database.reading() as db:
        acme = db.query(Employer).one().id
    tied = sits(ties=[acme])
    assert three[0] not in tied.open("/desk").html
    values = {"version": "1", "do": "approve"}
    for path in (three[0], three[2]):
        assert tied.open(path).status == 404
        assert tied.open(f"{path}/image").status == 404
        for verb in ("claim", "decide", "preview", "hand-over"):
            assert tied.post(f"{path}/{verb}", **values).status in {403, 404}
        assert post_at(database, path).severity is not None


def test_two_seniors_suppress_and_a_fresh_code_is_asked_for(
    sits: Sits, three: list[str], database: Database, settings: Settings
) -> None:
    sol, vera, mira = sits("senior", name="sol"), sits("senior"), sits()
    typed = {"do": "suppress", "reason": "contact", "words": "A court asked."}
    assert sends(mira, three[0], **typed).status == 403
    settings.clock = "2026-11-18T12:06:00"
    assert sends(sol, three[0], **typed).status == 403
    assert "fresh code" in sol.html
    assert "A court asked." in sol.html
    settings.clock = "2026-11-18T12:00:00"
    sends(sol, three[0], **typed)
    assert "another senior must agree" in sol.html
    assert sends(sol, three[0], **typed).status == 409
    assert "proposed by sol" in vera.open("/desk/proposals").html
    assert "Nobody proposes anything" in sol.open("/desk/proposals").html
    sends(vera, three[0], **typed)
    post = post_at(database, three[0])
    assert (post.state, post.text) == ("suppressed", None)
    with database.reading() as db:
        assert db.query(Proposal).all() == []


def test_every_page_reads_in_both_languages(sits: Sits, three: list[str]) -> None:
    for lang, queue in (("en", "Queue"), ("zh", "队列")):
        sol, auditor = sits("senior", lang), sits("auditor", lang)
        operator = sits("operator", lang)
        for path in ("/desk", three[0], "/desk/appeals", "/desk/proposals", "/desk/log"):
            assert sol.open(path).status == 200, path
            assert queue in sol.html
        assert auditor.open("/desk/log").status == auditor.open("/desk/help").status == 200
        assert operator.open("/desk/staff").status == 200
        assert queue not in operator.html


def test_the_log_leads_to_cases_only_for_who_may_open_them(
    sits: Sits, three: list[str], database: Database
) -> None:
    mira, auditor = sits(), sits("auditor")
    sends(mira, three[0], do="approve")
    assert three[0] in mira.open("/desk/log").html
    assert "left standing" in auditor.open("/desk/log").text
    assert "/desk/cases/" not in auditor.html
    with database.reading() as db:
        acme = db.query(Employer).one().id
    assert three[0] not in sits(ties=[acme]).open("/desk/log").html


def test_who_is_signed_out_signs_in_first(client: object, app: FastAPI, three: list[str]) -> None:
    stranger = Person(client)  # type: ignore[arg-type]
    answer = stranger.client.get(f"{three[0]}?part=flags")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/sign-in?next=%2Fdesk%2Fcases")
    assert stranger.post(f"{three[0]}/decide", do="approve").status == 403
    assert "You are signed out." in stranger.html
    assert stranger.client.get("/desk/queue", headers={"hx-request": "true"}).status_code == 403
