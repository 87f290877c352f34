"""Every feature has a story, and every story is told with the customer's own numbers in both languages."""

from string import Formatter

import numpy as np
import pyarrow as pa
import pytest

from tenure.features.catalog import CATALOG, WORDS
from tenure.features.feature import Feature, Unit, frequency
from tenure.kit.i18n import Text
from tenure.risk.factors import BY_FEATURE, FACTORS, Factor, factors_of, with_derived
from tenure.risk.phrases import speak

EVERY = {name: np.array([3.0, np.nan]) for name in CATALOG}
WORDS_SAID = {name: pa.array(["tea", None]) for name in WORDS}


def places(sentence: str) -> set[str]:
    """Return the names of the numbers a sentence has places for."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def own(name: str, unit: Unit) -> Feature:
    """Return an attribute as features make it."""
    return Feature(f"attributes.{name}", "profiles", Text(name, name), Text("", ""), unit, lambda rows: rows[name])


def told(factor: Factor, values: np.ndarray | pa.Array) -> tuple[list[str], list[str]]:
    """Say what an attribute's story says of some values, in both languages."""
    (name,) = factor.features
    numbers = dict(EVERY) | ({name: values} if isinstance(values, np.ndarray) else {})
    words = {name: values} if isinstance(values, pa.Array) else {}
    spoken = speak(factor.phrases, with_derived(numbers, words), "CNY", len(values))
    return spoken["en"].to_pylist(), spoken["zh"].to_pylist()


def test_every_number_and_every_word_of_the_catalog_belongs_to_one_story() -> None:
    assert set(BY_FEATURE) == {*CATALOG, *WORDS}
    assert sum(len(factor.features) for factor in FACTORS) == len(BY_FEATURE)


@pytest.mark.parametrize("factor", FACTORS, ids=lambda factor: factor.name)
def test_a_story_is_told_with_the_customers_own_numbers_the_same_in_both_languages(factor: Factor) -> None:
    known = set(with_derived(EVERY, WORDS_SAID))
    for phrase in factor.phrases:
        assert places(phrase.text.en) == places(phrase.text.zh)
        assert {*phrase.names, *(name for name, _ in phrase.above)} <= known
    assert factor.phrases[0].names
    assert factor.suggestion.en
    assert factor.suggestion.zh
    spoken = speak(factor.phrases, with_derived(EVERY, WORDS_SAID), "CNY", 2)
    assert all("{" not in text and text for said in spoken.values() for text in said.to_pylist())


@pytest.mark.parametrize(
    ("name", "unit", "values", "en", "zh"),
    [
        ("Plan", "text", pa.array(["gold", None]), ["Plan: gold", "Plan is not known"], ["Plan：gold", "Plan 不详"]),
        ("seats", "ratio", np.array([12.0, 2.5]), ["Seats: 12", "Seats: 2.5"], ["Seats：12", "Seats：2.5"]),
        ("VIP?", "flag", np.array([1.0, 0.0]), ["VIP?: yes", "VIP?: no"], ["VIP?：是", "VIP?：否"]),
        (
            "ends: {x}!", "days", np.array([3.0, -1.0]),
            ["Ends: {x}!: 3 days ago", "Ends: {x}!: in 1 day"], ["Ends: {x}!：3 天前", "Ends: {x}!：1 天后"],
        ),
    ],
)  # fmt: skip
def test_an_attribute_is_told_by_its_name_and_value_whatever_its_name(
    name: str, unit: Unit, values: np.ndarray | pa.Array, en: list[str], zh: list[str]
) -> None:
    factor = factors_of([own(name, unit)])[-1]
    assert told(factor, values) == (en, zh)
    assert factor.label == Text(name, name)


def test_a_word_too_common_to_list_is_told_by_how_many_share_it() -> None:
    feature = frequency(own("store", "text"), Text("How common store is", "store 常见程度"))
    factor = factors_of(["purchases", feature])[-1]
    assert told(factor, np.array([0.25]))[0] == ["Store: shared with 25% of all customers"]
    assert len(factors_of(["purchases", "gender"])) == len(FACTORS)
