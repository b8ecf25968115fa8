"""Evidence in a browser: what is covered never leaves it, by pointer and by keyboard."""

import base64
import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Site
from tests.browser.sound import sound
from tests.evidence.pictures import NAME, PLACE, talkative

pytestmark = pytest.mark.browser
FILE = FilePayload(name="IMG_0007.png", mimeType="image/png", buffer=talkative())
NEW = "/threads/new?topic=policy"


def reds(data: bytes) -> int:
    """Count the pixels of a picture that show the name."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return sum(count for count, (r, g, b) in image.getcolors(1 << 24) if r > 180 and g < 100 > b)


def chosen(page: Page) -> tuple[str, bytes]:
    """Return name and content of the file that the form would send now."""
    name, content = page.evaluate(
        """async () => {
          const input = document.querySelector("#file");
          while (!input.files.length) await new Promise((done) => setTimeout(done, 5));
          const file = input.files[0];
          const bytes = [...new Uint8Array(await file.arrayBuffer())];
          return [file.name, btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""))];
        }"""
    )
    return name, base64.b64decode(content)


def begin(page: Page) -> None:
    page.goto("/join")
    page.locator("main form button").first.click()
    page.goto(NEW)
    page.fill("[name=title]", "They announced the end of 996")
    page.fill("[name=text]", "The stand-up moved to 21:15.")


def cover(page: Page) -> None:
    """Draw a rectangle over the name, a little beyond it."""
    canvas = page.locator("#image canvas")
    canvas.scroll_into_view_if_needed()
    seen = canvas.bounding_box()
    assert seen
    left, top, right, bottom = NAME
    page.mouse.move(
        seen["x"] + seen["width"] * (left - 2) / 100, seen["y"] + seen["height"] * (top - 4) / 100
    )
    page.mouse.down()
    page.mouse.move(
        seen["x"] + seen["width"] * (right + 2) / 100,
        seen["y"] + seen["height"] * (bottom + 4) / 100,
        steps=3,
    )
    page.mouse.up()


def test_what_is_covered_never_leaves_the_browser(
    open_browser: Callable[..., Page], site: Site
) -> None:
    page = open_browser(width=800)
    begin(page)
    posts: list[str] = []
    page.on("request", lambda r: posts.append(r.url) if r.method == "POST" else None)

    page.set_input_files("#file", FILE)
    expect(page.locator("#image canvas")).to_be_visible()
    assert reds(chosen(page)[1]) > 1_000
    page.get_by_text("Cover by numbers instead").click()
    for side, value in zip(("left", "top", "right", "bottom"), NAME, strict=True):
        page.fill(f"#{side}1", str(value + (2 if side in {"right", "bottom"} else -2)))
    sound(page)
    assert reds(chosen(page)[1]) == 0
    page.fill("#left1", "")
    cover(page)
    assert reds(chosen(page)[1]) == 0
    page.get_by_role("button", name="Undo the last rectangle").click()
    assert reds(chosen(page)[1]) > 1_000
    cover(page)
    page.fill("#top1", "")
    page.fill("#right1", "")
    page.fill("#bottom1", "")
    name, sent = chosen(page)
    assert (name, reds(sent), PLACE in sent) == ("picture", 0, False)
    page.get_by_role("button", name="Post", exact=True).click()  # looks at it first
    expect(page.locator("#image img")).to_be_visible()
    assert f"{site.url}/threads/new/image" in posts
    assert f"{site.url}/threads/new" not in posts

    page.fill("#alternative", "A calendar, the name covered")
    page.get_by_role("button", name="Post", exact=True).click()
    posted = page.locator("main img[src^='/evidence/']")
    expect(posted).to_have_attribute("alt", "A calendar, the name covered")
    (kept,) = (path for path in (site.settings.var / "evidence").iterdir())
    assert reds(kept.read_bytes()) == 0
    assert PLACE not in kept.read_bytes()

    page.get_by_role("link", name="Reply").first.click()  # a fragment, with the same part in it
    page.locator("details", has=page.locator("#image")).locator("summary").first.click()
    page.set_input_files("#file", FILE)
    expect(page.locator("#image canvas")).to_be_visible()
    cover(page)
    assert reds(chosen(page)[1]) == 0
    page.get_by_role("button", name="Show it as others will see it").click()
    expect(page.locator("#image img")).to_be_visible()


def test_a_browser_that_gives_no_pixels_back_leaves_the_drawing_to_the_server(
    open_browser: Callable[..., Page],
) -> None:
    page = open_browser()
    page.add_init_script(
        "CanvasRenderingContext2D.prototype.getImageData = () => ({ data: [255, 255, 255, 255] })"
    )
    begin(page)
    page.set_input_files("#file", FILE)
    page.get_by_role("button", name="Show it as others will see it").click()
    expect(page.locator("#image img")).to_be_visible()
    expect(page.locator("#image canvas")).to_have_count(0)
