"""What people said and took back: words, titles, polls, pictures, and what was edited away."""

import random
import string
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from app.evidence import attaching, store
from tests.audits.canaries import Canaries
from tests.audits.lives import Life
from tests.audits.talk import Said, Square, Talker
from tests.audits.town import Town

SHARED = 4  # letters that a word may have in common with the one before it in an index
PART = 24  # bytes of a picture that no other has
# Two characters of different planes: in an index they are a word of their own.
RARE = "𠀋𬺰"


class Story:
    """One who says things that may be found nowhere later."""

    def __init__(self, person: Life, square: Square, canaries: Canaries) -> None:
        """Know who speaks, and where."""
        self.talker = Talker(person, square, pictures=0, member=person.member)
        self.canaries = canaries
        self.objects: list[bytes] = []

    def word(self, what: str) -> str:
        """Make up a word that may be found nowhere, as it is or as an index shortens it."""
        word = "".join(random.choices(string.ascii_lowercase, k=20))
        self.canaries.text(what, word, word[SHARED:])
        return f"{word} {RARE}"

    def opens(self) -> Said:
        """Open a thread with a poll and a picture."""
        said = {name: self.word(f"withdrawn {name}") for name in ("title", "text", "question")}
        said |= {f"choice{n}": self.word("withdrawn choice") for n in (1, 2)}
        talker = self.talker
        shown = self.shows("/threads/new/image")
        about = talker.life.places[0].slug
        return talker.opens_with(about, topic="hours", closes="7", results="steps", **said, **shown)

    def replies(self, to: Said, *, waits: bool = False) -> Said:
        """Answer a post with a picture."""
        shown = self.shows(f"{to.path}/reply/image")
        return self.talker.replies_with(to, waits=waits, text=self.word("withdrawn text"), **shown)

    def edits(self, post: Said) -> None:
        """Say something else instead; it may not be found either, since the post is withdrawn."""
        title = {"title": self.word("withdrawn title")} if post.id == post.thread else {}
        self.talker.sends(f"{post.path}/edit", text=self.word("edited text"), **title)

    def shows(self, path: str, says: str = "") -> dict[str, str]:
        """Show a picture of noise, whose bytes are like no other's; to be withdrawn unless said."""
        out = BytesIO()
        noise = Image.frombytes("RGB", (40, 40), random.randbytes(40 * 40 * 3))
        noise.save(out, "PNG", comment=self.word("picture as sent"))
        self.canaries.bytes("picture as sent", out.getvalue()[-100 : PART - 100])
        says = says or self.word("withdrawn alternative")
        return self.talker.shows(path, out.getvalue(), says)

    def keeps_in_mind(self, posts: Sequence[Said]) -> None:
        """Note the pictures of posts as they are stored, and their names."""
        state = self.talker.town.site.state
        with state.database.reading() as db:
            found = attaching.of(db, [post.id for post in posts])
        for image in found.values():
            data = store.of(self.talker.town.settings).get(image.id)
            assert data
            self.canaries.bytes("withdrawn picture", data[100 : 100 + PART], data[-PART:])
            self.canaries.bytes("withdrawn picture", image.id)


def spoken(town: Town, people: Sequence[Life], canaries: Canaries) -> Said:
    """Let three people talk in each other's threads, and readers read and search for it all.

    Only the first's thread is left when the others have taken theirs back; returns it.
    """
    square = Square(threads=1)
    first, second, third = (Story(person, square, canaries) for person in people)
    left = first.talker.opens_with("", topic="hours", title="What is left", text="this stays")
    shown = first.shows("/threads/new/image", "This stays as well.")
    pictured = first.talker.opens_with("", topic="hours", title="Here", text="this too", **shown)
    opened = second.opens()
    said = [opened, second.replies(left), third.opens(), third.replies(opened)]
    second.edits(said[1])
    second.edits(opened)
    for story in (first, third):
        story.talker.sends(f"{opened.path}/vote", vote="give")
    first.talker.sends(f"/threads/{opened.thread.hex()}/poll", choice="0")
    waiting = second.replies(left, waits=True)
    second.keeps_in_mind([*said, waiting])
    read(town, people[0].site.open, [left, *said], canaries)
    for post in (waiting, said[1], opened):
        second.talker.sends(f"{post.path}/withdraw", sure="1")
    assert pictured.id != left.id
    return left


def pages(left: Said, others: Sequence[Said] = ()) -> list[str]:
    """Return the addresses where what was said is shown."""
    threads = [f"/threads/{post.thread.hex()}" for post in (left, *others)]
    lists = ["/", "/?sort=new", "/feed.atom", "/topics/hours", "/topics/hours/feed.atom"]
    return [*lists, *threads, *(f"{at}{end}" for at in threads for end in (".json", "/feed.atom"))]


def read(
    town: Town, open_: Callable[[str], Any], posts: Sequence[Said], canaries: Canaries
) -> None:
    """Read every page that shows something, and search for it."""
    employers = [f"/employers/{place.slug}" for place in town.places]
    for path in (*pages(posts[0], posts[1:]), *employers, *(f"{e}/feed.atom" for e in employers)):
        open_(path)
    word = next(raw.decode() for what, raw in canaries.raw if what == "withdrawn text")
    open_(f"/search?q={word}")
