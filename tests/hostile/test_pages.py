"""Hostile texts posted through the forms, and every page, feed and document they come to."""

import re
from collections.abc import Callable, Sequence

import pytest

from app.settings import Settings
from app.threads.composing import ALTERNATIVE, CHOICE, QUESTION, TITLE
from app.threads.hand import line, lines
from app.triage.checking import Checked
from app.web import tokens
from app.web.languages import translate
from tests.hostile import corpus
from tests.hostile.attacker import CHOICES, FEEDS, LISTS, SLUG, Attacker
from tests.hostile.oracle import Shape, feed_entries, injected, shapes
from tests.people import Person
from tests.threads.talk import NEW

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PARTS = 32
HARMLESS = {
    "title": "Lights out",
    "text": "Quiet *evenings*.",
    "question": "When?",
    **{name: f"at {number}" for number, name in enumerate(CHOICES)},
}
_NEXT = re.compile(r'rel="next" href="([^"]+)"')
_THREAD = re.compile("/threads/[0-9a-f]{32}")
People = Callable[..., Person]


def sent(every: int, part: int = 0) -> tuple[str, ...]:
    """Return every n-th text, of those that may be sent."""
    some = corpus.TAKEN[part::every]
    return tuple(text for text in some if Checked.of({"text": text}).allowed)


def titled(settings: Settings, mei: Attacker, some: Sequence[str], all_: Sequence[str]) -> set[str]:
    """Open a thread for each text as its title, others as its poll; return their addresses.

    Some of the words are such as the desk holds.
    """
    opened, held, step = set(), 0, len(all_) // (len(CHOICES) + 2)
    for at, text in enumerate(some):
        asked = [all_[(at + step * turn) % len(all_)] for turn in range(1, len(CHOICES) + 2)]
        typed = {
            "title": text[:TITLE],
            "text": text[:QUESTION] + " said",
            "topic": "policy",
            "employer": "Meridian Cloud",
            "question": asked[0][: QUESTION - 1] + "?",
            **{
                n: f"{c[: CHOICE - 2]} {k}"
                for k, (n, c) in enumerate(zip(CHOICES, asked[1:], strict=True))
            },
            "token": tokens.new_token(settings, settings.now(), "open a thread"),
        }
        fields = {n: typed[n] for n in typed if n in {"title", "text", "question", *CHOICES}}
        answer = mei.client.post(NEW, data={**typed, "anyway": Checked.of(seen(fields)).digest})
        assert answer.status_code in {303, 422, 200}, text
        if answer.status_code == 303:
            opened.add(answer.headers["location"].partition("#")[0])
        held += answer.status_code == 200 and 'name="title"' not in answer.text
    assert len(opened) + held > len(some) * 0.9
    return opened


def seen(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields as the check before posting reads them, in its order."""
    return {name: said.strip() for name, said in fields.items() if said.strip()}


def pager(path: str) -> set[Shape]:
    """What leads through a list that has several pages."""
    asked = ([], ["sort"], ["lang", "sort"], ["older"], ["q"], ["lang", "q"])
    queries = [sorted((*more, *each)) for each in asked for more in ((), ("after",))]
    links = [("href", f"{path}?{query}#") for query in queries]
    labels = [("aria-label", translate(lang, "Pages")) for lang in ("en", "zh")]
    navs = {("nav", (label, ("class", "pager xs"))) for label in labels}
    return {*navs, *(("a", (to, ("rel", "next"))) for to in links), *(("a", (to,)) for to in links)}


def look_through(mei: Attacker, address: str, known: set[Shape]) -> set[str]:
    """Look at every page of a list; return the threads that it leads to."""
    found: set[str] = set()
    while address:
        html = mei.client.get(address).text
        assert injected(html, known) == set(), address
        found |= set(_THREAD.findall(html))
        following = _NEXT.search(html)
        address = following[1].replace("&amp;", "&") if following else ""
    return found


@ON_SQLITE
@pytest.mark.parametrize(
    ("every", "part"),
    [
        pytest.param(1_700, 0, id="some"),
        pytest.param(PARTS, 0, id="a thirty-second", marks=pytest.mark.deep),
    ],
)
def test_titles_and_polls_make_no_element_on_any_page(
    people: People, settings: Settings, every: int, part: int
) -> None:
    mei = Attacker(people())
    path = mei.opens(**HARMLESS)
    assert path
    usual = shapes(mei.client.get(path).text)
    assert mei.answers(path, "Quiet.", "A calendar")
    titled(settings, mei, ["Ring 13912345678"], ["Quiet."] * 20)  # and one that the desk holds
    known = {name: shapes(mei.client.get(at).text) for name, at in (LISTS | ME).items()}
    some = sent(every, part)
    threads = titled(settings, mei, some, sent(every // 8))
    for made in threads:
        assert shapes(mei.client.get(made).text) == usual, made
        feed_entries(mei.client.get(f"{made}/feed.atom").text)
    everything = set().union(*known.values())
    for name in ("new", "topic", "employer's threads"):
        everything |= pager(LISTS[name].partition("?")[0])
        assert look_through(mei, LISTS[name], everything) >= threads
    for name in LISTS:
        assert injected(mei.client.get(LISTS[name]).text, everything) == set(), name
    for feed in FEEDS:
        assert feed_entries(mei.client.get(feed).text) <= 30
    assert injected(mei.client.get("/me").text, everything | pager("/me")) == set()


@ON_SQLITE
@pytest.mark.parametrize(
    "every", [pytest.param(400, id="some"), pytest.param(6, id="a sixth", marks=pytest.mark.deep)]
)
def test_texts_and_descriptions_make_no_element_on_any_page(people: People, every: int) -> None:
    posted_everywhere(people, every)


@pytest.mark.deep
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_some_of_them_on_the_other_database(people: People) -> None:
    posted_everywhere(people, 25)


def posted_everywhere(people: People, every: int) -> None:
    """Post texts, many in each post, and look at each page beside one of harmless words."""
    mei = Attacker(people())
    some = sent(every)
    batches = list(corpus.batches(some, 9_500))
    shown = list(corpus.batches(some, ALTERNATIVE - 20, " "))
    harmless, hostile = mei.opens(**HARMLESS), mei.opens(**{**HARMLESS, "text": batches[0]})
    assert harmless
    assert hostile
    for number, batch in enumerate(batches):
        assert mei.answers(harmless, "Quiet.", "A calendar")
        assert mei.answers(hostile, batch, line(shown[number]) + " shown")
    usual, hit = mei.shapes(harmless), mei.shapes(hostile)
    assert hit == usual
    # As it was typed, and nothing else: of one who reads JSON, of its writer.
    said = set(mei.texts(hostile))
    assert said >= {lines(batch) for batch in batches}
    assert feed_entries(mei.client.get(f"{hostile}/feed.atom").text) == min(50, len(batches))
    assert mei.edits(hostile, title="Lights out", text=f"{batches[-1]}\n\nAgain.")
    assert shapes(mei.client.get(hostile).text) - usual["thread"] == EDITED
    for alternative in shown[len(batches) :]:
        answer = mei.echo(NEW, {}, "x", alternative=alternative)
        assert answer.status_code == 422
        assert 'alt="' in answer.text


@ON_SQLITE
@pytest.mark.parametrize(
    "every",
    [pytest.param(500, id="some"), pytest.param(6, id="a sixth to each", marks=pytest.mark.deep)],
)
def test_forms_that_come_back_hold_what_was_typed_as_text(people: People, every: int) -> None:
    mei = Attacker(people())
    path = mei.opens(**HARMLESS)
    assert path
    at = f"{path}/{path.rpartition('/')[2]}"
    forms = (NEW, f"{at}/reply", f"{at}/edit", f"{NEW}/image", f"{at}/reply/image", f"{NEW}/check")
    # Each form takes another part of them: six sixths are all.
    for part, address in enumerate(forms if every == 6 else forms[:4]):
        some = corpus.some(corpus.TAKEN[part:], every)
        known = set(shapes(mei.echo(address, {}, "harmless").text))
        known |= set(shapes(mei.echo(address, {}, "harmless " * 2_000).text))
        known |= set(shapes(mei.echo(address, {}, WARNED).text))
        known |= set(shapes(mei.echo(address, {}, "", text=WARNED, alternative="x").text))
        for batch in corpus.batches(some, 1_900, " "):
            for said in ({}, {"closes": "7", "image_do": ""}):
                answer = mei.echo(address, {}, batch, **said)
                assert answer.status_code in {200, 422, 303}, address  # 303: a short rest is taken
                assert injected(answer.text, known) == set(), (address, batch[:80])
    for refused in corpus.some(corpus.REFUSED, every):
        answer = mei.client.post(NEW, data={"title": refused.encode("utf-8", "surrogatepass")})
        assert answer.status_code == 422


@ON_SQLITE
@pytest.mark.parametrize(
    "every", [pytest.param(1_500, id="some"), pytest.param(25, id="more", marks=pytest.mark.deep)]
)
def test_searching_for_any_of_them_shows_words_alone(people: People, every: int) -> None:
    mei = Attacker(people())
    path = mei.opens(**HARMLESS)
    some = sent(every)
    for batch in corpus.batches(some, 9_500):
        assert path
        assert mei.answers(path, batch, "A calendar")
    known: set[Shape] = set()
    for q in ("quiet", "lights out", "Meridian", "nothing here", "加", "!", "x" * 200, ""):
        for more in (
            "",
            f"&employer={SLUG}&topic=policy&quarter=2026Q4",
            "&after=1",
            "&lang=zh",
            ALL,
        ):
            known |= set(shapes(mei.client.get(f"/search?q={q}{more}").text))
    known |= pager("/search")
    for text in corpus.some(corpus.ALL, every):
        said = text.encode("utf-8", "replace").decode()
        for query in ({"q": said[:100]}, dict.fromkeys(PARAMETERS, said[:600])):
            answer = mei.client.get("/search", params=query)
            assert answer.status_code == 200, text
            assert injected(answer.text, known) == set(), text


ME = {"me": "/me"}
# A post that was changed says so.
EDITED = {("span", (("class", "when"),)): 1}
PARAMETERS = ("q", "employer", "topic", "quarter", "after", "lang", "sort", "order", "older")
NARROW = f"&employer={SLUG}&topic=policy&quarter=2026Q4"
ALL = "&" + "&".join(f"{name}=0" for name in PARAMETERS)
WARNED = "Ask Mr John Smith, call 13812345678 or write to li.wei@example.com on 3 May 2024"
