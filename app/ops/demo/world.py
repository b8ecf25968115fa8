"""The invented employers of the demonstration and how their people work."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final


@dataclass(frozen=True)
class Habit:
    """How one kind of job spends its week: minutes after midnight, with their spread."""

    arrive: int
    leave: int
    days: dict[float, float]
    spread_in: int = 15
    spread_out: int = 25
    lunch: int = 60
    dinner: int = 0
    friday_early: int = 0


HABITS: Final[dict[str, Habit]] = {
    "955": Habit(9 * 60, 17 * 60 + 30, {5: 1.0}, spread_out=15),
    "965": Habit(9 * 60, 18 * 60, {5: 1.0}, spread_out=20),
    "1075": Habit(10 * 60, 19 * 60, {5: 1.0}, spread_in=20, spread_out=30),
    "975": Habit(9 * 60, 19 * 60, {5: 0.95, 5.5: 0.05}, spread_out=30, friday_early=60),
    "995": Habit(9 * 60 + 15, 21 * 60, {5: 0.9, 5.5: 0.1}, dinner=45, spread_out=35),
    "10105": Habit(10 * 60, 22 * 60, {5: 0.85, 5.5: 0.15}, dinner=60, friday_early=90),
    "996": Habit(9 * 60, 21 * 60, {5.5: 0.15, 6: 0.85}, dinner=60, spread_out=35),
    "10106": Habit(10 * 60, 22 * 60, {5.5: 0.1, 6: 0.85, 7: 0.05}, dinner=60, spread_out=40),
    "alternate": Habit(9 * 60, 19 * 60 + 30, {5.5: 0.9, 5: 0.1}, lunch=75, spread_out=30),
    "night": Habit(20 * 60, 8 * 60, {4: 0.2, 4.5: 0.3, 5: 0.5}, spread_in=10, spread_out=15),
    "lab": Habit(10 * 60 + 30, 23 * 60 + 30, {6: 0.5, 6.5: 0.1, 7: 0.4}, dinner=45, spread_out=60),
}


@dataclass(frozen=True)
class Invented:
    """One invented employer; `mixture` says which share of its people has which habit."""

    name: str
    chinese: str
    industry: str
    cities: tuple[str, ...]
    mixture: dict[str, float]
    size: int
    place: str = "CN"
    parent: str = ""
    aliases: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Promise:
    """What an employer announced, so long after the beginning of a quarter."""

    employer: str
    after: timedelta
    text: str
    chinese: str


@dataclass(frozen=True)
class Flood:
    """So many reports of one employer within a week, all of them of one habit and one person."""

    employer: str
    reports: int
    habit: str


FLOOD: Final = Flood("Tallgrass Education", 60, "955")
ANNOUNCED: Final = Promise(
    "Meridian Cloud",
    timedelta(days=4),
    "Announced that 996 is over: five days a week, home by 19:00.",
    "宣布取消 996：每周五天，19:00 前下班。",
)
EMPLOYERS: Final = (
    Invented(
        "Meridian Group",
        "子午集团",
        "internet",
        ("北京",),
        {"975": 0.6, "995": 0.4},
        40,
        aliases=("子午控股",),
    ),
    Invented(
        "Meridian Cloud",
        "子午云",
        "internet",
        ("北京", "深圳", "杭州"),
        {"996": 0.6, "965": 0.4},
        230,
        parent="Meridian Group",
        aliases=("子午线云计算", "Meridian Computing", "MDC"),
    ),
    Invented(
        "Ninefold Semiconductor",
        "九叠半导体",
        "semiconductors",
        ("无锡", "上海"),
        {"night": 0.35, "996": 0.65},
        120,
        aliases=("九叠芯片",),
    ),
    Invented("Northgate Games", "北门游戏", "games", ("深圳",), {"10106": 0.8, "1075": 0.2}, 160),
    Invented(
        "Redwillow Commerce",
        "红柳电商",
        "ecommerce",
        ("杭州", "上海"),
        {"996": 0.7, "995": 0.3},
        260,
        aliases=("红柳", "Redwillow"),
    ),
    Invented("Longwharf Logistics", "长栈物流", "logistics", ("宁波",), {"alternate": 1.0}, 90),
    Invented(
        "Kestrel Motors",
        "红隼汽车",
        "cars",
        ("上海", "合肥"),
        {"995": 0.75, "alternate": 0.25},
        180,
    ),
    Invented(
        "Tallgrass Education", "高草教育", "education", ("北京",), {"1075": 0.5, "995": 0.5}, 60
    ),
    Invented("Bluebrick Bank", "青砖银行", "finance", ("南京", "上海"), {"975": 1.0}, 140),
    Invented("Paper Crane Media", "纸鹤传媒", "media", ("北京",), {"1075": 0.7, "975": 0.3}, 70),
    Invented("Halfmoon Travel", "半月旅行", "internet", ("上海",), {"965": 0.5, "975": 0.5}, 80),
    Invented("Foundry Row Software", "铸坊软件", "internet", ("成都",), {"965": 1.0}, 75),
    Invented("Osier Insurance", "柳编保险", "finance", ("苏州",), {"955": 0.8, "965": 0.2}, 65),
    Invented("Tidewater Robotics", "潮汐机器人", "electronics", ("深圳",), {"10105": 1.0}, 55),
    Invented(
        "Harborlight AI",
        "港灯智能",
        "ai",
        ("San Francisco",),
        {"lab": 0.7, "1075": 0.3},
        60,
        place="US",
    ),
    Invented(
        "Quillstone Labs", "羽石实验室", "ai", ("北京", "上海"), {"lab": 0.6, "10105": 0.4}, 70
    ),
    Invented(
        "Saltmarsh Systems",
        "盐沼系统",
        "internet",
        ("Mountain View", "Seattle"),
        {"965": 0.7, "1075": 0.3},
        90,
        place="US",
    ),
    Invented(
        "Copperfield Cloud",
        "铜野云",
        "internet",
        ("San Jose",),
        {"975": 0.8, "995": 0.2},
        50,
        place="US",
    ),
    Invented(
        "Lindenhof Software", "菩提园软件", "internet", ("Berlin",), {"955": 1.0}, 45, place="DE"
    ),
    Invented("Sunset Terrace Foods", "晚台食品", "retail", ("广州",), {"alternate": 1.0}, 35),
    Invented(
        "Alder Robotics",
        "桤木机器人",
        "electronics",
        ("苏州",),
        {"995": 1.0},
        1,
        aliases=("AlderBot", "桤木科技"),
    ),
    Invented("Little Ferry Studio", "小渡工作室", "games", ("成都",), {"1075": 1.0}, 1),
)

FIRST: Final = (
    ("Amber", "琥珀"),
    ("Birch", "白桦"),
    ("Cedar", "雪松"),
    ("Dune", "沙丘"),
    ("Ember", "余烬"),
    ("Fern", "蕨野"),
    ("Granite", "花岗"),
    ("Heron", "苍鹭"),
    ("Indigo", "靛蓝"),
    ("Juniper", "杜松"),
    ("Kelp", "海藻"),
    ("Larch", "落叶松"),
    ("Maple", "枫"),
    ("Nettle", "荨麻"),
    ("Otter", "水獭"),
    ("Pebble", "卵石"),
    ("Quartz", "石英"),
    ("Reed", "芦苇"),
    ("Slate", "板岩"),
    ("Thistle", "蓟"),
)
SECOND: Final = (
    ("Data", "数据", "internet", "995"), ("Games", "游戏", "games", "10106"),
    ("Finance", "金融", "finance", "975"), ("Health", "健康", "health", "965"),
    ("Mobility", "出行", "internet", "996"), ("Foods", "食品", "retail", "alternate"),
    ("Press", "出版", "media", "1075"), ("Devices", "电子", "electronics", "10105"),
)  # fmt: skip
CITIES: Final = ("北京", "上海", "深圳", "杭州", "广州", "成都", "南京", "武汉", "西安", "苏州")


def employers(number: int) -> list[Invented]:
    """Return that many invented employers: the written ones first, then combined names."""
    made = list(EMPLOYERS[:number])
    for n in range(number - len(made)):
        first, second = FIRST[n % len(FIRST)], SECOND[n // len(FIRST) % len(SECOND)]
        turn = n // (len(FIRST) * len(SECOND))
        mark = f" {turn + 2}" if turn else ""
        made.append(
            Invented(
                f"{first[0]} {second[0]}{mark}",
                f"{first[1]}{second[1]}{mark}",
                second[2],
                (CITIES[n % len(CITIES)],),
                {second[3]: 0.8, "965": 0.2},
                20 + n * 7 % 60,
            )
        )
    return made
