"""What people do in the conversation, as steps of tests."""

from typing import Final

from tests.people import Person

NEW: Final = "/threads/new"
TITLE: Final = "The stand-up moved to 21:15"
TEXT: Final = "For six weeks it was true."
SAID: Final = {"title": TITLE, "text": TEXT, "topic": "policy"}
POLL: Final = {"question": "When do you leave?", "choice1": "Before 19:00", "choice3": "After"}


def opened(person: Person, **typed: str) -> str:
    """Open a thread and return the address of its page."""
    person.open(NEW).submit(NEW, **{**SAID, **typed})
    assert person.status == 200, person.errors
    return person.path


def at(path: str, post: str = "") -> str:
    """Return the address under which a post's own pages are; the first one's unless another's."""
    return f"{path}/{post or path.rpartition('/')[2]}"


def replied(person: Person, parent: str, text: str, **typed: str) -> str:
    """Answer the post at an address and return the address of one's own post."""
    person.open(f"{parent}/reply").submit(f"{parent}/reply", text=text, **typed)
    assert person.status == 200, person.errors
    thread = person.path
    person.open(f"{thread}/mine")
    edits = [a.get("href", "") for a in person.page.iter("a") if a.get("href", "").endswith("edit")]
    return edits[-1].removesuffix("/edit")


def name_in(person: Person, path: str) -> str:
    """Return the name that somebody bears in a thread."""
    said = person.open(f"{path}/mine").text
    return said.partition("In this thread you are ")[2].partition(".")[0]
