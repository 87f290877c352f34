"""Mail to a real SMTP server: what it answers, and what a broken line means."""

import asyncio
import email
import email.policy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tenure.channels.adapters.smtp import Smtp
from tenure.channels.channel import CannotTell, Outgoing, Receipt, Refused, TryLater, Uncertain
from tenure.channels.mail import Sender, Server
from tenure.channels.returns.report import ReturnPath, send_of

Answer = Callable[[Envelope, Session], str]


class Post:
    """A server that keeps what it took and answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.at_recipient: Answer | None = None
        self.at_data: Answer | None = None
        self.cut_at_data = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if self.at_recipient is not None:
            return self.at_recipient(envelope, session)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take or refuse a message, or cut the line without a word."""
        if self.cut_at_data and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
            return "250 never read"
        if self.at_data is not None:
            return self.at_data(envelope, session)
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.taken.append(email.message_from_bytes(content, EmailMessage, policy=email.policy.default))
        return "250 2.0.0 queued as 42"


@contextmanager
def open_post(post: Post, password: str | None = None) -> Iterator[int]:
    """Serve in a thread, behind a password if one is given; gives the port."""
    loop = asyncio.new_event_loop()
    lines: list[SMTP] = []

    def admits(server: SMTP, session: Session, envelope: Envelope, mechanism: str, told: object) -> AuthResult:
        known = isinstance(told, LoginPassword) and told.password.decode() == password
        return AuthResult(success=known, handled=False)

    def answer() -> SMTP:
        door = admits if password else None
        lines.append(SMTP(post, loop=loop, enable_SMTPUTF8=True, authenticator=door, auth_require_tls=not password))
        post.connections = len(lines)
        return lines[-1]

    async def hang_up() -> None:
        server.close()
        for line in lines:
            if isinstance(line.transport, asyncio.Transport):
                line.transport.abort()
        await asyncio.sleep(0.05)
        loop.stop()

    server = loop.run_until_complete(loop.create_server(answer, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(hang_up(), loop)
        thread.join()
        loop.close()


@pytest.fixture
def post() -> Post:
    """A willing server."""
    return Post()


@pytest.fixture
def channel(post: Post) -> Iterator[Smtp]:
    """A channel to it."""
    with open_post(post) as port:
        opened = Smtp(Server("127.0.0.1", port, tls="none", timeout=5), Sender("留客商店", "shop@tenure.example"))
        yield opened
        opened.close()


def letter(address: str = "ann@shop.test", subject: str = "你好") -> Outgoing:
    return Outgoing("snd_1", address, subject, "春天\n.\n来了")


def test_a_mail_arrives_whole_with_our_id(post: Post, channel: Smtp) -> None:
    extra = {"List-Unsubscribe": "<https://shop.test/u/1>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    sent = Outgoing("snd_1", "ann@shop.test", "你好", "春天\n.\n来了", "<p>春天</p>", headers=extra)
    assert channel.send(sent) == Receipt("2.0.0 queued as 42")
    mail = post.taken[0]
    assert (mail["Message-ID"], mail["Subject"]) == ("<snd_1@tenure.example>", "你好")
    assert mail["From"] == "留客商店 <shop@tenure.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert plain.get_content().splitlines() == ["春天", ".", "来了"]
    assert rich is not None
    assert rich.get_content().strip() == "<p>春天</p>"


def test_one_connection_carries_many_mails(post: Post, channel: Smtp) -> None:
    assert all(isinstance(channel.send(letter()), Receipt) for _ in range(5))
    assert post.connections == 1


def test_a_refused_mailbox_is_dead_and_the_next_mail_goes_through(post: Post, channel: Smtp) -> None:
    post.at_recipient = lambda *_: "550 5.1.1 no such user"
    refused = channel.send(letter())
    assert isinstance(refused, Refused)
    assert (refused.code, refused.dead_address) == ("550", True)
    post.at_recipient = None
    assert isinstance(channel.send(letter()), Receipt)


def test_a_refusal_of_the_content_does_not_kill_the_address(post: Post, channel: Smtp) -> None:
    post.at_data = lambda *_: "554 5.7.1 looks like spam"
    refused = channel.send(letter())
    assert isinstance(refused, Refused)
    assert not refused.dead_address


@pytest.mark.parametrize("words", ["451 4.7.1 greylisted", "452 4.2.2 mailbox full", "421 4.3.2 going down"])
def test_a_server_that_says_later_took_nothing(post: Post, channel: Smtp, words: str) -> None:
    post.at_recipient = lambda *_: words
    assert isinstance(channel.send(letter()), TryLater)
    post.at_recipient = None
    assert isinstance(channel.send(letter()), Receipt)


def test_a_line_that_breaks_before_the_answer_leaves_it_unknown(post: Post, channel: Smtp) -> None:
    post.cut_at_data = True
    assert isinstance(channel.send(letter()), Uncertain)
    post.cut_at_data = False
    assert isinstance(channel.send(letter()), Receipt)


def test_a_server_that_went_away_between_two_mails_took_nothing_of_the_second(post: Post) -> None:
    with open_post(post) as port:
        opened = Smtp(Server("127.0.0.1", port, tls="none", timeout=5), Sender("S", "s@tenure.example"))
        assert isinstance(opened.send(letter()), Receipt)
    assert isinstance(opened.send(letter()), TryLater)
    assert isinstance(opened.send(letter()), TryLater)


@pytest.mark.parametrize(
    "facts",
    [
        {"subject": "Hi\r\nBcc: all@shop.test"},
        {"subject": "=?utf-8?q?Hi=0D=0ABcc:_all@shop.test?="},
        {"subject": "Hi =?utf-8?b?eA0KQmNjOiBhbGxAc2hvcC50ZXN0DQoNCjxoMT4=?= Ann"},
        {"subject": "=?utf-8?Q?=?utf-8?q?=0D=0ABcc:_all@shop.test?=?="},
        {"address": "ann@shop.test\r\nRCPT TO:<bob@shop.test>"},
    ],
)
def test_nobody_slips_a_header_in(post: Post, channel: Smtp, facts: dict[str, str]) -> None:
    channel.send(letter(**facts))
    assert all(mail["Bcc"] is None and mail["To"] == "ann@shop.test" for mail in post.taken)


def test_our_own_name_begins_no_header_either_and_kills_no_address(post: Post) -> None:
    for name in ("Shop\r\nBcc: all@shop.test", "=?utf-8?q?Shop=0D=0ABcc:_all@shop.test?="):
        with open_post(post) as port:
            opened = Smtp(Server("127.0.0.1", port, tls="none", timeout=5), Sender(name, "s@tenure.example"))
            assert not getattr(opened.send(letter()), "dead_address", False)
            opened.close()
    assert all(mail["Bcc"] is None and mail["To"] == "ann@shop.test" for mail in post.taken)


def test_a_question_in_a_subject_stays_one(post: Post, channel: Smtp) -> None:
    assert isinstance(channel.send(letter(subject="1+1=? Win!")), Receipt)
    assert post.taken[0]["Subject"] == "1+1=? Win!"


def test_a_domain_in_any_script_is_written_as_mail_servers_know_it(post: Post, channel: Smtp) -> None:
    assert isinstance(channel.send(letter(address="ann@bücher.test")), Receipt)
    assert post.taken[0]["To"] == "ann@xn--bcher-kva.test"


@pytest.mark.parametrize(
    "address", ["not an address", "!@", "=@[", "(" * 3_000 + "@x.test", "a@" + "ü" * 80 + ".test"], ids=range(5)
)
def test_what_cannot_be_an_address_is_refused_before_anything_is_sent(post: Post, channel: Smtp, address: str) -> None:
    refused = channel.send(letter(address=address))
    assert isinstance(refused, Refused)
    assert refused.dead_address
    assert post.taken == []


def test_a_server_without_a_trusted_certificate_gets_nothing(post: Post) -> None:
    with open_post(post) as port:
        opened = Smtp(Server("127.0.0.1", port, tls="starttls", timeout=5), Sender("S", "s@tenure.example"))
        assert isinstance(opened.send(letter()), TryLater)
    assert post.taken == []


def test_a_wrong_password_of_ours_is_not_held_against_the_customer(post: Post) -> None:
    with open_post(post) as port:
        server = Server("127.0.0.1", port, user="shop", password="wrong", tls="none", timeout=5)
        opened = Smtp(server, Sender("S", "s@tenure.example"))
        assert isinstance(opened.send(letter()), TryLater)


def test_smtp_cannot_be_asked_for_what_it_took(channel: Smtp) -> None:
    assert channel.look_up("snd_1", datetime.now(UTC)) == CannotTell()


def test_the_envelope_names_the_send_by_a_sealed_return_path() -> None:
    post = Post()
    seen: list[str | None] = []

    def at_recipient(envelope: Envelope, _: Session) -> str:
        seen.append(envelope.mail_from)
        envelope.rcpt_tos.append("ann@shop.test")
        return "250 OK"

    post.at_recipient = at_recipient
    send = "snd_0123456789abcdef01234567"
    with open_post(post) as port:
        path = ReturnPath("bounces@mail.example.com", b"key")
        channel = Smtp(Server("127.0.0.1", port, tls="none"), Sender("Shop", "shop@t.example"), None, path)
        assert isinstance(channel.send(Outgoing(send, "ann@shop.test", "Hi", "Hello")), Receipt)
        channel.close()
    assert send_of([seen[0] or ""], b"key") == send
    assert post.taken[0]["From"].addresses[0].addr_spec == "shop@t.example"
