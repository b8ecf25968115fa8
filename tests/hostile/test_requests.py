"""Hostile addresses, methods, heads, bodies and file names: no page breaks, no head grows."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from urllib.parse import quote

import pytest
from httpx2 import Response

from tests.hostile import corpus
from tests.hostile.attacker import Attacker
from tests.hostile.oracle import Shape, injected, shapes
from tests.people import Person
from tests.threads.talk import NEW, SAID, at, opened

People = Callable[..., Person]
HEADS = {
    *("content-type", "content-length", "content-language", "content-encoding", "vary", "location"),
    *(
        "cache-control",
        "etag",
        "last-modified",
        "allow",
        "content-disposition",
        "retry-after",
        "accept-ranges",
    ),
    *("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"),
    *("cross-origin-opener-policy", "cross-origin-resource-policy", "x-frame-options"),
    *("cross-origin-embedder-policy", "strict-transport-security"),
}
READ = (
    *("/threads/{0}", "/threads/{0}.json", "/threads/{0}/feed.atom", "/threads/{0}/mine"),
    *("/threads/{0}/{0}/reply", "/threads/{0}/{0}/edit", "/threads/{0}/{0}/withdraw"),
    *("{thread}/at/{0}", "{thread}/{0}/reply", "{thread}/{0}/edit", "{thread}/{0}/withdraw"),
    *("/topics/{0}", "/topics/{0}/feed.atom", "/employers/{0}/threads", "/employers/{0}/feed.atom"),
    *("/evidence/{0}.webp", "/evidence/drafts/{0}.webp", "/evidence/{0}", "/{0}"),
)
WRITTEN = (
    *("/threads/{0}/poll", "/threads/{0}/{0}/vote", "{thread}/{0}/vote", "{thread}/{0}/reply"),
    *("{thread}/{0}/edit", "{thread}/{0}/withdraw", "{thread}/{0}/reply/image"),
)
# What only a program writes into an address: broken UTF-8, NUL, other separators, long numbers.
RAW = (
    *("%00", "a%00b", "%ff", "%ED%A0%80", "%C0%AF", "%F4%90%80%80", "%u0041", "%", "%2", "%zz"),
    *("..%2f..", "%2e%2e%2f", ";a=b", "a%3Bb", "%0d%0aX:y", "%09", "%20", "0" * 32, "0" * 31),
    *("F" * 32, "٣" * 32, "9" * 400, "-1", "1e9", "1.0", "%E2%80%AE", "a" * 9_000),
)
QUERIES = ("after={0}&sort=new", "after={0}", "lang={0}", "after=1&after={0}&order={0}")
PLACES = tuple(
    f"{value}_{'0' * 32}" for value in ("nan", "inf", "1e999", "2026-11-18", "0001-01-01")
)
LARGE = 3_000_000
OURS = re.compile(r"(https://lamplight\.test)?/(?![/\\])[!-~]*")


def sound(answer: Response, what: object, known: set[Shape] | None = None) -> None:
    """Hold an answer to what every answer is."""
    assert answer.status_code < 500, what
    assert {name.lower() for name in answer.headers} <= HEADS | {"set-cookie"}, what
    if answer.status_code in {301, 302, 303, 307}:
        assert OURS.fullmatch(answer.headers["location"]), what
    if known is not None and "text/html" in answer.headers.get("content-type", ""):
        assert injected(answer.text, known) == set(), what


def parts(every: int) -> Iterator[str]:
    """Give what may stand in an address as text, escaped, and what only a program writes."""
    yield from RAW
    for text in corpus.some(corpus.ALL, every):
        yield quote(text.encode("utf-8", "surrogatepass")[:2_000], safe="")


@pytest.mark.parametrize(
    ("database_url", "every"),
    [
        pytest.param("sqlite", 2_000, id="some"),
        pytest.param("sqlite", 40, id="more", marks=pytest.mark.deep),
        pytest.param("postgres", 100, id="other", marks=pytest.mark.deep),
    ],
    indirect=["database_url"],
)
def test_no_part_of_an_address_breaks_a_page(people: People, every: int) -> None:
    person = people()
    path = opened(person)
    addresses = ("/", "/topics/policy", path, "/search", "/me", NEW, "/employers/meridian-cloud")
    client = person.client
    known = {shape for form in READ for shape in _usual(person, form.format("zz", thread=path))}
    known |= _usual(person, "/no-such-page") | _usual(person, "/")  # what may be the current page
    known |= set(shapes(client.post(f"{path}/zz/vote", data={"vote": "give"}).text))
    for number, part in enumerate(parts(every)):
        every_one = number < len(RAW) and every == 1
        some = READ if every_one else (READ[number % len(READ)],)
        for form in some:
            sound(client.get(form.format(part, thread=path)), (form, part), known)
        form = WRITTEN[number % len(WRITTEN)].format(part, thread=path)
        sound(client.post(form, data={"vote": part, "choice": part, "text": "x"}), (form, part))
    for number, (query, part) in enumerate(product(QUERIES, (*RAW, *PLACES))):
        if every > 1 and number % 5:
            continue
        for address in addresses if every == 1 else (addresses[number % len(addresses)],):
            said = f"{address}?{query.format(part)}&employer={part}&topic={part}&q={part}"
            sound(client.get(said), said)


def _usual(person: Person, address: str) -> set[Shape]:
    answer = person.client.get(address)
    return set(shapes(answer.text)) if "text/html" in answer.headers["content-type"] else set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_other_methods_bodies_and_heads_are_refused(people: People) -> None:
    person = people()
    path = opened(person)
    first = at(path)
    client = person.client
    forms = (NEW, f"{NEW}/check", *(f"{first}/{act}" for act in ("reply", "edit", "vote")))
    pictures = (f"{NEW}/image", f"{first}/reply/image")
    for address in (*forms, f"{path}/poll"):
        assert client.post(address, json={"text": "x"}).status_code == 415
        assert client.post(address, content=b"\xff" * 99).status_code == 415
        assert client.post(address, data={"text": "x" * LARGE}).status_code == 413
        charset = {"content-type": "multipart/form-data; boundary=B; charset=utf-7"}
        assert client.post(address, content=b"--B--\r\n", headers=charset).status_code == 415
        sound(client.post(address, content=b"text=%ff%00&text=2&=&&%", headers=FORM), address)
        sound(client.post(address, data={f"f{n}": "x" for n in range(500)}), address)
    for address in pictures:
        assert client.post(address, json={}).status_code == 415
        files = [("file", ("a", b"a")), ("file", ("b", b"b"))]
        assert client.post(address, files=files).status_code == 400
    for address in (path, f"{path}.json", "/topics", "/search", "/feed.atom", "/evidence/x.webp"):
        assert client.post(address, data={"a": "b"}).status_code == 405
        assert client.request("TRACE", address).status_code == 405
    for said in ("\u202e", "a\x7f", '"><b>', "zh;q=nan", "=", "x" * 9_000, "*;q=1e999"):
        heads = {"accept-language": said, "hx-request": said, "hx-target": said, "cookie": said}
        raw = {name: value.encode() for name, value in heads.items()}
        sound(client.get(path, headers=raw), said, set(shapes(client.get(path).text)))


BROKEN = {"content-type": "multipart/form-data; boundary=B"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "every", [pytest.param(1_200, id="some"), pytest.param(40, id="more", marks=pytest.mark.deep)]
)
def test_names_of_files_and_fields_are_told_to_nobody(people: People, every: int) -> None:
    mei = Attacker(people())
    address = f"{NEW}/image"
    known = set(shapes(mei.client.post(address, data=SAID, files={"file": ("a", b"")}).text))
    known |= set(shapes(mei.client.post(address, data=SAID, files={"file": ("a", b"x")}).text))
    known |= set(shapes(mei.client.post(address, content=b"-", headers=BROKEN).text))
    for number, text in enumerate(corpus.some(corpus.ALL, every)):
        name = text.encode("utf-8", "surrogatepass").replace(b'"', b"%22")[:500]
        name = name.replace(b"\n", b"%0A").replace(b"\r", b"%0D")
        part = b'--B\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
        kind = (b"image/png", b"text/html", b"image/svg+xml", name)[number % 4]
        body = part % ((b"file", name)[number % 2], name)
        body += b"Content-Type: " + kind + b"\r\n\r\n\r\n--B--\r\n"
        answer = mei.client.post(address, content=body, headers=BROKEN)
        assert answer.status_code in {200, 400, 422}, text
        sound(answer, text, known)
        assert "evil.example" not in answer.text, text
