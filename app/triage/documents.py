"""Numbers of passports, permits, licences and the like, after the document's name. Pure."""

import re
from collections.abc import Iterator

_NAMED = re.compile(
    r"""(?:护照|证(?:件|书)?(?=编?号)|通行证|台胞证|回乡证|居住证|居留证|社保|公积金
        |驾驶证|驾照|学籍|香港身份证
        |(?:执业|资格|学生|毕业|工作|军官|残疾|教师|许可)证
        |医保卡?|户口
        |\b(?:passport|ssn|social[ ]security|national[ ]insurance|ni|national[ ]id|hkid
            |identity[ ]card|driver'?s?[ ]licen[cs]e|driving[ ]licen[cs]e
            |visa|tax[ ](?:id|file)|permit|nhs|nmc[ ]pin|medicare|medicaid
            |green[ ]card|ni[ ]no|student[ ]card
            |driver'?s?[ ]permit|id[ ]card|alien|itin|nric|aadhaar|pan[ ]card|sin))
        (?:[ ]{0,2}(?:号码|账号|帐号|编号|证号|号|是|为|number|num|no\b\.?|id|is|was|:|\#)){0,3}
        [ ]{0,2}        (?P<number>[A-Z]{0,3}[ -]?[0-9]{1,14}(?:[ -][0-9]{1,6}){0,5}
            (?:[ ]?\([0-9A]\)|[ ]?[A-Z]\b)?)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers of documents stand: six digits at least."""
    for match in _NAMED.finditer(text):
        if sum(sign.isdigit() for sign in match["number"]) >= 6:
            yield match.span("number")
