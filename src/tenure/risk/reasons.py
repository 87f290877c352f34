"""The strongest reasons behind every score, in plain words of both languages, for all customers at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.kit.i18n import LANGUAGES, Language
from tenure.kit.side_by_side import side_by_side
from tenure.risk.factors import Factor
from tenure.risk.phrases import Values, known, needed, speak, taken
from tenure.risk.risk_estimate import RiskEstimate

STRONGEST = 3
CUSTOMERS_AT_ONCE = 50_000  # whose sentences are held at a time


@dataclass(frozen=True)
class Reasons:
    """The strongest reasons, strongest first: one array of ``STRONGEST`` columns each, one row per customer.

    Sentences are worded when asked for, from ``columns``, the customers' own numbers.
    """

    factors: tuple[Factor, ...]
    which: np.ndarray  # position in ``factors``
    effect: np.ndarray  # added to the log-odds of leaving, against the average customer
    columns: Mapping[str, Values]
    currency: str

    def taken(self, rows: np.ndarray) -> "Reasons":
        """Return the reasons of some customers."""
        told = {name: taken(self.columns[name], rows) for factor in self.factors for name in needed(factor.phrases)}
        return replace(self, which=self.which[rows], effect=self.effect[rows], columns=told)

    def as_json(self) -> pa.ChunkedArray:
        """Return the reasons of each customer as the JSON the scores promise, worded some customers at a time."""
        everybody = np.arange(len(self.which))
        starts = range(0, len(everybody), CUSTOMERS_AT_ONCE)
        parts = side_by_side(lambda start: self.taken(everybody[start : start + CUSTOMERS_AT_ONCE])._json(), starts)
        return pa.chunked_array(parts, pa.string())

    def texts_as_json(self) -> pa.Array:
        """Return the sentences alone, strongest first, as a JSON list of both languages."""
        entries = [
            pc.binary_join_element_wise('{"en":"', _escaped(text["en"]), '","zh":"', _escaped(text["zh"]), '"}', "")
            for text in self.texts
        ]
        return pc.binary_join_element_wise("[", pc.binary_join_element_wise(*entries, ","), "]", "")

    @property
    def texts(self) -> tuple[dict[Language, pa.Array], ...]:
        """Return the sentences of each place, in both languages."""
        return _worded(self.factors, self.which, self.columns, self.currency)

    def suggestions(self) -> dict[Language, pa.Array]:
        """Return what to do about the strongest reason of each customer."""
        first = pa.array(self.which[:, 0])
        return {
            language: pa.array([factor.suggestion.say(language) for factor in self.factors], pa.string()).take(first)
            for language in LANGUAGES
        }

    def _json(self) -> pa.Array:
        names = _escaped(pa.array([factor.name for factor in self.factors]))
        entries = [self._entry(place, names, text) for place, text in enumerate(self.texts)]
        return pc.binary_join_element_wise("[", pc.binary_join_element_wise(*entries, ","), "]", "")

    def _entry(self, place: int, names: pa.Array, text: dict[Language, pa.Array]) -> pa.Array:
        effect = pa.array(np.round(self.effect[:, place], 4)).cast(pa.string())
        return pc.binary_join_element_wise(
            '{"factor":"',
            names.take(pa.array(self.which[:, place])),
            '","effect":',
            effect,
            ',"text":{"en":"',
            _escaped(text["en"]),
            '","zh":"',
            _escaped(text["zh"]),
            '"}}',
            "",
        )


def strongest(estimate: RiskEstimate, columns: Mapping[str, Values], currency: str) -> Reasons:
    """Return the strongest reasons from the effect of every feature on every customer.

    Reasons that point the way the customer differs from the average come first: why a risky one is risky, why a
    safe one is safe; the features of one story count together, so that no story is told twice.
    """
    told = told_by(estimate, columns)
    factors = tuple(estimate.factors[number] for number in told)
    summed = estimate.effects[:, told]
    above_average = np.nan_to_num(estimate.probability, nan=0.0) >= estimate.base_rate
    direction = np.where(above_average, 1.0, -1.0)[:, None]
    # Stable, so that equal effects keep the catalog's order and a rerun gives the same reasons.
    which = np.argsort(-np.round(summed * direction, 9), axis=1, kind="stable")[:, :STRONGEST]
    effect = np.take_along_axis(summed, which, axis=1)
    return Reasons(factors, which, effect, columns, currency)


def told_by(estimate: RiskEstimate, columns: Mapping[str, Values]) -> list[int]:
    """Return the places of the stories an estimate tells, filled up from those in which customers differ at all."""
    told = set(np.flatnonzero(np.any(estimate.effects != 0, axis=0)).tolist())
    for number, factor in enumerate(estimate.factors):
        if len(told) >= STRONGEST:
            break
        if not told or any(_differs(columns[feature]) for feature in factor.features):
            told.add(number)
    return sorted(told)


def _differs(values: Values) -> bool:
    told = taken(values, np.flatnonzero(known(values)))
    return len(pc.unique(pa.array(told))) > 1


def _worded(
    factors: tuple[Factor, ...], which: np.ndarray, columns: Mapping[str, Values], currency: str
) -> tuple[dict[Language, pa.Array], ...]:
    """Word each factor for the customers it is given to, then hand every place its sentence."""
    chunks: dict[Language, list[pa.Array]] = {language: [] for language in LANGUAGES}
    places, start = np.zeros(which.shape, dtype=np.int64), 0
    for number, factor in enumerate(factors):
        rows, slots = np.nonzero(which == number)
        if not len(rows):
            continue
        mine = {name: taken(columns[name], rows) for name in needed(factor.phrases)}
        spoken = speak(factor.phrases, mine, currency, len(rows))
        for language in LANGUAGES:
            chunks[language].append(spoken[language])
        places[rows, slots] = start + np.arange(len(rows))
        start += len(rows)
    empty = pa.array([], pa.string())
    every = {language: pa.concat_arrays(parts) if parts else empty for language, parts in chunks.items()}
    return tuple(
        {language: every[language].take(pa.array(places[:, slot])) for language in LANGUAGES}
        for slot in range(which.shape[1])
    )


def _escaped(words: pa.Array) -> pa.Array:
    return pc.replace_substring(pc.replace_substring(words, "\\", "\\\\"), '"', '\\"')


def importance(estimate: RiskEstimate) -> list[tuple[Factor, float]]:
    """Return how much each story sets customers apart: the mean size of its effect on the log-odds, largest first."""
    effects = estimate.effects[np.isfinite(estimate.probability)]
    if not len(effects):
        return []
    sizes = np.abs(effects).mean(axis=0)
    order = np.argsort(-sizes, kind="stable")
    return [(estimate.factors[number], float(sizes[number])) for number in order if sizes[number] > 0]
