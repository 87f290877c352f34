"""The workers of the proof: an office that has everything loaded forks one whenever a line comes in."""

import json
import os
import signal
import sys
import time
from zoneinfo import ZoneInfo

from tenure.app import wiring
from tenure.channels.channel import Outgoing
from tenure.channels.mail import Sender, Server
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.clock import SystemClock
from tenure.kit.db import open_engine
from tenure.outreach.arbiter.policy import Cap, Policy
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.delivery.prepare import Gate, one_by_one
from tenure.outreach.ledger.asks import Leased
from tenure.outreach.standing.repository import Known

RULES = Policy("proof", caps=(Cap("a day", 1, hours=24),))
SENDER = Sender("Tenure", "shop@proof.example")


class _Stop:
    """A flag a signal may set at any moment: an event's own lock may be held by the very line it interrupts."""

    def __init__(self) -> None:
        self._set = False

    def set(self) -> None:
        """Ask for the end."""
        self._set = True

    def is_set(self) -> bool:
        """Say whether the end was asked for."""
        return self._set

    def wait(self, timeout: float) -> bool:
        """Wait a moment."""
        time.sleep(timeout)
        return self._set


def work(database: str, port: int, secret: str) -> None:
    """Deliver until nothing is left, or until killed; a polite end (SIGTERM) finishes the message in the air."""
    stop = _Stop()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    engine = open_engine(database, pool_size=2)
    gate = Gate(engine, lambda: RULES, AddressKey.derived(secret), lambda _: ZoneInfo("UTC"), one_by_one(_compose))
    channel = wiring.smtp_channel(Server("127.0.0.1", port, tls="none"), SENDER)
    deliver(engine, channel, gate.prepare, SystemClock(), stop, pause=0.02)
    engine.dispose()


def _compose(send: Leased, person: Known, channel: str) -> Outgoing:
    return Outgoing(send.id, person.addresses[channel], "Proof", f"This is message {send.id}.")


def main() -> None:
    """Fork a worker for every line of standard input after the first, which says where to work; prints its number."""
    database, port, secret = json.loads(sys.stdin.readline())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    for _ in sys.stdin:
        process = os.fork()
        if process == 0:
            sys.stdin.close()
            work(database, port, secret)
            os._exit(0)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
