"""One mail on a real server: neutral, from the sender's domain, and clear failures."""

import socket

import pytest

from app import mail
from app.issuing.mailboxes import read
from app.issuing.mailing import AT_ONCE, Busy, Mailer
from app.settings import Settings
from tests.servers import Mailroom

TO = "wei@meridian.test"


@pytest.fixture
def sender(tmp_path: object, post: Mailroom) -> Settings:
    return Settings(
        var=tmp_path,
        smtp_url=post.url,
        mail_from="Office <office@letters.test>",
        clock="2026-11-18T12:00:00",
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_code_mail_is_neutral(sender: Settings, post: Mailroom, lang: str) -> None:
    Mailer(sender).send(read("Wei+x@Meridian.test"), "012345", lang)
    [got] = post.received
    message = got.message
    assert got.recipients == [TO]
    assert got.sender == "office@letters.test"
    assert got.ehlo == "letters.test"
    assert set(message.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    assert message["Message-ID"].endswith("@letters.test>")
    assert message.get_content_type() == "text/plain"
    whole = got.raw.decode() + message.get_content()
    for told in ("lamplight", "issuer", "http", "://", "meridian cloud", "credential", "凭证"):
        assert told not in whole.lower()
    assert socket.gethostname() not in whole
    assert got.code == "012345"
    assert whole.lower().count(TO) == 1


@pytest.mark.parametrize(
    ("url", "sender_"),
    [
        ("", "a@letters.test"),
        ("smtp://127.0.0.1:25", ""),
        ("http://127.0.0.1", "a@letters.test"),
        ("smtp://", "a@letters.test"),
        ("smtp://127.0.0.1:none", "a@letters.test"),
    ],
)
def test_what_is_not_set_up_says_so(sender: Settings, url: str, sender_: str) -> None:
    sender.smtp_url, sender.mail_from = url, sender_
    with pytest.raises(mail.NotSetUp):
        mail.send(sender, TO, "Code", "text")


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp+starttls"])
def test_a_server_that_is_away_is_one_clear_failure(sender: Settings, scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    sender.smtp_url = f"{scheme}://user:p%40ss@127.0.0.1:{port}"
    with pytest.raises(mail.MailNotSent) as failed:
        mail.send(sender, TO, "Code", "text")
    assert TO not in repr(failed.value)


def test_no_mail_goes_without_tls_where_tls_is_asked_for(sender: Settings, post: Mailroom) -> None:
    sender.smtp_url = post.url.replace("smtp://", "smtp+starttls://")
    with pytest.raises(mail.MailNotSent):
        mail.send(sender, TO, "Code", "text")
    assert post.received == []


def test_a_slow_server_is_given_up(
    sender: Settings, post: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.2)
    post.seconds = 1
    with pytest.raises(mail.MailNotSent):
        mail.send(sender, TO, "Code", "text")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("550 no such user", mail.AddressRefused), ("451 come back later", mail.MailNotSent)],
)
def test_a_refused_address_is_told_from_a_busy_server(
    sender: Settings, post: Mailroom, answer: str, kind: type[Exception]
) -> None:
    post.answer = answer
    with pytest.raises(mail.MailNotSent) as failed:
        mail.send(sender, TO, "Code", "text")
    assert type(failed.value) is kind


def test_the_terminal_takes_it_where_that_is_chosen(
    sender: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    sender.smtp_url, sender.mail_from = mail.CONSOLE, ""
    Mailer(sender).send(read(TO), "012345", "en")
    assert "012345" in capsys.readouterr().out


def test_few_mails_are_under_way_at_once(sender: Settings) -> None:
    mailer = Mailer(sender)
    for _ in range(AT_ONCE):
        mailer._places.acquire()
    with pytest.raises(Busy):
        mailer.send(read(TO), "012345", "en")
