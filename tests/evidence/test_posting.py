"""A picture on the pages of threads, without JavaScript: posted, seen by everybody, withdrawn."""

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from app.settings import Settings
from tests.evidence import pictures
from tests.evidence.pictures import NAME, PLACE
from tests.people import Person

WORDS = "A calendar, the name covered"
TYPED = {"title": "They announced the end of 996", "text": "The stand-up moved to 21:15."}


def step(person: Person, do: str, data: bytes = b"", **typed: str) -> Person:
    """Press a button of the image part with everything that the form holds."""
    _, values = person.form("/threads/new")
    files = {"file": ("IMG_0007.png" if data else "", data)}
    values.pop("file", None)
    answer = person.client.post(
        "/threads/new/image", data={**values, **typed, "image_do": do}, files=files
    )
    return person._look(answer)


def image(person: Person) -> str:
    """Return the address of the picture on a page."""
    found = [e.get("src", "") for e in person.page.iter("img")]
    return next((src for src in found if src.startswith("/evidence/")), "")


def test_a_picture_is_posted_seen_and_withdrawn(
    browsers: Callable[..., TestClient], settings: Settings
) -> None:
    writer, reader = Person(browsers()), Person(browsers())
    writer.open("/join").submit()
    writer.open("/threads/new?topic=policy")
    step(writer, "take", pictures.talkative(), **TYPED)
    corners = dict(zip(("left1", "top1", "right1", "bottom1"), map(str, NAME), strict=True))
    step(writer, "black_out", **corners)
    assert (writer.status, image(writer)[:17]) == (200, "/evidence/drafts/")
    writer.submit("/threads/new")
    assert set(writer.errors) == {"alternative"}
    writer.submit("/threads/new", alternative=WORDS)
    assert (writer.status, writer.path[:9]) == (200, "/threads/")
    thread = writer.path

    reader.open(thread)
    shown = next(e for e in reader.page.iter("img") if e.get("alt") == WORDS)
    assert (shown.get("width"), shown.get("height")) == ("400", "200")
    address = image(reader)
    assert reader.client.get(address).status_code == 200
    (kept,) = (settings.var / "evidence").iterdir()
    assert address == f"/evidence/{kept.name}.webp"
    assert PLACE not in kept.read_bytes()
    assert_nothing_else_on_disk(settings.var)

    writer.open(f"{thread}/{Path(thread).name}/withdraw").submit()
    assert not list((settings.var / "evidence").iterdir())
    assert reader.client.get(address).status_code == 404
    reader.open(thread)
    assert WORDS not in reader.html


def assert_nothing_else_on_disk(folder: Path) -> None:
    """No file but the object holds anything of the picture as it was sent."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PLACE not in content
            assert b"IMG_0007" not in content
