"""The verb: tell the lake."""

from datetime import datetime

from tenure.kit.db import Engine, transaction
from tenure.kit.stream import repository as stream
from tenure.kit.stream.repository import Entry
from tenure.outreach.telling import repository
from tenure.outreach.telling.rules import row_of

BATCH = 5_000


def tell(engine: Engine, now: datetime) -> int:
    """Put what became of messages into the outbox; returns how many rows. News is taken and told in one transaction.

    News that comes meanwhile waits for the next time: while messages flow there is always some.
    """
    told = 0
    with transaction(engine) as session:
        upto = repository.newest(session)
    while True:
        with transaction(engine) as session:
            news = repository.take_news(session, BATCH, upto)
            rows = [(found["number"], row) for found in news if (row := row_of(dict(found))) is not None]
            entries = [Entry("messages", f"{row['message_id']}:{number}", row) for number, row in rows]
            told += stream.append(session, entries, now)
        if len(news) == 0:
            return told
