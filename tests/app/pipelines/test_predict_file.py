"""A file with a churn column becomes a file of chances and reasons, each by a model that had not seen the customer."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tenure.app.pipelines.predict_file import predict_file
from tenure.kit.errors import Invalid


@pytest.fixture(scope="module")
def customers() -> pd.DataFrame:
    rng = np.random.default_rng(9)
    table = pd.DataFrame(
        {
            "客户编号": [f"k{n}" for n in range(400)],
            "visits": rng.poisson(5, 400),
            "plan": rng.choice(["basic", "plus"], 400),
        }
    )
    odds = 1 - 0.5 * table["visits"] + 1.0 * (table["plan"] == "basic")
    table["流失"] = np.where(rng.random(400) < 1 / (1 + np.exp(-odds)), "是", "否")
    return table


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_every_kind_of_file_gives_the_same_chances(tmp_path: Path, customers: pd.DataFrame, kind: str) -> None:
    source, target = tmp_path / f"customers.{kind}", tmp_path / "answer.csv"
    write = {
        "csv": lambda: customers.to_csv(source, index=False),
        "xlsx": lambda: customers.to_excel(source, index=False, engine="xlsxwriter"),
        "parquet": lambda: customers.to_parquet(source),
    }
    write[kind]()
    done = predict_file(source, target)
    answer = pd.read_csv(target)
    assert list(answer["客户编号"]) == list(customers["客户编号"])
    assert done.report is not None
    assert done.report.auc.value > 0.7
    assert answer["churn_probability"].between(0, 1).all()
    risky = answer.nlargest(20, "churn_probability")
    assert risky["reason_1"].str.contains("visits = |plan = ").all()


def test_customers_whose_outcome_is_not_known_are_scored_by_all_the_others(
    tmp_path: Path, customers: pd.DataFrame
) -> None:
    open_ended = customers.copy()
    open_ended.loc[:49, "流失"] = None
    open_ended.to_csv(tmp_path / "open.csv", index=False)
    done = predict_file(tmp_path / "open.csv", tmp_path / "answer.parquet")
    assert (done.learned_from, done.unknown) == (350, 50)
    assert pd.read_parquet(tmp_path / "answer.parquet")["churn_probability"].notna().all()


def test_what_cannot_be_learned_from_is_refused_with_the_reason(tmp_path: Path, customers: pd.DataFrame) -> None:
    def refused(table: pd.DataFrame) -> str:
        table.to_csv(tmp_path / "bad.csv", index=False)
        with pytest.raises(Invalid) as told:
            predict_file(tmp_path / "bad.csv", tmp_path / "answer.csv")
        return told.value.message.en

    assert "no column churn" in refused(customers.drop(columns="流失"))
    assert "maybe" in refused(customers.assign(流失="maybe"))
    assert "who left" in refused(customers.assign(流失="否"))
