"""Chinese names beside a title: 王经理, 张总, 赵建国组长, 主管李梅. Pure.

Only the name is marked, so that the role stays: '[…]经理'. There is no model: lists of surnames,
of titles, and of the words in which both occur by chance (由于经理, 周总结, 高级经理).
"""

import re
from collections.abc import Iterator
from typing import Final

from app.triage.words import words

_COMMON: Final = (
    "王李张刘陈杨赵黄吴徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖萧田董袁潘蒋蔡杜叶魏苏吕丁沈姚卢姜崔"
    "钟谭陆汪范廖贾韦邹熊孟秦阎闫薛侯雷陶贺郝龚邵钱"
)
_RARER: Final = (
    "何高马余曾于程傅付任石戴夏方白邱江尹段龙史黎顾毛万严覃武莫孔汤殷温康牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟欧申耿詹兰焦俞许霍柴尤麦游闵关苗谷臧戚窦隋屈项祝喻裴蔺佘牟蒲褚娄卓池佟栾艾匡敖邬晏缪蓝凌辛左柳祁宁尚阮纪梅甘柯路周金赖洪常洛骆涂巫卞盛鲍"
)
_DOUBLE: Final = "欧阳|上官|司马|诸葛|司徒|皇甫|夏侯|慕容|令狐"
_SECOND: Final = (
    "(?<=欧)阳|(?<=上)官|(?<=司)[马徒]|(?<=诸)葛|(?<=皇)甫|(?<=夏)侯|(?<=慕)容|(?<=令)狐"
)
# Signs that stand in sentences and hardly ever in a given name.
_NO_GIVEN: Final = (
    "的了是在和就都而及与着或个我你他她它们这那有不来去说让给找被把从到对向为因所以但很太非最更再又也"
    "还会能要想可已将之一二三四五六七八九十百上下前后里外级牌末间部门目时候没跟叫请问位名各每副总当经主管组"
)
_GIVEN: Final = rf"[^\W0-9A-Za-z_{_NO_GIVEN}]"
TITLE: Final = (
    # Its first sign, asked first: one look instead of forty.
    r"(?=[总副特经主组部科处局厂店队班院校行所站课社书老导教师律护拉线馆矿船机乘事轮厨大二制领村镇团舰园台董柜会出监督司保研讲学警法检医博秘助专领先女小同阿姐哥叔婶工博Hh])(?:"
    r"总经理|副总裁|副总|矿长|船长|机长|乘务长|事务长|轮机长|厨师长|总厨|大副|二副|制片|导演"
    r"|领班|村长|镇长|会长|团长|舰长|局座|副?主[任治](?:医师|医生)|副?主任|护士长?|护师|医师"
    r"|拉长|线长|工段长"
    r"|工长|组长|馆长|园长|台长|董事长|董秘?(?![事])|店员|柜员|会计|出纳|监理|督导|司机|保安"
    r"|工程师|研究员|讲师|院士|师兄|师姐|师弟|师妹|学长|学姐|警官|法官|检察官"
    r"|(?<![排军部舰车组站球团乐战纵])队(?![伍员列友形服])"
    r"|博(?![士客物主览弈])|总监|经理(?![解顺论])|主管|主任|组长|部长|科长|处长|局长|厂长|店长"
    r"|队长|班长|院长"
    r"|校长|行长|所长|站长|课长|社长|书记|老师|导师|教授|师傅|律师(?!事务|所)|医生|博士|秘书|特助"
    r"|助理|专员|领导|老板|先生"
    r"|女士|小姐|同学|(?i:hrbp|hr(?![a-z]))|阿姨|姐(?![妹夫弟])|哥(?![们华伦斯德])|[叔婶]"
    r"|总(?![是共部结体要算会数量额和想能得之分价计工时人金收支成产销公包行局线站裁目理])"
    r"|工(?![作程资会业厂人具地期伤种时号位头夫商龄友]))"
)
# The first sign alone is consumed, so that a name may begin inside what was not one (对方王经理).
_BEFORE_TITLE = re.compile(
    rf"(?:[{_COMMON}{_RARER}]|[欧上司诸皇夏慕令](?={_SECOND}))"
    rf"(?=(?P<rest>(?:{_SECOND})?(?:{_GIVEN}{{1,2}})?)(?P<title>{TITLE}))"
)
_AFTER_TITLE = re.compile(
    rf"(?:经理|主管|总监|组长|主任|部长|领导|同事|老板|实习生|面试官|人事|HR"
    r"|大副|二副|制片|导演|统筹|主美|乘务长|机长|船长|领班|厨师|护士|老师|医生|教授|律师|会计"
    r"|出纳|队长|站长|店长|班长|工头|调度|策划|主播|主厨|名叫|我叫|他叫|她叫|负责人|员工|司机"
    r"|导师|客户|当事人|代表|班主任"
    r"|姓名[:是为]?|的叫|叫做|那个叫|叫) ?"
    rf"(?P<name>(?:{_DOUBLE}|[{_COMMON}]){_GIVEN}{{1,2}})"
    r"(?=[^\w]|$|[说让在要的是把对跟给也又就都昨今每和被叫找曾则便竟居并还也因于等])"
)
_CALLED = re.compile(
    rf"(?:[我他她名]|[那有这]个|的人)叫(?:做"
    rf"|作)?(?P<name>[{_COMMON}{_RARER}]{_GIVEN}{{1,2}})(?=的|[^\w]|$)"
)
# Words that end in a surname's sign, so that no name begins there.
_ENDING: Final = words("ending")
# Words that begin with a surname's sign.
_BEGINNING: Final = words("beginning")
_ALONE: Final = frozenset({"高工", "金工", "江工", "毛工", "安工", "任工", "常工", "方工", "左工"})


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand beside a title."""
    last = 0
    for match in _BEFORE_TITLE.finditer(text):
        start, end = match.start(), match.end("rest")
        if start >= last and _is_name(text, start, end, match["title"]):
            yield start, end
            last = end
    for pattern in (_AFTER_TITLE, _CALLED):
        for match in pattern.finditer(text):
            if match["name"][:2] not in _BEGINNING:
                yield match.span("name")


def _is_name(text: str, start: int, end: int, title: str) -> bool:
    name = text[start:end]
    return (
        text[max(0, start - 1) : start + 1] not in _ENDING
        and text[max(0, start - 2) : start + 1] not in _ENDING
        and (name + title)[:2] not in _BEGINNING
        and name + title not in _ALONE
    )
