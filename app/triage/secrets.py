"""Trade secrets in detail that a pattern can see: keys, passwords, recipes, price lists. Pure.

Plans, customers and code in plain words need a person: no pattern tells them from a story.
"""

import re
from collections.abc import Iterator

_KEYS = re.compile(
    r"-----BEGIN (?:[A-Z]{2,8} ){0,3}PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,60}"
    r"|\bsk-[A-Za-z0-9_-]{16,80}|\bxox[abpr]-[A-Za-z0-9-]{10,80}|\bAIza[0-9A-Za-z_-]{30,40}"
    r"|\beyJ[A-Za-z0-9_-]{10,400}\.[A-Za-z0-9_-]{10,400}"
)
_SAID = re.compile(
    r"(?:(?<![A-Za-z])[A-Za-z_]{0,24}(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key"
    r"|access[_-]?token|passphrase)"
    r"|密码|口令|密钥|秘钥|私钥)(?: ?(?:is|was|还是|就是|都是|为|是|[:=])){0,2} ?[\"'“`]?"
    r"(?P<value>[A-Za-z0-9!@#$%^&*_+/.-]{6,120})",
    re.IGNORECASE | re.ASCII,
)
_SENTENCE = re.compile(r"[^。！？!?\n]{1,400}")
# What a product will cost, hold and do before anybody may know: several figures beside such words.
_PLAN = re.compile(
    r"\b(?:unreleased|unannounced|confidential|taped? out|not (?:yet )?public|under (?:nda"
    r"|embargo)|launch (?:date|is)|formula|config(?:ured)? in"
    r"|before (?:they'?re|it'?s|its|theyre|it goes|they go) (?:public|announced|out)"
    r"|pre-?announce\w*|guidance(?= (?:cut|raise|is|will))"
    r"|earnings|revenue|rev(?= [0-9])|miss(?:es)? by|beats? by|trade accordingly|insider"
    r"|acquir(?:e|ing|ed)|acquisition|takeover|buyout"
    r"|term sheet|merger|mass production|tape-?out|supplier|panel|bom|ships? (?=oct|nov|dec"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|in |on )"
    r"|unit cost|cost price|margins?|pricing|price list|contract value|churn|burn rate"
    r"|cap table|patent pending|prototype|algorithm"
    r"|threshold|roadmap|not announced|nda|board signed|offer is|merges? with|recipe|coating|cure"
    r"|renewal|accounts?|weights?|bid|tender|yield|(?:source|internal) (?:code|doc|deck))\b"
    r"|内部消息|内幕|还没(?:公布|发布|官宣)|没(?:公布|官宣)|财报|营收|指引|上市前|招股|融资"
    r"|估值|供货价|采购价|成本|底薪池|报价|代工|流水线参数|阈值|模型参数|算法|源码|未发布"
    r"|未公开|保密|内部文件|底价|投标|标书|评委|BOM|良率|收购|并购|作价|对赌"
    r"|董事会|未公告|没公告|还没公告|配方|烧结|量产|流片|备货|定价"
    r"|粗排|精排|权重|召回率|冷启|配置在|首批|独供|毛利|排序公式",
    re.IGNORECASE | re.ASCII,
)
_FIGURE = re.compile(
    r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?: ?(?:[%MkK万亿元维x]|dollars|million)|\*[a-z])?"
)
_PLANS = 2
_SUM = 5
# A measure of a process: hours, pay and shares are what people here speak of.
_MEASURE = re.compile(
    r"(?<![0-9.])[0-9][0-9.]{0,7} ?(?:mM|μM|uM|mol|ml|mL|mg|μg|ug|kPa|MPa|psi|bar|rpm|ppm|ppb|℃"
    r"|°[CF]|C\b|F\b|nm|μm|um|mm"
    r"|kHz|MHz|kV|mA|wt%|度(?!假|过)|转(?:/分)?|毫克|毫升|微米|兆帕|摄氏度|m/min|mm/s|g/L"
    r"|seconds|秒)"
)
_PRICE = re.compile(
    r"[0-9]{1,7}\.[0-9]{1,4}%?|[$€£¥][0-9][0-9,.]{0,9}|[0-9]{2,7} ?(?:per|元/|块/|一)(?:seat"
    r"|unit|吨|件|台|套)"
)
_TRADE = re.compile(
    r"客户|报价|底价|进价|成本价|合同价|出厂价|供应商|一户一价|标底|投标价|配方"
    r"|\b(?:per (?:seat|unit|licence|license)|customers?|clients?|suppliers?|vendors?|wholesale"
    r"|list price|charge|quoted?|bids?|margin)\b",
    re.IGNORECASE,
)
_SEVERAL = 3


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where keys, passwords, recipes and price lists stand."""
    for match in _KEYS.finditer(text):
        yield match.span()
    for match in _SAID.finditer(text):
        if re.search("[0-9]", match["value"]) and re.search("[A-Za-z]", match["value"]):
            yield match.span()
    for sentence in _SENTENCE.finditer(text) if _FIGURE.search(text) else ():
        where = sentence.span()
        traded = _TRADE.search(text, *where)
        plans = {sign[0].lower() for sign in _PLAN.finditer(text, *where)}
        figures = list(_FIGURE.finditer(text, *where)) if len(plans) >= _PLANS else []
        if len(figures) >= 1 + (len(plans) <= _PLANS) and len(plans) + len(figures) >= _SUM:
            yield figures[0].start(), figures[-1].end()
        for pattern, sure in ((_MEASURE, True), (_PRICE, traded)):
            hits = list(pattern.finditer(text, *where)) if sure else []
            if len(hits) >= _SEVERAL:
                yield hits[0].start(), hits[-1].end()
