"""What may stand on a page: the elements and attributes that it has with harmless words, no others.

Pages are read by html5lib, as browsers read them. A shape is an element with its attributes;
values that hold what somebody typed are left out, and so are ids, counts and languages. Inside a
post's text there are only the few elements of the small Markdown.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

Shape = tuple[str, tuple[tuple[str, str], ...]]

_PLAIN: Final = {"blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
_REL: Final = "nofollow ugc noreferrer"
_HREF: Final = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+\.?(:\d{1,5})?([/?#][!-~]*)?", re.I)
_LANGUAGES: Final = {"en", "zh-CN", "ja", "ko", "ru"}
# What somebody typed, as a value: nothing but a text to whoever reads the page.
_TEXTS: Final = {
    *(("input", "value"), ("option", "value"), ("meta", "content"), ("img", "alt")),
    *(("button", "aria-label"), ("a", "aria-label"), ("aside", "aria-label"), ("path", "d")),
    *(("time", "datetime"), ("rect", "width"), ("img", "width"), ("img", "height")),
}
_UNTOLD: Final = "\0"
_ADDRESSES: Final = {"href", "action", "formaction", "src", "hx-get", "hx-post"}
_OTHERS: Final = {"https://www.wikipedia.org/", "https://www.baidu.com/"}
_IDS: Final = re.compile(r"[0-9a-f]{32}|\d+")
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ENTRY: Final = ("id", "title", "updated", "author", "link", "content")


def shapes(html: str) -> Counter[Shape]:
    """Return what is on a page, or a fragment of one, and how often."""
    whole = html.lstrip().lower().startswith("<!doctype")
    read = html5lib.parse if whole else html5lib.parseFragment
    return Counter(_shapes(read(html, namespaceHTMLElements=False)))


def injected(html: str, known: Iterable[Shape]) -> set[Shape]:
    """Return what is on a page and is not known."""
    return set(shapes(html)) - set(known)


def text_is_clean(html: str) -> bool:
    """Tell whether HTML holds nothing but what a post's Markdown may make."""
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return all(map(_of_a_text, _below(fragment)))


def feed_entries(xml: str) -> int:
    """Count the entries of an Atom feed that is well formed and holds what feeds hold."""
    feed = ElementTree.fromstring(xml)  # noqa: S314 (our own answer, without entities)
    entries = feed.findall(f"{_ATOM}entry")
    assert {each.tag for each in feed} <= {_ATOM + name for name in (*_ENTRY, "entry")}
    for entry in entries:
        assert sorted(e.tag for e in entry) == sorted(_ATOM + name for name in _ENTRY)
        assert [e.attrib for e in entry.iter(f"{_ATOM}content")] == [{"type": "html"}]
        assert all(len(e) == 0 for e in entry if e.tag != f"{_ATOM}author")
        assert text_is_clean(entry.findtext(f"{_ATOM}content") or "")
    return len(entries)


def _shapes(element: Element) -> Iterator[Shape]:
    for below in element:
        if not isinstance(below.tag, str):  # a comment
            yield "comment", ()
            continue
        yield _shape(below)
        if "txt" in below.get("class", "").split():
            wrong = [each for each in _below(below) if not _of_a_text(each)]
            yield from map(_shape, wrong)
        else:
            yield from _shapes(below)


def _below(element: Element) -> Iterator[Element]:
    return (each for each in element.iter() if each is not element)


def _of_a_text(element: Element) -> bool:
    tag, attributes = element.tag, element.attrib
    if tag == "a":
        href = attributes.get("href", "")
        return attributes == {"href": href, "rel": _REL} and bool(_HREF.fullmatch(href))
    if tag == "span":
        return attributes == {"class": "host"} and len(element) == 0
    if tag == "ol" and attributes:
        return set(attributes) == {"start"} and attributes["start"].isdigit()
    return tag in _PLAIN and not attributes


def _shape(element: Element) -> Shape:
    local = element.tag.rpartition("}")[2]
    pairs = [(name, _value(local, name, said)) for name, said in element.attrib.items()]
    if "hreflang" in element.attrib:  # the same page in the other language, whatever its address
        here = [said for name, said in pairs if name == "href" and said.startswith("/")]
        pairs = [(name, said) for name, said in pairs if said not in here]
    return element.tag, tuple(sorted((name, said) for name, said in pairs if said != _UNTOLD))


def _value(tag: str, name: str, said: str) -> str:
    if name == "lang" and tag != "html" and said in _LANGUAGES:
        return _UNTOLD  # browsers are told what a text seems to be written in
    if (tag, name) in _TEXTS:
        return "…"
    if name in _ADDRESSES:
        return _address(said)
    if name == "class":
        return said.replace("wall w2", "wall")
    return _IDS.sub("0", said)


def _address(said: str) -> str:
    """An address of this site with the names of its parameters; what they say is text."""
    parts = urlsplit(said)
    if said in _OTHERS:
        return said
    if parts.scheme or parts.netloc or not re.match(r"[/#](?![/\\])", said):
        return f"elsewhere {said}"
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return _IDS.sub("0", f"{parts.path}?{names}#{parts.fragment}")
