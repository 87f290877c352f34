"""The verb of forgotten channels: settle what is queued on them.

What may take another channel takes it at once; the rest waits an hour, for perhaps the account is entered anew, and is
then taken back, so that it may be asked for again.
"""

import json
from collections import Counter
from datetime import datetime, timedelta

from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.outreach.abandoned import repository
from tenure.outreach.accounts import service as accounts

AT_ONCE = 5_000
GRACE = timedelta(hours=1)
CODE = "channel_forgotten"


def settle(engine: Engine, clock: Clock) -> Counter[str]:
    """Settle what is queued on every forgotten channel, in parts; returns how many were moved and taken back."""
    with transaction(engine) as session:
        forgotten = accounts.forgotten(session)
    done = Counter[str]()
    for channel, since in forgotten.items():
        while moved := _part(engine, channel, since, clock.now(), moving=True):
            done["moved"] += moved
        while clock.now() - since >= GRACE and (gone := _part(engine, channel, since, clock.now(), moving=False)):
            done["taken_back"] += gone
    return done


def _part(engine: Engine, channel: str, since: datetime, now: datetime, *, moving: bool) -> int:
    step = {
        "gate": "channel",
        "channel": channel,
        "verdict": "stop",
        "code": CODE,
        "values": {"since": since.isoformat()},
    }
    given = {"channel": channel, "now": now, "most": AT_ONCE, "steps": json.dumps([step])}
    with transaction(engine) as session:
        if not accounts.still_forgotten(session, channel):  # entered anew: from this moment on it is delivered again
            return 0
        if moving:
            return repository.reroute(session, given, sorted(accounts.delivered(session)))
        return repository.take_back(session, given)
