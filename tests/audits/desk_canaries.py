"""What passes through the desk: decisions, appeals, notices, and how its people sign in."""

import re
import secrets
from base64 import b32decode
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from sqlalchemy import select

from app.moderation.appointing import Hand
from app.moderation.models import KeptText, Statement
from app.moderation.statements import KEPT
from app.staff import codes
from app.staff.models import Role
from app.threads.models import Post
from tests.audits.browsers import Browser
from tests.audits.canaries import Canaries
from tests.audits.desk import notice
from tests.audits.talk import STATEMENT, Said
from tests.audits.talk_canaries import Story
from tests.audits.town import Town

KEY: Final = re.compile(r"<code>([A-Z2-7 ]{20,})</code>")
RECOVERY: Final = re.compile(r"<li><code>([a-z0-9-]+)</code></li>")
RECEIPT: Final = re.compile(r'id="code">([A-Z0-9-]+)<')
STAFF: Final[tuple[tuple[str, Role], ...]] = (
    *(("ines", "moderator"), ("sol", "senior"), ("vera", "senior")),
)
# When nothing of a decision of today is told or kept any more.
OVER: Final = KEPT + timedelta(days=1)


@dataclass
class Colleague:
    """Somebody of the staff at a browser."""

    town: Town
    browser: Browser
    canaries: Canaries

    @classmethod
    def hired(cls, town: Town, number: int, name: str, role: Role, canaries: Canaries) -> Self:
        """Make an account and set it up through its page; note everything secret about it."""
        settings, browser = town.settings, town.browser(number)
        with town.site.state.database.transaction() as db:
            word = Hand(db, settings).hire(name, role)
        shown = browser.open("/desk/set-up")
        written = KEY.findall(shown.html)[0].replace(" ", "")
        secret, password = b32decode(written), f"{secrets.token_hex(12)} lamp"
        code = codes.now(secret, settings.now())
        typed = {"word": word, "password": password, "again": password, "code": code}
        browser.post("/desk/set-up", **{**shown.hidden, **typed})
        recovery = RECOVERY.findall(browser.html)
        assert len(recovery) == codes.RECOVERY_CODES
        for each in (word, *recovery):
            canaries.text("staff code", each, codes.plain(each))
        canaries.text("staff password", password)
        canaries.text("staff key", written)
        canaries.bytes("staff key", secret)
        canaries.codes.append(code)
        canaries.text("staff session", browser.cookie.partition("=")[2])
        return cls(town, browser, canaries)

    def decides(self, post: Said, do: str, words: str, reason: str = "person") -> None:
        """Open a case and decide on it."""
        path = f"/desk/cases/comment/{post.id.hex()}"
        with self.town.site.state.database.reading() as db:
            version = db.get_one(Post, post.id).version
        self.browser.open(path)
        # Of that part of the queue there is nothing, so no other case is claimed for them.
        typed = {"version": str(version), "reason": reason, "words": words, "part": "handed"}
        self.browser.post(f"{path}/decide", do=do, **typed)
        assert self.browser.status == 303, self.browser.html


def judged(town: Town, story: Story, left: Said) -> list[bytes]:
    """Have the desk remove, suppress and return what somebody says below a post.

    Notes all words that pass between outside, desk and writer. Returns what is kept of them for
    six months, as it is stored: sealed.
    """
    canaries, talker = story.canaries, story.talker
    ines, sol, vera = (
        Colleague.hired(town, 900 + n, name, role, canaries) for n, (name, role) in enumerate(STAFF)
    )
    removed, suppressed, returned = (
        talker.replies_with(left, text=story.word(f"{what} text"))
        for what in ("removed", "suppressed", "returned")
    )
    name, words = (secrets.token_hex(12) for _ in range(2))
    canaries.text("notice", name, words)
    said = {"words": f"{words}, said twenty times", "name": name, "mail": f"{name}@elsewhere.test"}
    for about in (removed, suppressed):
        receipt = RECEIPT.findall(notice(town, about, **said).html)[0]
        canaries.text("receipt", receipt, receipt.replace("-", ""))
    ines.decides(removed, "remove", story.word("words of the desk"))
    appeal = STATEMENT.findall(talker.life.site.open("/me").html)[0]
    talker.sends(appeal, text=story.word("appeal"))
    sol.decides(removed, "uphold", story.word("words of the desk"))
    ines.decides(returned, "return", story.word("words of the desk"))
    talker.sends(f"{returned.path}/withdraw", sure="1")
    for senior in (sol, vera):
        senior.decides(suppressed, "suppress", story.word("words of the desk"))
    for page in ("/me", appeal, "/transparency/log", "/transparency"):
        talker.life.site.open(page)
    ines.browser.post("/desk/sign-out")
    return _sealed(town)


def _sealed(town: Town) -> list[bytes]:
    with town.site.state.database.reading() as db:
        kept = list(db.scalars(select(KeptText.sealed)))
        told = [sealed for sealed in db.scalars(select(Statement.sealed)) if sealed]
    assert kept
    assert told
    return kept + told
