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
_ACCOUNT = re.compile(
    r"(?:银行[账帐][号户]|\b(?:bank account|(?:account|acct\.?) ?(?:number|no\.?)))"
    r"[ :#是为]{0,3}(?:is )?"
    r"([0-9]{6,12})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
# UnionPay's own beginning needs no word before it.
_UNIONPAY = re.compile(r"(?<![0-9.])62[0-9]{14,17}(?![0-9])")
_CODED = re.compile(
    r"\b(?:sort code|routing(?: number| no\.?)?|bsb|swift)[ :#]{0,3}(?:is )?[0-9][0-9 -]{4,10}[0-9]"
    r"(?:[ ,;/]{1,3}(?:and )?(?:account|acct|acc|a/c)\.?(?: number| no\.?)?[ :#]{0,3}(?:is )?"
    r"[0-9]{6,12})?(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3}\b)?"
)
_NEAR = 20


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where cards and accounts stand."""
    for match in _CARD.finditer(text):
        said = _SAID.search(text, max(0, match.start() - _NEAR), match.start())
        if luhn(match[0]) and (said or " " in match[0]):
            yield match.span()
    for match in _ACCOUNT.finditer(text):
        yield match.span(1)
    for match in _UNIONPAY.finditer(text):
        if luhn(match[0]):
            yield match.span()
    for match in _CODED.finditer(text):
        yield match.span()
    for match in _IBAN.finditer(text):
        written = match[0]
        # A word or two in capitals may follow.
        for shorter in (written, written.rpartition(" ")[0], written.rsplit(" ", 2)[0]):
            if iban(shorter):
                yield match.start(), match.start() + len(shorter)
                break


def luhn(written: str) -> bool:
    """Tell whether 13 to 19 digits, blanks and hyphens apart, end in their check digit."""
    digits = [int(sign) for sign in reversed(written) if sign.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (2 * digit - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def iban(written: str) -> bool:
    """Tell whether an account number, blanks apart, is an IBAN."""
    plain = written.replace(" ", "")
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
