"""What people say to each other as the audits let them: threads, comments, votes, polls, pictures.

Who does what, when and where follows from chance alone: whatever links two things is the disk's.
"""

import random
import re
import secrets
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from PIL import Image

from app.members.member import Member
from app.threads import opening
from app.web import tokens
from tests.audits.browsers import Answered
from tests.audits.lives import Life
from tests.audits.town import Town

TOPICS = ("hours", "policy", "lay-offs", "health")
WORDS = ("lamps", "stay", "lit", "after", "the", "train", "and", "nobody", "asks", "why", "dinner")
SENTENCES = (
    "灯一直亮到末班车之后",
    "说好的调休后来没有人再提",
    "开会又改到了晚上",
    "周末的安排只好取消",
)
SIDE = 40  # pixels of a picture
REASONS = ("person", "hate", "secret", "spam", "off_topic")
STATEMENT = re.compile(r"/me/appeals/[0-9a-f]{32}")
MANY = 100
RESTING = "so this account writes again after"


class Resting(Exception):
    """Three things of this person's were removed: the account may not write for a while."""


@dataclass(frozen=True)
class Said:
    """A post that has appeared, as whoever wants to answer it or vote on it sees it."""

    thread: bytes
    id: bytes
    writer: int
    about: str = ""  # the employer's slug

    @property
    def path(self) -> str:
        """The address under which its own pages are."""
        return f"/threads/{self.thread.hex()}/{self.id.hex()}"


@dataclass
class Square:
    """Where people talk: what can be answered, and how many threads there should be."""

    threads: int
    said: list[Said] = field(default_factory=list)
    polls: list[bytes] = field(default_factory=list)

    @property
    def opened(self) -> list[Said]:
        """The posts that opened threads."""
        return [post for post in self.said if post.id == post.thread]


@dataclass
class Talker:
    """Somebody who talks: what was said, voted on and answered, which only the auditor knows."""

    life: Life
    square: Square
    pictures: int  # to attach
    member: Member | None = None
    said: list[Said] = field(default_factory=list)
    waiting: list[Said] = field(default_factory=list)
    voted: list[bytes] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)
    flagged: list[bytes] = field(default_factory=list)
    taken: list[Said] = field(default_factory=list)  # by the desk

    @property
    def rng(self) -> random.Random:
        """This person's own chance."""
        return self.life.rng

    @property
    def town(self) -> Town:
        """Where this person lives."""
        return self.life.town

    def talks(self, posts: int, votes: int, flags: int, later: float = 0.2) -> Iterator[None]:
        """Write, vote, flag and answer a poll, in any order; signed in already.

        later: how often a post is to appear later.
        """
        self.member = self.life.member
        if self.member is None:
            return
        doing: list[Callable[[], None]] = [lambda: self.writes(later)] * posts
        doing += [self.votes] * votes + [self.flags] * flags + [self.answers]
        for act in self.rng.sample(doing, len(doing)):
            try:
                act()
            except Resting:
                return
            yield

    def second_thoughts(self) -> Iterator[None]:
        """Change what was filed, withdraw it or leave; most do nothing."""
        for step in self.life.second_thoughts():
            if self.life.member is None:
                self._forgotten(self.said)
                self.waiting.clear()
            yield step

    def comes_again(self, posts: int, votes: int, flags: int, later: float) -> Iterator[None]:
        """Sign in, appeal, think better of something said before, and talk."""
        if self.life.member is None:
            return
        self.life.signs_in()
        yield
        if self.taken and self.rng.random() < 0.5:
            self.appeals(sentence(self.rng))
            yield
        if self.said and self.rng.random() < 0.15:
            self.edits(self.rng.choice(self.said))
            yield
        if self.said and self.rng.random() < 0.08:
            self.withdraws(self.rng.choice(self.said))
            yield
        yield from self.talks(posts, votes, flags, later)

    def writes(self, later: float) -> None:
        """Open a thread while there are too few, else answer somebody, best where nothing said."""
        opened = self.square.opened
        if not opened or (len(opened) < self.square.threads and self.rng.random() < 0.5):
            self.opens()
            return
        mine = {post.thread for post in (*self.said, *self.waiting)}
        new = [post for post in self.square.said if post.thread not in mine]
        own = [post for post in new if post.about in {place.slug for place in self.life.places}]
        choice = own if own and self.rng.random() < 0.4 else new
        self.replies(self.rng.choice(choice or self.square.said), later)

    def opens(self) -> None:
        """Open a thread, two in three about an employer of one's own, one in three with a poll."""
        about = self.rng.choice(self.life.places).slug if self.rng.random() < 0.67 else ""
        values = {"topic": self.rng.choice(TOPICS), "title": sentence(self.rng)}
        if self.rng.random() < 0.34 or not self.square.polls:
            values |= {"question": sentence(self.rng), "closes": "30", "results": "close"}
            values |= {"choice1": "yes", "choice2": "no", "choice3": "sometimes"}
        values |= self._pictured("/threads/new/image")
        self.opens_with(about, text=sentence(self.rng), **values)

    def opens_with(self, about: str, **values: str) -> Said:
        """Open a thread about an employer or none."""
        nonce, token = self._token(opening.PURPOSE)
        assert self.member
        thread = self._row(nonce + self.member.slot(0))
        self.sends("/threads/new", token=token, badge="1", employer=about, **values)
        if "question" in values:
            self.square.polls.append(thread)
        return self._appears(Said(thread, thread, self.life.number, about))

    def replies(self, to: Said, later: float) -> None:
        """Answer a post; now and then so that it appears later."""
        values = self._pictured(f"{to.path}/reply/image")
        waits = self.rng.random() < later
        self.replies_with(to, waits=waits, text=sentence(self.rng), **values)

    def replies_with(self, to: Said, *, waits: bool = False, **values: str) -> Said:
        """Answer a post, now or so that it appears within a day."""
        nonce, token = self._token(f"answer {to.path}")
        assert self.member
        post = Said(to.thread, self._row(nonce + self.member.nym(to.thread)), self.life.number)
        values |= {"later": "day"} if waits else {}
        self.sends(f"{to.path}/reply", waits=waits, token=token, badge="1", **values)
        if waits:
            self.waiting.append(post)
            return post
        return self._appears(post)

    def shows(self, path: str, data: bytes, alternative: str) -> dict[str, str]:
        """Have a picture drawn anew; the fields that offer it."""
        token = self._token("picture")[1]
        self.life.site.upload(path, "file", data, image_do="take", token=token)
        return {"image": self.life.site.hidden["image"], "alternative": alternative}

    def votes(self) -> None:
        """Vote for somebody's post, oftener for one that opened a thread."""
        some = self.square.opened if self.rng.random() < 0.6 else self.square.said
        others = [
            post for post in some if post.writer != self.life.number and post.id not in self.voted
        ]
        if others:
            post = self.rng.choice(others)
            self.sends(f"{post.path}/vote", vote="give")
            self.voted.append(post.id)

    def flags(self) -> None:
        """Ask the desk to look at somebody's post."""
        others = [
            post
            for post in self.square.said
            if post.writer != self.life.number and post.id not in self.flagged
        ]
        if others:
            post = self.rng.choice(others)
            self.life.sends("site", f"{post.path}/flag", reason=self.rng.choice(REASONS))
            self.flagged.append(post.id)

    def appeals(self, text: str) -> None:
        """Appeal against the last thing that the desk took out."""
        found = STATEMENT.findall(self.life.site.open("/me").html)
        self.sends(found[0], text=text)

    def loses(self, posts: Sequence[Said]) -> None:
        """See posts go that the desk took out."""
        self.taken += [post for post in posts if post.writer == self.life.number]
        self._forgotten(posts)

    def answers(self) -> None:
        """Answer a poll."""
        if open_ := [poll for poll in self.square.polls if poll not in self.answered]:
            poll = self.rng.choice(open_)
            self.sends(f"/threads/{poll.hex()}/poll", choice=str(self.rng.randrange(3)))
            self.answered.append(poll)

    def edits(self, post: Said) -> None:
        """Give a post another text, and its thread another title."""
        title = {"title": sentence(self.rng)} if post.id == post.thread else {}
        self.sends(f"{post.path}/edit", text=sentence(self.rng), **title)

    def withdraws(self, post: Said) -> None:
        """Withdraw a post."""
        self.sends(f"{post.path}/withdraw")
        self._forgotten([post])

    def sends(self, path: str, *, waits: bool = False, **values: str) -> None:
        """Send a form that is taken; only of a post that waits a page says so. Raises Resting."""
        try:
            self.life.sends("site", path, **values)
        except Answered as refused:
            if RESTING in str(refused):
                raise Resting from refused
            raise
        if self.life.site.status != (200 if waits else 303):
            raise Answered(f"{path}: {self.life.site.html}")

    def _pictured(self, path: str) -> dict[str, str]:
        """Show a picture, while there are some to show."""
        if not self.pictures:
            return {}
        self.pictures -= 1
        return self.shows(path, picture(self.rng), sentence(self.rng))

    def _appears(self, post: Said) -> Said:
        self.said.append(post)
        self.square.said.append(post)
        return post

    def _forgotten(self, posts: Sequence[Said]) -> None:
        """Answer and vote on some posts no more."""
        gone = {post.id for post in posts}
        for held in (self.said, self.square.said):
            held[:] = [post for post in held if post.id not in gone]
        self.square.polls[:] = [poll for poll in self.square.polls if poll not in gone]

    def _token(self, purpose: str) -> tuple[bytes, str]:
        """Seal the hidden field of a form as its page seals it, which spares showing it."""
        settings = self.town.settings
        nonce = secrets.token_bytes(tokens.NONCE_BYTES)
        return nonce, tokens.seal(settings, purpose, nonce, settings.now())

    def _row(self, nonce: bytes) -> bytes:
        return tokens.row_id(self.town.settings, nonce)


def gathered(people: Sequence[Life], threads: int = 0) -> list[Talker]:
    """Let people meet; one in three of many, else one in six, has two pictures to show."""
    square = Square(threads or max(5, len(people) // 8))
    pictured = 3 if len(people) >= MANY else 6
    return [
        Talker(person, square, pictures=0 if person.number % pictured else 2) for person in people
    ]


def appear(town: Town, people: Sequence[Talker]) -> None:
    """Let a day pass, and what waited appear."""
    town.day(town.settings.today() + timedelta(days=1))
    town.appear()
    for person in people:
        for post in person.waiting:
            person.said.append(post)
            person.square.said.append(post)
        person.waiting.clear()


def sentence(rng: random.Random) -> str:
    """Say something in two languages, with a word that nobody else says."""
    rare = "".join(rng.choices(string.ascii_lowercase, k=12))
    return f"{' '.join(rng.choices(WORDS, k=5))} {rare} {rng.choice(SENTENCES)}"


def picture(rng: random.Random) -> bytes:
    """Draw a small picture."""
    out = BytesIO()
    color = tuple(rng.randrange(256) for _ in range(3))
    Image.new("RGB", (SIDE, SIDE), color).save(out, "PNG")
    return out.getvalue()
