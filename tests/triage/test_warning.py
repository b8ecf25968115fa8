"""The warning before posting, as a page shows it, in both languages."""

from xml.etree.ElementTree import Element

import html5lib
import pytest

from app.triage.checking import Checked
from app.web.templates import environment

TEXTS = {"title": "About <b>Mr Smith</b>", "text": "Ring 139 1234 5678.\r\n工号A10293 & 王经理"}
LABELS = {"title": "Title", "text": "What happened"}


def shown(checked: Checked, lang: str) -> Element:
    """Render the warning alone and read it as a browser would, strictly."""
    source = '{% from "triage/_warning.html" import warning %}{{ warning(checked, labels) }}'
    written = environment(lang).from_string(source).render(checked=checked, labels=LABELS)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(written)


def buttons(page: Element, name: str) -> list[str]:
    return [each.get("value") for each in page.iter("button") if each.get("name") == name]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_passage_is_marked_named_and_removable(lang: str) -> None:
    checked = Checked.of(TEXTS)
    page = shown(checked, lang)

    alert = next(page.iter("section"))
    assert (alert.get("role"), alert.get("tabindex")) == ("alert", "-1")
    marks = list(page.iter("mark"))
    assert [mark.text.strip() for mark in marks] == ["Mr Smith", "139 1234 5678", "A10293", "王"]
    # A word says what it is: the line below a mark is not all there is.
    assert all(mark.find("span").text for mark in marks)
    assert buttons(page, "remove") == [*(found.place for found in checked.found), "all"]
    assert buttons(page, "anyway") == [checked.digest]
    targets = {mark.get("id") for mark in marks}
    assert {link.get("href").removeprefix("#") for link in page.iter("a")} == targets
    assert len(targets) == 4
    looks = ["".join(each.itertext()) for each in page.iter("p") if each.get("class") == "look"]
    assert looks[0].startswith("About <b>Mr Smith")


def test_what_may_not_be_posted_has_no_button_for_it() -> None:
    page = shown(Checked.of({"text": "31011519900307283X"}), "en")

    assert buttons(page, "anyway") == []
    assert buttons(page, "remove") == ["text:0-18", "all"]


def test_both_languages_say_their_own_words() -> None:
    said = {lang: "".join(shown(Checked.of(TEXTS), lang).itertext()) for lang in ("en", "zh")}

    assert "phone number" in said["en"]
    assert "电话号码" in said["zh"]
    assert "phone number" not in said["zh"]
