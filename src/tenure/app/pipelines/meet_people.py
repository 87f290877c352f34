"""Take in the people that tracked events speak of, and carry what changed of them to the lake."""

import structlog

from tenure.app.pipelines.set_aside import SET_ASIDE, UNDERSTOOD_BY_NOBODY
from tenure.app.wiring import Stores
from tenure.audiences.profile.service import carry_links
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tenure.sources.tracking import people

log = structlog.get_logger()


def meet_people(stores: Stores) -> int:
    """Do what waits about people; returns how many requests spoke of them. Later, where an import is at work.

    What comes meanwhile waits for the next time: events are carried on between the two.
    """
    met, merged = 0, False
    with transaction(stores.engine) as session:
        waiting, _ = stream.pressure(session, people.TOPIC)
    while met < waiting:
        found = _meet(stores)
        met, merged = met + found.packets, merged or found.merged
        if found.packets == 0:
            break
    if merged:
        carry_links(stores.engine, stores.lake, stores.clock.now())
    return met


def _meet(stores: Stores) -> people.Met:
    """Take in what waits; where something in it cannot be understood, one request after the other, and that one is set aside."""
    keys = ErasedKeys.derived(stores.secret)
    for batch in (people.BATCH, 1):
        try:
            with transaction(stores.engine) as session:
                return people.meet(session, stores.clock.now(), keys, stores.secret, batch)
        except UNDERSTOOD_BY_NOBODY as error:
            if batch == 1:
                with transaction(stores.engine) as session:
                    stream.set_first_aside(session, people.TOPIC, SET_ASIDE)
                log.error("people_set_aside", reason=type(error).__name__)
    return people.Met(1)
