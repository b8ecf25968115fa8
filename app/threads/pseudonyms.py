"""The name that a writer bears inside one thread: two words and a small mark. Pure.

A name is a number, chosen from the writer's tag in the thread and stored with each post. Both
lists say the same in English and Chinese, so that readers of either language mean one writer.
"""

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import count
from typing import Final

# Things of evenings, offices, weather, birds and streets; nobody's name, body, trade or temper.
_FIRST: Final = """
Quiet=安静 Calm=平静 Tranquil=宁静 Early=清早 Distant=远处 Nearby=近处 Upstairs=楼上 Downstairs=楼下
Inner=里间 Outer=外间 Northern=北面 Southern=南面 Eastern=东面 Western=西面 Amber=琥珀色 Copper=铜色
Silver=银色 Indigo=靛蓝色 Teal=青色 Slate=石板色 Ivory=象牙色 Russet=赭色 Lilac=淡紫色 Ochre=土黄色
Cobalt=钴蓝色 Sepia=墨褐色 Evening=傍晚 Morning=早晨 Midnight=午夜 Midday=正午 Daybreak=拂晓
Twilight=暮色里 Moonlit=月下 Starlit=星光下 Sunlit=阳光下 Lamplit=灯下 Candlelit=烛光下 Rainy=雨天
Snowy=雪天 Windy=风里 Cloudy=多云 Frosted=结霜 Clear=晴朗 Autumn=秋天 Winter=冬天 Spring=春天
Summer=夏天 Paper=纸做 Wooden=木头 Woven=编织 Folded=折起 Painted=彩绘 Tiled=铺瓦 Glass=玻璃
Marble=大理石 Granite=花岗石 Bamboo=竹子 Linen=亚麻 Woollen=羊毛 Velvet=丝绒 Porcelain=瓷做
Cedar=雪松下 Maple=枫树下 Birch=桦树下 Ginkgo=银杏下 Walnut=胡桃木 Mossy=青苔上 Riverside=河边
Lakeside=湖边 Seaside=海边 Hillside=山坡上 Roadside=路边 Rooftop=屋顶上 Courtyard=院里 Corner=拐角
Corridor=走廊 Lobby=大堂 Harbour=港口 Island=岛上 Valley=山谷 Meadow=草地上 Orchard=果园 Garden=花园
Market=集市 Station=车站 Platform=月台 Terrace=露台 Balcony=阳台 Library=图书馆 Museum=博物馆
Second=二号 Third=三号 Fifth=五号 Sixth=六号 Seventh=七号 Eighth=八号 Ninth=九号 Tenth=十号
Steady=平稳 Gentle=轻柔 Bright=明亮 Warm=温暖 Mild=温和 Polished=擦亮 Striped=条纹 Dotted=圆点
Spare=备用 Drifting=漂来 Floating=浮起 Passing=路过 Returning=归来 Resting=歇脚
"""
_SECOND: Final = """
Heron=苍鹭 Egret=白鹭 Sandpiper=矶鹬 Lark=云雀 Sparrow=麻雀 Magpie=喜鹊 Kestrel=红隼 Osprey=鱼鹰
Kingfisher=翠鸟 Swift=雨燕 Oriole=黄鹂 Starling=椋鸟 Wagtail=鹡鸰 Warbler=柳莺 Tern=燕鸥 Petrel=海燕
Ibis=朱鹮 Stork=白鹳 Crane=白鹤 Spoonbill=琵鹭 Pelican=鹈鹕 Nightingale=夜莺 Waxwing=太平鸟
Cloud=云朵 Raindrop=雨滴 Breeze=清风 Icicle=冰凌 Dewdrop=露珠 Moon=月亮 Comet=彗星 Horizon=地平线
Sunset=落日 Window=窗户 Lantern=灯笼 Lamp=台灯 Streetlamp=路灯 Candle=蜡烛 Stair=楼梯 Elevator=电梯
Doorbell=门铃 Bridge=石桥 Tram=电车 Bicycle=自行车 Train=列车 Awning=雨棚 Bench=长椅 Fountain=喷泉
Chimney=烟囱 Eaves=屋檐 Gate=大门 Lane=小巷 Crossing=路口 Signpost=路牌 Mailbox=信箱 Kiosk=报亭
Clock=时钟 Bell=铃铛 Tower=塔楼 Archway=拱门 Pier=码头 Lighthouse=灯塔 Anchor=船锚 Sail=船帆
Canoe=独木舟 Kite=风筝 Compass=罗盘 Map=地图 Suitcase=行李箱 Ticket=车票 Umbrella=雨伞 Scarf=围巾
Glove=手套 Button=纽扣 Pocket=口袋 Teapot=茶壶 Kettle=水壶 Cup=杯子 Bowl=碗 Basket=篮子 Tray=托盘
Bread=面包 Apricot=杏子 Chestnut=栗子 Tangerine=橘子 Desk=书桌 Chair=椅子 Notebook=笔记本
Pencil=铅笔 Eraser=橡皮 Stapler=订书机 Envelope=信封 Stamp=邮票 Folder=文件夹 Calendar=日历
Paperclip=回形针 Bookmark=书签 Inkwell=墨水瓶 Whiteboard=白板 Cabinet=柜子 Drawer=抽屉 Curtain=窗帘
Carpet=地毯 Mirror=镜子 Keyboard=键盘 Telephone=电话 Radio=收音机 Camera=相机 Printer=打印机
Abacus=算盘 Piano=钢琴 Flute=长笛 Cello=大提琴 Bookshelf=书架 Cactus=仙人掌 Reed=芦苇 Clover=三叶草
Acorn=橡果 Pinecone=松果 Pebble=卵石 Stream=溪流 Pond=池塘 Ladder=梯子 Nest=鸟巢
"""
FIRST: Final = tuple(tuple(pair.split("=")) for pair in _FIRST.split())
SECOND: Final = tuple(tuple(pair.split("=")) for pair in _SECOND.split())
COUNT: Final = len(FIRST) * len(SECOND)
# After so many names in use, choose among twice as many: a number is added to the words.
_TRIES: Final = 16
_MOST_DOUBLINGS: Final = 16

# A small house: its walls and roof, and where its nine windows are, in a box of 16 by 20.
_WALLS: Final = (
    "M0 0l16 6v14H0z",
    "M0 6L16 0v20H0z",
    "M0 2h16v18H0z",
    "M8 0l8 6v14H0V6z",
    "M4 0h8v6h4v14H0V6h4z",
    "M0 6h8V0h8v20H0z",
)
_WINDOWS: Final = tuple(f"M{x} {y}h3v2.5h-3z" for y in (8, 12, 16) for x in ("2", "6.5", "11"))
_FEWEST_LIT: Final = 2


@dataclass(frozen=True)
class Mark:
    """The house drawn beside a name: paths of its walls and lit windows; dark: in the deep tone."""

    walls: str
    windows: str
    dark: bool


def choose(nym: bytes, taken: Container[int]) -> int:
    """Return a name for a writer's tag in a thread that nobody else bears there."""
    for n in count():
        name = _number(nym, n) % (COUNT << min(n // _TRIES, _MOST_DOUBLINGS))
        if name not in taken:
            return name
    raise AssertionError


@lru_cache(maxsize=4096)
def words(name: int, lang: str) -> str:
    """Return a name in a language, "en" or "zh": "Quiet Heron", "安静的苍鹭"."""
    more, name = divmod(name, COUNT)
    first, second = divmod(name, len(SECOND))
    at, joint = (1, "的") if lang == "zh" else (0, " ")
    said = f"{FIRST[first][at]}{joint}{SECOND[second][at]}"
    return f"{said} {more + 1}" if more else said


@lru_cache(maxsize=4096)
def mark(name: int) -> Mark:
    """Return the house of a name: the same for the same name, everywhere."""
    for n in count():
        drawn = _number(name.to_bytes(8, "big"), n)
        rest, shape = divmod(drawn, len(_WALLS))
        lit = [path for at, path in enumerate(_WINDOWS) if rest >> at & 1]
        if len(lit) >= _FEWEST_LIT:
            return Mark(_WALLS[shape], "".join(lit), bool(rest >> len(_WINDOWS) & 1))
    raise AssertionError


def _number(seed: bytes, n: int) -> int:
    return int.from_bytes(sha256(seed + n.to_bytes(4, "big")).digest()[:8], "big")
