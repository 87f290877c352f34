"""Take in the people that tracked events speak of, and carry what changed of them to the lake."""

from tenure.app.wiring import Stores
from tenure.audiences.profile.service import carry_links
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import transaction
from tenure.sources.tracking import people


def meet_people(stores: Stores) -> int:
    """Do what waits about people; returns how many requests spoke of them. Later, where an import is at work."""
    met, merged = 0, False
    while True:
        with transaction(stores.engine) as session:
            found = people.meet(session, stores.clock.now(), ErasedKeys.derived(stores.secret))
        met, merged = met + found.packets, merged or found.merged
        if found.packets < people.BATCH:
            break
    if merged:
        carry_links(stores.engine, stores.lake, stores.clock.now())
    return met
