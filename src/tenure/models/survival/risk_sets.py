"""Who was at risk when something happened to somebody: entered strictly before that moment, and not gone before it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tenure.kit.i18n import Text
from tenure.models.base import Indices, UnusableInput, Vector, same_length, vector


@dataclass(frozen=True)
class Spells:
    """Stretches of time under watch: from ``start`` (exclusive) to ``end``, where the event may have ``happened``."""

    start: Vector
    end: Vector
    happened: NDArray[np.bool_]

    @classmethod
    def checked(cls, duration: ArrayLike, happened: ArrayLike, entry: ArrayLike | None = None) -> "Spells":
        """Read durations, outcomes and optional entries, or raise ``UnusableInput``; without entries all are early."""
        end, event = vector("duration", duration), np.asarray(happened, dtype=bool)
        start = np.full(len(end), -1.0) if entry is None else vector("entry", entry)
        same_length(duration=end, happened=event.astype(np.float64), entry=start)
        if np.any(start > end):
            raise UnusableInput(_ENDS_BEFORE)
        return cls(start, end, event)

    def times(self) -> tuple[Vector, Vector]:
        """Return the moments at which something happened, and to how many."""
        time, count = np.unique(self.end[self.happened], return_counts=True)
        return time, count.astype(np.float64)

    def at_risk(self, time: Vector, weights: Vector | None = None) -> Vector:
        """Return the weight of those at risk at each of ascending moments; rows of ``weights`` may be vectors.

        Summed from the end of time backwards, so that few late customers are not the difference of two large sums.
        """
        w = np.ones(len(self.end)) if weights is None else weights
        return _from(self.end, time, w) - _from(self.start, time, w)


def _from(moments: Vector, time: Vector, weights: Vector) -> Vector:
    """Return the weight of everybody whose moment is at or after each time."""
    order: Indices = np.argsort(moments, kind="stable")
    padded = np.concatenate([weights[order], np.zeros((1, *weights.shape[1:]))])
    beyond = np.cumsum(padded[::-1], axis=0)[::-1]
    result: Vector = beyond[np.searchsorted(moments[order], time, side="left")]
    return result


_ENDS_BEFORE = Text("Nobody can leave before they enter.", "离开时间不得早于进入时间。")
