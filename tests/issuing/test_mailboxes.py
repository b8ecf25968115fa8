"""Which spellings are one mailbox, and whose."""

import pytest

from app.issuing.mailboxes import FreeMail, NoAddress, candidates, placed, read

X, SUB = b"x" * 16, b"s" * 16


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Wei.Lee@X.test", "wei.lee@x.test"),
        (" a@x.test ", "a@x.test"),
        ("a+news@x.test", "a@x.test"),
        ("a+b+c@x.test", "a@x.test"),
        ("a＠x.test", "a@x.test"),
        ("a@x。test", "a@x.test"),
        ("a@例子.公司", "a@xn--fsqu00a.xn--55qx5d"),
        ("o'neil_1@mail.x.test", "o'neil_1@mail.x.test"),
    ],
)
def test_an_address_is_read_as_it_is_written_to(typed: str, address: str) -> None:
    assert str(read(typed)) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "@x.test",
        "+x@x.test",
        "a@",
        "a@x",
        "a@@x.test",
        "a b@x.test",
        '"a b"@x.test',
        "a@[192.0.2.1]",
        ".a@x.test",
        "a.@x.test",
        "a..b@x.test",
        "李@x.test",
        "a@x.test\nbcc: b@x.test",
        "a\r\nbcc@x.test",
        "a@x.test, b@x.test",
        "<a@x.test>",
        f"{'a' * 65}@x.test",
        f"a@{'x.' * 140}test",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NoAddress):
        read(typed)


@pytest.mark.parametrize("typed", ["a@qq.com", "A+1@GMAIL.com", "a@vip.163.com"])
def test_free_mail_proves_nothing(typed: str) -> None:
    with pytest.raises(FreeMail):
        read(typed)


@pytest.mark.parametrize(
    ("domain", "own"),
    [
        ("x.test", ["x.test"]),
        ("eu.mail.x.test", ["eu.mail.x.test", "mail.x.test", "x.test"]),
        ("mail.x.co.uk", ["mail.x.co.uk", "x.co.uk"]),
        ("co.uk", []),
        ("com.cn", []),
        ("one.github.io", ["one.github.io"]),
    ],
)
def test_nobody_owns_a_public_suffix(domain: str, own: list[str]) -> None:
    assert candidates(domain) == own


def counted(address: str, listed: dict[str, bytes]) -> tuple[bytes, str] | None:
    found = placed(read(address), candidates(read(address).domain), listed)
    return (found.employer, found.counted) if found else None


def test_mail_hosts_beneath_one_company_are_one() -> None:
    assert counted("a@x.test", {"x.test": X}) == (X, "a@x.test")
    assert counted("a@eu.mail.x.test", {"x.test": X}) == (X, "a@x.test")
    assert counted("a@mail.x.test", {"x.test": X, "mail.x.test": X}) == (X, "a@x.test")


def test_a_subsidiary_listed_by_itself_wins() -> None:
    listed = {"x.test": X, "sub.x.test": SUB}
    assert counted("a@sub.x.test", listed) == (SUB, "a@sub.x.test")
    assert counted("a@eu.sub.x.test", listed) == (SUB, "a@sub.x.test")
    assert counted("a@mail.x.test", listed) == (X, "a@x.test")


def test_a_host_may_be_listed_without_its_company() -> None:
    assert counted("a@mail.x.test", {"mail.x.test": X}) == (X, "a@mail.x.test")
    assert counted("a@x.test", {"mail.x.test": X}) is None


def test_nothing_listed_proves_nothing() -> None:
    assert counted("a@y.test", {"x.test": X}) is None
    assert counted("a@co.uk", {"co.uk": X}) is None
