"""Threats by what they are made of: who or what is struck, with what, when and if not. Pure.

threats.py knows how threats are worded; here a harm, a weapon or a place of waiting meets somebody
who is meant, or what will follow, in whatever words.
"""

import re
from collections.abc import Iterator

from app.triage.scoring import chinese, english

_CLAUSE = r"[^。！？!?.\n]"
_HIM = (
    r"(?:你|您|他|她|妳|谁|那(?:个|货|孙子|狗)|这(?:个|货|孙子|狗)|姓[^\W0-9A-Za-z_])"
    r"(?:们|全家|一家)?"
)
_KIN = r"(?:女儿|儿子|闺女|孩子|娃|老婆|媳妇|老公|爸妈|父母|家人|老娘|老妈|老爸|全家|妈|爸)"
_ARMS = (
    r"(?:刀(?!具|片服|工)|斧|锤子|铁锤|枪(?!手|版|口)|汽油|硫酸|棍子|钢管|扳手|砖头|炸药|炸弹"
    r"|毒药|农药|老鼠药"
    r"|雷管|打火机|电棍)"
)
_BODY = r"(?:脑袋|脑壳|狗头|头|脸|嘴|牙|鼻梁|腿|胳膊|手指?|爪子|肋骨|脖子|膝盖|眼睛|舌头|骨头)"
_PLANT = r"(?:机房|服务器|数据库|生产库|公司|厂房?|产线|设备|仓库|车间|办公室|门店|电闸|电源)"
_CHINESE = (
    # what was bought and brought
    rf"(?:买|备|带|藏|揣|磨|准备|装|拎|拿|提|捎)(?:好|了|着|上|把|一把|桶|一桶|瓶|几桶"
    rf"|点){{1,3}}{_ARMS}",
    # where somebody will wait
    rf"(?:家|小区|学校|楼下|门口|停车场|地库|车库|路上|巷子|放学|下班|园区"
    rf"|校门)[^\W0-9A-Za-z_]{{0,4}}"
    rf"(?:等着?|堵|蹲|守|截|候着?){_HIM}",
    # whose child is at which school
    rf"(?:你|他|她|您)(?:家|的)?{_KIN}[^\W0-9A-Za-z_]{{0,6}}(?:几点|哪|什么|学校|幼儿园|小学"
    rf"|放学|上学|住|班)"
    rf"{_CLAUSE}{{0,10}}?(?:知道|清楚|查|有数|盯|看着|记着)",
    rf"(?:知道|清楚|查到|盯着|摸清)[^\W0-9A-Za-z_]{{0,4}}(?:你|他|她|您)(?:家|的)?{_KIN}",
    # what he will not do any more
    rf"(?:叫|让|要|保证|管叫|信不信){_HIM}[^\W0-9A-Za-z_]{{0,6}}(?:走不出|出不了|活不过|活不到"
    rf"|见不到|看不到|下不了床|站不起来"
    r"|横着|躺着|跪着|爬着|消失|吃不了饭|断子绝孙|生不如死|没命|坐轮椅|住院|进医院|血债|偿命|陪葬)",
    # whoever tells
    r"(?:谁|哪个|再)(?:敢|要是|再|要|他妈)?[^，。！？\n]{0,14}(?:告状|举报|爆料|爆我|说出去"
    r"|报警|告密|投诉|多嘴|乱说|动我|惹我|扣我"
    rf"|的料){_CLAUSE}{{0,16}}?(?:小心|当心|别怪|弄死|弄他|弄你|试试|走着瞧|好看|后果|等着"
    rf"|收拾|不客气|打|砍|废)",
    r"(?:我|老子|爷)(?:认识|有|找了?|叫了?|雇)[^\W0-9A-Za-z_]{0,6}(?:道上|黑社会|社会上的|打手"
    r"|兄弟们?(?=收拾|弄|堵|来))",
    # what is done to a head
    rf"{_BODY}(?:上|都|给)?[^\W0-9A-Za-z_]{{0,2}}(?:开(?:个|了)?瓢|开(?:个)?花|打(?:烂|爆|歪"
    rf"|掉|断|碎)|卸(?:了|下|掉)|拧(?:下来|断|掉)"
    r"|按进|踩(?:烂|断|碎)|踹断|踢断|敲(?:碎|断|烂)|砸(?:烂|碎|开|扁)|割(?:了|下|掉)|剁(?:了"
    r"|下|掉)|缝上|撕烂|抽烂|扇烂)",
    r"开瓢|(?:给|放)[你他她](?:们)?(?:点|一刀|几刀|放(?:点)?血|两刀|一枪)|(?:捅|砍"
    r"|给)[你他她](?:们)?(?:几|两|十|一)(?:刀|下|枪)",
    # what is wrecked
    rf"(?:老子|我|爷|咱)[^，。！？\n]{{0,14}}(?:{_PLANT}[^\W0-9A-Za-z_]{{0,6}}(?:全|都"
    rf"|给)?(?:拔|烧|炸|砸|删|毁|掀|泼|格)(?:了|掉|光|平)"
    rf"|(?:烧|炸|砸|删|毁|掀|格式化|瘫痪)(?:了|掉|光|平){{0,2}}(?:你们|他们|这|整个"
    rf"|全)?[^\W0-9A-Za-z_]{{0,3}}{_PLANT})",
    r"(?:谁|都|一个|你们)(?:也|都)?(?:别想|休想|甭想)(?:活|好过|安生|跑|走出|有好日子)|拉(?:你"
    r"|他|她|几个|一个)[^\W0-9A-Za-z_]{0,4}垫背"
    r"|(?:要|会|得)(?:出人命|见血|见红)|鱼死网破|一起死|(?:买|挑)(?:好)?(?:棺材|墓地|坟地)"
    r"|(?:清明|忌日|头七)[^\W0-9A-Za-z_]{0,4}[你他她]"
    r"|(?:照片|视频|裸照|聊天记录|录音)[^\W0-9A-Za-z_]{0,6}(?:发给|寄给|群发|挂到|贴到"
    r"|传到)[^，。！？\n]{0,6}(?:你|他|她|家|全|网|群)"
    r"|(?:打钱|转钱|给钱|转账|给我[0-9一二三两五十]+万)[^\W0-9A-Za-z_]{0,4}[，,]?[^。！？\n]{0,6}(?:不然|否则|要不)",
)
# What is killed without harm: a process, a build, an hour.
_NOBODY = (
    r"(?:inbox|laptop|printers?|builds?|deck|slides|bugs?|meetings?|projects?|process(?:es)?|pods?|servers?|apps?|tests?"
    r"|tickets?|time|weekends?|days?|code|jobs?|contract|calls?|pain|money|bonus|cv|resume|mood|vibe|lights?|engine"
    r"|session|tab|task|query|thread|container|feature|idea|deal|road|gym|bullet)\b"
)
_YOU = (
    rf"(?:you|him|her|them|(?:that|this|the|my|our|your|his|every|each|any) (?!{_NOBODY})"
    r"[a-z'-]{2,16}"
    r"|everyone|somebody|all of (?:you|them))\b"
)
_WHOSE = r"(?:your|his|her|their|that|this|the|my|our|every|each|both|all|some)"
_LIMB = (
    r"(?:legs?|necks?|jaws?|arms?|face|skull|knees?|kneecaps?|fingers?|toes?|teeth|bones?|head"
    r"|hands?|nose|throat"
    r"|ribs?|spine|eyes?|wrists?|ankles?|car|windows?|windshield|tires?|tyres?|brakes?)"
)
_WEAPON = (
    r"(?:gun|rifle|pistol|glock|shotgun|ar-?15|knife|machete|axe|bomb|bat|crowbar|hammer"
    r"|gasoline|petrol|acid|blade|bullets?)"
)
_ENGLISH = (
    # a bullet in, an axe through
    rf"\b(?:bullet|knife|blade|axe|hammer|bat|fist|brick|round|screwdriver|nail)s? (?:in|into"
    rf"|through|to|at|across) {_WHOSE}\b",
    rf"\b(?:break|snap|smash|crush|crack|cut(?: off)?|bust|chop(?: off)?|slash|slit|cave in"
    rf"|knock out|rip(?: off| out)?|shatter"
    rf"|bash(?: in)?|split)(?:ing)? (?:{_WHOSE} ){{0,2}}(?:single |fucking |damn |one of "
    rf"|last |of |your |his |her |their )*{_LIMB}\b",
    # which level somebody parks on
    r"\b(?:we|i)(?:'ve| have)? (?:all |also |already )?(?:know|found out|looked up|saw"
    r"|got) (?:exactly )?(?:where|which|what|when)\b"
    r"[^.!?\n]{0,30}\b(?:you|your|he|she|his|her|they|their)\b[^.!?\n]{0,12}\b(?:lives?|parks?"
    r"|sleeps?|kids?|daughters?|sons?|wife"
    r"|husband|schools?|walks?|drives?|jogs?|runs?|shops?|gym|daycare|bus|train|home)\b",
    r"\bknow (?:where|which|what) (?:your|his|her|their) (?:kids?|daughter|son|wife|husband"
    r"|mom|mother|family|parents?|children)\b",
    r"\b(?:watch|check|mind) (?:your|his|her|their) (?:back|brakes?|six|mirrors?|tires?|tyres?"
    r"|kids?|family|drink|food)\b"
    r"|\bone eye open\b|\baccidents (?:do )?happen\b|\blook(?:ing)? over (?:your|his"
    r"|her) shoulder\b"
    r"|\b(?:check|look) under (?:your|his|her) car\b|\bbe a shame if\b",
    rf"\b(?:i'?m|im|i'?ll|ill|i will|gonna|going to|about to|i might|should|tempted to) (?:be )?"
    rf"(?:bring(?:ing)?|pack(?:ing)?|carry(?:ing)?|com(?:e|ing) (?:back |in )?with|buy(?:ing)?"
    rf"|get(?:ting)?|load(?:ing)?)"
    rf" (?:in )?(?:my|a|the|an|some)?(?: [a-z']{{2,10}})? ?{_WEAPON}\b",
    r"\b(?:bring(?:ing)?|leav(?:e|ing)|send(?:ing)?) (?:you |him |her |them )?(?:something"
    r"|a (?:surprise|present|gift|package|friend))\b"
    r"[^.!?\n]{0,40}\b(?:won'?t|isn'?t|ain'?t|aint|not)(?: be| gonna be"
    r"| going to be)? (?:donuts?|doughnuts?|cake|cookies|flowers|nice"
    r"|pretty|friendly|cupcakes|chocolates?|a (?:card|cake|joke))",
    # what somebody will not live to see, or should get
    r"\b(?:won'?t|wont|will not|never|not gonna|not going to) (?:live to |make it to |see "
    r"|be around for )(?:see )?(?:the (?:end|weekend"
    r"|morning|new year)|friday|monday|tomorrow|christmas|retirement|next (?:week|month|year)"
    r"|payday)\b",
    r"\b(?:some(?:one|body)|we|they) (?:should|ought to|needs? to|has to"
    r"|gotta) (?:just )?(?:shoot|kill|stab|hang|burn|beat|run over"
    rf"|jump|drown|poison|take out|put down) {_YOU}\b",
    rf"\b(?:i'?ll|ill|i will|i'?m gonna|im gonna|i'?m going to|im going to|we'?ll|gonna"
    rf"|i swear i|i could|i would|i'?d|id)"
    rf" (?:[a-z]{{3,8}} )?(?:shoot|kill|stab|strangle|choke|gut|bury|hurt|punch|beat|slap|jump"
    rf"|drown|poison|skin|end|destroy|hunt"
    rf"|run over|throw acid on|set fire to|burn down|torch|shoot up|blow up"
    rf"|burn) {_YOU}",
    r"\bhope (?:you|he|she|they|your [a-z]{3,10})(?: all)? (?:die|dies|burn|burns|rot|rots"
    r"|get (?:cancer|hit)|gets (?:cancer|hit)|choke)\b"
    r"|\b(?:kill|hang|neck) your ?sel(?:f|ves)\b|\bkys\b|\bdrink bleach\b|\b(?:rest in peace"
    r"|rip),? (?:boss|bitch)\b",
    r"\b(?:pay|wire|send|venmo|transfer) (?:me|us)\b[^.!?\n]{0,40}\b(?:or else|or (?:i|we|your"
    r"|the|everyone|everybody|it)\b)"
    r"|\b(?:photos?|pics|videos?|nudes|chats?|screenshots|recordings?) (?:go(?:es)?|gets? sent"
    r"|will go|are going) to (?:your|his|her|the)\b",
)
_IN_CHINESE = tuple(map(re.compile, _CHINESE))
_IN_ENGLISH = tuple(re.compile(pattern, re.IGNORECASE | re.ASCII) for pattern in _ENGLISH)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where threats stand."""
    for asked, patterns in ((chinese, _IN_CHINESE), (english, _IN_ENGLISH)):
        for pattern in patterns if asked(text) else ():
            for match in pattern.finditer(text):
                yield match.span()
