"""Accounts at messengers and networks, after their name: WeChat, QQ, Telegram... Pure."""

import re
from collections.abc import Iterator

_APP = r"""(?:[微薇威维徽][ ❤♥💚️*._-]{0,3}信|薇信|威信|维信|徽信|葳信|蔚信|微X|微♥|扣扣
        |扣(?=[群裙:：])|叩叩|球球|蔻蔻|抖音|小红书|快手|微博|钉钉|飞书|企鹅
        |绿泡泡|绿泡|绿书|卫[ ]?星|大绿|小绿|绿色软件|电报|纸飞机|推特|脸书|领英|脉脉|知乎
        |豆瓣|[bB]站
        |小?红薯|小地瓜|(?<![a-z])dd(?=号)|叮叮|钉号|闲鱼|咸鱼|虎扑|贴吧|牛客|赤兔|陌陌|探探
        |支付宝|油管|即刻|皮皮|企微
        |(?:(?<=加)|(?<=[加+➕][我个]))[ ]?(?:[vqw]|微|薇|威|徽|卫|扣)|[薇葳徽](?![薇葳]?信)
        |[+➕][vVqQ](?![a-z])
        |(?<![a-z0-9])[vq](?=[ ]?[:：♥❤💚号]|[群裙])|威(?=[ ]{0,2}[❤♥💚:])|[vVwW][❤♥💚]|🐧|🛰|💬|✈️?
        |(?<![a-z0-9&?=/.@_-])(?:v信|v[ ]?号|q号|qq|wechat|we[ ]chat|weixin|wei[ ]?xin|vx|wx
        |telegram|tg|discord|skype|instagram|insta|ins|ig
        |signal|snapchat|snap|kakao(?:talk)?|ka[ ]?talk|facebook|fb|messenger|whatsapp|line
        |twitter|linkedin|viber|threema
        |wickr|matrix|reddit|tiktok|weibo|douyin|xhs|zalo|mastodon|bluesky|bsky|dingtalk
        |kik|github|gitlab|gitee|twitch|steam|threads|patreon|substack|psn|gamertag|groupme|slowly
        |venmo|cash[ ]?app|paypal|zelle|keybase|icq|jabber)(?![a-z]))"""
_NAMED = re.compile(
    _APP
    + r"""
    (?:[ ](?:messenger|account|acct|page|dm
    |chat)(?=[ :@]))?(?:'s)?(?:同号)?(?P<sure>[群裙]?[ ]{0,2}(?:账号|帐号|号码|号|uid|id
    |handle|username|user
    |name|昵称)
    ){0,2}(?:[ ]{1,2}is)?
    (?:[ ](?:me|us|him|her)(?:[ ](?:at|on|@))?(?=[ ]?:
    |[ ][a-z0-9_.]{0,20}[0-9_]))?(?:(?<=号)[是为]?[\u4e00-\u9fff]{2,8}(?=[ :]))?
    [ ]?[群裙]?(?:号码?|id)?
    (?P<colon>[ ]{0,2}[:,，搜是为=\-—~～➡→👉❤♥💚️]{0,2}[ ]{0,2}
    (?:[(（][^)）\n]{0,8}[)）][:]?[ ]?)?)(?P<at>@)?
    (?P<id>[a-z0-9][a-z0-9_.-]{4,31}(?:\#[0-9]{4})?)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# Digits one by one, as QQ 1 9 4 8 2 0 7 7 3.
_APART = re.compile(
    r"(?:(?<![a-z0-9])(?:q ?q|q(?= ?[:：]|[1-9][0-9]{5,10}(?![0-9])))|扣(?:扣|(?=[群裙:：]))"
    r"|企鹅|叩叩|球球|蔻蔻|q号|🐧"
    r"|(?:(?<=加)"
    r"|(?<=加我)) ?q|(?<!微信)[群裙](?=号))[群裙]?(?:号码?)?(?:私聊|联系|加我|找我|私信|滴滴"
    r"|上)?[ :是为]{0,3}"
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
_DISCORD = re.compile(r"discord|(?<![a-z])(?:dc|disc)(?![a-z])", re.IGNORECASE)
_WXID = re.compile(r"(?<![A-Za-z0-9_])wxid_[a-z0-9]{6,24}", re.IGNORECASE | re.ASCII)
# What stands after a messenger's name and has a digit, and is no account: a version, a count.
_NO_ACCOUNT = re.compile(
    r"\A(?:v?[0-9]+\.[0-9.]+|[0-9]+(?:-[a-z0-9]+)+"
    r"|[0-9]+(?:am|pm|th|st|nd|rd|k|w|x|gb|mb|min|days?|hours?)?)\Z",
    re.IGNORECASE | re.ASCII,
)
_NUMBERED = re.compile(r"(?:qq|[扣叩球蔻]|企鹅|q号|🐧|[+➕加]q)", re.IGNORECASE)
_DOTTED = re.compile(r"[a-z]{2,20}(?:[.-][a-z]{2,20}){1,3}", re.IGNORECASE | re.ASCII)
_ENDING = re.compile(
    r"\.(?:com|cn|net|org|io|co|app|gg|me|tv|exe|py|js|ts|md|pdf|docx?|xlsx?)\Z|-(?:like|based"
    r"|only|free|wide"
    r"|style|side|ish|first|related|style|group|chat|call|bot|app|web|server|channel|thread"
    r"|ping|pings)",
    re.IGNORECASE,
)
# Skype's own names; u/name at Reddit; $name where money is sent; @name@server and @name.server.
_SHAPED = re.compile(
    r"(?<![A-Za-z0-9_])(?:live:\.?[A-Za-z0-9._-]{3,40}|8:live:[A-Za-z0-9._-]{3,40}"
    r"|/?u/(?=[A-Za-z0-9_-]{0,20}[A-Za-z])[A-Za-z0-9_-]{4,20}(?![/A-Za-z0-9])"
    r"|@[A-Za-z0-9._-]{2,32}[@:](?:[A-Za-z0-9-]{2,32}\.){1,3}[a-z]{2,10}"
    r"|@[A-Za-z0-9-]{2,32}\.bsky\.social)"
)
_CASH = re.compile(
    r"\b(?:cash ?app|cashtag|venmo)(?: is| me|:)? ?(\$[A-Za-z][A-Za-z0-9_-]{2,20})", re.IGNORECASE
)
# At Chinese networks a handle may be Chinese: 微博@加班的老张.
_HAN_HANDLE = re.compile(
    r"(?:微博|抖音|快手|小红书|红薯|知乎|[bB]站|豆瓣|视频号|公众号|即刻)(?:账号|号|id|ID|搜"
    r"|名)?[ :是]{0,2}"
    r"(@[\u4e00-\u9fffA-Za-z0-9_-]{2,16})"
)
# QQ in Chinese digits.
_IN_HAN = re.compile(
    r"(?:[qQ]{1,2}|扣扣|企鹅|球球)(?:[群裙]?号?码?)?[ :是为]{0,3}([一二三四五六七八九零〇幺]{6,11})"
)
_ON = re.compile(
    r"\b(?:find|add|follow|dm|hit|message|msg|reach|ping|text|hmu|catch)(?: me"
    r"| us)?(?: up)? (?:on|at|via|in) \Z",
    re.IGNORECASE,
)
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
    for match in _SHAPED.finditer(text):
        yield match.span()
    for pattern in (_CASH, _HAN_HANDLE, _IN_HAN):
        for match in pattern.finditer(text):
            yield match.span(1)
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
    if match["at"] or match["sure"]:
        return any(map(str.isalnum, written))
    if written.isdigit() and _NUMBERED.match(match[0]):
        return True
    if _NO_ACCOUNT.match(written):
        return written.isdigit() and len(written) >= 7
    if any(sign.isdigit() or sign == "_" for sign in written):
        return True
    # 'signal is pallet.jack', but 'discord.com'.
    told = ":" in match["colon"] and text[match.end("id") : match.end("id") + 1] != "/"
    if _DOTTED.fullmatch(written) and (told or not _ENDING.search(written)):
        return True
    # 'Telegram: nightowl', 'find me on ig, nightowl' and nothing behind it.
    named = _ON.search(text, max(0, match.start() - 32), match.start())
    return bool(told or named) and len(written) >= 6 and bool(_END.match(text, match.end("id")))


def _end(match: re.Match[str]) -> int:
    return match.start("id") + len(match["id"].rstrip(".-"))
