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
    # what posts-7 showed
    ("phone", "177 后面 6023 再后面 8814"),  # told in three parts
    ("phone", "136空格4472空格9081"),
    ("phone", "一五零，二二三一，八八四六"),
    ("phone", "9-2-5 triple five 0-1-6-2"),  # some of it in words
    ("phone", "404 dash 555 dash 0136"),
    ("phone", "my hp 8 1 2 7 4 4 0 9"),  # eight, one by one
    ("phone", "我妈卢桂芬,13355180264,别打"),  # a comma and no blank
    ("messenger", "insta @latte.and.layoffs"),
    ("messenger", "skype live:.cid.a7719bd03e"),
    ("messenger", "我q:2 9 4 7 1 0 8 3 6"),
    ("messenger", "扣群882719334"),
    ("messenger", "cashapp $tiredwaiter"),
    ("messenger", "mastodon @nurse@lamp.example"),
    ("messenger", "微博@加班的老张_"),
    ("messenger", "reddit u/lamp_lady_77"),
    ("messenger", "find me on ig, lampandtears"),
    ("email", "jo [dot] lamp [at] gmail"),
    ("email", "lamp（at）sina（点）com"),
    ("email", "gmail: jo.b.lamp"),
    ("document", "护照丢在打印机上，号码EK3941207"),
    ("document", "健康证 370203-2026-1881"),
    ("document", "receipt MSC2190012345"),
    ("document", "black civic, KXR 4471"),
    ("staff", "my contractor id was v-tlamp2"),
    ("staff", "blue yubikey + badge E0458812"),
    ("staff", "员工编码：SZ0088213"),
    ("address", "西二旗智学苑12-4-701"),
    ("address", "5520 NE 47th St, Unit B"),
    ("address", "PO Box 4471, Dayton OH 45401"),
    ("address", "14/2 Wickham Street"),
    ("bank", "农行 622848 0402 5646 1234"),
    ("name", "可以找行政祝小满"),  # behind a role
    ("name", "李然然后就走了"),
    ("name", "隔壁组的冉小军"),  # a rare surname
    ("name", "蒋 文 博骂人"),  # apart
    ("name", "signed by Tamsyn Blackledge"),  # no list knows either
    ("name", "Mei-Ling Hsu stood up"),
    ("name", "MARGARET DUNLEAVY IF YOU READ THIS"),
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
    "benefits line is 1-800-555-0199",
    "公积金查询要排队",
    "东方甄选、小米、比亚迪",
    "项目代号“王朝”，另一个叫“李白”",
    "高总结能力的人",
    "the Marvin UI kit, a Victor Hugo novel, a Herman Miller chair",
    "Kaiser Permanente and Palo Alto Networks",
    "Kuala Lumpur to Buenos Aires",
    "payroll number of the month",
    "一个月一千五，三险一金",
]
ABUSE = [
    ("threat", "我已经买好刀了，周一见"),
    ("threat", "下班路上堵你"),
    ("threat", "你女儿几点放学我都知道"),
    ("threat", "让他走不出园区大门"),
    ("threat", "给你脑袋开个瓢"),
    ("threat", "i know which level you park on"),
    ("threat", "ill break every finger you type with"),
    ("threat", "someone should put a bullet in that VP"),
    ("threat", "im bringing something and it wont be donuts"),
    ("hate", "那些河南的狗都不如"),
    ("hate", "35岁以上的老东西赶紧去死"),
    ("hate", "Indians are ruining this place, send every one of them back"),
    ("hate", "Chinese coworkers are all spies"),
    ("sexual", "男27，酒店已开，女同事来"),
    ("sexual", "any F bored? hotel's on me, no strings"),
    ("secret", "生产库密码就是Xg!2026prod"),
    ("secret", "Q3 numbers before they're public: rev 2.14B, miss by 6%"),
    ("spam", "限时3折，点我头像领券"),
]
NO_ABUSE = [
    "累得要死人了",
    "这需求我想砍了",
    "我们公司的定点酒店",
    "I could kill for a coffee, I'll kill the process",
    "break the build, break my heart",
    "they know where the bug is",
    "外包公司的合同到期了",
    "he shot down my proposal",
    "女同事出差住酒店，报销要三周",
    "put a pin in that",
    "35岁以上的程序员怎么办",
    "Indian food and Chinese food at the canteen",
]


@pytest.mark.parametrize(("kind", "text"), [*FOUND, *ABUSE])
def test_is_found(kind: str, text: str) -> None:
    assert kind in [seen.kind.name for seen in see(text)]


@pytest.mark.parametrize("text", LET_BE)
def test_is_let_be(text: str) -> None:
    personal = [seen for seen in see(text) if seen.kind.name not in {"date"}]
    assert [(seen.kind.name, text[seen.start : seen.end]) for seen in personal] == []


@pytest.mark.parametrize("text", NO_ABUSE)
def test_is_no_abuse(text: str) -> None:
    harmful = {"threat", "hate", "sexual", "secret", "spam"}
    assert [seen.kind.name for seen in see(text) if seen.kind.name in harmful] == []
