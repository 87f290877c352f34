"""What a worker does for webhooks: read the ledgers, tell what is due, try again, give up, forget what is over."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tenure.channels.channel import Channel, Outgoing, Receipt, Refused, TryLater
from tenure.channels.webhooks.retries import next_try
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.kit.sealing import Seal
from tenure.outreach.hooks.repository import deliveries as repository
from tenure.outreach.hooks.repository import facts
from tenure.outreach.hooks.repository.deliveries import Due
from tenure.outreach.hooks.repository.facts import LEDGERS

_TRYING = timedelta(minutes=5)  # nobody else takes up a delivery for this long
KEPT, KEPT_DEAD = timedelta(days=30), timedelta(days=90)
LANES = 8  # receivers told at once
ROUND = timedelta(seconds=15)  # one receiver is told for so long, so that a slow one holds up nobody
PATIENCE = 3  # failures in a row after which a receiver is left alone until the next round
Opened = Callable[[Sequence[str], str], Channel]


def gather(engine: Engine, clock: Clock) -> int:
    """Plan the telling of everything the ledgers hold that was not told yet; returns how many tellings are new.

    What is written meanwhile waits for the next round: while a ledger grows, reading it would never come to an end.
    """
    with transaction(engine) as session:
        if all(endpoint.state == "gone" for endpoint in repository.endpoints(session)):
            return 0
    told = 0
    for ledger in LEDGERS:
        with transaction(engine) as session:
            after = facts.mark(session, ledger)
        more = True
        while more:
            with transaction(engine) as session:
                upto, more = facts.window_ends(session, ledger, after) or (after, False)
                if upto > after:
                    told += facts.tell(session, ledger, after, upto, clock.now())
                if not more:
                    facts.settle(session, ledger, upto)
            after = upto
    return told


@dataclass
class Teller:
    """Tells receivers what is due, each over its own line, so that a slow one holds up nobody."""

    engine: Engine
    opened: Opened
    seal: Seal
    clock: Clock
    chance: Random = field(default_factory=Random)
    most: int = 5_000  # to one receiver in one round

    def deliver(self) -> dict[str, int]:
        """Tell what is due; returns how many were delivered, wait, and were given up."""
        with transaction(self.engine) as session:
            receivers = repository.due_endpoints(session, self.clock.now())
        done: dict[str, int] = {}
        with ThreadPoolExecutor(LANES, "webhooks") as lanes:
            for lane in lanes.map(self._lane, receivers):
                for state, number in lane.items():
                    done[state] = done.get(state, 0) + number
        return done

    def _lane(self, endpoint: str) -> dict[str, int]:
        done: dict[str, int] = {}
        lines: dict[tuple[tuple[str, ...], str], Channel] = {}
        failures, began = 0, self.clock.now()
        try:
            for _ in range(self.most):
                now = self.clock.now()
                if failures >= PATIENCE or not timedelta() <= now - began < ROUND:
                    break
                with transaction(self.engine) as session:
                    due = repository.take(session, endpoint, now, now + _TRYING)
                if due is None:
                    break
                how = (due.secrets, due.network)
                if how not in lines:
                    lines[how] = self.opened([self.seal.open(secret) for secret in due.secrets], due.network)
                state = self._tell(lines[how], due)
                failures = 0 if state == "delivered" else failures + 1
                done[state] = done.get(state, 0) + 1
        finally:
            for line in lines.values():
                line.close()
        return done

    def _tell(self, channel: Channel, due: Due) -> str:
        """Tell one event; a line that breaks is tried again like any failure, for the receiver knows an event by its id."""
        reply = channel.send(Outgoing(due.event_id, due.url, text=due.body))
        now = self.clock.now()
        asked = reply.after_seconds if isinstance(reply, TryLater) and reply.code in ("429", "503") else 0.0
        gone = isinstance(reply, Refused) and reply.dead_address and reply.code == "410"
        again = None if gone else next_try(due.first_at, due.tries, now, self.chance.random(), asked)
        with transaction(self.engine) as session:
            if isinstance(reply, Receipt):
                repository.write(session, due, "delivered", "", None, now)
                return "delivered"
            answer = f"{reply.code}: {reply.message}" if isinstance(reply, (Refused, TryLater)) else reply.message
            state = "waiting" if again is not None else "dead"
            repository.write(session, due, state, answer, again, now)
            endpoint = repository.find(session, due.endpoint_id)
            if gone and endpoint is not None:
                endpoint.state, endpoint.changed_at = "gone", now
        return state


def forget(engine: Engine, clock: Clock) -> int:
    """Forget what was delivered a month ago and what was given up, or waits for nobody, since three; returns how many."""
    now = clock.now()
    with transaction(engine) as session:
        return repository.forget(session, now - KEPT, now - KEPT_DEAD)
