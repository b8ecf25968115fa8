"""Threats: violence that somebody announces to somebody, in direct or reported speech. Pure.

Not the idioms of tired people: what kills is a person, and never 'me' (累死我了, this kills me).
"""

import re
from collections.abc import Iterator

from app.triage.scoring import chinese, english

_WHOM = r"(?:你|您|他|她|它|妳)(?:们|全家|一家|家|爸|妈|老婆|孩子|儿子|女儿)?"
_DO = (
    r"(?:弄死|整死|搞死|砍死|打死|捅死|掐死|勒死|撞死|毒死|杀死|杀|杀掉|砍|捅|废|宰|剁|做掉"
    r"|干掉|打残|打断|砍断"
    r"|打爆|弄残|埋|活埋|阉|烧死|灭)"
)
_CHINESE = (
    # 弄死你, 捅了你们, 废了他; but 打死他也不, 埋他(雷)...
    re.compile(rf"(?:{_DO})(?:了|掉|光)?{_WHOM}(?!也不|都不|的简历)"),
    # 把你弄死, 打断你的腿
    re.compile(
        rf"(?:把|将|让){_WHOM}(?:的)?(?:腿|手|头|脸|脑袋)?[^\W0-9A-Za-z_]{{0,4}}?"
        r"(?:弄死|整死|砍|打死|打断|打残|打爆|废|捅|杀|宰|埋|做掉|消失|不得好死)"
    ),
    re.compile(
        rf"(?:打断|砍断|剁|砍|卸|废)(?:了|掉)?{_WHOM}?的?(?:一条|两条|狗)?(?:腿|胳膊|手指|爪子)"
    ),
    re.compile(
        rf"(?:一把火|放火|泼汽油|点火)[^\W0-9A-Za-z_]{{0,4}}烧|烧(?:了|掉|光){_WHOM}的?(?:家|车|店)"
    ),
    re.compile(rf"知道{_WHOM}的?(?:住|在)[^\W0-9A-Za-z_]{{0,3}}(?:哪|上学|上班|幼儿园)"),
    re.compile(
        rf"{_WHOM}的?[^\W0-9A-Za-z_]{{0,2}}(?:住(?:在)?哪|在哪(?:里|儿)?(?:上学|上班|住))"
        r"[^\W0-9A-Za-z_]{0,4}(?:知道|清楚|查|有数)"
    ),
    re.compile(
        r"(?:走夜路|出门|过马路|晚上|回家(?:的)?路上)[^\W0-9A-Za-z_]{0,3}(?:小心|当心"
        r"|注意)(?:点|着)"
    ),
    re.compile(
        rf"(?:要|让|取){_WHOM}的?(?:狗|小|老)?命(?![令运名题中])|见一次打一次|见{_WHOM}一次打"
    ),
    re.compile(
        r"(?:家|门口|车|办公室|工位)[^\W0-9A-Za-z_]{0,2}(?:泼(?:满|上)?(?:油漆|粪|硫酸|红漆"
        r"|汽油)|放(?:花圈|蛇|死老鼠))"
        r"|把(?:你|他|她)[^\W0-9A-Za-z_]{0,14}(?:视频|照片|裸照|录音|聊天记录"
        r"|丑事)[^\W0-9A-Za-z_]{0,3}(?:发|寄|给|曝)"
        r"|(?:发|寄|捅)(?:到|给)(?:你|他|她)(?:老婆|老公|丈人|老丈人|全家|爸妈|家人|孩子)"
    ),
    # Whose school or way home somebody knows, and what will be told or shown if not.
    re.compile(
        rf"{_WHOM}的?[^\W0-9A-Za-z_]{{0,4}}(?:在|读|上|住)(?:哪"
        rf"|什么)[^\W0-9A-Za-z_]{{0,5}}我?(?:可|都|很|全)?(?:清楚|知道|查|有数|记)"
        r"|(?:别让我|让我|再)(?:碰|遇|逮|抓|堵)(?:到|着|见|上)?[^\W0-9A-Za-z_]{0,6}(?:打|砍|弄"
        r"|废|见一次)"
        r"|不(?:给|还|打|赔|撤|删)[^\W0-9A-Za-z_]{0,12}[，,](?:就"
        r"|我就)[^\W0-9A-Za-z_]{0,12}(?:死|砍|砸|烧|炸|跳楼|曝光你|全家)"
    ),
    re.compile(
        r"不得好死|死全家|让[你他她](?:们)?(?:横|躺|爬)着(?:出|回|走|进)|让你见血|白刀子进"
        r"|同归于尽|血洗|泼硫酸|(?:叫|找|带)人(?:弄|收拾|打|砍"
        r"|废|堵)"
    ),
    re.compile(
        r"(?:炸|砸|烧)(?:了|平|掉|光)(?:公司|厂|办公室|医院|学校|店|银行|门店|车间|仓库|你们)"
    ),
    re.compile(
        r"(?:等着|走着瞧)[^\W0-9A-Za-z_]{0,2}(?:收尸|挨刀|挨打|断腿|住院)|给[你他她](?:们)?收尸"
        r"|(?:拿|带|提|揣)(?:着|把|上)?(?:菜)?(?:刀|斧头|汽油|钢管)(?:来|去|上|找|砍|捅|进)"
    ),
)
_WHO = (
    r"\b(?:I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Ss]omeone|[Ss]omebody|[Ii]'ll"
    r"|[Mm]y (?:boys|guys|brothers|men))"
)
_WILL = (
    r"(?:'ll|'d|'m going to|'m gonna|'re going to| will| would| could| should| can| wanted to"
    r"| want to"
    r"| was going to| is going to| are going to| am going to| were going to| gonna| might| may)?"
)
_THEM = (
    r"(?:you(?:r (?:kids?|family|wife|husband|whole family|children|dog|mother))?|him|her|them"
    r"|(?:every(?:one|body)|all|the lot) of (?:you|us|them)|us all|every last one|(?:my|the"
    r"|your) (?:manager|boss"
    r"|supervisor|foreman|whole team|team))\b"
)
_HURT = (
    r"(?:kill|stab|shoot|murder|strangle|choke|gut|behead|rape|beat up|hurt|bury|knife|run over"
    r"|slit|"
    r"cut|smash|burn)"
)
_PART = (
    r"(?:legs?|necks?|jaws?|arms?|face|skull|knees?|kneecaps?|fingers?|teeth"
    r"|bones|head|hands?|nose|throat|ribs)"
)
_ENGLISH = (
    re.compile(
        r"\b[Ww]ait(?:ing)? for (?:him|her|you|them) (?:in|at|by|outside|after"
        r"|with)\b(?: [a-z]{1,10}){0,6}"
        r" (?:hammer|knife|bat|gun|crowbar|pipe|car ?park|parking lot|garage|alley)\b"
        r"|\bwith a (?:hammer|knife|baseball bat|gun|crowbar|machete"
        r"|pipe)\b(?=[^.]{0,40}\.? ?[Nn]ot joking)"
        r"|\b(?:not|never|won'?t be|isn'?t|aren'?t) (?:walking|walk|coming|come|making it"
        r"|getting|leaving) (?:out|back|home|alive)\b"
        r"(?: alive)?(?=[.!]|$)"
        r"|\b(?:or|else) (?:I|we)(?:'ll| will)? (?:post|leak|publish|send|release|share"
        r"|show) (?:the|your|those|all|every)\b"
        r"|\b[Ii]'?(?:m|ll| am| will)?(?: be)? bring(?:ing)? (?:my|a|the) (?:rifle|gun|pistol"
        r"|shotgun|knife|axe|machete|bomb)\b"
        r"|\b(?:pay|give|send|wire) (?:me|us) [^.\n]{1,40}\bor (?:the|your|i|we|everyone|it"
        r"|else)\b|\bone push\b|\bpush (?:you|him|her) (?:in front|onto|under)"
        r"|\b[Ii] know (?:which|what) (?:desk|school|gym|bus|train|car|door|street)\b"
        r"|\b(?:you|he|she|they)(?:'ll| will)? (?:regret|pay for) (?:it|this|that) with\b"
        r"|\bmake (?:you|him|her|them) (?:bleed|disappear|suffer)\b"
    ),
    re.compile(
        rf"{_WHO}{_WILL}(?: [a-z']{{2,8}}){{0,4}} {_HURT} {_THEM}(?! (?:off|short|up on"
        rf"|some slack|out of))"
    ),
    re.compile(
        rf"\b(?:break|smash|crack|cut|slit|kick|blow|cave|snap|bash)(?:ing)? (?:off |in )?"
        rf"(?:your|his|her|their) (?:[a-z]{{2,10}} )?{_PART}\b"
    ),
    re.compile(
        r"\b(?:burn|torch|blow up|bomb|shoot up|set fire to)(?:ing)? (?:down )?(?:your|his|her"
        r"|the|this|their) "
        r"(?:whole |damn |fucking )?(?:house|home|car|office|place|building|factory|plant|shop"
        r"|store|branch"
        r"|ward|school|depot|warehouse)"
    ),
    re.compile(
        r"\b[Kk]nows? (?:exactly )?where (?:you|your|he|she|his|her)\b(?: [a-z]{2,9}){0,2} "
        r"(?:lives?|sleeps?|parks?|go(?:es)? to|works?|picks?)\b"
    ),
    re.compile(
        r"\b(?:end|wind|turn) up (?:in a (?:ditch|box|body bag|coffin|hospital bed|wheelchair"
        r"|river)|dead|floating)"
        r"|\bsleep with the fishes|\bsix feet under\b"
    ),
    re.compile(
        r"\b(?:[Yy]ou(?:'re| are)|[Hh]e(?:'s| is)|[Ss]he(?:'s| is)) (?:a )?dead (?:man|woman"
        r"|meat)\b"
        r"|\b[Yy]ou(?:'re| are) dead\b|\b[Ww]atch your back\b|\b(?:your|his"
        r"|her) days are numbered\b"
    ),
    re.compile(
        r"\b(?:put|get|take) (?:a |the )?(?:bullet|knife|brick)s? (?:in|into|through|to) (?:you"
        r"|your|him|his|her)\b"
        r"|\b(?:bring|brought|get|got|come (?:back |in )?with) (?:in )?(?:a|my) (?:gun|knife"
        r"|shotgun|machete)\b"
        r"|\bbeat (?:the )?(?:shit|crap|hell|life|living daylights) out of\b|\bbeat (?:you|him"
        r"|her|them) up\b"
        r"|\bthrow (?:you|him|her|them) (?:overboard|off|down|in(?:to)? the|out of the window"
        r"|under)\b"
        r"|\b(?:have|get) (?:you|him|her|them) (?:killed|beaten|hurt|dealt with|taken care of"
        r"|raped|shot)\b"
        r"|\b(?:have|get) (?:your|his|her|their) (?:legs|arms|hands|knees|fingers|house"
        r"|car) (?:broken|burned|smashed)\b"
        r"|\bthrow acid\b|\bslash (?:your|his|her|their) tyres?\b"
    ),
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where threats stand."""
    for asked, patterns in ((chinese, _CHINESE), (english, _ENGLISH)):
        for pattern in patterns if asked(text) else ():
            for match in pattern.finditer(text):
                yield match.span()
