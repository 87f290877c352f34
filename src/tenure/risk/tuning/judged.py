"""What was found of one signal."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Judged:
    """Figures of the back-test, and what became of customers after real alerts; None where nothing can be said."""

    back_test: Mapping[str, object] | None = None
    happened: Mapping[str, object] | None = None
