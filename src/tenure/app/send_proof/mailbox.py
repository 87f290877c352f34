"""A real SMTP server on this machine that counts what it took."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

MOST = 33_554_432  # bytes of one message


class Mailbox:
    """What the server took: how often each recipient, and every Message-ID."""

    def __init__(self) -> None:
        self.recipients: Counter[str] = Counter()
        self.message_ids: Counter[str] = Counter()
        self.total = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a message; it is counted before the client is told, as a real server stores before it answers."""
        del server, session
        self.recipients.update(envelope.rcpt_tos)
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        for line in raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
            if line.lower().startswith(b"message-id:"):
                self.message_ids[line.split(b":", 1)[1].strip().decode()] += 1
        self.total += 1
        return "250 2.0.0 taken"


@contextmanager
def serving(mailbox: Mailbox, host: str = "127.0.0.1") -> Iterator[int]:
    """Serve a mailbox in a thread of its own; gives the port."""
    loop = asyncio.new_event_loop()
    ports: list[int] = []
    up = threading.Event()

    async def serve() -> None:
        server = await loop.create_server(
            lambda: SMTP(mailbox, loop=loop, data_size_limit=MOST, enable_SMTPUTF8=True), host, 0
        )
        ports.append(server.sockets[0].getsockname()[1])
        up.set()
        async with server:
            await server.serve_forever()

    def run() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(serving_task)
        except asyncio.CancelledError:
            pass
        finally:
            loop.close()

    serving_task = loop.create_task(serve())
    thread = threading.Thread(target=run, name="mailbox", daemon=True)
    thread.start()
    up.wait(10)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(serving_task.cancel)
        thread.join(10)
