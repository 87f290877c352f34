"""What every channel promises, tried against a real counterpart on this machine."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import pytest

from tenure.channels.channel import CannotTell, Channel, NotFound, Outgoing, Receipt, Refused, TryLater, Uncertain
from tests.channels.provider import Mood


class Counterpart(Protocol):
    """The other side: it behaves by its mood and keeps whom it took messages for."""

    mood: Mood

    @property
    def taken(self) -> list[str]:
        """Return whom it took messages for."""
        ...

    def close(self) -> None:
        """Stop listening."""


@dataclass
class Side:
    """A channel and whoever it speaks to."""

    channel: Channel
    counterpart: Counterpart


class ChannelContract:
    """Inherit it, say how to open the two sides, and the channel is examined."""

    address: str
    bad_address: str
    secrets: tuple[str, ...] = ()
    extra: dict[str, object] = {}
    cannot_mumble = False  # where any answer of success is a receipt, there is nothing to misunderstand

    def opened(self) -> AbstractContextManager[Side]:
        raise NotImplementedError

    @pytest.fixture
    def side(self) -> Iterator[Side]:
        with self.opened() as side:
            yield side
            side.channel.close()
            side.counterpart.close()

    def outgoing(self, address: str | None = None) -> Outgoing:
        return Outgoing("snd_1", address or self.address, "你好", "春天来了", extra=self.extra)

    def test_a_message_is_taken_and_receipted(self, side: Side) -> None:
        assert isinstance(side.channel.send(self.outgoing()), Receipt)
        assert len(side.counterpart.taken) == 1

    def test_a_refusal_is_final_and_does_not_close_the_address(self, side: Side) -> None:
        side.counterpart.mood = "refusing"
        reply = side.channel.send(self.outgoing())
        assert isinstance(reply, Refused)
        assert not reply.dead_address
        assert reply.code
        assert reply.message

    def test_a_dead_address_is_told_apart(self, side: Side) -> None:
        side.counterpart.mood = "dead"
        reply = side.channel.send(self.outgoing())
        assert isinstance(reply, Refused)
        assert reply.dead_address

    @pytest.mark.parametrize("mood", ["busy", "failing"])
    def test_a_counterpart_that_cannot_now_took_nothing_and_is_asked_later(self, side: Side, mood: Mood) -> None:
        side.counterpart.mood = mood
        reply = side.channel.send(self.outgoing())
        assert isinstance(reply, TryLater)
        assert reply.after_seconds > 0
        assert side.counterpart.taken == []
        side.counterpart.mood = "willing"
        assert isinstance(side.channel.send(self.outgoing()), Receipt)

    def test_nobody_listening_means_later(self, side: Side) -> None:
        side.counterpart.close()
        assert isinstance(side.channel.send(self.outgoing()), TryLater)

    def test_a_line_that_breaks_after_the_message_leaves_it_unknown(self, side: Side) -> None:
        side.counterpart.mood = "cutting"
        assert isinstance(side.channel.send(self.outgoing()), Uncertain)
        side.counterpart.mood = "willing"
        assert isinstance(side.channel.send(self.outgoing()), Receipt)

    def test_an_answer_nobody_understands_is_no_receipt(self, side: Side) -> None:
        if self.cannot_mumble:
            pytest.skip("any success is a receipt here")
        side.counterpart.mood = "mumbling"
        assert isinstance(side.channel.send(self.outgoing()), Uncertain)

    def test_nothing_leaves_for_what_is_no_address(self, side: Side) -> None:
        reply = side.channel.send(self.outgoing(self.bad_address))
        assert isinstance(reply, Refused)
        assert reply.dead_address
        assert side.counterpart.taken == []

    def test_no_secret_is_ever_in_the_words_of_a_reply(self, side: Side) -> None:
        moods: tuple[Mood, ...] = (
            "willing",
            "refusing",
            "dead",
            "busy",
            "failing",
            "cutting",
            "mumbling",
            "reflecting",
        )
        said = []
        for mood in moods:
            side.counterpart.mood = mood
            said.append(repr(side.channel.send(self.outgoing())))
        side.counterpart.close()
        said.append(repr(side.channel.send(self.outgoing())))
        assert not [secret for secret in self.secrets for words in said if secret in words]

    def test_what_was_never_sent_is_not_found_or_cannot_be_told(self, side: Side) -> None:
        assert isinstance(side.channel.look_up("snd_never", datetime.now(UTC)), (NotFound, CannotTell))

    def test_closing_twice_hurts_nobody(self, side: Side) -> None:
        side.channel.close()
        side.channel.close()
