"""Bank cards by their check digit, after a word that says so; IBANs by theirs. Pure.

Sources: ISO/IEC 7812-1 (Luhn), ISO 13616 (IBAN, modulo 97).
"""

import re
from collections.abc import Iterator

_CARD = re.compile(
    r"(?<![0-9.])[0-9]{4}(?:[ -]?[0-9]{4}){2}(?:[ -]?[0-9]{1,4}){0,2}(?![0-9])"
    r"|(?<![0-9.])[0-9]{6}[ -]?[0-9]{7,13}(?![0-9])"
)
_SAID = re.compile(
    r"卡|账号|账户|帐号|帐户|开户|\b(?:card|account|acct|a/c)\b", re.IGNORECASE | re.ASCII
)
# Their own words need no check digit: an account within a country seldom has one.
_ACCOUNT = re.compile(
    r"(?:(?:银行|收款|对公|打款|转账|汇款|开户|工资)[账帐][号户](?:号码?)?"
    r"|[账帐]号(?=[ :是为]{0,3}[0-9]{15})"
    r"|\b(?:bank account|(?:account|acct?\.?|acc|a/c) ?(?:number|num|no\.?|#)?))"
    r"[ :#,是为]{0,3}(?:is )?((?:[0-9][ -]?){5,23}[0-9])(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_NAMED_CARD = re.compile(
    r"\b(?:visa|master ?card|amex|american express|unionpay|(?:debit|credit|bank"
    r"|corp(?:orate)?) card)"
    r"(?: card)?(?: no\.?| number| #)?[ :#]{0,3}(?:is )?([0-9]{15,16})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
# Purses of coins: Bitcoin, Ethereum, Tron.
_PURSE = re.compile(
    r"(?<![A-Za-z0-9])(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{25,59}|T[1-9A-HJ-NP-Za-km-z]{33}"
    r"|[13](?=[a-km-zA-HJ-NP-Z1-9]{0,30}[A-Z])(?=[A-HJ-NP-Z1-9]{0,30}[a-z])[1-9A-HJ-NP-Za-km-z]{25,33})(?![A-Za-z0-9])"
)
_INDIAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{4}0[A-Z0-9]{6}(?![A-Za-z0-9])(?:[ ,;/]{1,3}[0-9]{9,18})?"
)
_UPI = re.compile(
    r"(?<![A-Za-z0-9._-])[A-Za-z0-9._-]{3,40}@(?:ok(?:axis|hdfcbank|icici|sbi)|ybl|paytm|upi"
    r"|ibl|axl|apl)\b"
)
# In the groups that stand on the card, after a word or with UnionPay's beginning: one digit may be
# wrong. American Express has groups of its own.
_GROUPED = re.compile(
    r"(?<![0-9.-])[3-6][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?(?![0-9-])"
)
# In groups of anybody's own making.
_ANYHOW = re.compile(r"(?<![0-9.-])[3-6][0-9]{3,7}(?:[ -][0-9]{2,7}){2,5}(?![0-9-])")
_CARD_DIGITS = range(15, 20)
_AMEX = re.compile(r"(?<![0-9.-])3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}(?![0-9-])")
_MONEY = re.compile(
    r"卡|账|帐|银行|打款|转|汇|房租|[农工建中招交]行|邮储|储蓄|开户|\b(?:card|visa|amex|acc"
    r"|a/c|mastercard|debit|credit|account|acct|bank"
    r"|iban|transfer)\b",
    re.IGNORECASE | re.ASCII,
)
# As banks of Asia write them, where a bank is spoken of: 123-456789-833.
_HYPHENED = re.compile(r"(?<![0-9.-])[0-9]{2,4}(?:-[0-9]{1,8}){2,3}(?![0-9-])")
# UnionPay's own beginning needs no word before it.
_UNIONPAY = re.compile(r"(?<![0-9.])62[0-9]{14,17}(?![0-9])")
_CODED = re.compile(
    r"\b(?:sort code|sort(?= [0-9]{2}-)|routing(?: number| no\.?)?|aba|bsb|swift"
    r"|transit)[ :#]{0,3}(?:is )?[0-9][0-9 -]{4,10}[0-9]"
    r"(?:[ ,;/]{1,3}(?:and )?(?:account|acct|acc|a/c)\.?(?: number| no\.?)?[ :#]{0,3}(?:is )?"
    r"[0-9]{6,12})?(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3}\b)?"
)
_NEAR = 20
_LEAST_OF_ACCOUNT = 10
_BANKED = re.compile(
    r"银行|[账帐][号户]|\b(?:bank|account|acct|hsbc|dbs|ocbc|uob|posb|fps|payee)\b",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where cards and accounts stand."""
    yield from _cards(text)
    for pattern in (_ACCOUNT, _NAMED_CARD):
        for match in pattern.finditer(text):
            yield match.span(1)
    for pattern in (_PURSE, _INDIAN, _UPI, _CODED):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _IBAN.finditer(text):
        written = match[0]
        # A word or two in capitals may follow.
        for shorter in (written, written.rpartition(" ")[0], written.rsplit(" ", 2)[0]):
            if iban(shorter):
                yield match.start(), match.start() + len(shorter)
                break


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in _CARD.finditer(text):
        said = _SAID.search(text, max(0, match.start() - _NEAR), match.start())
        if luhn(match[0]) and (said or " " in match[0]):
            yield match.span()
    for match in _GROUPED.finditer(text):
        said = _MONEY.search(text, max(0, match.start() - _NEAR), match.start())
        if said or match[0].startswith("62"):
            yield match.span()
    for match in _ANYHOW.finditer(text):
        said = _MONEY.search(text, max(0, match.start() - _NEAR), match.start())
        if said and sum(map(str.isdigit, match[0])) in _CARD_DIGITS:
            yield match.span()
    for match in _HYPHENED.finditer(text):
        said = _BANKED.search(text, max(0, match.start() - _NEAR), match.start())
        if said and sum(map(str.isdigit, match[0])) >= _LEAST_OF_ACCOUNT:
            yield match.span()
    for match in _AMEX.finditer(text):
        yield match.span()
    for match in _UNIONPAY.finditer(text):
        beside = "卡" in text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if beside or luhn(match[0]):
            yield match.span()


def luhn(written: str) -> bool:
    """Tell whether 13 to 19 digits, blanks and hyphens apart, end in their check digit."""
    digits = [int(sign) for sign in reversed(written) if sign.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (2 * digit - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def iban(written: str) -> bool:
    """Tell whether an account number, blanks apart, is an IBAN."""
    plain = written.replace(" ", "").replace("-", "")
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
