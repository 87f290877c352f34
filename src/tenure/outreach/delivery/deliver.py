"""The delivery of one channel: lease, prepare, send one at a time, write down each before the next begins."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from tenure.channels.channel import Channel, Outgoing, Receipt, Refused, Reply, TryLater
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.kit.i18n import Text
from tenure.outreach.ledger.asks import Ended, Leased, Stayed
from tenure.outreach.ledger.repository import work as ledger
from tenure.outreach.ledger.repository.work import Line
from tenure.outreach.settling import service as settling

LEASE = 100  # sends held at once: at 500 a second, a word of consent is heard within a fifth of a second
FRESH = timedelta(seconds=10)  # what was decided longer ago is decided anew: of consent, of the hour, of a tap
MOST_ATTEMPTS = 8
_LONGEST_WAIT = timedelta(hours=6)
MOST_UNREACHED = 80  # about three days: that a provider cannot be reached is not the customer's doing
_LONGEST_UNREACHED = timedelta(hours=1)
NO_CONNECTION = "no_connection"
_IN_A_ROW = 3  # so many times out of reach, and the channel is tried with one message now and then
_LONGEST_PAUSE = 60.0
_BROKEN = (ValueError, TypeError, LookupError, ArithmeticError, AssertionError, AttributeError, RecursionError)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ready:
    """A send that may go now, and the decision that lets it."""

    send: Leased
    message: Outgoing
    decision: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the gate and the templates made of a batch, and as of when; where that is not said, as of now."""

    ready: Sequence[Ready]
    stays: Sequence[Stayed] = ()
    decided: datetime | None = None


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
    unreached: int = 0  # in a row, up to now


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
    tally, size = Tally(), LEASE
    with ledger.worker_line(engine) as (line, worker):
        try:
            while not stop.is_set():
                with transaction(engine) as session:
                    ledger.rescue(session, clock.now())
                looked = time.monotonic()
                leased = ledger.lease(line, worker, channel.name, clock.now(), size)
                if leased:
                    now = clock.now()
                    prepared = replace(_prepared(prepare, leased, now), decided=now)
                    begun = _batch(line, worker, channel, prepared, clock, stop, tally)
                    # No more is prepared than goes while it is fresh.
                    size = max(2 * begun, 2) if begun < len(prepared.ready) else min(2 * size, LEASE)
                    if tally.unreached >= _IN_A_ROW and not drain:
                        stop.wait(min(pause * 2 ** min(tally.unreached, 9), _LONGEST_PAUSE))
                elif drain:
                    break
                else:  # workers look in turn: a look that takes long, past much that is paused, is taken seldom
                    stop.wait(max(pause, 4 * (time.monotonic() - looked)))
        finally:
            ledger.give_back(line, worker, clock.now())
            channel.close()
    return tally


def _prepared(prepare: Prepare, leased: Sequence[Leased], now: datetime) -> Prepared:
    """Prepare a batch; where one of it breaks the preparing, each alone, and that one is held for somebody to look at."""
    try:
        return prepare(leased, now)
    except _BROKEN as error:
        if len(leased) > 1:
            alone = [_prepared(prepare, [send], now) for send in leased]
            ready = [one for prepared in alone for one in prepared.ready]
            return Prepared(ready, [one for prepared in alone for one in prepared.stays])
        log.exception("send_not_prepared", send=leased[0].id)
        words = Text("Preparing it failed; the server's log says how.", "准备此消息时出错，详见服务器日志。")
        unwritten = {"code": "broken", "place": type(error).__name__, "en": words.en, "zh": words.zh}
        return Prepared((), (Stayed(leased[0].id, "held", {"unwritten": unwritten}),))


def _batch(
    line: Line,
    worker: int,
    channel: Channel,
    prepared: Prepared,
    clock: Clock,
    stop: Stop,
    tally: Tally,
) -> int:
    """Send what is ready, one at a time, for as long as what was decided is fresh; the rest goes back to be decided anew.

    Returns how many of it were begun.
    """
    ledger.stay(line, worker, prepared.stays, clock.now())
    decided, begun, ended = prepared.decided or clock.now(), 0, None
    for number, ready in enumerate(prepared.ready):
        stale = number > 0 and not timedelta() <= clock.now() - decided < FRESH
        if stop.is_set() or stale or (number > 0 and tally.unreached >= _IN_A_ROW):
            break
        begins = _step(line, worker, clock, ended, ready)
        begun, ended = number + 1, None
        if begins:
            ended = outcome(ready.send, channel.send(ready.message), clock.now())
            tally.sent += 1
            tally.ends[ended.state] = tally.ends.get(ended.state, 0) + 1
            tally.unreached = tally.unreached + 1 if ended.unreached else 0
    if ended is not None:
        _step(line, worker, clock, ended)
    ledger.give_back(line, worker, clock.now())
    return begun


def _step(line: Line, worker: int, clock: Clock, ended: Ended | None, following: Ready | None = None) -> bool:
    """Write down how one send ended, and that the next begins; returns whether it may.

    With one that failed stands the asking for its next channel; before one goes again whoever takes it back is waited for.
    """
    if ended is not None and ended.state in ("failed", "queued"):
        now = clock.now()
        with ledger.together(line):
            ledger.hold(line, ended.id)
            ledger.step(line, worker, now, ended=ended)
            if ended.state == "failed":
                settling.fall_back(line, [ended.id], ended.error or "failed", now)
        ended = None
    if ended is None and following is None:
        return False
    begin, decision = (following.send.id, following.decision) if following is not None else (None, None)
    return ledger.step(line, worker, clock.now(), ended=ended, begin=begin, decision=decision)


def outcome(send: Leased, reply: Reply, now: datetime) -> Ended:
    """Say what a channel's reply means for a send: accepted, failed for good, again later, or unknown."""
    if isinstance(reply, Receipt):
        return Ended(send.id, "accepted", {"provider_id": reply.provider_id}, provider_id=reply.provider_id)
    if isinstance(reply, Refused):
        told = {"code": reply.code, "message": reply.message, "dead_address": reply.dead_address}
        return Ended(send.id, "failed", told, error=reply.code)
    if isinstance(reply, TryLater):
        return _again(send, reply, now)
    return Ended(send.id, "unknown", {"why": "no_answer", "message": reply.message})


def _again(send: Leased, reply: TryLater, now: datetime) -> Ended:
    """Say when a send is tried again; tries that reached nobody are counted apart, and the waits of both have an end."""
    unreached = reply.code == NO_CONNECTION
    tries = send.unreached if unreached else send.attempts - send.unreached
    most, longest = (MOST_UNREACHED, _LONGEST_UNREACHED) if unreached else (MOST_ATTEMPTS, _LONGEST_WAIT)
    told = {"code": reply.code, "message": reply.message, "attempt": send.attempts + 1}
    if tries + 1 >= most:
        return Ended(send.id, "failed", {**told, "gave_up": True}, error=reply.code, unreached=unreached)
    wait = min(reply.after_seconds * 2.0 ** min(tries, 20), longest.total_seconds())
    due = now + timedelta(seconds=wait)
    return Ended(send.id, "queued", told, error=reply.code, due_at=due, unreached=unreached)
