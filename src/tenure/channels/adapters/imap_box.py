"""The box bounces come back to, read over IMAP (RFC 3501): what is unseen is fetched, and marked seen once it is taken."""

import imaplib
import ssl
from collections.abc import Callable
from contextlib import suppress

from tenure.channels.returns.box import Box, NoBox

LARGEST = 5_000_000  # a bigger mail is marked seen and left alone
_TROUBLE = (OSError, imaplib.IMAP4.error, imaplib.IMAP4.abort, ssl.SSLError)


class ImapBox:
    """A mailbox behind an IMAP server."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def each(self, take: Callable[[bytes], object], most: int = 500) -> int:
        """Hand over every unseen mail and mark it seen afterwards; returns how many. Raises ``NoBox`` when the server will not have us."""
        try:
            line = self._opened()
        except _TROUBLE as error:
            raise NoBox(f"{type(error).__name__}: {error}") from error
        done = 0
        try:
            for number in self._unseen(line)[:most]:
                raw = self._fetched(line, number)
                if raw is not None:
                    take(raw)
                    done += 1
                line.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen)")
        except _TROUBLE as error:
            raise NoBox(f"{type(error).__name__}: {error}") from error
        finally:
            with suppress(*_TROUBLE):
                line.logout()
        return done

    def _opened(self) -> imaplib.IMAP4:
        box = self._box
        context = ssl.create_default_context()
        line: imaplib.IMAP4
        if box.tls == "implicit":
            line = imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=box.timeout)
        else:
            line = imaplib.IMAP4(box.host, box.port, timeout=box.timeout)
        try:
            if box.tls == "starttls":
                line.starttls(ssl_context=context)
            line.login(box.user, box.password)
            state, _ = line.select(f'"{box.folder}"')
            if state != "OK":
                raise imaplib.IMAP4.error(f"no folder {box.folder}")
        except _TROUBLE:
            line.shutdown()
            raise
        return line

    def _unseen(self, line: imaplib.IMAP4) -> list[str]:
        state, found = line.uid("SEARCH", "UNSEEN")
        return found[0].decode("ascii").split() if state == "OK" and found and found[0] else []

    def _fetched(self, line: imaplib.IMAP4, number: str) -> bytes | None:
        """Fetch a mail without marking it; nothing where it is too big."""
        state, told = line.uid("FETCH", number, "(RFC822.SIZE)")
        size = b"".join(one for one in told if isinstance(one, bytes)) if state == "OK" else b""
        digits = size.partition(b"RFC822.SIZE ")[2].split(b")")[0].strip()
        if digits.isdigit() and int(digits) > LARGEST:
            return None
        state, told = line.uid("FETCH", number, "(BODY.PEEK[])")
        return next((bytes(one[1]) for one in told if isinstance(one, tuple)), None) if state == "OK" else None
