"""Every naughty string and attack line through what makes HTML of texts, one at a time."""

import time
from collections.abc import Sequence

import pytest
from jinja2 import Environment, Template

from app.search import words
from app.threads import markup
from app.triage.checking import Checked
from app.web.templates import environment
from tests.hostile import corpus
from tests.hostile.lines import ATTACKS
from tests.hostile.oracle import shapes, text_is_clean
from tests.hostile.strings import NAUGHTY

SECONDS = 0.6  # thrice what is measured for the worst, on a machine that does other things too
SIZES = [pytest.param(7, id="some"), pytest.param(1, id="all", marks=pytest.mark.deep)]
# Repeated, these made other readers of Markdown take quadratic time, or as many frames as signs.
ADVERSARIAL = (
    *("[", "[[", "![", "**[", "_[", "*[a](", "[a](", "[a](<", "[x][", "[]()", "***a", "*a**b"),
    *("a_b_", "_*", "*a_b", "`", "``a`", "<a", "&amp;", "\\[", "http://a.b/(", "https://a.b/_"),
    *(">", ">_", "]("),
)
NESTED = ("> ", "- ", "1. ", "> - ", "* * ", "- a\n  ", "  - ", ">>>> a\n", "\t- ")


def test_there_are_as_many_as_promised() -> None:
    assert len(NAUGHTY) == len(set(NAUGHTY)) >= 500
    assert len(ATTACKS) == len(set(ATTACKS)) >= 4_000
    assert len(corpus.TAKEN) >= 4_500


@pytest.mark.parametrize("every", SIZES)
def test_markdown_makes_a_dozen_elements_of_any_of_them(every: int) -> None:
    some = corpus.some(corpus.TAKEN, every)
    made = [markup.html(text) for text in some]
    # One document: whatever got out of one text would take the next with it.
    assert text_is_clean("".join(made))
    for text, each in zip(some, made, strict=True):
        assert each.count("<") == each.count(">"), text


@pytest.mark.parametrize("every", SIZES)
def test_excerpts_highlights_and_passages_hold_the_words_and_no_marks(every: int) -> None:
    for text in corpus.some(corpus.TAKEN, every):
        words_alone = markup.plain(text)
        parts = words.highlight(words_alone, words.read(text[:100]), len(text) + 100)
        assert "".join(part for part, _ in parts) == " ".join(words_alone.split())
        checked = Checked.of({"text": text})
        assert "".join(segment.text for segment in checked.segments("text")) == text
        assert not checked.found or checked.without("all")["text"] != text


@pytest.mark.parametrize("every", SIZES)
@pytest.mark.parametrize("kind", ["text", "attribute", "macro", "message"])
def test_templates_escape_every_one_of_them(kind: str, every: int) -> None:
    some = corpus.some(corpus.TAKEN, every)
    template = _template(environment("en"), kind)
    known = set(shapes(template.render(said=["harmless", "words"])))
    assert set(shapes(template.render(said=some))) == known


def _template(made: Environment, kind: str) -> Template:
    """The ways in which pages put a text: between tags, in a value, as macros do, in a sentence."""
    written = {
        "text": "<p>{{ each }}</p>",
        "attribute": '<input name="q" value="{{ each }}">',
        "macro": '<img{{ {"lang": "en", "alt": each}|xmlattr }}>{{ each|truncate(40) }}',
        "message": '<p>{{ _("Threads about %(name)s", name=each) }}</p>',
    }
    return made.from_string(f"{{% for each in said %}}{written[kind]}{{% endfor %}}")


def _slow(texts: Sequence[str]) -> list[tuple[str, float]]:
    found = []
    for text in texts:
        began = time.process_time()
        markup.html(text)
        markup.plain(text)
        words.highlight(text, words.read(text[:100]))
        found.append((text[:20], time.process_time() - began))
    return [(text, took) for text, took in found if took > 3 * SECONDS]


def test_ten_thousand_signs_of_markdown_are_read_soon_and_without_depth() -> None:
    assert _slow([(bit * 10_000)[:10_000] for bit in ("**[", "> ", "  - ")]) == []


@pytest.mark.deep
@pytest.mark.parametrize("bit", [*ADVERSARIAL, *NESTED])
def test_ten_thousand_signs_of_any_kind_are_read_soon(bit: str) -> None:
    mixed = (bit * 5_000)[:5_000] + "a" + (bit[::-1] * 5_000)[:4_999]
    assert _slow([(bit * 10_000)[:10_000], mixed]) == []


@pytest.mark.deep
def test_each_takes_time_in_proportion_to_its_length() -> None:
    for bit in (*ADVERSARIAL, *NESTED):
        short, long = (_quickest((bit * length)[:length]) for length in (5_000, 20_000))
        assert long < 10 * max(short, 0.01), (bit, short, long)


def _quickest(text: str) -> float:
    """Return the CPU seconds of one reading, the least of three: the machine is not ours alone."""
    took = []
    for _ in range(3):
        markup.html.cache_clear()
        began = time.process_time()
        markup.html(text)
        took.append(time.process_time() - began)
    return min(took)
