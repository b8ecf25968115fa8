"""The wallet's bundle in Chromium: RFC 9474's vectors, and the same rules as in Python.

The page imports the very file that it loads; what that exports is seen by who imports it only.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from app.credentials import text
from tests.credentials.standings import cases
from tests.keyring import RFC_9474

pytestmark = pytest.mark.browser

VECTORS = """async (vectors) => {
  const { blind, finalize } = await import("/static/wallet.js");
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (two) => parseInt(two, 16));
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  const random = crypto.getRandomValues;
  const found = [];
  for (const v of vectors) {
    const drawn = [v.salt, v.r].map(bytes);
    crypto.getRandomValues = (into) => {
      into.set(drawn.shift());
      return into;
    };
    const [n, message] = [v.n, v.message].map(bytes);
    const salt = v.salt.length / 2;
    const { blindedMsg, inv } = await blind(n, message, salt);
    const signature = await finalize(n, message, bytes(v.answer), inv, salt);
    const changed = await finalize(n, message, blindedMsg, inv, salt).catch(() => "refused");
    found.push([hex(blindedMsg), hex(inv), hex(signature), changed]);
  }
  crypto.getRandomValues = random;
  return found;
}"""

STANDINGS = """async (cases) => {
  const { credential, standing } = await import("/static/wallet.js");
  const found = [];
  for (const { document, text, today } of cases) {
    const kept = credential.read(text);
    const { state, label, day } = await standing(document, kept, today);
    found.push([state, label ?? "employer", day ?? null, credential.write(kept)]);
  }
  return found;
}"""

BROKEN = """async (texts) => {
  const { credential } = await import("/static/wallet.js");
  return texts.filter((text) => {
    try {
      return credential.read(text);
    } catch {
      return false;
    }
  });
}"""


def test_the_vectors_of_the_rfc(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/")
    found = page.evaluate(VECTORS, [_vector(raw) for raw in RFC_9474])

    assert len(found) == 4
    for raw, told in zip(RFC_9474, found, strict=True):
        expected = [_hex(raw[name]) for name in ("blinded_msg", "inv", "sig")]
        assert told == [*expected, "refused"], raw["name"]
    assert (
        page.evaluate("Object.keys(window).filter((name) => /wallet|blind|sjcl/i.test(name))") == []
    )


def test_the_browser_judges_as_python_does(open_browser: Callable[..., Page]) -> None:
    table = cases()
    page = open_browser()
    page.goto("/")
    asked = [
        {
            "document": case.document.decode(),
            "text": text.write(case.credential),
            "today": case.today,
        }
        for case in table
    ]
    found = page.evaluate(STANDINGS, asked)

    for case, told in zip(table, found, strict=True):
        expected = [case.state, case.label, case.day, text.write(case.credential)]
        assert told == expected, case.name


def test_the_browser_refuses_the_texts_that_python_refuses(
    open_browser: Callable[..., Page],
) -> None:
    lines = text.write(cases()[0].credential).splitlines()
    broken = [
        [*lines[:at], *changed, *lines[at + 1 :]] for at in range(6) for changed in _cuts(lines[at])
    ]
    texts = ["", "\n", *("\n".join(some) for some in broken)]
    refused = []
    for some in texts:
        try:
            text.read(some)
        except text.NotACredential:
            refused.append(some)
    assert len(refused) > 20
    page = open_browser()
    page.goto("/")
    whole = "\ufeff\r\n" + "\r\n\r\n".join(lines)

    assert page.evaluate(BROKEN, [*refused, whole]) == [whole]


def _cuts(line: str) -> list[list[str]]:
    return [[], [line[:-2]], [line, line], [line + " x"], [line.replace(" ", "", 1)], [line + "="]]


def _vector(raw: dict[str, Any]) -> dict[str, str]:
    """Spell a vector as the page wants it: the blinding itself, not its inverse."""
    n, inverse = int(raw["n"], 16), int(raw["inv"], 16)
    blinding = pow(inverse, -1, n).to_bytes((n.bit_length() + 7) // 8, "big").hex()
    named = {"n": "n", "message": "input_msg", "salt": "salt", "answer": "blind_sig"}
    return {"r": blinding, **{name: _hex(raw[of]) for name, of in named.items()}}


def _hex(spelt: str) -> str:
    return spelt.removeprefix("0x")
