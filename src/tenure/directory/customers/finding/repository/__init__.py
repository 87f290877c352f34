"""The customer list in PostgreSQL: what can be asked, one page of answers at a time, and saved questions."""

from tenure.directory.customers.finding.repository.catalog import choices, fields
from tenure.directory.customers.finding.repository.filters import (
    add_filter,
    delete_filter,
    filters_after,
    open_filter,
    own_filter,
)
from tenure.directory.customers.finding.repository.pages import (
    Effort,
    Found,
    Place,
    Total,
    every,
    everyone,
    first_page,
    next_page,
    place_from,
    place_of,
    some,
)
from tenure.directory.customers.finding.repository.questions import SHOWN

__all__ = [
    "SHOWN",
    "Effort",
    "Found",
    "Place",
    "Total",
    "add_filter",
    "choices",
    "delete_filter",
    "every",
    "everyone",
    "fields",
    "filters_after",
    "first_page",
    "next_page",
    "open_filter",
    "own_filter",
    "place_from",
    "place_of",
    "some",
]
