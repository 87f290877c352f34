"""The delivery of one channel: lease, prepare, send one at a time, write down each before the next begins."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from tenure.channels.channel import Channel, Outgoing, Receipt, Refused, Reply, TryLater
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.outreach.ledger import repository as ledger
from tenure.outreach.ledger.asks import Ended, Leased, Stayed
from tenure.outreach.ledger.repository import Line

LEASE = 100  # sends held at once: at 500 a second, a word of consent is heard within a fifth of a second
MOST_ATTEMPTS = 8
_LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Ready:
    """A send that may go now, and the decision that lets it."""

    send: Leased
    message: Outgoing
    decision: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the gate and the templates made of a batch."""

    ready: Sequence[Ready]
    stays: Sequence[Stayed] = ()


class Stop(Protocol):
    """Says when to stop; ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Say whether to stop."""
        ...

    def wait(self, timeout: float) -> bool:
        """Wait for that, at most so many seconds."""
        ...


Prepare = Callable[[Sequence[Leased], datetime], Prepared]


@dataclass
class Tally:
    """What a worker did."""

    sent: int = 0
    ends: dict[str, int] = field(default_factory=dict)


def deliver(
    engine: Engine,
    channel: Channel,
    prepare: Prepare,
    clock: Clock,
    stop: Stop,
    *,
    drain: bool = False,
    pause: float = 0.2,
) -> Tally:
    """Deliver what is due on a channel until told to stop; with ``drain`` until nothing is due.

    At most one message is in the air: its row says ``sending`` before the first byte leaves, and what became of it
    is committed together with the beginning of the next. A worker that dies between the two leaves one row that
    nobody can vouch for; the next worker finds it and calls it ``unknown``.
    """
    tally = Tally()
    with ledger.worker_line(engine) as (line, worker):
        try:
            while not stop.is_set():
                with transaction(engine) as session:
                    ledger.rescue(session, clock.now())
                leased = ledger.lease(line, worker, channel.name, clock.now(), LEASE)
                if leased:
                    _batch(line, worker, channel, prepare(leased, clock.now()), clock, stop, tally)
                elif drain:
                    break
                else:
                    stop.wait(pause)
        finally:
            ledger.give_back(line, worker, clock.now())
            channel.close()
    return tally


def _batch(
    line: Line, worker: int, channel: Channel, prepared: Prepared, clock: Clock, stop: Stop, tally: Tally
) -> None:
    ledger.stay(line, worker, prepared.stays, clock.now())
    ended: Ended | None = None
    for ready in prepared.ready:
        if stop.is_set():
            break
        begins = ledger.step(line, worker, clock.now(), ended=ended, begin=ready.send.id, decision=ready.decision)
        ended = None
        if begins:
            ended = outcome(ready.send, channel.send(ready.message), clock.now())
            tally.sent += 1
            tally.ends[ended.state] = tally.ends.get(ended.state, 0) + 1
    if ended is not None:
        ledger.step(line, worker, clock.now(), ended=ended)


def outcome(send: Leased, reply: Reply, now: datetime) -> Ended:
    """Say what a channel's reply means for a send: accepted, failed for good, again later, or unknown."""
    if isinstance(reply, Receipt):
        return Ended(send.id, "accepted", {"provider_id": reply.provider_id}, provider_id=reply.provider_id)
    if isinstance(reply, Refused):
        told = {"code": reply.code, "message": reply.message, "dead_address": reply.dead_address}
        return Ended(send.id, "failed", told, error=reply.code)
    if isinstance(reply, TryLater):
        told = {"code": reply.code, "message": reply.message, "attempt": send.attempts + 1}
        if send.attempts + 1 >= MOST_ATTEMPTS:
            return Ended(send.id, "failed", {**told, "gave_up": True}, error=reply.code)
        wait = min(timedelta(seconds=reply.after_seconds) * 2**send.attempts, _LONGEST_WAIT)
        return Ended(send.id, "queued", told, error=reply.code, due_at=now + wait)
    return Ended(send.id, "unknown", {"why": "no_answer", "message": reply.message})
