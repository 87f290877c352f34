"""The rules that need no store: tiers, standing, silence, periods and sentences."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tenure.directory.workspace.service import TierCutoffs
from tenure.kit.i18n import Text
from tenure.risk.factors import FACTORS
from tenure.risk.phrases import Phrase, speak
from tenure.risk.rfm import rfm
from tenure.risk.silence import SilenceRisk
from tenure.risk.teaching.periods import rolling
from tenure.risk.tiers import tiers

ORDER = {"A": 0, "B": 1, "C": 2}


@given(st.lists(st.floats(0, 1e6) | st.just(float("nan")), max_size=60), st.floats(0.05, 0.5), st.floats(0.05, 0.45))
def test_more_value_never_means_a_lower_tier(values: list[float], a_share: float, b_share: float) -> None:
    found = tiers(np.array(values, dtype=float), TierCutoffs(a_share, b_share)).to_pylist()
    ranked = sorted((value, ORDER[tier]) for value, tier in zip(values, found, strict=True) if tier is not None)
    places = [place for _, place in ranked]
    assert places == sorted(places, reverse=True)
    assert all((tier is None) == np.isnan(value) for value, tier in zip(values, found, strict=True))


def test_equal_values_share_a_tier_and_three_customers_fill_three_tiers() -> None:
    cutoffs = TierCutoffs(0.2, 0.3)
    assert tiers(np.array([5.0, 1.0, 3.0]), cutoffs).to_pylist() == ["A", "C", "B"]
    assert len(set(tiers(np.full(10, 7.0), cutoffs).to_pylist())) == 1


def test_the_best_customer_is_555_and_who_never_bought_has_no_standing() -> None:
    days = np.array([1.0, 30, 60, 90, 120, np.nan])
    found = rfm(days, np.array([9.0, 7, 5, 3, 1, 0]), np.array([900.0, 700, 500, 300, 100, 0])).to_pylist()
    assert (found[0], found[4], found[5]) == ("555", "111", None)


def test_a_silence_longer_than_any_gap_that_ended_is_probably_the_end() -> None:
    risk = SilenceRisk(30).fit(np.arange(1.0, 41), np.full(40, 5.0), np.array([60.0, 90.0, 200.0]))
    fresh, usual, long = risk.predict(np.array([0.0, 20.0, 80.0]))
    assert usual < fresh < long  # 20 days: the remaining 20 gaps all end within the window
    assert long > 0.45
    assert risk.spread(np.array([80.0])) > risk.spread(np.array([0.0]))


def test_without_anybody_to_learn_from_the_chance_is_even() -> None:
    risk = SilenceRisk(30).fit(np.empty(0), np.empty(0), np.empty(0))
    assert risk.base_ == 0.5


@given(st.integers(1, 900), st.integers(7, 180), st.integers(7, 180))
def test_no_lesson_knows_anything_of_its_exam(length: int, outcome: int, look_back: int) -> None:
    first = datetime(2024, 1, 1)
    as_of = first + timedelta(days=length)
    found = rolling(first, as_of, outcome, look_back)
    if found.exam is None:
        assert length < outcome + look_back
        return
    assert found.exam + timedelta(days=outcome) == as_of
    for lesson in found.lessons:
        assert lesson + timedelta(days=outcome) <= found.exam
        assert lesson >= first + timedelta(days=look_back)


def test_the_first_sentence_that_fits_is_said_with_the_numbers_of_each_customer() -> None:
    phrases = (
        Phrase(
            Text("{tickets_90:+ticket}, {days_since_ticket} ago", "{tickets_90:n} 个工单，{days_since_ticket}前"),
            (("tickets_90", 0),),
        ),
        Phrase(Text("no ticket", "没有工单")),
    )
    columns = {"tickets_90": np.array([1.0, 0, 3]), "days_since_ticket": np.array([1.0, np.nan, 12])}
    spoken = speak(phrases, columns, "CNY")
    assert spoken["en"].to_pylist() == ["1 ticket, 1 day ago", "No ticket", "3 tickets, 12 days ago"]
    assert spoken["zh"].to_pylist() == ["1 个工单，1 天前", "没有工单", "3 个工单，12 天前"]


def test_money_and_shares_are_written_out_and_negative_ones_keep_their_sign() -> None:
    phrase = Phrase(Text("{revenue} and {return_share}", "{revenue} 与 {return_share}"))
    columns = {"revenue": np.array([1234.5, -0.05]), "return_share": np.array([0.125, 1.0])}
    assert phrase.say(columns, "en", "CNY").to_pylist() == ["¥1,234 and 12%", "-¥0.05 and 100%"]
    assert isinstance(phrase.say(columns, "zh", "CNY"), pa.Array)


def test_the_last_sentence_of_every_factor_can_be_said_of_anybody() -> None:
    for factor in FACTORS:
        assert not factor.phrases[-1].names, factor.name
        assert not factor.phrases[-1].above, factor.name
