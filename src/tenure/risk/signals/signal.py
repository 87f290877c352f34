"""A signal: one thing that can go wrong with a customer, for whom it is so, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight

Kind = Literal["test", "event", "state"]
Unit = Literal["share", "count", "days", "hours", "level"]
FRESH_DAYS = 30  # what began longer ago is no early warning any more


@dataclass(frozen=True)
class Threshold:
    """The one number a signal can be tuned by: where it stands, how far it may go, and what it means."""

    value: float
    low: float
    high: float
    unit: Unit
    meaning: Text


@dataclass(frozen=True)
class Found:
    """For whom a signal speaks, in the order of the customers.

    ``lasting`` says for whom it is so; ``since`` how many days ago it became so: only what is fresh is raised.
    ``evidence`` tells one occurrence from another; without it the signal
    is a state, and is one occurrence for as long as it lasts. ``numbers`` are what its sentence quotes.
    """

    lasting: np.ndarray
    since: np.ndarray
    evidence: np.ndarray | None
    numbers: dict[str, np.ndarray]

    @property
    def raised(self) -> np.ndarray:
        """Return for whom it became so no longer ago than a warning is good for."""
        return np.asarray(self.lasting & np.isfinite(self.since) & (self.since <= FRESH_DAYS))


@dataclass(frozen=True)
class Signal:
    """One thing that can go wrong.

    A ``test`` compares a customer with their own past and errs at a stated rate; an ``event`` happened; a ``state``
    lasts. ``reads`` names the lake tables without which it is silent. ``basis`` says how it decides. One that ``passes``
    is over when it is not so any more; the others have happened, and only a person can make them good. ``judged`` is
    false where the lake does not keep what was known at past instants, so that no back-test is possible.
    """

    name: str
    label: Text
    meaning: Text
    basis: Text
    sentences: tuple[Phrase, ...]
    suggestion: Text
    kind: Kind
    threshold: Threshold
    reads: tuple[str, ...]
    find: Callable[[Sight, float], Found]
    passes: bool = False
    judged: bool = True
