"""The door to the numbers per customer."""

from collections.abc import Iterable

import pyarrow as pa

from tenure.directory.customers.summaries import repository
from tenure.kit.db import Session


def load_summaries(session: Session, batches: Iterable[pa.RecordBatch]) -> int:
    """Make every customer's new numbers ready; see ``repository.replace_summaries`` for the columns."""
    return repository.load_summaries(session, batches)


def show_summaries(session: Session) -> None:
    """Put the numbers made ready in the place of the old ones: the last thing a transaction does."""
    repository.show_summaries(session)
