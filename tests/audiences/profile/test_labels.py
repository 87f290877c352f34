"""Words that systems write are readable in both languages."""

from datetime import UTC, datetime

import pytest

from tenure.audiences.profile.labels import label, labels
from tenure.audiences.profile.timeline import Happening
from tenure.audiences.profile.words import title
from tenure.demo.complaints import TOPIC_NAMES
from tenure.kit.i18n import Text


@pytest.mark.parametrize("word", TOPIC_NAMES)
def test_every_topic_of_the_demo_has_a_chinese_name(word: str) -> None:
    assert any("\u4e00" <= sign <= "\u9fff" for sign in label(word).zh), word
    assert "_" not in label(word).en


def test_an_unknown_word_loses_its_underscores_and_a_sentence_stays() -> None:
    assert label("clicked_big_red_button") == Text("clicked big red button", "clicked big red button")
    assert label("Refund_2 please!") == Text("Refund_2 please!", "Refund_2 please!")


def test_a_list_is_told_word_by_word_and_says_that_there_is_more() -> None:
    assert labels("search, view_item, view_product …") == Text("searched, looked at a product …", "搜索、浏览商品 …")


@pytest.mark.parametrize(("chance", "told"), [(0.999, "> 99%"), (0.0, "< 1%"), (0.63, "63%"), (0.006, "1%")])
def test_nobody_is_ever_certain_to_leave_or_to_stay(chance: float, told: str) -> None:
    happening = Happening(datetime(2026, 3, 4, tzinfo=UTC), "c1", "score", "c1", number=chance)
    assert title(happening) == Text(f"Churn risk {told}", f"流失风险 {told}")
