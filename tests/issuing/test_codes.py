"""How often, how long and against which clocks a code is good."""

from datetime import UTC, datetime, timedelta

import pytest

from app.issuing.codes import Codes, Full, NoCode, TooManyMails, WrongCode

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
BOX = "a@x.test"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Desk:
    """A process with codes, a clock that can be set and one that cannot."""

    def __init__(self, most: int = 100) -> None:
        self.now = NOON
        self.steady = 0.0
        self.codes = Codes(lambda: self.steady, most)
        self.sent: list[str] = []
        self.forms = 0

    def passes(self, time: timedelta) -> None:
        self.now += time
        self.steady += time.total_seconds()

    def ask(self, box: str = BOX, form: bytes = b"") -> str:
        self.forms += 1
        self.codes.mail(box, form or bytes([self.forms]), self.now, self.sent.append)
        return self.sent[-1]

    def good(self, code: str, box: str = BOX, form: bytes = b"") -> bool:
        try:
            self.codes.check(box, form or bytes([self.forms]), code, self.now)
        except (NoCode, WrongCode):
            return False
        return True


@pytest.fixture
def desk() -> Desk:
    return Desk()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_is_six_digits_and_opens_its_own_mailbox_only(desk: Desk) -> None:
    code = desk.ask()
    assert len(code) == 6
    assert code.isdigit()
    assert desk.good(code)
    assert not desk.good(code, "b@x.test")
    assert not desk.good(code, form=b"a form that did not ask for it")


def test_codes_are_random() -> None:
    assert len({Desk().ask() for _ in range(50)}) > 45


def test_a_code_lives_half_an_hour_from_its_last_mail(desk: Desk) -> None:
    code = desk.ask()
    desk.passes(30 * MINUTE)
    assert desk.good(code)
    assert desk.ask() == code
    desk.passes(30 * MINUTE)
    assert desk.good(code)
    desk.passes(MINUTE)
    assert not desk.good(code)
    assert desk.ask() != code


def test_five_tries_and_a_resend_gives_none_back(desk: Desk) -> None:
    code = desk.ask()
    left = []
    for _ in range(5):
        desk.ask(form=b"the same form")
        with pytest.raises(WrongCode) as refused:
            desk.codes.check(BOX, b"the same form", wrong(code), desk.now)
        left.append(refused.value.left)
    assert left == [4, 3, 2, 1, 0]
    assert not desk.good(code, form=b"the same form")
    assert desk.ask() != code


def test_three_mails_a_day(desk: Desk) -> None:
    assert len({desk.ask() for _ in range(3)}) == 1
    with pytest.raises(TooManyMails):
        desk.ask()
    desk.ask("b@x.test")
    desk.passes(12 * HOUR)
    desk.ask()
    assert len(desk.sent) == 5


def test_one_form_sends_one_mail_even_past_midnight(desk: Desk) -> None:
    desk.now = NOON.replace(hour=23, minute=59)
    desk.ask(form=b"form")
    desk.ask(form=b"form")
    desk.passes(2 * MINUTE)
    desk.ask(form=b"form")
    assert len(desk.sent) == 1


def test_a_mail_that_fails_uses_nothing_up(desk: Desk) -> None:
    def fail(code: str) -> None:
        raise ConnectionError

    for _ in range(10):
        with pytest.raises(ConnectionError):
            desk.codes.mail(BOX, b"form", desk.now, fail)
    with pytest.raises(NoCode):
        desk.codes.check(BOX, b"form", "000000", desk.now)
    code = desk.ask(form=b"form")
    for _ in range(10):
        with pytest.raises(ConnectionError):
            desk.codes.mail(BOX, b"another", desk.now, fail)
    desk.passes(29 * MINUTE)
    assert desk.good(code, form=b"form")
    assert [desk.ask(), desk.ask()] == [code, code]


@pytest.mark.parametrize("off", [-DAY, -HOUR, -2 * MINUTE, 31 * MINUTE, DAY])
def test_a_clock_that_is_off_ends_a_code(desk: Desk, off: timedelta) -> None:
    code = desk.ask()
    desk.now += off
    assert not desk.good(code)


@pytest.mark.parametrize("off", [-DAY, -31 * MINUTE, -MINUTE, timedelta()])
def test_a_clock_set_back_makes_no_code_good_for_longer(desk: Desk, off: timedelta) -> None:
    code = desk.ask()
    desk.passes(31 * MINUTE)
    desk.now += off
    assert not desk.good(code)


def test_a_clock_set_back_gives_no_more_mails(desk: Desk) -> None:
    for _ in range(3):
        desk.ask()
    desk.now -= DAY
    with pytest.raises(TooManyMails):
        desk.ask()


def test_a_code_that_was_used_is_good_no_more(desk: Desk) -> None:
    code = desk.ask()
    desk.codes.use_up(BOX)
    assert not desk.good(code)
    desk.codes.use_up("nobody@x.test")


def test_memory_is_bounded_and_yesterday_makes_room() -> None:
    desk = Desk(most=3)
    for n in range(3):
        desk.ask(f"{n}@x.test")
    with pytest.raises(Full):
        desk.ask("more@x.test")
    assert desk.good(desk.ask("2@x.test"), "2@x.test")
    desk.passes(DAY)
    desk.ask("more@x.test")


def test_no_mailbox_is_kept(desk: Desk) -> None:
    desk.ask()
    assert "x.test" not in repr(vars(desk.codes))
