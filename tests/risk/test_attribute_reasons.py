"""A workspace's own attribute that tells who leaves is learned, and is told as a reason that adds to the score."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tenure.app.wiring import Stores
from tenure.directory.workspace.service import ChurnDefinition
from tenure.features import attributes, build
from tenure.features.build import FeatureTable
from tenure.models.base import logit
from tenure.risk import definition, estimate, reasons
from tenure.risk.factors import with_derived
from tenure.risk.risk_estimate import RiskEstimate
from tenure.risk.teaching import teacher
from tenure.risk.teaching.taught import Taught
from tenure.warehouse.history import History
from tests.features import make
from tests.features.world import recorded
from tests.risk import shops

Scored = tuple[FeatureTable, RiskEstimate, teacher.Course]


def _shop() -> tuple[pa.Table, pa.Table]:
    """Return orders, and profiles that were there from the start: who is on plan basic leaves much sooner."""
    orders = shops.orders(1_200, seed=9).to_pandas()
    names = np.sort(orders["customer_id"].unique())
    basic = np.random.default_rng(3).random(len(names)) < 0.5
    plan = dict(zip(names, basic, strict=True))
    first = orders.groupby("customer_id")["ordered_at"].transform("min")
    age = (orders["ordered_at"] - first) / pd.Timedelta(days=1)
    number = orders["customer_id"].str[1:].astype(int)
    stay = np.random.default_rng(5).exponential(60, number.max() + 1)[number]
    kept = ~orders["customer_id"].map(plan).to_numpy() | (age < stay).to_numpy()
    last = orders[kept].groupby("customer_id")["ordered_at"].max()
    cells = [
        [("Plan", "basic" if plan[name] else "gold"), ("ended", f"{last[name]:%Y-%m-%d}")] for name in names
    ]  # nobody could have known from the start when each would buy for the last time
    told = {"customer_id": names, "attributes": pa.array(cells, pa.map_(pa.string(), pa.string()))}
    return pa.Table.from_pandas(orders[kept], preserve_index=False), make.rows("customers", told)


@pytest.fixture(scope="module")
def scored(stores: Stores) -> Scored:
    """The shop, its model and everybody's risk."""
    orders, profiles = _shop()
    make.add(stores.lake, "orders", orders)
    stores.lake.append("customers", recorded(profiles, [shops.BEGIN] * profiles.num_rows))
    end = pc.max(orders["ordered_at"]).as_py().replace(hour=0, minute=0, second=0, microsecond=0)
    history = History(stores.lake, end, "UTC")
    leaving = definition.leaving(history, ChurnDefinition(window_days=shops.WINDOW))
    course = teacher.teach(history, leaving)
    assert isinstance(course, teacher.Course)
    now = replace(history, known_by=make.RECORDED)
    features = build.read(now, attributes.beside_catalog(now))
    taught = Taught("blend", "1", course.rich.model, None, ())
    return features, estimate.estimate(history, leaving, features, taught), course


def test_the_model_reads_the_attribute(scored: Scored) -> None:
    assert "attributes.Plan" in scored[2].rich.model.features


def test_the_same_customers_at_other_dates_are_no_leak_and_an_attribute_that_knows_the_outcome_is_left_out(
    scored: Scored,
) -> None:
    course = scored[2]
    assert [finding.about for finding in course.leaks] == ["attributes.ended"]
    assert "attributes.ended" not in course.rich.model.features
    assert {gate.name: gate.passed for gate in course.rich.gates}["leaks"]
    assert course.lessons.customers is not None
    assert len(set(course.lessons.customers)) < len(course.lessons)


def test_stories_and_base_add_up_to_the_log_odds_attributes_included(scored: Scored) -> None:
    _, risk, _ = scored
    known = np.isfinite(risk.probability)
    total = risk.base[known] + risk.effects[known].sum(axis=1)
    assert np.abs(total - logit(risk.probability[known])).max() < 1e-6
    (place,) = [number for number, factor in enumerate(risk.factors) if factor.name == "attributes.Plan"]
    assert np.abs(risk.effects[known, place]).max() > 0.1


def test_who_is_on_the_plan_people_leave_is_told_so_and_who_is_on_the_other_stands_better(scored: Scored) -> None:
    features, risk, _ = scored
    (place,) = [number for number, factor in enumerate(risk.factors) if factor.name == "attributes.Plan"]
    plan = features.words["attributes.Plan"].to_numpy(zero_copy_only=False)
    effect = risk.effects[:, place]
    judged = effect != 0
    assert effect[judged & (plan == "basic")].mean() > effect[judged & (plan == "gold")].mean()
    told = reasons.strongest(risk, with_derived(features.columns, features.words), "CNY")
    said = {text for texts in told.texts for text in texts["en"].to_pylist()}
    assert "Plan: basic" in said


def test_a_model_asked_without_its_attribute_reads_it_as_not_known(scored: Scored) -> None:
    features, _, course = scored
    model = course.rich.model
    table = features.taken([name for name in model.features if name != "attributes.Plan"], np.arange(50))
    assert np.isfinite(model.probability(table, course.exam_at)).all()
