"""A door for bounces: takes mail for our return paths and nobody else's, and says "later" when it cannot be written down."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tenure.channels.returns.report import send_of

LARGEST = 1_000_000
_PATIENCE = 60  # seconds a silent line is kept
log = structlog.get_logger()


class BounceDoor:
    """Takes what comes to the return address; what is not sealed by us is refused before it is read."""

    def __init__(self, address: str, key: bytes, take: Callable[[bytes], object]) -> None:
        self._address, self._key, self._take = address.lower(), key, take

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Let in mail for a sealed return path, or for the plain return address."""
        if address.lower() != self._address and send_of([address], self._key) is None:
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail; the path it came to stands in its first line, as mail servers write it."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        paths = "".join(f"Delivered-To: {path}\r\n" for path in envelope.rcpt_tos[:5])
        try:
            await asyncio.to_thread(self._take, paths.encode("ascii", "replace") + content)
        except Exception:  # whatever it is, the sender keeps the mail and comes again
            log.exception("bounce_not_taken")
            return "451 4.3.0 Try again later"
        return "250 2.0.0 Taken"


@contextmanager
def opened(door: BounceDoor, host: str, port: int) -> Iterator[None]:
    """Listen for as long as the block runs; raises ``OSError`` where the port is taken."""
    controller = Controller(
        door,
        hostname=host,
        port=port,
        ready_timeout=_PATIENCE,
        data_size_limit=LARGEST,
        timeout=_PATIENCE,
        ident="Tenure",
        decode_data=False,
    )
    try:
        controller.start()
    except TimeoutError:
        controller.stop(no_assert=True)
        raise
    except OSError:
        controller.loop.close()  # its thread has ended, and left that to nobody
        raise
    try:
        yield
    finally:
        controller.stop()
