"""Rows of the outbox that nobody can carry are set aside, so that they hold up no others."""

from collections.abc import Callable

import structlog

from tenure.kit.db import Engine, transaction
from tenure.kit.stream import repository as stream

SET_ASIDE = "@set_aside"
UNDERSTOOD_BY_NOBODY = (ValueError, TypeError, LookupError, ArithmeticError, AssertionError, AttributeError)
log = structlog.get_logger()


def carried(engine: Engine, batch_id: str, carry: Callable[[str], int]) -> int:
    """Carry a batch; where something in it cannot be understood, each half of it, down to the row that is set aside."""
    try:
        return carry(batch_id)
    except UNDERSTOOD_BY_NOBODY as error:
        with transaction(engine) as session:
            halves = stream.halve(session, batch_id)
            if not halves:
                stream.set_batch_aside(session, batch_id, SET_ASIDE)
                log.error("set_aside", batch=batch_id, reason=type(error).__name__)
    return sum(carried(engine, half, carry) for half in halves)
