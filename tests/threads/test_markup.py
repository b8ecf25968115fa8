"""The small Markdown of posts: what it makes, and what it never makes."""

import html5lib
import pytest

from app.threads import markup

_KNOWN = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"}
_REL = 'rel="nofollow ugc noreferrer"'


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("**so** *it* `is`", "<p><strong>so</strong> <em>it</em> <code>is</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("# one\n\n---", "<p># one</p>\n<p>---</p>"),
        ("5 < 6 & 7 > 6", "<p>5 &lt; 6 &amp; 7 &gt; 6</p>"),
        ("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>"),
        ("[here](javascript:x)", "<p>[here](javascript:x)</p>"),
        ("[here](//evil.example/)", "<p>[here](//evil.example/)</p>"),
        ("http://bank.example@evil.example/", "<p>http://bank.example@evil.example/</p>"),
        ("https://a.example:99999/", "<p>https://a.example:99999/</p>"),
        ("[x](https://ev\u200bil.example)", "<p>[x](https://ev\u200bil.example)</p>"),
        (
            '[x](https://a.example/ "a tooltip")',
            f'<p><a href="https://a.example/" {_REL}>x</a>'
            ' <span class="host">(a.example)</span></p>',
        ),
        (
            "[our bank](https://evil.example/x)",
            f'<p><a href="https://evil.example/x" {_REL}>our bank</a>'
            ' <span class="host">(evil.example)</span></p>',
        ),
        (
            "[https://bank.example](https://evil.example)",
            f'<p><a href="https://evil.example" {_REL}>https://bank.example</a>'
            ' <span class="host">(evil.example)</span></p>',
        ),
        (
            "见 https://news.example/a?b=1。对",
            f'<p>见 <a href="https://news.example/a?b=1" {_REL}>https://news.example/a?b=1</a>。对</p>',
        ),
    ],
)
def test_markdown(typed: str, made: str) -> None:
    assert markup.html(typed) == made


def test_a_picture_by_its_address_becomes_a_link_that_nobody_loads() -> None:
    made = markup.html("![cat](https://spy.example/cat.png)")
    assert "<img" not in made
    assert "(spy.example)" in made


def test_only_a_dozen_elements_come_out_whatever_goes_in() -> None:
    tricks = [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[a](data:text/html,<script>)",
        "[a](  jAvAsCrIpT:alert(1))",
        '[a](https://x.example/"onmouseover="alert(1))',
        "https://x.example/'onclick='alert(1)",
        "<https://x.example/%22><svg onload=alert(1)>",
        '```"><script>\n</code><script>alert(1)</script>\n```',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "a\x00<b>\x00",
        "[![x](https://a.example)](https://b.example)",
    ]
    for trick in (*tricks, "\n\n".join(tricks)):
        page = html5lib.parseFragment(markup.html(trick), namespaceHTMLElements=False)
        for element in page.iter():
            if element is page:
                continue
            assert element.tag in _KNOWN, trick
            assert set(element.attrib) <= {"href", "rel", "class", "start"}, trick
            assert element.get("href", "https://").startswith(("http://", "https://"))
            assert element.get("class", "host") == "host"


def test_a_plain_text_comes_out_the_same_by_the_short_way() -> None:
    for text in ('He said "no"', "one\ntwo\n\n\nthree\n", "你好，\n再见", "a #b 1.5 | x = y ~ z"):
        markup.html.cache_clear()
        short = markup.html(text)
        assert not markup._MARKED.search(text)
        long = markup._READER.render(text).strip().replace("<br />", "<br>").replace("&quot;", '"')
        assert short == long


def test_excerpts_are_words_alone() -> None:
    typed = "**So** [it](https://x.example/long) is:\n\n- `a`\n- b\n\n```\ncode\n```"
    assert markup.plain(typed) == "So it is: a b code"
    assert markup.plain("one\n\n two") == "one two"
    assert markup.excerpt("one two three", 9) == "one two…"


@pytest.mark.parametrize(
    "bit", ["[", "*", "<", "`", "> ", "- ", "a**b", "[a](", "![[]()", "http://"]
)
def test_ten_thousand_characters_of_marks_are_read_soon(bit: str) -> None:
    made = markup.html(bit * (10_000 // len(bit)))
    assert len(made) < 200_000
