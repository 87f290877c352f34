"""One indicator: figures against targets, or against an alarm."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

WINDOW = 8  # lines that must repeat to be called a copy


@dataclass(frozen=True)
class Indicator:
    """Some figures, each with a target; ``more_is_better`` turns the comparison round."""

    name: str
    values: tuple[float, ...]
    targets: tuple[float, ...]
    alarm: float | None = None
    more_is_better: bool = False
    culprit: str = ""

    @property
    def sign(self) -> str:
        """``✓`` within the targets, ``!`` outside, ``✗`` when the last figure is past the alarm."""
        if self.alarm is not None and self._worse(self.values[-1], self.alarm):
            return "✗"
        return "!" if any(map(self._worse, self.values, self.targets)) else "✓"

    def _worse(self, value: float, limit: float) -> bool:
        return value < limit if self.more_is_better else value > limit


def spread(figures: Iterable[float]) -> tuple[float, float, float]:
    """Return median, 90th percentile and maximum."""
    ordered = sorted(figures) or [0]
    last = len(ordered) - 1
    return ordered[last // 2], ordered[round(last * 0.9)], ordered[last]


def share(part: float, whole: float) -> float:
    """Return a percentage."""
    return round(100 * part / whole, 2) if whole else 0.0


def copied(texts: Iterable[Sequence[str]]) -> float:
    """Return the percentage of lines that are part of a run of lines found twice."""
    files = [[stripped for line in text if (stripped := line.strip())] for text in texts]
    windows = [[tuple(lines[i : i + WINDOW]) for i in range(len(lines) - WINDOW + 1)] for lines in files]
    seen = Counter(window for inner in windows for window in inner)
    repeated = 0
    for inner in windows:
        starts = [i for i, window in enumerate(inner) if seen[window] > 1]
        repeated += len({i + k for i in starts for k in range(WINDOW)})
    return share(repeated, sum(map(len, files)))


def longest(items: Iterable[tuple[float, str]]) -> str:
    """Return the name that goes with the largest figure."""
    return max(items, default=(0.0, ""))[1]


def lines_of(path: Path) -> list[str]:
    """Return the lines of a text file."""
    return path.read_text().splitlines()
