"""Each detector on its own table: what it marks, and what it lets be, in both languages."""

import pytest

from app.triage import identities
from app.triage.checking import Checked
from app.triage.detectors import see

MARKED = [
    ("phone", "打13912345678", "13912345678"),
    ("phone", "139-1234-5678或面谈", "139-1234-5678"),
    ("phone", "１３９１２３４５６７８", "１３９１２３４５６７８"),
    ("phone", "一三九一二三四五六七八", "一三九一二三四五六七八"),
    ("phone", "（010）62345678", "（010）62345678"),
    ("phone", "座机：62345678 转 12", "62345678 转 12"),
    ("phone", "0571-88776655-8012", "0571-88776655-8012"),
    ("phone", "+86 139 1234 5678", "+86 139 1234 5678"),
    ("phone", "ring +49 30 901820", "+49 30 901820"),
    ("phone", "(212) 555-0187 x4", "(212) 555-0187 x4"),
    ("phone", "my mobile is 07700 900123.", "07700 900123"),
    ("email", "a.b+c@mail.example.com.", "a.b+c@mail.example.com"),
    ("email", "张三：zs＠corp.cn，谢谢", "zs＠corp.cn"),
    ("email", "ann dot lee at corp dot com", "ann dot lee at corp dot com"),
    ("email", "ann (at) corp.example", "ann (at) corp.example"),
    ("email", "zhangsan艾特corp点com", "zhangsan艾特corp点com"),
    ("messenger", "微信号：lampnight", "lampnight"),
    ("messenger", "加我v lamp_01", "lamp_01"),
    ("messenger", "QQ 28190034", "28190034"),
    ("messenger", "my WeChat is owl_88", "owl_88"),
    ("identity", "31011519900307283x", "31011519900307283x"),
    ("identity", "310115 19900307 283X", "310115 19900307 283X"),
    ("document", "护照号码：E28819034", "E28819034"),
    ("document", "NI number QQ 12 34 56 C", "QQ 12 34 56 C"),
    ("bank", "卡号 4111-1111-1111-1111", "4111-1111-1111-1111"),
    ("bank", "to GB82 WEST 1234 5698 7654 32 TODAY", "GB82 WEST 1234 5698 7654 32"),
    ("bank", "account number 12345678", "12345678"),
    ("staff", "工号是 A-10293", "A-10293"),
    ("staff", "EMPLOYEE NO. 55021", "55021"),
    ("name", "总监李梅说", "李梅"),
    ("name", "对方王经理", "王"),
    ("name", "司马主任", "司马"),
    ("name", "我同事张建国。", "张建国"),
    ("name", "我叫陈思远，今年", "陈思远"),
    ("name", "带我的mentor Tony", "Tony"),
    ("name", "Mr. O'Brien", "Mr. O'Brien"),
    ("name", "Prof Anna-Lena Weiß laughed", "Prof Anna-Lena Weiß"),
    ("name", "my manager, Tom, said", "Tom"),
    ("name", "a colleague named Li Wei", "Li Wei"),
    ("date", "3月14号", "3月14号"),
    ("date", "二〇二六年十二月三十一日", "二〇二六年十二月三十一日"),
    ("date", "腊月二十九", "腊月二十九"),
    ("date", "2026/3/14", "2026/3/14"),
    ("date", "the 3rd of May 2026", "3rd of May 2026"),
    ("date", "Sept. 3", "Sept. 3"),
    ("date", "从3/14开始", "3/14"),
    ("date", "14/03/2026", "14/03/2026"),
    ("link", "(https://a.example/?utm_source=b)", "https://a.example/?utm_source=b"),
    ("link", "看https://a.example/x#token=k3y9z7，快", "https://a.example/x#token=k3y9z7"),
    ("link", "a.example/d?gclid=1", "a.example/d?gclid=1"),
    ("email", "https://ann:word@a.example/", "https://ann:word@a.example/"),
]

LET_BE = [
    "996 10105 9:00-21:00 2026Q4",
    "工资13800138000元",  # phonenumbers alone calls this a telephone
    "订单号13800138000",
    "1.3912345678",
    "12345678901234567890",
    "call 10 people",
    "look at the dot com boom",
    "meet @ noon",
    "微信群里说",
    "WeChat works, Telegram does not",
    "110105194912310021",  # wrong check digit
    "310115199013072831",  # no such month
    "my passport expires in 2031",
    "卡号 4111111111111112",
    "流水 4111111111111111",
    "employee number 12",
    "工号没了",
    "由于经理不批",
    "周总工时",
    "王工作到十点",
    "高级经理",
    "已经理解",
    "老板说",
    "大哥大姐",
    "The manager I had",
    "my boss Monday to Friday",
    "VP Engineering",
    "Last Friday our director left",
    "2026年3月",
    "每月5号",
    "每年6月18日",
    "March 2026",
    "They March 14 times",
    "v2026.3.14",
    "24/7, 3/4 of us, on 24/7 call",
    "from 3/4 of the pay",
    "https://a.example/about?page=2&q=overtime&key=996",
    "https://a.example/c30834/201901/ffad2d4ae4da4585a041abf66e74753c.shtml",
    "https://a.example/large/PKcnGhmfQ64OT18.png",
    "https://a.example/item/996%E5%B7%A5%E4%BD%9C%E5%88%B6/19940031",
    "律所是金杜律师事务所",
    "HR Business Partners",
    "In March 14 teams merged",
    "https://a.example/A-Long-Title-Of-2023-With-Words",
]


@pytest.mark.parametrize(("kind", "text", "passage"), MARKED)
def test_is_marked(kind: str, text: str, passage: str) -> None:
    assert [(seen.kind.name, text[seen.start : seen.end]) for seen in see(text)] == [
        (kind, passage)
    ]


@pytest.mark.parametrize("text", LET_BE)
def test_is_let_be(text: str) -> None:
    assert [(seen.kind.name, text[seen.start : seen.end]) for seen in see(text)] == []


def test_what_overlaps_is_one_passage_of_the_stronger_kind() -> None:
    link = "https://a.example/x?mail=ann@b.example&t=1"
    # A card, and in the middle of an identity number a birthday and a telephone.
    for text, kind in [(link, "email"), ("银行卡31011519900307283X", "identity")]:
        assert [seen.kind.name for seen in see(text)] == [kind]
    assert see(link)[0].end == len(link)


def test_only_an_identity_number_may_never_be_sent() -> None:
    for kind, text, _ in MARKED:
        assert Checked.of({"text": text}).allowed == (kind != "identity")


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("11010519491231002X", True),  # the example of GB 11643
        ("110105194912310021", False),
        ("31011519900307283X", True),
        ("31011519900230283X", False),
        ("99011519900307283X", False),
    ],
)
def test_identity_numbers_have_a_place_a_day_and_a_check_digit(number: str, right: bool) -> None:
    assert identities.right(number) is right
