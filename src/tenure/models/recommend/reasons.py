"""Why an item stands on a list, in both languages: kinds of reasons, the sentence of each, and how they are filled."""

from collections.abc import Mapping
from string import Formatter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.kit.i18n import LANGUAGES, Text

WORDS: dict[str, Text] = {
    "because": Text("Because they bought {item}", "因为买过{item}"),
    "popular": Text("Popular with all customers", "受全体客户欢迎"),
    "popular_in": Text("Popular with customers in {value}", "深受{value}客户欢迎"),
    "popular_with": Text("Popular with customers whose {attribute} is {value}", "受“{attribute}”为“{value}”的客户欢迎"),
    "newcomer": Text("New in {category}, which they buy most", "最常购买的类目“{category}”上新"),
    "due": Text(
        "Bought about every {gap} days, last on {date}: due now", "约每 {gap} 天购买一次，上次为 {date}，现在该再买了"
    ),
    "rhythm": Text("Bought about every {gap} days, last on {date}", "约每 {gap} 天购买一次，上次为 {date}"),
    "often": Text("Bought {times} times, last on {date}", "购买过 {times} 次，上次为 {date}"),
    "once": Text("Bought on {date}", "曾于 {date} 购买"),
    "before": Text("Bought before", "曾购买过"),
}
PLACES = ("city", "region", "province", "state", "country")  # attributes of which one says "in"
DUE = (0.8, 2.0)  # of the usual gap since the last time: from when on, and until when, something is due
LEAST_TIMES = 3  # days on which something was bought before one speaks of a rhythm
LEAST_GAP = 2.0  # days, below which a rhythm is not worth telling


def of_habits(times: NDArray[np.float64], gap: NDArray[np.float64], elapsed: NDArray[np.float64]) -> NDArray[np.str_]:
    """Return the kind of reason for each item taken before; NaN as ``elapsed`` where no times are known."""
    regular = (times >= LEAST_TIMES) & (gap >= LEAST_GAP)
    due = regular & (elapsed >= DUE[0] * gap) & (elapsed <= DUE[1] * gap)
    return np.select([np.isnan(elapsed), due, regular, times > 1], ["before", "due", "rhythm", "often"], "once")


def sentences(kinds: NDArray[np.str_], facts: Mapping[str, NDArray[np.object_]]) -> dict[str, NDArray[np.object_]]:
    """Return the sentences of many reasons, by language; ``facts`` fill the places their kinds name."""
    told: dict[str, NDArray[np.object_]] = {language: np.full(len(kinds), "", dtype=object) for language in LANGUAGES}
    for kind, words in WORDS.items():
        rows = np.flatnonzero(kinds == kind)
        if len(rows):
            for language in LANGUAGES:
                told[language][rows] = _filled(words.say(language), rows, facts)
    return told


def _filled(template: str, rows: NDArray[np.int64], facts: Mapping[str, NDArray[np.object_]]) -> NDArray[np.object_]:
    filled = pd.Series([""] * len(rows))
    for text, name, _, _ in Formatter().parse(template):
        filled = filled + text
        if name is not None:
            filled = filled + pd.Series(facts[name][rows]).astype(str)
    return filled.to_numpy(object)
