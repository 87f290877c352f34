"""One question, any metric: windows, segments, the change, and an empty lake."""

from datetime import date, datetime

import pytest

from tenure.app.wiring import Stores
from tenure.metrics import catalog
from tenure.metrics.compute import SCHEMA, compute
from tenure.metrics.reconciliation import reconcile
from tenure.warehouse.history import History

NOW = datetime(2026, 3, 1)


@pytest.mark.parametrize("name", catalog.CATALOG)
@pytest.mark.parametrize("by", [None, "country"])
def test_an_empty_lake_gives_an_empty_well_formed_answer(stores: Stores, name: str, by: str | None) -> None:
    rows = compute(History(stores.lake, NOW), name, by=by).rows
    assert rows.schema == SCHEMA
    assert rows.num_rows == (12 if by is None else 0)
    assert set(rows["n"].to_pylist()) <= {0}


def test_an_empty_lake_reconciles_to_nothing(stores: Stores) -> None:
    rows = reconcile(History(stores.lake, NOW), date(2026, 1, 1), date(2026, 2, 1))
    assert [(row.at_start, row.at_end, row.retained_rate) for row in rows] == [(0, 0, None)]


@pytest.mark.parametrize("name", catalog.CATALOG)
def test_every_metric_says_what_it_is_in_both_languages(name: str) -> None:
    metric = catalog.CATALOG[name]
    for text in (metric.label, metric.meaning, metric.formula):
        assert text.en
        assert text.zh
    assert metric.group in catalog.GROUPS
