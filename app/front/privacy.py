"""The page of who learns what; each of its rows names the tests that show it."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from app.web.languages import N_
from app.web.refusals import Refusal
from app.web.templates import ROOT, page

router = APIRouter()


@dataclass(frozen=True)
class Row:
    """One adversary: what it learns, what it does not, and the tests (under tests/) that say so."""

    who: str
    learns: str
    spared: str
    tests: tuple[str, ...]


UNPROTECTED: Final = (
    N_("How you write, and facts that only you know. Leave out what only one person could say."),
    N_(
        "What a picture shows beside the names you covered: a layout, a time, a seat by the window."
    ),
    N_("A server that is taken over while you use it, or an operator who turns against you."),
    N_(
        "Today: until tonight’s rewriting the disk still shows in which order things were written, "
        "and a disk that is not encrypted may keep remains of what was deleted."
    ),
    N_("A work computer, a work phone or a work network. Use your own."),
    N_("Very small employers: who could have written is then a short list."),
    N_("An employer who makes mailboxes up: the colleagues you hide among may not be people."),
)
ROWS: Final = (
    Row(
        N_("Somebody who steals the database, after the nightly rewriting"),
        N_(
            "counts, also of badges for each employer, which posts of one thread share a "
            "pseudonym, and hour reports not yet wiped, which lead to nobody; who of the staff "
            "judged what, and which posts wait, among them what opens a thread and every picture"
        ),
        N_(
            "which account filed, said, voted for or flagged what, which two things in different "
            "threads one account wrote, which mailbox an account proved; words that were removed, "
            "appeals and notices, which are encrypted"
        ),
        (
            "audits/test_dumps.py",
            "rules/test_schema.py",
            "members/test_apart.py",
            "members/test_tags.py",
        ),
    ),
    Row(
        N_("Somebody who steals copies of it night after night"),
        N_("on which days the badges or settings of some account changed"),
        N_("the same as above: a visit changes nothing"),
        ("audits/test_nights.py",),
    ),
    Row(
        N_("Somebody who also has the issuer's secrets"),
        N_("which addresses, of those they can guess, took a credential this quarter or last"),
        N_("which account it went to"),
        ("audits/test_dumps.py", "audits/test_waiting.py"),
    ),
    Row(
        N_("Somebody who also takes the search index and the pictures"),
        N_("the words of what is published, and what a picture shows"),
        N_(
            "words that were withdrawn or edited away, after the nightly rewriting; where, when "
            "and with what a picture was made"
        ),
        ("search/test_index.py", "threads/test_editing.py", "evidence/test_scrubbing.py"),
    ),
    Row(
        N_("Somebody who reads every log"),
        N_("nothing about persons"),
        N_("addresses, devices, words, what was asked for"),
        ("audits/test_canaries.py", "web/test_logs.py"),
    ),
    Row(
        N_("A court that orders the past to be handed over"),
        N_(
            "what the thief learns, and with the key what the desk still keeps: removed words and "
            "its reasons for six months, appeals and notices until they are decided"
        ),
        N_("anything else: it was never written down"),
        ("rules/test_schema.py", "audits/test_dumps.py", "audits/test_canaries.py"),
    ),
    Row(
        N_("A wiretap from now on, or a malicious operator"),
        N_(
            "twelve words, network addresses and writings of those who come meanwhile; it could "
            "also serve bad scripts"
        ),
        N_(
            "which mailbox is yours, if you use the command-line wallet, let it check the "
            "directory, come by another network such as Tor, and the others who took a credential "
            "are real people"
        ),
        ("credentials/test_wallet.py", "audits/test_marked_key.py", "audits/test_waiting.py"),
    ),
    Row(
        N_("A malicious moderator"),
        N_(
            "a thing that waits or was flagged, the name and badge that it bears in its thread, "
            "what it answers, and the words of an appeal; of figures that an alarm holds, the "
            "counts with their noise"
        ),
        N_(
            "the account, what else it wrote in other threads, who flagged it, raw hour reports; "
            "and what each of the staff does stands in a log that nobody can change unseen"
        ),
        (
            "moderation/test_pages.py",
            "moderation/test_cohorts.py",
            "moderation/test_powers.py",
            "moderation/test_queue.py",
            "moderation/test_verifying.py",
        ),
    ),
    Row(
        N_("Whoever sends a notice or a legal demand"),
        N_("what was decided, and why"),
        N_("who wrote it: nothing here leads to that, whoever asks"),
        ("moderation/test_notices.py", "moderation/test_legal.py"),
    ),
    Row(
        N_("Your boss, reading the site"),
        N_("style, facts, rare roles, and the day on which a thing appeared"),
        N_(
            "any single hour report, who voted or flagged, what anybody answered to a poll, and "
            "which pseudonyms in different threads are one person"
        ),
        (
            "hours/test_release_differencing.py",
            "hours/test_release_noise.py",
            "threads/test_polls.py",
            "threads/test_pseudonyms.py",
        ),
    ),
    Row(
        N_("Your employer's mail administrator, and whoever carries its mail"),
        N_(
            "that a mailbox asked for a code, and when; by asking in its place, whether its "
            "credential was taken, and it could take it"
        ),
        N_("whether an account exists"),
        ("issuing/test_apart.py", "issuing/test_mail.py"),
    ),
)
SHOWN: Final = {name for row in ROWS for name in row.tests}


@router.get("/privacy")
def privacy(request: Request) -> Response:
    """Say who learns what; what is not protected comes first."""
    return page(
        request,
        "front/privacy.html",
        public=True,
        unprotected=UNPROTECTED,
        adversaries=ROWS,
        least=request.app.state.settings.release_min_reports,
    )


@router.get("/privacy/tests/{name:path}")
def shown(name: str) -> Response:
    """Give the source of a test that the page names, as it came with this very server."""
    if name not in SHOWN:
        raise Refusal(404)
    return PlainTextResponse(
        (ROOT / "tests" / name).read_text("utf-8"), 200, {"Cache-Control": "public, no-cache"}
    )
