"""Sexual words and demands. Pure.

That somebody was harassed, groped or assaulted can be told: those words are not here.
"""

import re
from collections.abc import Iterator

from app.triage.scoring import chinese, english, sentences

_CHINESE = re.compile(
    r"约炮|(?:求|找)[^\W0-9A-Za-z_]{0,8}(?:陪睡|陪过夜|陪夜)|没穿(?:内衣|内裤|胸罩|文胸)"
    r"|看得我?(?:硬|湿)了|硬了一(?:下午|天|晚)|叫得(?:整|全|满)[层楼]|约[吗么嘛](?=[，,？? ])"
    r"|(?:可|能|想)车震|私密照|果照|性感照|原味|(?:真想|好想|想|要)[^\W0-9A-Za-z_]{0,10}(?:办"
    r"|上|睡|干|日|艹|操)了(?:她|他|你)"
    r"|(?:那|这)(?:腿|胸|屁股|身材|腰)[，,]?(?:真|好|啧|绝|看得|能玩)|有偿(?:陪|约)|(?:找"
    r"|求)(?:床|炮|性)伴?友|外围(?:女|妹)?|(?:艳|激)情(?:视频|照)"
    r"|不(?:陪|给)睡|陪睡(?:才|就)|做爱|口交|肛交|性交|打炮|打飞机|裸照|裸聊|裸体照|鸡巴"
    r"|鸡吧|阴茎|阴道|奶子|大咪咪"
    r"|自慰|手淫|内射|高潮了|援交|潮吹"
    r"|一夜情|黄片|毛片|艳照|操屄|小穴|骚逼|骚屄|发骚|卖淫|嫖娼|床上功夫|陪(?:我|老子|他|老板"
    r"|客户|领导)(?:睡|上床|过夜|一晚)"
    r"|(?:跟|和|与)(?:我|老子|他)(?:上床|睡一[觉晚夜]|开房|滚床单)|让(?:我|老子|他)(?:爽"
    r"|舒服)(?:一下|一晚|爽)"
    r"|(?:胸|奶|屁股)(?:这么|那么|真|好|可真|挺)(?:大|翘|软|白|挺)|(?:脱|扒)(?:光|了)(?:衣服"
    r"|裤子|内裤)"
    r"|(?:看|摸|揉|舔)(?:一?下)?你的?(?:胸|奶|屁股|下面|私处)|几号罩杯|罩杯多大|包养(?:你|她|我)"
)
_ENGLISH = re.compile(
    r"\b(?=[a-z]{3})(?:bent over (?:the|that|my|his|a) (?:desk|table|conference|chair)"
    r"|bend (?:her|him|you) over"
    r"|things i'?d (?:do|like to do) to (?:her|him|the|that)|looking for a third"
    r"|no strings(?: attached)?|hook ?ups?"
    r"|fuck ?buddy|fwb|onlyfans|upskirt|sext(?:s|ing)?|get laid|bang (?:her|him|the)|(?:her"
    r"|his) (?:ass|rack|boobs)|escorts?|up for fun tonight"
    r"|railed|discreet fun|blow ?jobs?|hand ?jobs?|rim ?jobs?|send (?:me )?(?:some )?nudes?|nudes"
    r"|dick pics?"
    r"|pussy|cunnilingus|fellatio|anal sex"
    r"|oral sex|orgasms?|masturbat\w{1,5}|jerk(?:ed|ing)? off|dildos?|vibrators?|threesomes?"
    r"|horny|cum(?:ming|shot)?"
    r"|tits|titties|boobs?|cocks?|dicks?|porn\w{0,8}|hookers?|hardcore sex|sex tapes?"
    r"|gang ?bang|deep ?throat"
    r"|have sex with|had sex with|having sex with|sex with (?:me|him|her|the)|sleep with (?:me"
    r"|him|the boss)|fuck (?:me|her|him) "
    r"(?:hard|tonight|here|first|in)|(?:wants?|need) to fuck|suck (?:my|his|him|me|it)|(?:go"
    r"|come) to bed with|get naked|take (?:it|your"
    r" (?:clothes|top|shirt|bra)) off|nice ass|great ass|spread (?:your|her) legs|wet panties"
    r"|panties|undress for)\b",
    re.IGNORECASE,
)
# The bird, the tail and the seeds, and first names.
_NOT = re.compile(
    r"(?i:cock (?:up|pit)|cock-|dick(?:'s)? (?:[A-Z]|sporting)|vibrators? for concrete"
    r"|take it off (?:the|my|our|site))"
)


# Meeting for it: several signs in one sentence.
_STRONG = re.compile(
    r"求约|约一?[下个炮]|[可能]约|(?:酒店|房间?|宾馆|情侣房)(?:已经?|都|我)?(?:开好?|订好?)了?"
    r"|包(?:你|您)(?:满意|爽|舒服)|爽一(?:下|把|晚|发)"
    r"|能玩(?:一|几|半|我)|想(?:玩|舔|摸|睡|日|办|操|骑)(?:她|他|你|一下|死)|夹得|腿(?:控|玩)"
    r"|丝袜(?:控|腿|诱)|(?:看|发)(?:福利|私房|自拍裸)"
    r"|不可描述|肉偿|潜规则(?:一下|她|我)|睡(?:了|服|过)(?:她|他|几个)|陪(?:我)?(?:一晚|一夜"
    r"|几天)|各取所需|不谈感情|只走肾|走肾不走心|固炮|p友|炮友"
    r"|\b(?:no strings|nsa|hotel'?s? (?:is )?on me|hotel room|my room tonight"
    r"|bring nothing but|nothing underneath|down to|dtf|netflix"
    r" and chill|casual fun|fun tonight|after[- ]hours fun|make it worth (?:your|her"
    r"|his) while|eye candy|so (?:damn )?hot"
    r"|those (?:legs|lips|hips|thighs)|that (?:body|mouth|skirt)|rate (?:her|his|the)"
    r"|would smash|i'?d (?:smash|tap|hit|ride|lick|wreck)"
    r"|turns? me on|wet|hard(?:-on| for)|thick thighs|on (?:her|your|his) knees|stockings"
    r"|lingerie|lap dance|strip(?:ping|per)?|threesome)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?<![A-Za-z0-9])(?:男|女|[MF])[ ,，]?[1-5][0-9](?![0-9])|女同事|男同事|妹子|小姐姐|小妹"
    r"|少妇|人妻|寂寞|无聊|私聊|私我|照片|满意|丝袜|黑丝|身材|大腿|那腿"
    r"|胸|屁股|酒店|开房|出差|今晚|过夜|同城|附近|成年|秘密|保密|不主动|无套"
    r"|\b(?:any|looking for|seeking) (?:f|m|girls?|guys?|lad(?:y|ies)|women|married|single"
    r"|couples?|milfs?)\b"
    r"|\b(?:bored|discreet(?:ly)?|heels|hotel|lonely|kinky|naughty|curvy|sexy|married|dm|pics?"
    r"|tonight|lunch ?break|conference room"
    r"|intern|secretary|blouse|skirt|legs|body|clean|generous|sugar|daddy|baby)\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sexual passages stand."""
    for match in _CHINESE.finditer(text) if chinese(text) else ():
        yield match.span()
    for match in _ENGLISH.finditer(text) if english(text) else ():
        if not _NOT.match(text, match.start()):
            yield match.span()
    yield from sentences(text, _STRONG, _WEAK)
