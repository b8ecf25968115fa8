"""Personal data in imported text: taken out before anything is kept."""

import re

REMOVED = "[…]"
# Every repetition is bounded and anchored on its left, so the time is linear in the text.
_PERSONAL = re.compile(
    r"""
      (?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}
    | (?<![\d+])(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)       # mobile numbers
    | (?<!\d)0\d{2,3}[-\s]\d{7,8}(?!\d)                                    # fixed lines
    | (?<!\d)\d{17}[\dXx](?!\d)                                            # identity numbers
    | (?:微信|QQ|VX|WeChat)号?\s{0,3}[:：]?\s{0,3}[A-Za-z0-9][A-Za-z0-9_-]{4,19}  # messengers
    """,
    re.VERBOSE | re.IGNORECASE,
)


def removed(text: str) -> tuple[str, int]:
    """A text without e-mail addresses, telephone, identity and messenger numbers; how many."""
    return _PERSONAL.subn(REMOVED, text)
