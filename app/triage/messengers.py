"""Accounts at messengers and networks, after their name: WeChat, QQ, Telegram... Pure."""

import re
from collections.abc import Iterator

_APP = r"""(?:微[ ]?信|薇信|威信|维信|徽信|葳信|蔚信|微X|微♥|扣扣
        |叩叩|球球|蔻蔻|抖音|小红书|快手|微博|钉钉|飞书|企鹅
        |绿泡泡|卫[ ]?星|大绿|小绿|绿色软件|电报|纸飞机|推特|脸书|领英|脉脉|知乎|豆瓣|[bB]站
        |陌陌|探探|支付宝|油管|即刻|皮皮|企微
        |(?:(?<=加)|(?<=[加+➕][我个]))[ ]?(?:[vqw]|微|薇|威|徽|卫|扣)|[薇葳徽](?![薇葳]?信)
        |[+➕][vVqQ](?![a-z])
        |(?<![a-z0-9])[vq](?=[ ]?[:：♥❤💚号])|威(?=[ ]{0,2}[❤♥💚:])|[vVwW][❤♥💚]|🐧|🛰|💬|✈️?
        |(?<![a-z0-9&?=/.@_-])(?:v信|v[ ]?号|q号|qq|wechat|we[ ]chat|weixin|wei[ ]?xin|vx|wx
        |telegram|tg|discord|skype|instagram|insta|ig
        |signal|snapchat|snap|kakao(?:talk)?|ka[ ]?talk|facebook|fb|messenger|whatsapp|line
        |twitter|linkedin|viber|threema
        |wickr|matrix|reddit|tiktok|weibo|douyin|xhs|zalo|mastodon|bluesky|bsky|dingtalk
        |venmo|cash[ ]?app|paypal|zelle|keybase|icq|jabber)(?![a-z]))"""
_NAMED = re.compile(
    _APP
    + r"""
    (?:'s)?(?:同号)?(?P<sure>群?[ ]{0,2}(?:账号|帐号|号码|号|id|handle|username|user|name
    |[ ]is)){0,2}
    (?:[ ](?:me|us|him|her)(?=[ ]?:))?(?:(?<=号)[是为]?[\u4e00-\u9fff]{2,8}(?=[ :]))?
    [ ]?群?(?:号码?|id)?
    (?P<colon>[ ]{0,2}[:,，搜是为=\-—~～➡→👉❤♥💚️]{0,2}[ ]{0,2}
    (?:[(（][^)）\n]{0,8}[)）][:]?[ ]?)?)(?P<at>@)?
    (?P<id>[a-z0-9][a-z0-9_.-]{4,31}(?:\#[0-9]{4})?)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# Digits one by one, as QQ 1 9 4 8 2 0 7 7 3.
_APART = re.compile(
    r"(?:(?<![a-z0-9])q ?q|扣扣|企鹅|叩叩|球球|蔻蔻|q号|🐧|(?:(?<=加)"
    r"|(?<=加我)) ?q)群?(?:号码?)?[ :是为]{0,3}"
    r"([1-9](?:[ .*·•-]{0,2}[0-9]){5,11})(?![0-9年月])",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![A-Za-z0-9_.@/=+-])@[A-Za-z][A-Za-z0-9_.]{3,31}(?![A-Za-z0-9_/@(-])", re.ASCII
)
_SAID = re.compile(
    r"\b(?:add|dm|find|follow|hit|reach|ping|message|msg|contact|handle|username|user name|id"
    r"|i'm|im|im at)"
    r"(?: (?:me|us|him|her|up|on|is|at|there|with|here|out)){0,4}[ :]{1,2}$|(?:加|找|联系|关注"
    r"|搜|私|敲|艾特)[我他她]?[ :]{0,2}$",
    re.IGNORECASE | re.ASCII,
)
_NUMBER_SIGN = re.compile(r"(?<![A-Za-z0-9_.#])[A-Za-z0-9_.]{2,31}#[0-9]{4}(?![0-9])", re.ASCII)
_DISCORD = re.compile(r"discord|(?<![a-z])dc(?![a-z])", re.IGNORECASE)
_WXID = re.compile(r"(?<![A-Za-z0-9_])wxid_[a-z0-9]{6,24}", re.IGNORECASE | re.ASCII)
# What stands after a messenger's name and has a digit, and is no account: a version, a count.
_NO_ACCOUNT = re.compile(
    r"\A(?:v?[0-9]+\.[0-9.]+|[0-9]+(?:-[a-z0-9]+)+"
    r"|[0-9]+(?:am|pm|th|st|nd|rd|k|w|x|gb|mb|min|days?|hours?)?)\Z",
    re.IGNORECASE | re.ASCII,
)
_NUMBERED = re.compile(r"(?:qq|[扣叩球蔻]|企鹅|q号|🐧|[+➕加]q)", re.IGNORECASE)
_END = re.compile(r"[.,;!?)]*(?:$|[\n]|[^\x00-\x7f])")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where accounts stand."""
    for match in _NAMED.finditer(text):
        if _account(text, match):
            yield match.start("at") if match["at"] else match.start("id"), _end(match)
    for match in _APART.finditer(text):
        yield match.span(1)
    for match in _WXID.finditer(text):
        yield match.span()
    for match in _NUMBER_SIGN.finditer(text):
        if _DISCORD.search(text, max(0, match.start() - 24), match.start()):
            yield match.span()
    for match in _HANDLE.finditer(text):
        telling = any(sign.isdigit() or sign == "_" for sign in match[0])
        if telling or _SAID.search(text, max(0, match.start() - 32), match.start()):
            yield match.start(), match.start() + len(match[0].rstrip("._"))


def _account(text: str, match: re.Match[str]) -> bool:
    """Tell an account from talk about a messenger: it is said to be one, or no word."""
    written = match["id"].rstrip(".-")
    if match["at"] or (match["sure"] and not match["sure"].endswith("is")):
        return True
    if written.isdigit() and _NUMBERED.match(match[0]):
        return True
    if _NO_ACCOUNT.match(written):
        return written.isdigit() and len(written) >= 7
    if any(sign.isdigit() or sign == "_" for sign in written):
        return True
    # 'Telegram: nightowl' and nothing behind it.
    return ":" in match["colon"] and len(written) >= 6 and bool(_END.match(text, match.end("id")))


def _end(match: re.Match[str]) -> int:
    return match.start("id") + len(match["id"].rstrip(".-"))
