"""The planted truths can be found in the data: hazards, outlooks, campaign effects, what complaints do."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from tenure import demo


def calibration(predicted: pd.Series, happened: pd.Series, groups: int = 10) -> pd.DataFrame:
    """Compare predicted and observed counts by group of rising prediction, with the binomial error."""
    group = predicted.rank(method="first").mul(groups).div(len(predicted) + 1).astype(int)
    frame = pd.DataFrame({"p": predicted, "y": happened.astype(float), "v": predicted * (1 - predicted).clip(0)})
    sums = frame.groupby(group).sum()
    sums["z"] = (sums["y"] - sums["p"]) / np.sqrt(sums["v"].clip(lower=0.25))
    return sums


@pytest.fixture(scope="module")
def risk(large_company: demo.Company) -> pd.DataFrame:
    frame = large_company.truth["risk"].to_pandas()
    return frame[frame["state"] != "gone"]


def test_leavers_are_as_many_as_the_true_hazards_say(large_company: demo.Company) -> None:
    months = large_company.truth["hazards"].to_pandas()
    by_hazard = months.groupby(pd.qcut(months["hazard_at_start"], 10), observed=True)
    by_month = months.groupby("month")
    for groups in (by_hazard, by_month):
        sums = groups[["left", "hazard"]].sum()
        z = (sums["left"] - sums["hazard"]) / np.sqrt(sums["hazard"].clip(lower=0.25))
        assert z.abs().max() < 4, z


def test_ninety_day_outlook_is_what_then_happens(risk: pd.DataFrame) -> None:
    for _, frame in risk.groupby("as_of"):
        assert calibration(frame["leave_probability_90"], frame["left_within_90"])["z"].abs().max() < 4
        assert calibration(frame["leave_probability_90"], frame["left_within_90"], 1)["z"].abs().max() < 3


def test_silence_is_as_likely_as_the_outlook_says(large_company: demo.Company, risk: pd.DataFrame) -> None:
    traits = large_company.truth["customers"].to_pandas().set_index("customer_id")
    buyers = risk[traits.loc[risk["customer_id"], "retail"].to_numpy()]
    for _, frame in buyers.groupby("as_of"):
        assert calibration(frame["silence_probability_90"], frame["orders_within_90"] == 0)["z"].abs().max() < 4


def test_expected_orders_and_value_are_right_on_average(risk: pd.DataFrame) -> None:
    assert risk["orders_within_90"].sum() == pytest.approx(risk["expected_orders_90"].sum(), rel=0.03)
    assert risk["value_within_90"].sum() == pytest.approx(risk["expected_value_90"].sum(), rel=0.06)


def test_the_oracle_knows_much_but_not_all(risk: pd.DataFrame) -> None:
    auc = roc_auc_score(risk["left_within_90"], risk["leave_probability_90"])
    assert 0.78 < auc < 0.90


def test_campaigns_do_to_each_group_what_was_planted(large_company: demo.Company) -> None:
    drawn = large_company.truth["assignments"].to_pandas()
    drawn = drawn[drawn["still_a_customer"]]

    def z(group: str) -> float:
        rows = drawn[drawn["persuadability"] == group]
        treated, control = (rows.loc[rows["treated"] == arm, "left_within_13_weeks"] for arm in (True, False))
        error = np.sqrt(treated.var() / len(treated) + control.var() / len(control))
        return float((treated.mean() - control.mean()) / error)

    assert z("persuadable") < -3
    assert z("sleeping_dog") > 0  # four hundred people: the effect is large, but so is the error
    assert abs(z("sure_thing")) < 3
    assert abs(z("lost_cause")) < 3


def test_arms_were_drawn_by_lot(large_company: demo.Company) -> None:
    drawn = large_company.truth["assignments"].to_pandas().merge(large_company.truth["customers"].to_pandas(), "left")
    for _, rows in drawn.groupby("campaign"):
        for trait in ("exit_rate_per_month", "purchase_rate_per_month", "satisfaction"):
            treated, control = (rows.loc[rows["treated"] == arm, trait] for arm in (True, False))
            error = np.sqrt(treated.var() / len(treated) + control.var() / len(control))
            assert abs(treated.mean() - control.mean()) < 4 * error


def test_held_out_customers_got_no_message(large_company: demo.Company) -> None:
    messages = large_company.tables["messages"].to_pandas()
    held_out = messages[messages["status"] == "held_out"]
    controls = (~large_company.truth["assignments"]["treated"].to_numpy(zero_copy_only=False)).sum()
    assert len(held_out) == controls
    assert held_out[["delivered_at", "opened_at", "clicked_at"]].isna().all(axis=None)


def test_nobody_is_written_to_without_consent(large_company: demo.Company) -> None:
    messages = large_company.tables["messages"].to_pandas()
    sent = messages[messages["status"] != "held_out"]
    consent = large_company.tables["consent"].to_pandas().sort_values("at", kind="stable")
    sent = sent.sort_values("sent_at")
    state = pd.merge_asof(
        sent, consent, left_on="sent_at", right_on="at", by=["customer_id", "channel"], allow_exact_matches=True
    )["state"]
    assert (state == "granted").all()


def test_complaints_drive_customers_away(large_company: demo.Company) -> None:
    effects = large_company.truth["effects"].to_pandas().set_index("name")["log_hazard_effect"]
    assert effects["quality"] > effects["late_delivery"] > effects["product_question"] == 0
    risk = large_company.truth["risk"].to_pandas()
    traits = large_company.truth["customers"].to_pandas()[["customer_id", "exit_rate_per_month"]]
    risk = risk[risk["state"] == "warm"].merge(traits)
    angry = risk["log_hazard_of_complaints"] > 0.5
    # Compare with calm customers of the same exit rate, because complainers buy more and stay longer.
    band = pd.qcut(risk["exit_rate_per_month"], 8, labels=False)
    calm_rate = risk[~angry].groupby(band[~angry])["left_within_90"].mean()
    expected = band[angry].map(calm_rate)
    error = np.sqrt((expected * (1 - expected)).sum())
    assert risk.loc[angry, "left_within_90"].sum() - expected.sum() > 2 * error


def test_visits_grow_rarer_and_shorter_before_people_leave(large_company: demo.Company) -> None:
    traits = large_company.truth["customers"].to_pandas()
    joined = large_company.tables["customers"].select(["customer_id", "joined_at"]).to_pandas()
    leavers = traits[traits["left_before_end"]].merge(joined)
    leavers = leavers[(leavers["left_at"] - leavers["joined_at"]).dt.days > 120][["customer_id", "left_at"]]
    events = large_company.tables["events"].drop_columns(["properties"]).to_pandas().merge(leavers)
    days = (events["left_at"] - events["occurred_at"]).dt.days
    near, before = events[days.between(0, 27)], events[days.between(84, 111)]
    assert len(near) < 0.65 * len(before)
    assert near["duration_seconds"].mean() < 0.92 * before["duration_seconds"].mean()


def test_satisfied_customers_also_leave_and_dissatisfied_ones_also_stay(large_company: demo.Company) -> None:
    answers = large_company.tables["feedback"].to_pandas()
    answers = answers[answers["kind"] == "nps"].merge(large_company.truth["customers"].to_pandas(), on="customer_id")
    promoters, detractors = answers[answers["score"] >= 9], answers[answers["score"] <= 6]
    assert promoters["left_before_end"].mean() > 0.10
    assert detractors["left_before_end"].mean() < 0.75
    assert promoters["left_before_end"].mean() + 0.05 < detractors["left_before_end"].mean()


def test_a_score_and_its_words_agree(large_company: demo.Company) -> None:
    reviews = large_company.tables["feedback"].to_pandas()
    reviews = reviews[(reviews["kind"] == "review") & reviews["text"].notna()]
    angry = reviews["text"].str.contains("差评|真的很失望|Regret|disappointed|Never again|避雷")
    assert reviews.loc[angry, "score"].max() <= 2
    assert 0.5 < (reviews["score"] >= 4).mean() < 0.9
