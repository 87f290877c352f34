"""What returned mails say, and that broken ones say nothing."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tenure.channels.returns.reading import identity, read
from tenure.channels.returns.report import ReturnPath, key_of, send_of, without_addresses
from tenure.channels.returns.verdict import hardness
from tests.channels import returned
from tests.channels.returned import SEND, TO


@pytest.mark.parametrize(
    ("mail", "kind", "status"),
    [
        (returned.postfix(), "hard", "5.1.1"),
        (returned.postfix(status="5.2.2", words="552 5.2.2 Mailbox full"), "soft", "5.2.2"),
        (returned.postfix(status="5.7.1", words="550 5.7.1 Blocked by Spamhaus"), "soft", "5.7.1"),
        (returned.postfix(status="5.0.0", words="550 No such user here"), "hard", "550"),
        (returned.postfix(status="4.4.7", words="delivery time expired"), "soft", "4.4.7"),
        (returned.postfix(status="4.4.1", action="delayed"), "other", "4.4.1"),
        (returned.postfix(status="2.0.0", action="delivered", words="250 2.0.0 OK"), "delivered", "2.0.0"),
        (returned.exchange(), "hard", "5.1.10"),
        (returned.gmail(), "hard", "5.1.1"),
        (returned.qq(), "hard", "550"),
        (returned.qq(why="您的邮件因疑似垃圾邮件被拦截。550 Mail content denied"), "soft", "550"),
        (returned.netease(), "hard", "550"),
        (returned.qmail(), "hard", "5.1.1"),
        (returned.complaint(), "complaint", ""),
        (returned.complaint(to=None), "complaint", ""),
        (returned.complaint(kind="opt-out"), "opt_out", ""),
        (returned.complaint(kind="not-spam"), "other", ""),
    ],
)
def test_servers_are_understood(mail: bytes, kind: str, status: str) -> None:
    (found,) = read(mail)
    assert (found.kind, found.status, found.sends) == (kind, status, (SEND,))
    assert all(address == TO for address in found.recipients)
    assert TO not in found.words


def test_a_notice_of_absence_is_no_bounce() -> None:
    assert read(returned.HOLIDAY) == []
    assert read(b"From: bob@example.com\r\nSubject: Hi\r\n\r\nThanks, 550 5.1.1 user unknown") == []


def test_only_codes_of_the_address_itself_are_its_death() -> None:
    assert hardness("5.1.1", "") == "hard"
    assert hardness("5.7.1", "user unknown to our policy list") == "soft"
    assert hardness("5.1.1", "blocked by policy") == "soft", "some servers answer spam with 5.1.1"
    assert hardness("4.2.2", "no such user") == "soft"
    assert hardness("", "邮箱不存在") == "hard"


def test_a_return_path_is_sealed() -> None:
    path = ReturnPath("bounces@mail.example.com", key_of("secret")).of(SEND)
    assert path.startswith("bounces+0123456789abcdef01234567.")
    assert send_of([f"<{path.upper()}>"], key_of("secret")) == SEND
    assert send_of([path], key_of("another")) is None
    assert send_of([path.replace("0123", "1123")], key_of("secret")) is None
    assert len(path.partition("@")[0]) <= 64
    assert ReturnPath("b@x.example", b"k").of("anything") == "b@x.example"


def test_words_lose_the_names_in_addresses() -> None:
    assert without_addresses("<ann.b@shop.test>:\n  unknown") == "<…@shop.test>: unknown"


@given(some.binary(max_size=3000))
def test_noise_reports_nothing_and_raises_nothing(noise: bytes) -> None:
    read(noise)
    identity(noise)


def test_broken_mails_raise_nothing() -> None:
    draw = random.Random(5)
    mails = [returned.postfix(), returned.exchange(), returned.qq(), returned.netease(), returned.complaint()]
    for number in range(600):
        mail = bytearray(mails[number % len(mails)])
        for _ in range(draw.randrange(1, 40)):
            at = draw.randrange(len(mail))
            mail[at : at + draw.randrange(3)] = bytes(draw.randrange(256) for _ in range(draw.randrange(4)))
        read(bytes(mail[: draw.randrange(50, len(mail))]))
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000))
    read(b"From: mailer-daemon@example.com\r\n" + nested)


LONG = 300_000


@pytest.mark.parametrize(
    "made",
    [
        returned.postfix(words="550 " + "a" * LONG),
        b"From: MAILER-DAEMON@x\r\nTo: " + b"a" * LONG + b"\r\n\r\nx",
        b"From: MAILER-DAEMON@x\r\n\r\n" + b"<" * LONG,
        b"From: MAILER-DAEMON@x\r\nContent-Type: multipart/mixed; " + b'a="\\;' * LONG + b"\r\n\r\nx",
    ],
    ids=["words", "addresses", "brackets", "parameters"],
)
def test_no_mail_takes_longer_than_it_is_long(made: bytes) -> None:
    begun = time.process_time()
    read(made)
    assert time.process_time() - begun < 3, "it took hours when the time grew with the square of the length"


def test_words_of_a_server_can_be_kept_whatever_they_are() -> None:
    loose = b"From: MAILER-DAEMON@x\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n550 \0 user unknown +2AA-"
    for mail in (returned.postfix(words="550 \0 user unknown"), loose):
        (found,) = read(mail)
        assert "\0" not in found.words
        assert found.words.encode(), "half a character cannot be written down"
