"""The words of what waits at the demonstration's desk, and of what was decided there. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

from app.moderation.notices import Given


@dataclass(frozen=True)
class Wait:
    """One comment that waits: for so many days, flagged, noticed or with a picture, or a copy."""

    text: str
    ago: int
    flags: tuple[str, ...] = ()
    notice: Given | None = None
    picture: bool = False
    copy: bool = False


@dataclass(frozen=True)
class Done:
    """One comment that was decided on so many days ago, and what its writer appealed with.

    answer: what a senior answered when it was restored; the appeal is open without one.
    """

    text: str
    ago: int
    action: Literal["approve", "remove", "return"]
    reason: str | None = None
    appeal: str = ""
    answer: str = ""


# The first one opens a thread, which is why it waits.
WAITS: Final = (
    Wait(
        "周六的签到表，名字都涂掉了，时间没动。入职第一个月，想问问别的组是不是也这样。",
        0,
        picture=True,
    ),
    Wait(
        "Ask manager Zhou Lin directly, his number is 139 0000 0000. Every shift after 20:00 goes "
        "over his desk.",
        2,
    ),
    Wait("下次再排我大夜，我就去他家楼下堵他，弄死他。", 0),
    Wait("想内推的加我微信 paiban2046，名额不多，先到先得。", 1),
    Wait("Director Huang Min signed every one of our Saturdays himself.", 1),
    Wait("周三晚上的排班是王建国经理一个人改的，群里没人敢问。", 3),
    Wait("Which football team are you all for this season?", 2, flags=("off_topic", "off_topic")),
    Wait("这几条都像是人事自己发的，一个口气，一个时间。", 1, flags=("coordinated",)),
    Wait(
        "The night supervisor of line two marks everybody who goes home before nine.",
        3,
        notice=Given(
            "private",
            "person",
            "I am the only night supervisor of line two, so everybody at work knows that I am "
            "meant. I do not keep such a list.",
            "The night supervisor of line two",
        ),
    ),
    Wait("全北京最好的公司，五点准时下班，晚饭免费，欢迎投简历加入我们。", 1, copy=True),
    Wait("全北京最好的公司，五点准时下班，晚饭免费，欢迎投简历来加入我们。", 1, copy=True),
    Wait("全北京最好的公司，五点准时下班，晚饭全免费，欢迎投简历加入我们。", 0, copy=True),
)
DONE: Final = (
    Done("Write to me at night.shift@example.com, I collect payslips.", 8, "remove", "contact"),
    Done(
        "Chief executive Sun Qiang said it on stage himself: no Saturdays from May on.",
        7,
        "approve",
    ),
    Done("出售内部面试题，三百题带答案，价格私聊。", 6, "remove", "spam"),
    Done(
        "李娜主管说过，加班单以后一律不批。",
        5,
        "remove",
        "person",
        "她是在全员大会上说的，会议纪要里也有她的名字。",
        "公开说过的话可以写，但请写职务，不写姓名。这一条先恢复。",
    ),
    Done(
        "Our lead, Mr Chen Bo of team four, was ill, and nobody was allowed to say so.",
        4,
        "return",
        "person",
    ),
    Done("周立新总监在年会上当众说了，明年不再大小周。", 3, "approve"),
    Done(
        "Zhao Lei of payroll told three of us that the dinner money is gone from December.",
        3,
        "remove",
        "person",
        "She wrote it to everybody in the canteen group herself. I can say “payroll” instead.",
    ),
)
