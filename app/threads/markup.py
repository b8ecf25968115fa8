"""The small Markdown of posts: from what was typed to HTML, and to plain words. Pure.

Paragraphs, line breaks, emphasis, code, quotes, lists and links; no HTML, headings, tables or
images. What comes out is cleaned once more by nh3, which knows nothing of how it was made.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Final
from urllib.parse import SplitResult, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_OFF: Final = ("heading", "lheading", "hr", "html_block", "reference", "image", "html_inline")
_TAGS: Final = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "ul",
}
# Nobody learns whence a reader comes, and no search engine takes it for a recommendation.
_REL: Final = "nofollow ugc noreferrer"
_URL: Final = re.compile(r"https?://[^\s<>\"'“”‘’（）《》【】，。；、！？]+", re.IGNORECASE)
_AFTER_URL: Final = ".,:;!?)]}*_~"  # ends the sentence rather than the address
_HOST: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+\.?(:\d{1,5})?")
# A text with none of these is its own HTML, but for paragraphs and line breaks.
_MARKED: Final = re.compile(
    r"[*_`\[\]<>&\\\x00\r\t]|://|^ |(?:^|\n)[ ]{0,3}(?:[-+]|\d{1,9}[.)]|~~~)|\n +| \n",
    re.IGNORECASE,
)
_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},  # else nh3 keeps title and lang
    allowed_classes={"span": {"host"}},
    url_schemes={"http", "https"},
    link_rel=_REL,
)


def _reader() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 12})
    made.disable(list(_OFF))
    made.validateLink = _allowed  # type: ignore[method-assign]  # how markdown-it takes one
    made.add_render_rule("link_close", _link_close)
    return made


@lru_cache(maxsize=512)
def html(text: str) -> Markup:
    """Return a text as HTML that is safe to put on a page."""
    if not _MARKED.search(text):
        return Markup(_paragraphs(text))  # noqa: S704 (it bears no sign of HTML)
    tokens = _READER.parse(text)
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children))
    said = _READER.renderer.render(tokens, _READER.options, {})
    return Markup(_CLEANER.clean(said).strip())  # noqa: S704 (cleaned by nh3)


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Return the words of a text in one line, without marks and addresses of links."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    return " ".join(" ".join(_words(_READER.parse(text))).split())


def excerpt(text: str, most: int) -> str:
    """Return the beginning of a text's words, at most so many characters long."""
    words = plain(text)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _paragraphs(text: str) -> str:
    """Write a text that bears no marks."""
    parts = re.split(r"\n\n+", text.strip())
    return "\n".join(f"<p>{part}</p>".replace("\n", "<br>\n") for part in parts if part)


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            inline = token.children or []
            yield "".join(
                " " if part.type.endswith("break") else part.content
                for part in inline
                if part.type.endswith("break") or part.type in {"text", "code_inline"}
            )
        elif token.type in {"fence", "code_block"}:
            yield token.content


def _linked(tokens: list[Token]) -> Iterator[Token]:
    """Make links of the addresses that stand in a text, and tell each link where it leads."""
    inside: Token | None = None
    for token in tokens:
        if token.type == "link_open":
            inside = token
            token.meta = {"text": ""}
        elif token.type == "link_close" and inside is not None:
            token.meta = {"host": _host_to_show(inside)}
            inside = None
        elif inside is not None:
            inside.meta["text"] += token.content
        elif token.type == "text":
            yield from _addresses(token.content)
            continue
        yield token


def _addresses(text: str) -> Iterator[Token]:
    """Cut a text at the web addresses in it."""
    done = 0
    for found in _URL.finditer(text):
        url = found[0].rstrip(_AFTER_URL)
        href = _READER.normalizeLink(url)
        if not _allowed(href):
            continue
        yield _text(text[done : found.start()])
        opened = Token("link_open", "a", 1, attrs={"href": href}, meta={"text": url})
        yield opened
        yield _text(url)
        yield Token("link_close", "a", -1, meta={"host": _host_to_show(opened)})
        done = found.start() + len(url)
    yield _text(text[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _host_to_show(opened: Token) -> str:
    """Return the host of a link, or nothing where the link's own words begin with it."""
    parts = _split(str(opened.attrs["href"]))
    host = parts.hostname or "" if parts else ""
    written = opened.meta["text"].lower()
    return "" if re.match(rf"https?://{re.escape(host)}(?:[/?#:]|$)", written) else host


def _link_close(_: object, tokens: list[Token], at: int, *__: object) -> str:
    """Put the host beside a link, so that nobody is led elsewhere than the words say."""
    host = tokens[at].meta.get("host")
    return f'</a> <span class="host">({host})</span>' if host else "</a>"


def _allowed(url: str) -> bool:
    """Tell whether an address may be a link: http(s), with a host, and no name before an @.

    What the cleaner reads as no address, by its host or port, would else be a link to nowhere.
    """
    parts = _split(url)
    return bool(
        parts
        and parts.scheme.lower() in {"http", "https"}
        and _HOST.fullmatch(parts.netloc.lower())
        and "href=" in _CLEANER.clean(f'<a href="{escape(url)}">')
    )


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


_READER: Final = _reader()
