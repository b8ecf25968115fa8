"""Numbers of passports, permits, licences and the like, by the document's name or shape. Pure.

By shape alone: what states give to people and looks like nothing else.
"""

import re
from collections.abc import Iterator

_NAMED = re.compile(
    r"""(?:护照|证(?:件|书)?(?=编?号)|通行证|台胞证|回乡证|居住证|居留证|社保|公积金
        |驾驶证|驾照|学籍|香港身份证|行驶证|房产证|不动产证|结婚证|营业证
        |(?:执业|资格|学生|毕业|工作|军官|残疾|教师|许可|职业资格|学位|士兵|警官|港澳|签|健康
        |上岗|从业|健身|驾驶员|保安
            |教资|学历|准考|操作|暂住|独生子女|出生|准生|会员|借书|图书|出入|通行|车辆|登记
            |营业|房产|退休|老年|优待)证书?卡?
        |驾驶本|驾本|回乡卡|社保卡|医保卡?|户口|签证|病历|住院|就诊卡?|学号|案号
        |\b(?:passport|ssn|ss[ ]?\#|social(?:[ ]security)?|national[ ]insurance|ni|nino
        |national[ ]id|hkid|nid|cnic|nin|bvn|ppsn?
            |identity[ ](?:card|number)|id[ ](?:number|no|\#)|id\#|driver'?s?[ ]licen[cs]e
            |driving[ ]licen[cs]e|dl
            |cdl|ead(?:[ ]card)?|case[ ]number|receipt[ ]number|a\#|medical[ ]record
            |record[ ]number|voter[ ]id
        |health[ ](?:card|insurance)|insurance|claim[ ]number|dbs|pin[ ]number
        |registration[ ]number|reg[ ]no
        |pvg|utr|euss|share[ ]code|svnr|steuer-?id|codice[ ]fiscale|pesel|bsn|personnummer
        |cedula|epic|voter[ ]card
        |visa|tax[ ](?:id|file|number|code)|tfn|permit|nhs|nmc[ ]pin|medicare|medicaid
            |work[ ]permit|brp|uscis|a[ -]number
            |green[ ]card|ni[ ]no|student[ ]card|i-?94|ein|sevis|residence[ ]permit
            |birth[ ]cert(?:ificate)?|fin
            |driver'?s?[ ]permit|id[ ]card|alien|itin|nric|aadhaar|aadhar|pan(?:[ ]card)?|sin
            |ic|mykad|emirates[ ]id|cpf|dni|nie|curp|rut
            |licen[cs]e|member[ ]id|policy|nmc|gmc|patient[ ]id|mrn)(?![A-Za-z]))
        (?:[ ]{0,2}(?:号码|账号|帐号|编号|证号|号|是|为|number|num|no\b\.?|id\b|is\b|was\b
        |card|:|\#|,|,[ ]number)){0,3}
        [ ]{0,2}(?P<number>(?-i:(?=[A-Z0-9]{0,8}[0-9]{4})[A-Z0-9]{7,14}(?![A-Za-z0-9]))
            |[A-Z]{0,3}[ -]?[0-9]{1,20}(?:[ -][0-9]{1,6}){0,5}
            (?![0-9])(?:[ ]?\([0-9A]\)|[ ]?[A-Z]\b)?|[A-Z]{5}[0-9]{4}[A-Z]\b)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SHAPED = re.compile(
    r"(?<![A-Za-z0-9.,/=#_-])(?:"
    r"(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}"  # United States
    r"|[STFGM][0-9]{7}[A-Z]"  # Singapore
    r"|[A-Z]{1,2}[0-9]{6} ?\([0-9A]\)"  # Hong Kong
    r"|(?![DFIQUV])[A-Z](?![DFIQUVO])[A-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]"  # United Kingdom
    r"|[A-Z]{3}[ABCFGHLJPT][A-Z][0-9]{4}[A-Z]"  # India
    r"|[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[1-4][0-9]{6}"  # Korea
    r"|[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[01][0-9]-[0-9]{4}"  # Malaysia
    r"|[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"  # Brazil
    r"|784-(?:19|20)[0-9]{2}-[0-9]{7}-[0-9]"  # Emirates
    r"|[A-Z9]{5}[0-9]{6}[A-Z9]{2}[0-9][A-Z]{2}"  # a British driving licence
    r"|(?:MSC|SRC|LIN|EAC|WAC|IOE|NBC|YSC)-?[0-9]{10}"  # a case of United States immigration
    r"|[XYZ]-?[0-9]{7}-?[A-Z]|[0-9]{8}-?[TRWAGMYFPDXBNJZSQVHLCKE](?=[^A-Za-z0-9]|$)"  # Spain
    r"|[A-Z]{6}[0-9]{2}[A-EHLMPR-T][0-9]{2}[A-Z][0-9]{3}[A-Z]"  # Italy
    r")(?![A-Za-z0-9_-]|\.[0-9])"
)
# With blanks it is one where a word some way before says so.
_SOCIAL = re.compile(r"(?<![0-9.-])[0-8][0-9]{2}( ?)[0-9]{2}\1[0-9]{4}(?![0-9-])")
_SAID = re.compile(r"\b(?:ssn|social security|w-?2|i-?9|itin)\b", re.IGNORECASE | re.ASCII)
_NEAR = 80
_AFTER = 8
# A letter or two and the digits of a passport, where one is spoken of shortly before.
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9._/-])(?:[A-Z]{1,2} ?[0-9]{7,9}|[A-Z][0-9]{2}[A-Z0-9]{4,6})(?![A-Za-z0-9])"
)
_SPOKEN_OF = re.compile(
    r"护照|通行证|证件|签证|台胞证|回乡证|港澳|居留|\b(?:passports?|visa|immigration|permit"
    r"|resident card)\b",
    re.IGNORECASE,
)
_LEAST = 6
_YEAR = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\Z")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers of documents stand: six digits at least."""
    for match in _NAMED.finditer(text):
        number = match["number"].strip()
        if sum(map(str.isdigit, number)) >= _LEAST - 2 * number[:5].isalpha() and not _YEAR.match(
            number
        ):
            yield match.span("number")
    for match in _SHAPED.finditer(text):
        yield match.span()
    for match in _PASSPORT.finditer(text):
        if _SPOKEN_OF.search(text, max(0, match.start() - _NEAR // 2), match.end() + _AFTER):
            yield match.span()
    for match in _SOCIAL.finditer(text):
        if _SAID.search(text, max(0, match.start() - _NEAR), match.start()):
            yield match.span()
