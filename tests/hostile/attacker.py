"""Somebody who posts whatever there is, past warnings, and looks at all the pages it comes to."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from httpx2 import Response
from sqlalchemy import select

from app.threads import judging
from app.threads.models import Post
from tests.evidence import pictures
from tests.hostile.oracle import Shape, shapes
from tests.people import Person
from tests.threads.talk import NEW

CHOICES = tuple(f"choice{number}" for number in range(1, 7))
CORNERS = tuple(f"{side}{n}" for n in range(1, 5) for side in ("left", "top", "right", "bottom"))
ECHOED = ("title", "text", "employer", "question", *CHOICES, "closes", "alternative", *CORNERS)
CHOSEN = ("topic", "later", "results", "badge", "remove", "anyway", "image_do", "file", "again")
SLUG = "meridian-cloud"


class Attacker:
    """An account with a form of each kind open, and a picture that waits."""

    def __init__(self, person: Person) -> None:
        """Let a picture wait for its posts."""
        self.person, self.client = person, person.client
        person.open(NEW).send(NEW, "image_do=take", pictures.written(pictures.screenshot((40, 20))))
        self.image = person.form(NEW)[1]["image"]

    def opens(self, **typed: str) -> str | None:
        """Open a thread; None if what it says may not be posted."""
        self.person.open(NEW)
        return self._sends(NEW, {"employer": "Meridian Cloud", "topic": "policy", **typed})

    def answers(self, path: str, text: str, alternative: str) -> str | None:
        """Answer the first post of a thread with a picture."""
        address = f"{path}/{path.rpartition('/')[2]}/reply"
        self.person.open(address)
        return self._sends(address, {"text": text, "image": self.image, "alternative": alternative})

    def edits(self, path: str, **typed: str) -> str | None:
        """Change the first post of a thread."""
        address = f"{path}/{path.rpartition('/')[2]}/edit"
        self.person.open(address)
        return self._sends(address, typed)

    def echo(self, address: str, usual: Mapping[str, str], said: str, **more: str) -> Response:
        """Send a text in every field of a form, so that it comes back."""
        fields = dict.fromkeys((*ECHOED, *CHOSEN), said) | {"remove": "", "image": self.image}
        return self.client.post(address, data={**usual, **fields, **more})

    def pages(self, path: str) -> dict[str, str]:
        """Return the pages on which a thread and its posts appear, by what they are."""
        first = f"{path}/{path.rpartition('/')[2]}"
        own = {
            "thread": path,
            "in order": f"{path}?order=oldest",
            "branch": f"{path}/at/1",
            "mine": f"{path}/mine",
            "reply": f"{first}/reply",
            "edit": f"{first}/edit",
            "withdraw": f"{first}/withdraw",
            "me": "/me",
        }
        seen = {name: self._page(at) for name, at in (own | LISTS).items()}
        fragment = {"hx-request": "true"}
        seen["slot"] = self._page(f"{path}/mine", fragment)
        seen["reply form"] = self._page(f"{first}/reply", fragment)
        return seen

    def shapes(self, path: str) -> dict[str, Counter[Shape]]:
        """Return what is on those pages, and how often."""
        return {name: shapes(html) for name, html in self.pages(path).items()}

    def texts(self, path: str) -> Iterator[str]:
        """Yield what JSON says was written in a thread, and what /me.json says was."""
        for address in (f"{path}.json", "/me.json"):
            answer = self.client.get(address)
            assert answer.headers["content-type"].startswith("application/json")
            for post in json.loads(answer.text)["posts"]:
                yield post["text"]

    def _page(self, address: str, headers: Mapping[str, str] | None = None) -> str:
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == 200, address
        return answer.text

    def _sends(self, address: str, typed: Mapping[str, str]) -> str | None:
        """Send the form that is open; warned, send it anyway where that may be."""
        person = self.person.submit(address, **typed)
        anyway = [b for b in person.page.iter("button") if b.get("name") == "anyway"]
        if anyway:
            person.submit(address, press=f"anyway={anyway[0].get('value')}", **typed)
        assert person.status in {200, 422}, (person.status, typed)
        if passed := self._passed():
            return passed[0]
        return person.path if person.path.startswith("/threads/") and _posted(person) else None

    def _passed(self) -> list[str]:
        """Let the desk pass what it holds, so that everybody sees it; the threads' addresses."""
        found = []
        with self.client.app.state.database.transaction() as db:
            for post in db.scalars(select(Post).where(Post.state == "held")).all():
                judging.hold(db, post.id)
                post.state = "published"
                db.flush()
                judging.appear(db, post.id, date(2026, 11, 18))
                found.append(f"/threads/{post.thread_id.hex()}")
        return found


LISTS = {
    "home": "/",
    "new": "/?sort=new",
    "chinese": "/?lang=zh&sort=new",
    "topic": "/topics/policy?sort=new",
    "employer": f"/employers/{SLUG}",
    "employer's threads": f"/employers/{SLUG}/threads?sort=new",
}
FEEDS = ("/feed.atom", "/topics/policy/feed.atom", f"/employers/{SLUG}/feed.atom")


def _posted(person: Person) -> bool:
    return person.status == 200 and not person.path.endswith(("/new", "/reply", "/edit"))
