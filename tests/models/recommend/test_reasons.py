"""Reasons are whole sentences in both languages."""

from string import Formatter

import numpy as np

from tenure.models.recommend.reasons import WORDS, of_habits, sentences


def test_both_languages_name_the_same_facts() -> None:
    for kind, words in WORDS.items():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (words.en, words.zh)]
        assert names[0] == names[1], kind


def test_sentences_are_filled_row_by_row() -> None:
    facts = {
        "item": np.array(["Tea 100%", None, "Cup {x}"], dtype=object),
        "value": np.array([None, "上海", None], dtype=object),
    }
    told = sentences(np.array(["because", "popular_in", "because"]), facts)
    assert told["en"].tolist() == [
        "Because they bought Tea 100%",
        "Popular with customers in 上海",
        "Because they bought Cup {x}",
    ]
    assert told["zh"].tolist() == ["因为买过Tea 100%", "深受上海客户欢迎", "因为买过Cup {x}"]


def test_a_habit_is_due_near_its_usual_gap() -> None:
    times, gap = np.array([5.0, 5, 5, 2, 1, 1, 9]), np.array([30.0, 30, 30, 30, 30, 30, 1])
    elapsed = np.array([31.0, 5, 90, 31, 31, np.nan, 1])
    assert of_habits(times, gap, elapsed).tolist() == ["due", "rhythm", "rhythm", "often", "once", "before", "often"]
