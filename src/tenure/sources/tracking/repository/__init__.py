"""Every query of tracking, one file a story."""

from tenure.sources.tracking.repository.addresses import known_addresses
from tenure.sources.tracking.repository.counting import count_seen, keep_lately, note_violations
from tenure.sources.tracking.repository.expecting import expected
from tenure.sources.tracking.repository.people import (
    customers_of_addresses,
    is_customer,
    reachable,
    shown,
    tell_the_lake,
)
from tenure.sources.tracking.repository.visitors import (
    adopted,
    customers_of_users,
    customers_of_visitors,
    link,
    unadopted,
    users_of,
    visitors_of,
    waiting_of,
)

__all__ = [
    "adopted",
    "count_seen",
    "customers_of_addresses",
    "customers_of_users",
    "customers_of_visitors",
    "expected",
    "is_customer",
    "keep_lately",
    "known_addresses",
    "link",
    "note_violations",
    "reachable",
    "shown",
    "tell_the_lake",
    "unadopted",
    "users_of",
    "visitors_of",
    "waiting_of",
]
