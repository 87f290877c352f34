"""A check: one number somebody published or recomputed, beside the one this program finds today."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tenure.kit.i18n import Text


@dataclass(frozen=True)
class Check:
    """One number to come out: ``found`` may differ from ``expected`` by ``tolerance``, or by that share of it.

    With ``bound`` the number is an aim: "at_least" and "at_most" ask for no more than the right side of it.
    """

    name: str
    expected: float
    found: float
    tolerance: float = 0.0
    relative: bool = False
    bound: str = "equal"

    @property
    def difference(self) -> float:
        """Return found minus expected."""
        return self.found - self.expected

    @property
    def passed(self) -> bool:
        """Say whether the number came out."""
        reach = self.tolerance * abs(self.expected) if self.relative else self.tolerance
        if not math.isfinite(self.found):
            return False
        if self.bound == "at_least":
            return self.difference >= -reach
        if self.bound == "at_most":
            return self.difference <= reach
        return abs(self.difference) <= reach


@dataclass(frozen=True)
class Section:
    """Checks that belong together: their number in the docs, the files they read, and how they are made.

    ``files`` are paths below the folder of public data sets; where one is absent the section is left out and said so.
    """

    number: str
    title: Text
    source: Text
    files: tuple[str, ...]
    checks: Callable[[Path], Iterable[Check]]

    def missing(self, data: Path | None) -> list[str]:
        """Return the files the section needs and does not find."""
        return [name for name in self.files if data is None or not (data / name).is_file()]

    def run(self, data: Path | None) -> Iterator[Check]:
        """Make every number anew; ``data`` is needed only by sections that read files."""
        yield from self.checks(data if data is not None else Path())
