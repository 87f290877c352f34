"""The scores customers give: from where to where they go, and which part of the scale says what."""

from dataclasses import dataclass

import numpy as np

from tenure.kit.i18n import Text


@dataclass(frozen=True)
class Band:
    """A part of a scale, both ends counted in."""

    name: str
    label: Text
    low: float
    high: float


@dataclass(frozen=True)
class Scale:
    """A kind of score; the first band is the dissatisfied, the last the satisfied."""

    kind: str
    label: Text
    bands: tuple[Band, Band, Band]

    def band_of(self, score: np.ndarray) -> np.ndarray:
        """Return the number of the band of each score; between two bands belongs to the lower one."""
        return np.searchsorted([band.low for band in self.bands[1:]], score, side="right")


def _scale(kind: str, label: Text, names: tuple[Text, Text, Text], ends: tuple[float, float, float, float]) -> Scale:
    worst, middle, good, best = ends
    starts, stops = (worst, middle, good), (middle - 1, good - 1, best)
    keys = ("low", "middle", "high")
    parts = [Band(*part) for part in zip(keys, names, starts, stops, strict=True)]
    return Scale(kind, label, (parts[0], parts[1], parts[2]))


_LEVELS = (Text("Dissatisfied", "不满意"), Text("In between", "一般"), Text("Satisfied", "满意"))
_EFFORT = (Text("Hard", "费力"), Text("In between", "一般"), Text("Easy", "省力"))
_LEANING = (Text("Detractors", "贬损者"), Text("Passives", "被动者"), Text("Promoters", "推荐者"))

# NPS: Reichheld, "The one number you need to grow", HBR 2003. CSAT and reviews 1-5, top two boxes; CES 1-7, 7 easy.
SCALES = (
    _scale("nps", Text("Recommendation (NPS)", "推荐意愿（NPS）"), _LEANING, (0, 7, 9, 10)),
    _scale("csat", Text("Satisfaction (CSAT)", "满意度（CSAT）"), _LEVELS, (1, 3, 4, 5)),
    _scale("ces", Text("Effort (CES)", "省力度（CES）"), _EFFORT, (1, 4, 6, 7)),
    _scale("review", Text("Reviews", "评价"), _LEVELS, (1, 3, 4, 5)),
)
