"""Accounts at messengers, after the messenger's name: WeChat, QQ, Telegram and the like. Pure."""

import re
from collections.abc import Iterator

_NAMED = re.compile(
    r"""(?:微信|薇信|威信|维信|徽信|扣扣|抖音|小红书|快手|微博|钉钉|飞书|企鹅|绿泡泡|卫星号?|大绿|(?:(?<=加)|(?<=加我)|(?<=加个))(?:v|q|微|薇)
        |(?<![a-z0-9])(?:v信|qq|wechat|weixin|vx|wx|telegram|tg|discord|skype|instagram|insta|ig|signal|snapchat|snap|kakao(?:talk)?|facebook|fb|messenger|whatsapp|line|twitter|linkedin|viber|threema|wickr|matrix)(?![a-z]))
        (?P<sure>群?[ ]{0,2}(?:账号|帐号|号码|号|id|[ ]is))?
        [ ]?群?(?:号码?|id)?
        [ ]{0,2}[:,，搜是为]?[ ]{0,2}(?P<at>@)?
        (?P<id>[a-z0-9][a-z0-9_.-]{4,31}(?:\#[0-9]{4})?)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where messenger accounts stand."""
    for match in _NAMED.finditer(text):
        # A plain word after the name is talk about the messenger; a name has more in it.
        named = match["at"] or (match["sure"] and not match["sure"].endswith("is"))
        if named or any(sign.isdigit() or sign == "_" for sign in match["id"]):
            yield match.start("at") if match["at"] else match.start("id"), _end(match)


def _end(match: re.Match[str]) -> int:
    return match.start("id") + len(match["id"].rstrip(".-"))
