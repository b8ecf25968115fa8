"""Slurs, and sentences that despise a group for what it is. Pure."""

import re
from collections.abc import Iterator

from app.triage.scoring import chinese, english
from app.triage.words import words

_PLACES = (
    "河南|东北|上海|北京|广东|江西|安徽|湖北|四川|贵州|云南|新疆|西藏|福建|山东|山西|陕西|河北"
    "|湖南|广西|海南|甘肃"
    "|青海|宁夏|内蒙古?|台湾|香港|外地|本地|乡下|农村|日本|韩国|印度|非洲|美国|越南|菲律宾"
    "|犹太|阿拉伯"
)
_GROUP = (
    rf"(?:(?:{_PLACES}|那帮|那群)(?:人|佬|的(?=全|都|狗|猪|没|真|就|一个|心|最|手)|仔|妹|女人"
    rf"|男人|老板)|女人|女的|女生"
    rf"|女司机|男人|男的|娘们|黑人"
    rf"|白人|回民|穆斯林|维族|藏族"
    r"|回族|少数民族|同性恋|残疾人|乙肝|胖子|老头|老太婆|孕妇|打工仔|农民工|农民|单亲|九零后"
    r"|零零后|大龄剩女|某省人?|(?:[0-9]{2}|[三四五六]十[五]?)(?:岁|\+)(?:以上|往上|以后"
    r"|左右)?的?(?:老东西|老人|老男人|老女人|大龄"
    r"|女的|男的|员工|人|都|就|还)?|老东西|老家伙|老不死(?:的)?|大龄(?:员工|程序员|未婚)?"
    r"|外包(?!公司|项目|合同|费)|临时工|派遣工?|保洁(?!费)"
    r"|专科(?:生)?|大专(?:生)?|二本|三本|聋哑|瞎子|瘸子|哑巴|矮子|丑女|未婚妈妈|离异|已婚已育"
    r"|二胎|变性人?|跨性别|娘炮|基佬|拉拉|信教的|犹太人"
    r"|越南人|阿三|老外|黑皮|同志(?=都|就|滚))"
)
_DESPISED = (
    r"(?:(?:连)?(?:狗|猪|畜生)都?不如|(?:赶紧|早点?|快|都|全|统统|一起)?(?:去|给我)死|下等人?"
    r"|低等|劣等|贱骨头|贱命|天生的?贱"
    r"|嫌脏|嫌恶心|脏得|臭得|招(?:进来)?一个(?:祸害|毁|坏)|一律(?:别|不)|直接(?:扔|筛|刷|毙)"
    r"|见(?:一个|到)(?:筛|刷|踢|骂|打|开)一个"
    r"|(?:全|都|统统)(?:给我|该|应该)?(?:滚|开除|裁|清|赶|拉黑|绝育|枪毙|埋|杀)(?!公司)|绝种"
    r"|断子绝孙|人下人|(?:就|都|只)(?:是|能)(?:蛀虫|寄生|吸血|害虫|蟑螂|老鼠|蝗虫)"
    r"|占着茅坑|脑子(?:都)?(?:有病|不好使|进水|有问题)|(?:就|都|全)(?:是)?(?:神经病|精神病"
    r"|怪物|变态|恶心|脏|臭|没教养|没素质)|不是人|算什么人|不配活"
    r"|不该(?:活|出|生|写|来|进|坐|当|做|有|碰|招|在)|没(?:有)?一个好|没(?:一个"
    r"|几个)?好(?:东西|人)|都?(?:是|像)(?:骗子|小偷|贼|垃圾|废物|猪"
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
    r"|homosexuals?|filipinos?|latinos?|latinas?|hispanics?|koreans?|japanese|vietnamese"
    r"|russians?|ukrainians?|polish people"
    r"|hindus?|sikhs?|christians|israelis?|palestinians?|iranians?|brazilians?|h-?1bs?"
    r"|visa holders|transgenders?|queers?"
    r"|lgbt\w{0,3}|autistic people|autistics|boomers|single mothers|moms|fat people"
    r"|brown people|black (?:men|women|guys)"
    r"|(?:chinese|indian|muslim|black|asian|mexican|african|female|gay|trans|jewish|arab"
    r"|foreign|old)"
    r" (?:coworkers|people|guys|men|women|workers|engineers|devs|hires|managers|staff|nurses"
    r"|drivers|colleagues|folks|employees))"
)
_BAD = (
    r"(?:terrorists?|thieves|criminals?|animals?|lazy|stupid|dirty|filthy|scum|vermin|rats"
    r"|parasites|liars?|rapists"
    r"|subhuman|inferior|disgusting|cockroaches|pigs|dogs|monkeys|too (?:emotional|stupid|dumb"
    r"|lazy)|useless|trash"
    r"|garbage|cheats?|an abomination|sick in the head)"
)
_VILE = (
    r"(?:terrorists?|thieves|criminals?|animals?|lazy|stupid|dirty|filthy|scum|vermin|rats"
    r"|parasites|liars?|rapists|subhumans?"
    r"|inferior|disgusting|cockroaches|pigs|dogs|monkeys|apes|useless|trash|garbage|cheats?"
    r"|cheaters|scammers|spies|freaks|ill|sick"
    r"|diseased?|a disease|a plague|plague|cancer|ruining|invading|infesting|polluting"
    r"|stealing our|taking our|savages|degenerates?"
    r"|perverts?|groomers|predators|abominations?|mentally ill|retards?|worthless|leeches"
    r"|filth|untrustworthy|not (?:human|people)"
    r"|less than human|weak|hysterical|gold ?diggers)"
)
_ENGLISH = (
    # Somewhere near whom: what they are called, or where they should go.
    re.compile(
        rf"\b{_PEOPLE}\b[^.!?\n]{{0,24}} (?:are|is|r|be|'re|all)\b(?: (?:just|all|nothing but"
        rf"|literally|such|so|a|an|the|bunch of|fucking"
        rf"|mentally|basically|born|natural|always|like|actually|only)){{0,3}} {_VILE}\b"
    ),
    re.compile(
        rf"\b{_PEOPLE}\b[^\n]{{0,60}}\b(?:send|ship|deport|kick|throw|keep|get|put) (?:all "
        rf"|every ?(?:single )?one |each |the whole lot )?"
        rf"(?:of )?(?:them|those [a-z]{{3,12}}|these [a-z]{{3,12}}|you) (?:all )?(?:back|home"
        rf"|out|away|rid|down|in camps|in ovens)\b"
        rf"|\b(?:keep|get|kick|throw|ban|don'?t let|dont let) (?:out |rid of |the |those "
        rf"|these |all |any |more )*(?:{_PEOPLE}|rats"
        rf"|animals|vermin|cockroaches|apes|savages|freaks)\b"
        rf"|\b{_PEOPLE}\b[^.!?\n]{{0,40}}\b(?:should ?n[o']?t|should not|must not|never"
        rf"|don'?t deserve to|dont deserve to)"
        rf" (?:even |ever )?(?:be )?(?:allowed|hired|trusted|here|permitted|promoted|exist"
        rf"|breed|vote|near)"
    ),
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
    for pattern in _CHINESE if chinese(text) else ():
        for match in pattern.finditer(text):
            yield match.span()
    if not english(text):
        return
    small = text.lower()
    if len(small) != len(text):  # İ grows: places would not fit
        small = text
    for pattern in _ENGLISH:
        for match in pattern.finditer(small):
            yield match.span()
    for match in _WORD.finditer(small):
        if match[0] in _SLURS and not _NOT.match(small, match.start()):
            yield match.span()
