"""The proof: two workers, a killer, a pauser, and an account of every recipient at the end."""

import random
import secrets
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tenure.app import wiring
from tenure.app.send_proof import repository
from tenure.app.send_proof.mailbox import Mailbox, serving
from tenure.app.send_proof.office import Desk, Office, alive, kill, send_home
from tenure.app.settings import Settings
from tenure.kit.clock import SystemClock
from tenure.kit.db import Engine, transaction
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import NewSend

WORKERS = 2
MESSAGE = "send-proof"
_STUCK = 120.0  # seconds without any progress after which the proof gives up
_ENDED = ("accepted", "unknown", "failed", "dropped")


@dataclass(frozen=True)
class Account:
    """What became of every recipient: by the ledger, and by the server that took the mail."""

    recipients: int
    kills: int
    pauses: int
    seconds: float
    accepted: int
    unknown: int
    unknown_arrived: int
    doubled: int
    lost: int
    invented: int
    other: int

    @property
    def holds(self) -> bool:
        """Say whether nobody got it twice, nobody was lost, and no more is unknown than workers were killed."""
        clean = not (self.doubled or self.lost or self.invented or self.other)
        return clean and self.unknown <= self.kills and self.accepted + self.unknown == self.recipients


@dataclass(frozen=True)
class Trouble:
    """What is done to the workers: a kill and a pause each time the count of taken messages passes a mark."""

    recipients: int
    kills: Sequence[int]
    pauses: Sequence[int]
    chance: random.Random

    @classmethod
    def drawn(cls, recipients: int, kills: int, seed: int) -> "Trouble":
        """Draw the moments, spread over the whole of the work."""
        chance = random.Random(seed)
        marks = sorted(chance.randrange(int(recipients * 0.98)) for _ in range(kills))
        pauses = sorted(chance.randrange(recipients) for _ in range(max(kills // 20, 2)))
        return cls(recipients, marks, pauses, chance)


def prove(
    settings: Settings, recipients: int, kills: int, seed: int, report: Callable[[float], None] = lambda _: None
) -> Account:
    """Send one message to many people while workers are killed with SIGKILL, and account for everybody.

    Everything is real: an embedded PostgreSQL in a folder of its own, worker processes, the gate, and an SMTP
    server. The kills fall at random moments spread over the whole of the work.
    """
    trouble = Trouble.drawn(recipients, kills, seed)
    with tempfile.TemporaryDirectory(prefix="tenure-proof-") as home:
        Path(home).chmod(0o755)
        server, engine = wiring.open_database(settings, Path(home))
        wiring.migrate(engine)
        mailbox, secret = Mailbox(), secrets.token_urlsafe(16)
        try:
            _ask(engine, recipients)
            begun = time.monotonic()
            with serving(mailbox) as port:
                database = engine.url.render_as_string(hide_password=False)
                killed, paused = _disturb(engine, Desk(database, port, secret), mailbox, trouble, report)
            return _account(engine, mailbox, recipients, killed, paused, time.monotonic() - begun)
        finally:
            engine.dispose()
            if server is not None:
                with closing(server):
                    pass


def _ask(engine: Engine, recipients: int) -> None:
    with transaction(engine) as session:
        customers = repository.add_people(session, recipients, SystemClock().now())
        now = SystemClock().now()
        asked = NewSend(MESSAGE, "email", customers, "marketing", now, "send-proof", category="proof")
        ledger.ask(session, asked, now)
        ledger.ask(session, asked, now)  # asked for twice; each stands once


def _disturb(
    engine: Engine, desk: Desk, mailbox: Mailbox, trouble: Trouble, report: Callable[[float], None]
) -> tuple[int, int]:
    """Keep two workers going, kill one whenever the count passes a mark, pause and narrow now and then."""
    kills, pauses = deque(trouble.kills), deque(trouble.pauses)
    with Office(desk) as office:
        crew = [office.hire() for _ in range(WORKERS)]
        moved = (time.monotonic(), 0)
        while not _finished(engine, trouble.recipients):
            crew = [process if alive(process) else office.hire() for process in crew]
            if pauses and mailbox.total >= pauses[0]:
                pauses.popleft()
                _pause(engine, trouble.chance)
            if kills and mailbox.total >= kills[0]:
                kills.popleft()
                time.sleep(trouble.chance.random() * 0.02)
                kill(trouble.chance.choice(crew))
            else:
                time.sleep(0.002)
            if mailbox.total != moved[1]:
                moved = (time.monotonic(), mailbox.total)
                report(mailbox.total / trouble.recipients)
            elif time.monotonic() - moved[0] > _STUCK:
                break
        send_home(crew)
    return len(trouble.kills) - len(kills), len(trouble.pauses) - len(pauses)


def _pause(engine: Engine, chance: random.Random) -> None:
    """Close the tap for a moment, then open it at another rate or at none."""
    for paused, rate in ((True, None), (False, chance.choice([2000.0, 5000.0])), (False, None)):
        with transaction(engine) as session:
            ledger.turn(session, "channel:email", SystemClock().now(), "send-proof", paused=paused, per_second=rate)
        time.sleep(chance.random() * 0.2)


def _finished(engine: Engine, recipients: int) -> bool:
    with transaction(engine) as session:
        states = ledger.counts(session, MESSAGE)
    return sum(states.get(state, 0) for state in _ENDED) == recipients


def _account(engine: Engine, mailbox: Mailbox, recipients: int, killed: int, paused: int, seconds: float) -> Account:
    with transaction(engine) as session:
        ledger.rescue(session, SystemClock().now())
        by_state = repository.addresses_by_state(session, MESSAGE)
    arrived = set(mailbox.recipients)
    accepted, unknown = by_state.pop("accepted", set()), by_state.pop("unknown", set())
    others = set().union(*by_state.values()) if by_state else set()
    return Account(
        recipients,
        killed,
        paused,
        seconds,
        len(accepted),
        len(unknown),
        len(unknown & arrived),
        sum(number - 1 for number in mailbox.recipients.values()),
        recipients - len(accepted | unknown | others),
        len(accepted - arrived),
        len(others),
    )
