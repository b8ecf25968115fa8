"""Links to somebody's own page at a network: linkedin.com/in/..., weibo.com/u/... Pure.

A firm's page, a group, a post and a search are nobody's.
"""

import re
from collections.abc import Iterator

_ID = r"[A-Za-z0-9%_.@~\u4e00-\u9fff-]{2,80}"
_BEGIN = r"(?<![A-Za-z0-9@.-])(?:https?://)?(?:[a-z]{1,10}\.)?"
# Where a page's first part is whose it is, but for these.
_NO_ONE = (
    r"(?!(?:p|reel|reels|explore|stories|groups|events?|pages|watch|marketplace|hashtag|search"
    r"|home|i|intent|share"
    r"|login|about|help|company|jobs?|topics?|features|pricing|orgs|settings|notifications"
    r"|privacy|terms|policies"
    r"|sharer(?:\.php)?|dialog|tv|ttarticle|status|blog|news|s|c|joinchat|tag|tags|trending"
    r"|discover|business"
    r"|legal|support|contact|security|marketplace|sponsors|collections|apps|enterprise|site"
    r"|docs)(?:[/?#]|\b(?![\w.-])))"
)
_PEOPLE = (
    r"linkedin\.com/(?:in|pub|mwlite/in)/|xing\.com/profile/|maimai\.cn/(?:contact|profile|n|u"
    r"|web/gossip_user)/"
    r"|weibo\.(?:com|cn)/(?:u|n|profile)/|zhihu\.com/people/|douban\.com/people/"
    r"|jianshu\.com/u/|okjike\.com/u(?:sers)?/"
    r"|xiaohongshu\.com/user/profile/|space\.bilibili\.com/|douyin\.com/user/"
    r"|kuaishou\.com/profile/|juejin\.cn/user/"
    r"|user\.qzone\.qq\.com/|qm\.qq\.com/|u\.wechat\.com/|work\.weixin\.qq\.com/[a-z]{1,4}/"
    r"|blog\.csdn\.net/|nowcoder\.com/users?/"
    r"|reddit\.com/u(?:ser)?/|tiktok\.com/@|threads\.net/@|youtube\.com/(?:@|c/|channel/"
    r"|user/)|medium\.com/@"
    r"|discord(?:app)?\.com/users/|line\.me/(?:ti/p/|R/ti/p/)|snapchat\.com/add/|signal\.me/"
    r"|wa\.me/"
    r"|facebook\.com/(?:people/|profile\.php\?id=)|mastodon\.social/@|bsky\.app/profile/"
    r"|stackoverflow\.com/users/"
    r"|gitlab\.com/(?=[A-Za-z0-9_.-]{2,39}(?![/\w.-]))|strava\.com/athletes/"
    r"|twitch\.tv/|steamcommunity\.com/(?:id|profiles)/|patreon\.com/|onlyfans\.com/|ko-fi\.com/"
    r"|buymeacoffee\.com/|calendly\.com/|kaggle\.com/(?=[a-z0-9]{3,30}(?![/\w]))|behance\.net/|dribbble\.com/"
    r"|fiverr\.com/|upwork\.com/freelancers/|xhslink\.com/|v\.douyin\.com/|gitee\.com/(?=[A-Za-z0-9_-]{2,39}(?![/\w.-]))"
    r"|wellfound\.com/u/|dev\.to/|quora\.com/profile/|goodreads\.com/user/|tieba\.baidu\.com/home/"
    r"|glassdoor\.com/member/|leetcode\.c(?:om|n)/u/"
    r"|discord\.gg/"
)
_NAMES = (
    r"vk\.com/|m\.me/|wa\.link/|t\.me/(?:\+)?|telegram\.me/|linktr\.ee/|about\.me/|keybase\.io/|paypal\.me/"
    r"|venmo\.com/(?:u/)?|cash\.app/\$"
    r"|instagram\.com/|(?<![a-z])twitter\.com/|(?<![a-z])x\.com/|(?:fb|facebook)\.com/"
    r"|github\.com/(?=[A-Za-z0-9-]{2,39}(?![/\w.-]))"
    r"|weibo\.com/"
)
_PROFILE = re.compile(
    rf"{_BEGIN}(?:(?:{_PEOPLE})"
    rf"|(?:{_NAMES}){_NO_ONE}){_ID}(?:[/?#][^\s，。；！？、）】]{{0,200}})?",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where links to profiles stand."""
    for match in _PROFILE.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(".,;:!?*_~)]'\""))
