"""Slurs, and sentences that despise a group for what it is. Pure."""

import re
from collections.abc import Iterator

from app.triage.words import words

_PLACES = (
    "河南|东北|上海|北京|广东|江西|安徽|湖北|四川|贵州|云南|新疆|西藏|福建|山东|山西|陕西|河北"
    "|湖南|广西|海南|甘肃"
    "|青海|宁夏|内蒙古?|台湾|香港|外地|本地|乡下|农村|日本|韩国|印度|非洲|美国|越南|菲律宾"
    "|犹太|阿拉伯"
)
_GROUP = (
    rf"(?:(?:{_PLACES}|那帮|那群)(?:人|佬|的(?=全|都)|仔|妹|女人|男人|老板)|女人|女的|女生"
    rf"|女司机|男人|男的|娘们|黑人"
    rf"|白人|回民|穆斯林|维族|藏族"
    r"|回族|少数民族|同性恋|残疾人|乙肝|胖子|老头|老太婆|孕妇|打工仔|农民工|农民|单亲|九零后"
    r"|零零后|大龄剩女)"
)
_DESPISED = (
    r"(?:没(?:有)?一个好|没(?:一个|几个)?好(?:东西|人)|都?(?:是|像)(?:骗子|小偷|贼|垃圾|废物|猪"
    r"|狗|畜生|恐怖分子|贱|穷鬼"
    r"|懒|蠢|蝗虫|寄生虫|人渣|祸害)|就(?:是|会)?(?:贱|蠢|懒|笨|头发长|矫情|垃圾|该滚|该死"
    r"|生孩子的命)"
    r"|手脚不干净|(?:就|只)(?:该|配)(?:回家|在家|滚|去)|(?:全|都)(?:是|他妈是)?(?:废物|骗子"
    r"|垃圾|小偷|脑残|吸血鬼)|一个比一个"
    r"|(?:就是|都是)?有病[，,]|(?:就|都)?(?:不该|不能|不准)让(?:他们|她们|它们)|(?:应该"
    r"|该)?全(?:抓|关|赶|杀)|一个都(?:别|不)(?:招|要|用)"
    r"|滚(?:出|回|蛋|远)|都(?:该|得|应该)(?:死|滚|绝种)|不配(?:做|当|上|进|和|跟)"
    r"|天生(?:就)?(?:笨|蠢|懒|贱|低人|不适合))"
)
_CHINESE = (
    # A clause or two between whom and what.
    re.compile(
        rf"{_GROUP}[^\W0-9A-Za-z_]{{0,8}}?(?:，[^\W0-9A-Za-z_]{{0,10}}?){{0,2}}?{_DESPISED}"
    ),
    re.compile(
        rf"(?:别|不|绝不|千万别|从不)(?:要)?(?:招|录|用|要|收|带){_GROUP}(?:，|$|。"
        rf"|的[^\W0-9A-Za-z_]{{0,2}}，)"
    ),
    re.compile(
        r"黑鬼|阿三(?=[上就都只们这那])|(?:低等|劣等|下等)(?:民族|货|人种|人(?!力))|白皮猪"
        r"|支那|小日本|棒子国|死基佬|死同性恋|死gay|死变态|死娘炮|死人妖|人妖|贱种"
        r"|杂种|野种|狗杂|母狗"
        r"|臭婊子|婊子|贱婢|骚货|荡妇|荡货|脑瘫|死瘸子|死残废|臭要饭|乡巴佬|臭外地|外地狗"
        r"|死胖子|死肥猪|印度阿三"
        r"|绿绿滚|缠头|番狗|头发长见识短|滚回(?:你|你们|他们)?(?:的)?(?:老家|农村|乡下|国家"
        r"|非洲|河南|山里)"
    ),
)
_PEOPLE = (
    r"(?:arabs?|muslims?|jews?|blacks?|black people|whites?|indians?|chinese|asians?|mexicans?"
    r"|africans?"
    r"|immigrants?|migrants?|foreigners?|refugees?|gypsies|women|females|girls|men|gays?"
    r"|gay people|lesbians?"
    r"|trans(?: people)?|disabled(?: people)?|old people|poles|romanians|nigerians|pakistanis"
    r"|turks|catholics"
    r"|homosexuals?|filipinos?|latinos?)"
)
_BAD = (
    r"(?:terrorists?|thieves|criminals?|animals?|lazy|stupid|dirty|filthy|scum|vermin|rats"
    r"|parasites|liars?|rapists"
    r"|subhuman|inferior|disgusting|cockroaches|pigs|dogs|monkeys|too (?:emotional|stupid|dumb"
    r"|lazy)|useless|trash"
    r"|garbage|cheats?|an abomination|sick in the head)"
)
_ENGLISH = (
    re.compile(
        rf"\b(?:all |these |those |the )?{_PEOPLE} (?:are|is) (?:all |just |nothing but "
        rf"|naturally |born )?{_BAD}\b"
    ),
    re.compile(
        rf"\b(?:dirty|filthy|stinking|lazy|stupid|fucking|bloody|damn|goddamn|smelly) "
        rf"(?:{_PEOPLE})\b"
    ),
    re.compile(
        rf"\b(?:never|don'?t|do not|stop) (?:hire|hiring|trust|promote|employ) (?:any )?{_PEOPLE}\b"
        rf"|\b{_PEOPLE} (?:shouldn'?t|should not|cannot|can'?t|aren'?t fit to"
        rf"|don'?t deserve to) (?:be|work|drive|vote|lead|manage|code)\b"
        r"|\bbreed(?:ing)? like (?:rats|rabbits|cockroaches|flies)|\bsend (?:them|these people"
        r"|you) (?:all )?(?:back|home)\b"
        r"|\b(?:they|these people|those people)(?:'re| are) (?:all )?(?:terrorists|thieves"
        r"|animals|vermin|savages|parasites|subhuman|criminals)\b"
        r"|\b(?:brains|genes|blood|culture) (?:just )?(?:aren'?t|isn'?t|not) (?:built|made"
        r"|meant|wired)"
    ),
    re.compile(
        r"\b(?:sick|disgusting|perverts?|diseased)\b[^.\n]{0,20} (?:shouldn'?t|should not"
        r"|must not) be (?:near|around|allowed)"
        r"|\bban (?:the whole lot|all) of them\b|\bgo back to (?:your|their|his|her"
        r"|where) (?:own )?(?:country|village|jungle|africa"
        r"|you came|they came)"
        rf"|\b{_PEOPLE} (?:belong in the (?:kitchen|zoo|home)|should (?:not|never) (?:teach"
        rf"|work|be allowed|drive|be near)"
        r"|don'?t belong|can'?t (?:think|drive|do math))"
    ),
)
_SLURS = words("slurs")
_WORD = re.compile(r"[a-z]{3,14}")
# What else the word is in.
_NOT = re.compile(
    r"chinks? in|spic and|\bdykes? (?:along|wall|broke)|retard(?:s|ed|ing)? (?:growth|the growth)"
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where slurs and despising sentences stand."""
    for pattern in _CHINESE:
        for match in pattern.finditer(text):
            yield match.span()
    small = text.lower()
    if len(small) != len(text):  # İ grows: places would not fit
        small = text
    for pattern in _ENGLISH:
        for match in pattern.finditer(small):
            yield match.span()
    for match in _WORD.finditer(small):
        if match[0] in _SLURS and not _NOT.match(small, match.start()):
            yield match.span()
