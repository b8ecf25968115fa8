"""A session needs both halves and dies of sign-out, idleness and age."""

from datetime import UTC, datetime, timedelta

from app.web.sessions import Sessions

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_the_cookie_opens_with_the_servers_half() -> None:
    sessions = Sessions()
    assert sessions.read(sessions.start(b"master key", NOON), NOON) == b"master key"


def test_another_process_cannot_open_it() -> None:
    assert Sessions().read(Sessions().start(b"master key", NOON), NOON) is None


def test_the_server_alone_holds_nothing_of_the_payload() -> None:
    sessions = Sessions()
    sessions.start(b"master key", NOON)
    assert "master key" not in repr(vars(sessions))


def test_signing_out_makes_the_cookie_noise() -> None:
    sessions = Sessions()
    cookie = sessions.start(b"master key", NOON)
    sessions.end(cookie)
    assert sessions.read(cookie, NOON) is None


def test_half_an_hour_of_idleness_ends_it() -> None:
    sessions = Sessions()
    cookie = sessions.start(b"x", NOON)
    assert sessions.read(cookie, NOON + timedelta(minutes=29)) == b"x"
    assert sessions.read(cookie, NOON + timedelta(minutes=58)) == b"x"
    assert sessions.read(cookie, NOON + timedelta(minutes=89)) is None


def test_twelve_hours_end_it_even_in_use() -> None:
    sessions = Sessions()
    cookie = sessions.start(b"x", NOON)
    for minutes in range(20, 721, 20):
        assert sessions.read(cookie, NOON + timedelta(minutes=minutes)) == b"x"
    assert sessions.read(cookie, NOON + timedelta(minutes=725)) is None


def test_a_clock_set_back_does_not_lengthen_it() -> None:
    sessions = Sessions()
    cookie = sessions.start(b"x", NOON)
    sessions.read(cookie, NOON - timedelta(days=1))
    assert sessions.read(cookie, NOON + timedelta(minutes=31)) is None


def test_noise_is_no_session() -> None:
    sessions = Sessions()
    cookie = sessions.start(b"x", NOON)
    other = "AB" if cookie.endswith("AA") else "AA"
    for noise in ("", "x", "é", "A" * 3000, cookie[:-4], cookie[:30], cookie[:-2] + other):
        assert sessions.read(noise, NOON) is None
    assert sessions.read(cookie, NOON) == b"x"
