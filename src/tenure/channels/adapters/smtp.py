"""E-mail over SMTP: one connection kept open, one message in the air."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tenure.channels import headers
from tenure.channels.channel import CannotTell, Found, Outgoing, Receipt, Refused, Reply, TryLater, Uncertain
from tenure.channels.mail import Sender, Server
from tenure.channels.returns.report import ReturnPath
from tenure.channels.words import kept

_DEAD = re.compile(r"\b5\.1\.[0-36]\b|\b5\.2\.1\b")  # RFC 3463: no such mailbox, no such domain, mailbox disabled
_PERMANENT = 500
Signer = Callable[[bytes], bytes]


class Smtp:
    """Hands mail to one SMTP server over a connection that stays open as long as both sides like."""

    name = "email"

    def __init__(
        self, server: Server, sender: Sender, sign: Signer | None = None, path: ReturnPath | None = None
    ) -> None:
        self.server, self.sender, self._sign, self._path = server, sender, sign, path
        self._line: _Line | None = None

    def send(self, message: Outgoing) -> Reply:
        """Hand over one mail. Until the last byte is on its way a broken line means "later", after it "unknown"."""
        try:
            to = headers.mailbox(message.address)
        except ValueError as error:
            return Refused("not_an_address", str(error), dead_address=True)
        try:
            raw = self.compose(message)
        except ValueError as error:  # our words or our name: nothing of the customer's doing
            return Refused("not_a_mail", self._kept(str(error)))
        try:
            line = self._connected()
        except (OSError, smtplib.SMTPException) as error:  # our line or our password: nothing of the customer's doing
            self._drop()
            return TryLater("no_connection", self._kept(str(error)))
        try:
            path = self.sender.address if self._path is None else self._path.of(message.id)
            line.rcpt_or_raise(path, to.addr_spec)
        except smtplib.SMTPResponseException as error:
            return self._answered(error.smtp_code, _words(error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return TryLater("no_connection", self._kept(str(error)))
        try:
            code, words = line.data(raw)
        except smtplib.SMTPDataError as error:
            return self._answered(error.smtp_code, _words(error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Uncertain(self._kept(f"{type(error).__name__}: {error}"))
        if code == 250:
            return Receipt(self._kept(_words(words)) or None)
        return self._answered(code, _words(words))

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """SMTP has no question for what was taken."""
        del message_id, sent_at
        return CannotTell()

    def close(self) -> None:
        """Say goodbye to the server."""
        if self._line is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._line.quit()
            self._line = None

    def compose(self, message: Outgoing) -> bytes:
        """Write the mail as it goes over the line: text beside HTML, our id as Message-ID, signed last."""
        mail = EmailMessage(policy=SMTP)
        name, domain = self.sender.address.rsplit("@", 1)
        mail["From"] = Address(headers.one_line(self.sender.name), name, domain)
        mail["To"] = headers.mailbox(message.address)
        mail["Subject"] = headers.one_line(message.subject)
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"] = f"<{message.id}@{self.sender.domain}>"
        for header, value in message.headers.items():
            mail[header] = headers.one_line(value)
        mail.set_content(message.text)
        if message.html is not None:
            mail.add_alternative(message.html, subtype="html")
        raw = mail.as_bytes()
        if not headers.whole(mail, raw):
            raise ValueError("a header would begin another")
        return raw if self._sign is None else self._sign(raw)

    def _connected(self) -> "_Line":
        if self._line is not None:
            return self._line
        made: _Line
        context = ssl.create_default_context()
        if self.server.tls == "implicit":
            made = _SecureLine(self.server.host, self.server.port, timeout=self.server.timeout, context=context)
        else:
            made = _Line(self.server.host, self.server.port, timeout=self.server.timeout)
        self._line = made
        if self.server.tls == "starttls":
            made.starttls(context=context)
        if self.server.user is not None and self.server.password is not None:
            made.login(self.server.user, self.server.password)
        if made.sock is not None:
            made.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _answered(self, code: int, words: str) -> Reply:
        """Tell a refusal from a delay; a server that closes (421) needs a new connection."""
        if code == 421:
            self._drop()
        elif self._line is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._line.rset()
        if code >= _PERMANENT:
            return Refused(str(code), self._kept(words), dead_address=bool(_DEAD.search(words)))
        return TryLater(str(code), self._kept(words))

    def _kept(self, words: str) -> str:
        """Return what was said, short and without our password."""
        return kept(words, (self.server.password or "",))

    def _drop(self) -> None:
        if self._line is not None:
            with suppress(OSError):
                self._line.close()
            self._line = None


class _Line(smtplib.SMTP):
    """An SMTP connection that says which half of the exchange failed."""

    def rcpt_or_raise(self, sender: str, recipient: str) -> None:
        """Name sender and recipient; raises with the server's code when it refuses either."""
        self.ehlo_or_helo_if_needed()
        code, words = self.mail(sender)
        if code != 250:
            raise smtplib.SMTPResponseException(code, words)
        code, words = self.rcpt(recipient)
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, words)


class _SecureLine(_Line, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


def _words(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
