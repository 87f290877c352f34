"""The inbox as a channel: the contract, with a real PostgreSQL behind a line that can be cut as its counterpart."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text

from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt, Refused, Uncertain
from tenure.kit.clock import SystemClock
from tenure.kit.db import open_engine, transaction
from tenure.outreach.onsite import service
from tenure.outreach.onsite.inbox import Inbox
from tenure.outreach.onsite.notice import notice_of
from tenure.outreach.onsite.tables import InboxMessage
from tests.channels.contract import ChannelContract, Side
from tests.channels.provider import Mood
from tests.outreach.make import people


class Line:
    """PostgreSQL as the inbox reaches it: over a line of this machine, which breaks when it is told to."""

    def __init__(self, stores: Stores) -> None:
        self._stores, self._mood = stores, "willing"
        url = stores.engine.url
        self._folder, self._port = str(url.query.get("host", "")), url.port or url.query.get("port", 5432)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._holding: object | None = None
        self._calls: list[socket.socket] = []
        self._open = True
        threading.Thread(target=self._answer, daemon=True).start()

    @property
    def url(self) -> str:
        url = self._stores.engine.url.set(host="127.0.0.1", port=self._door.getsockname()[1], query={})
        return url.render_as_string(hide_password=False)

    @property
    def mood(self) -> Mood:
        return self._mood  # type: ignore[return-value]

    @mood.setter
    def mood(self, mood: Mood) -> None:
        """Let the database be in a mood: what it refuses, what others hold, whom it does not know."""
        if self._holding is not None:
            self._holding.close()  # type: ignore[attr-defined]
            self._holding = None
        with self._stores.engine.begin() as session:
            session.execute(text("ALTER TABLE inbox_messages DROP CONSTRAINT IF EXISTS refuses"))
            session.execute(text("DELETE FROM inbox_messages"))
            session.execute(text("DELETE FROM customers"))
            if mood in ("refusing", "reflecting"):
                session.execute(text("ALTER TABLE inbox_messages ADD CONSTRAINT refuses CHECK (body = '') NOT VALID"))
        if mood != "dead":
            people(self._stores, "ann")
        if mood == "busy":
            held = self._stores.engine.connect()
            held.execute(text("LOCK TABLE inbox_messages"))
            self._holding = held
        if mood == "failing":
            self._hang_up()
        self._mood = mood

    @property
    def taken(self) -> list[str]:
        if self._holding is not None:
            return []
        with transaction(self._stores.engine) as session:
            return list(session.scalars(text("SELECT customer_id FROM inbox_messages")))

    def close(self) -> None:
        """Stop listening, and hang up."""
        if self._open:
            self._open = False
            if self._holding is not None:
                self._holding.close()  # type: ignore[attr-defined]
            with suppress(OSError):
                self._door.shutdown(socket.SHUT_RDWR)
            self._door.close()
            self._hang_up()

    def _dialled(self) -> socket.socket:
        if not self._folder:
            return socket.create_connection((self._stores.engine.url.host or "127.0.0.1", int(str(self._port))))
        line = socket.socket(socket.AF_UNIX)
        line.connect(f"{self._folder}/.s.PGSQL.{self._port}")
        return line

    def _hang_up(self) -> None:
        for call in self._calls:
            with suppress(OSError):
                call.shutdown(socket.SHUT_RDWR)
            call.close()
        self._calls.clear()

    def _answer(self) -> None:
        while self._open:
            try:
                ours, _ = self._door.accept()
            except OSError:
                return
            if self._mood == "failing":
                ours.close()
                continue
            theirs = self._dialled()
            self._calls += [ours, theirs]
            for one, other, asks in ((ours, theirs, True), (theirs, ours, False)):
                threading.Thread(target=self._carry, args=(one, other, asks), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while words := one.recv(65_536):
                other.sendall(words)
                if asks and self._mood == "cutting" and b"COMMIT" in words:
                    self._hang_up()


class TestInbox(ChannelContract):
    address = "ann"
    bad_address = "nobody-of-this-name"
    cannot_mumble = True  # the database speaks its own protocol

    @pytest.fixture(autouse=True)
    def _stores(self, fresh_stores: Stores) -> None:
        self.stores = fresh_stores

    @contextmanager
    def opened(self) -> Iterator[Side]:
        line = Line(self.stores)
        line.mood = "willing"
        engine = open_engine(line.url)
        yield Side(Inbox(engine, SystemClock()), line)
        engine.dispose()

    def test_what_became_of_a_message_after_a_broken_line_can_be_asked(self, side: Side) -> None:
        side.counterpart.mood = "cutting"
        assert isinstance(side.channel.send(self.outgoing()), Uncertain)
        side.counterpart.mood = "willing"
        assert isinstance(side.channel.send(self.outgoing()), Receipt)
        assert isinstance(side.channel.send(self.outgoing()), Receipt)
        assert len(side.counterpart.taken) == 1, "the same send lies there once"
        assert isinstance(side.channel.look_up("snd_1", SystemClock().now()), Receipt)

    def test_nothing_to_show_is_refused(self, side: Side) -> None:
        assert isinstance(side.channel.send(Outgoing("snd_2", "ann", text=" \n")), Refused)


def test_a_message_is_forgotten_a_month_after_it_was_over(fresh_stores: Stores) -> None:
    now = SystemClock().now()
    people(fresh_stores, "ann")
    blank = {
        "customer_id": "ann",
        "style": "banner",
        "title": "",
        "body": "",
        "button": "",
        "url": "",
        "language": "en",
    }
    ends = {"old": 31, "late": 29, "running": -5}
    rows = [
        {"send_id": name, "stored_at": now - timedelta(days=60), "expires_at": now - timedelta(days=days), **blank}
        for name, days in ends.items()
    ]
    with transaction(fresh_stores.engine) as session:
        session.execute(insert(InboxMessage).values(rows))
        assert service.forget_old(session, now) == 1
        assert set(session.scalars(select(InboxMessage.send_id))) == {"late", "running"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Hello\n\n[See it](https://shop.test/a?b=1)\n", ("Hello", "See it", "https://shop.test/a?b=1")),
        ("Hello [See it](https://shop.test) again", ("Hello [See it](https://shop.test) again", "", "")),
        ("Hello\n[Cart](/cart)", ("Hello", "Cart", "/cart")),
        ("Hello\n[Bad](javascript:alert(1))", ("Hello\n[Bad](javascript:alert(1))", "", "")),
    ],
)
def test_a_last_line_is_the_button_and_only_an_address_of_the_web(words: str, expected: tuple[str, str, str]) -> None:
    notice = notice_of(Outgoing("s", "ann", "Title", words))
    assert (notice.body, notice.button, notice.url) == expected
    assert notice.style == "banner"
    assert notice_of(Outgoing("s", "ann", text="x" * 300)).style == "modal"
    assert notice_of(Outgoing("s", "ann", text="x" * 300, extra={"style": "banner"})).style == "banner"
