"""Sentences about many customers at once: a template per language, filled column by column.

``{days_since_purchase}`` is written with its feature's unit ("64 days", "64 天"), ``{days_since_purchase:n}`` as a bare
number, ``{tickets_90:+ticket}`` with an English noun that takes its plural, ``{attribute_0:text}`` as the word it is,
``{ticket_topic_90:topic}`` as words rather than the name a program gave it (late_delivery),
``{attribute_1:plain}`` with no more decimals than it has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.features.catalog import CATALOG
from tenure.kit.i18n import LANGUAGES, Language, Text
from tenure.kit.money import written

Columns = Mapping[str, np.ndarray]
Values: TypeAlias = "np.ndarray | pa.Array"  # numbers, or words as they are

_UNITS = {
    "days": Text("day", "天"),
    "minutes": Text("minute", "分钟"),
}


@dataclass(frozen=True)
class Phrase:
    """One sentence with places for numbers; it can be said of customers for whom all its numbers are known.

    ``above`` names numbers that must also exceed a bound for the sentence to be worth saying.
    """

    text: Text
    above: tuple[tuple[str, float], ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the numbers the sentence names."""
        found = {name for language in LANGUAGES for _, name, _, _ in Formatter().parse(self.text.say(language)) if name}
        return tuple(sorted(found))

    def fits(self, columns: Mapping[str, Values], size: int) -> np.ndarray:
        """Return for whom the sentence can be said."""
        fits = np.ones(size, dtype=bool)
        for name in self.names:
            fits &= known(columns[name])
        for name, bound in self.above:
            fits &= columns[name] > bound
        return fits

    def say(
        self, columns: Mapping[str, Values], language: Language, currency: str, size: int | None = None
    ) -> pa.Array:
        """Return the sentence for every row of the columns."""
        parts: list[pa.Array | pa.Scalar] = []
        for words, name, form, _ in Formatter().parse(self.text.say(language)):
            if words:
                parts.append(pa.scalar(words))
            if name:
                parts.append(_spoken(columns[name], form or _unit(name), language, currency))
        if all(isinstance(part, pa.Scalar) for part in parts):
            size = len(next(iter(columns.values()))) if size is None else size
            return pa.repeat("".join(part.as_py() for part in parts), size)
        return pc.binary_join_element_wise(*parts, "")


def known(values: Values) -> np.ndarray:
    """Return where a number or a word is known."""
    if isinstance(values, pa.Array):
        return np.asarray(values.is_valid().to_numpy(zero_copy_only=False))
    return np.array(values != None) if values.dtype == object else np.isfinite(values)  # noqa: E711 - element by element


def needed(phrases: tuple[Phrase, ...]) -> set[str]:
    """Return the names of all columns that some sentences read."""
    return {name for phrase in phrases for name in (*phrase.names, *(name for name, _ in phrase.above))}


def taken(values: Values, rows: np.ndarray) -> Values:
    """Return some rows of a column."""
    return values.take(pa.array(rows)) if isinstance(values, pa.Array) else values[rows]


def speak(
    phrases: tuple[Phrase, ...], columns: Mapping[str, Values], currency: str, size: int | None = None
) -> dict[Language, pa.Array]:
    """Return, row by row, the first phrase that fits; the last one must fit everybody."""
    size = len(next(iter(columns.values()))) if size is None else size
    which = np.full(size, len(phrases) - 1)
    for number in range(len(phrases) - 2, -1, -1):
        which[phrases[number].fits(columns, size)] = number
    spoken: dict[Language, pa.Array] = {}
    for language in LANGUAGES:
        chunks, places, start = [], np.zeros(size, dtype=np.int64), 0
        for number, phrase in enumerate(phrases):
            rows = np.flatnonzero(which == number)
            if not len(rows):
                continue
            mine = {n: taken(columns[n], rows) for n in phrase.names}
            chunks.append(phrase.say(mine, language, currency, len(rows)))
            places[rows] = start + np.arange(len(rows))
            start += len(rows)
        said = pa.concat_arrays(chunks).take(pa.array(places)) if chunks else pa.array([], pa.string())
        spoken[language] = _sentence(said)
    return spoken


def _sentence(said: pa.Array) -> pa.Array:
    """Begin with a capital."""
    first, rest = pc.utf8_slice_codeunits(said, 0, 1), pc.utf8_slice_codeunits(said, 1)
    return pc.binary_join_element_wise(pc.utf8_upper(first), rest, "")


def _unit(name: str) -> str:
    return CATALOG[name].unit if name in CATALOG else "count"


def _spoken(values: Values, form: str, language: Language, currency: str) -> pa.Array:
    if isinstance(values, pa.Array) or form in ("text", "topic"):
        words = pa.array(values, pa.string())
        return pc.replace_substring(words, "_", " ") if form == "topic" else words
    values = np.where(np.isfinite(values), values, 0.0)
    if form == "money":
        return pa.array([written(value, currency) for value in values.tolist()], pa.string())
    if form == "share":
        return pc.binary_join_element_wise(_whole(values * 100), pa.scalar("%"), "")
    if form in ("ratio", "score"):
        return _decimals(values, 1)
    if form == "plain":
        return pc.replace_substring_regex(_decimals(values, 2), r"\.?0+$", "")
    number = _whole(values)
    if form.startswith("+"):
        return number if language == "zh" else _counted(number, values, form[1:])
    if form not in _UNITS:
        return number
    if language == "en":
        return _counted(number, values, _UNITS[form].en)
    return pc.binary_join_element_wise(number, pa.scalar(" " + _UNITS[form].zh), "")


def _counted(number: pa.Array, values: np.ndarray, noun: str) -> pa.Array:
    plural = pc.if_else(pa.array(np.rint(values) == 1), f" {noun}", f" {noun}s")
    return pc.binary_join_element_wise(number, plural, "")


def _whole(values: np.ndarray) -> pa.Array:
    return pa.array(np.rint(values).astype(np.int64)).cast(pa.string())


def _decimals(values: np.ndarray, places: int) -> pa.Array:
    scaled = np.rint(np.abs(values) * 10**places).astype(np.int64)
    whole, rest = np.divmod(scaled, 10**places)
    sign = pc.if_else(pa.array((values < 0) & (scaled > 0)), "-", "")
    tail = pc.utf8_lpad(pa.array(rest).cast(pa.string()), places, "0")
    return pc.binary_join_element_wise(sign, pa.array(whole).cast(pa.string()), pa.scalar("."), tail, "")
