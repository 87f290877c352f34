"""The door to the numbers per customer."""

from collections.abc import Iterable

import pyarrow as pa

from tenure.directory.customers.summaries import repository
from tenure.kit.db import Session


def replace_summaries(session: Session, batches: Iterable[pa.RecordBatch]) -> int:
    """Replace every customer's numbers; see ``repository.replace_summaries`` for the columns."""
    return repository.replace_summaries(session, batches)
