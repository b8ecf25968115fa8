"""Classes of spelling that real posts use, one line each: what is found, and what is not."""

import pytest

from app.triage.detectors import see

FOUND = [
    # telephones
    ("phone", "call 0044 20 7946 0853 tonight"),  # the country after 00
    ("phone", "text 852 - 6017 4429"),  # the country without a sign, blanks around hyphens
    ("phone", "his mobile: 07700900417"),  # British, in one
    ("phone", "ask 98204 55178 about it"),  # Indian, five and five
    ("phone", "whatsapp me 9482 3106"),  # eight digits, where somebody is to be called
    ("phone", "her line is 06 12 34 56 78"),  # French, in pairs
    ("phone", "ruf an: 0176 12345678"),  # German mobile
    ("phone", "seven oh seven, five five five, oh one four two"),  # in words
    ("phone", "手机 ①③⑨①②③④⑤⑥⑦⑧"),  # in circles
    ("phone", "1️⃣3️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣"),  # on keys
    ("phone", "139/1234/5678"),  # other signs between
    ("phone", "139_1234_5678"),
    ("phone", "13o1234o678"),  # letters for digits
    ("phone", "电话：幺三九 一二三四 五六七八"),
    # accounts
    ("messenger", "加我 v：Lamp0412hz"),
    ("messenger", "薇❤ hr-lamp-666"),
    ("messenger", "扣扣 1 9 4 8 2 0 7 7 3"),
    ("messenger", "电报 @lamp_night"),
    ("messenger", "dm me @lampowl"),
    ("messenger", "Telegram: nightowl"),
    ("messenger", "wxid_8ab12cd34ef"),
    ("messenger", "https://www.linkedin.com/in/lamp-owl-4b71a2"),
    ("messenger", "see instagram.com/lamp.owl"),
    ("messenger", "t.me/lampowl"),
    ("messenger", "weibo.com/u/5918374402"),
    # e-mail
    ("email", "lamp_owl#163.com"),
    ("email", "lamp.owl 艾特 qq 点 com"),
    ("email", "lamp.owl [at] proton [dot] me"),
    ("email", "lamp.owl(@)corp(.)cn"),
    ("email", "lamp.owl@qq。com"),
    ("email", "LAMP.OWL AT CORP DOT CO DOT UK"),
    # addresses
    ("address", "家住望京西园四区 412 号楼 3 单元 1502"),
    ("address", "张杨路 1867 弄 26 号 601 室"),
    ("address", "科苑南路 2688 号 阳光里 B 座 17D"),
    ("address", "Unit 1804, Tower 3, Harbour Crest"),
    ("address", "number 9 Dulverton Mews"),
    ("address", "he lives at 48 larchmont road"),
    ("address", "Blk 123 Ang Mo Kio Ave 3 #12-345"),
    ("address", "Lindenstraße 12, Berlin"),
    ("address", "postcode LS8 4QD"),
    # numbers of offices and firms
    ("document", "219-09-4417"),
    ("document", "NRIC S8412365Z"),
    ("document", "HKID A123456(3)"),
    ("document", "plate LB19 KXO"),
    ("document", "京N·8K2F6"),
    ("document", "沪AD12345"),
    ("bank", "0x52908400098527886E0F7030069857D2E4169EE7"),
    ("bank", "sort 12-34-56 acc 12345678"),
    ("bank", "账号 310066331018800012345"),
    ("staff", "emp id WB0391746"),
    ("staff", "badge id CN-77301"),
    # names
    ("name", "Adaeze Nwosu is leaving"),
    ("name", "Priya V. Raman said"),
    ("name", "ask Tan Wei Ming"),
    ("name", "Kim Min-jun again"),
    ("name", "J. Okonkwo signed it"),
    ("name", "my boss daniel okonkwo"),
    ("name", "Tanaka-san"),
    ("name", "看到了韩雨桐的体检报告"),
    ("name", "本名张克俭，去年来的"),
    ("name", "问欧阳振华要"),
    ("name", "阿依古丽·买买提也被调走了"),
    ("name", "ask for Xyl Quorn"),
    # what posts-6 showed
    ("bank", "amex 3714 608253 77192"),
    ("bank", "打到 6214-8301-2277-5405"),
    ("document", "SSN for the W2 was wrong, they had 527 41 0936"),
    ("document", "that red tesla, 8TRX 417"),
    ("document", "her licence plate is literally B0SS LDY"),
    ("phone", "4 0 8 - 5 5 5 - 0 1 7 8"),
    ("messenger", "signal me: lamp.owl.42"),
    ("messenger", "微信号是我名字拼音 lamp_1108"),
    ("messenger", "加我 Q 30562·71184"),
    ("staff", "staff id is 7L-20951"),
    ("staff", "工牌 No.0062918"),
    ("staff", "工号 ext-v_lampowl"),
    ("staff", "他的工号尾号是 20773"),
    ("bank", "HSBC HK 123-456789-833"),
    ("document", "her SSN, in full: 078051120"),
    ("phone", "9876543210 is his number"),
    ("messenger", "discord pete#4471"),
    ("messenger", "V信同号 lamp1990"),
    ("email", "lamp1990圈qq.com"),
    ("address", "B-204, Lotus Apartments, Sector 21"),
    ("name", "@Zhang Wei please"),
    ("name", "谢特助又来催了"),
    ("name", "有个叫许巍的"),
]  # fmt: skip
LET_BE = [
    "服务器 10.0.0.1 又连不上了，说是 192.168.144.17",
    "客服电话 400-810-6666",
    "company hotline 400-820-8820",
    "the benefits line 1-800-MEDICARE",
    "v3.11.0-rc2 or 3.10.14",
    "排名 13, 14, 15, 16, 17, 18",
    "15 16 17 18 19 20",
    "cached 169-205 / 53-72 / 8 / 1.4",
    "单周双休，祝顺利",
    "order #20240917-0048812",
    "Tim Cook said, Satya Nadella's memo",
    "雷军说，马化腾内部讲话",
    "Salesforce Tower, Canary Wharf, Mountain View",
    "Morgan Stanley and Goldman Sachs",
    "早高峰排队二十分钟",
    "入住的是5楼，酒店一楼吃饭",
    "AMD EPYC 9654 box",
    "github.com/python/mypy and linkedin.com/company/lamp",
    "x.com/search?q=996",
    "@here @channel please",
    "ticket since 2023-04-11",
    "ISO 27001, GB/T 22239-2019",
    "茅台 600519 又跌了",
    "杨浦的张杨路堵车",
    "工位号 F5-237",
    "Line 4 is closed, Teams 2024 too",
    "Room 12 at ten",
]


@pytest.mark.parametrize(("kind", "text"), FOUND)
def test_is_found(kind: str, text: str) -> None:
    assert kind in [seen.kind.name for seen in see(text)]


@pytest.mark.parametrize("text", LET_BE)
def test_is_let_be(text: str) -> None:
    personal = [seen for seen in see(text) if seen.kind.name not in {"date"}]
    assert [(seen.kind.name, text[seen.start : seen.end]) for seen in personal] == []
