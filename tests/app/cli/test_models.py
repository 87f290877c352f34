"""The commands of models, alerts and recommendations in a shop of 500 customers: what they say, and what they refuse."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pytest

from tenure.app.settings import Settings
from tests.app.cli.face import Run, face
from tests.risk import shops

ZH = {"TENURE_LANGUAGE": "zh"}
GOODS = ("tea", "cup", "pot", "tray", "tin")


@pytest.fixture(scope="module")
def run(new_settings: Callable[[], Settings]) -> Run:
    """The commands, in a workspace with nothing in it yet."""
    command = face(new_settings())
    assert command("start", "shop").code == 0
    return command


@pytest.fixture(scope="module")
def shop(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The commands, after a file of orders came in and everything was computed."""
    table = shops.orders(500)
    number = pc.cast(pc.utf8_slice_codeunits(table["order_id"], 1), pa.int64()).to_numpy()
    goods = [GOODS[which] for which in (number * 7 + number // 3) % len(GOODS)]
    table = table.rename_columns([{"amount": "unit_price"}.get(name, name) for name in table.column_names])
    table = table.append_column("product_id", [goods]).append_column("product_name", [goods])
    path = tmp_path_factory.mktemp("files") / "orders.csv"
    pyarrow.csv.write_csv(table, path)
    ended = run("import", path, "--yes", "--json")
    assert ended.code == 0, ended.told
    return run


def _first_customer(run: Run) -> str:
    found = run("customers", "--limit", 1, "--json").json()
    return str(found[0]["id"])  # type: ignore[index]


def test_before_anything_is_taught_every_command_says_what_to_do_first(run: Run) -> None:
    assert "tenure train" in run("models", "list").said
    assert "还没有模型" in run("models", "list", **ZH).said
    assert run("models", "list", "--json").json() == []
    unknown = run("models", "show", "abc")
    assert unknown.code == 4
    assert "There is no model abc" in unknown.told
    assert run("alerts", "--json").json()["alerts"] == []  # type: ignore[index]
    nobody = run("explain", "c0001", **ZH)
    assert nobody.code == 4
    assert nobody.told.startswith("错误：")
    assert run("recommend", "c0001").code == 4


def test_training_without_data_says_why_nothing_was_taught(run: Run) -> None:
    ended = run("train", "--json")
    assert ended.code == 0
    assert ended.json()["taught"] == []  # type: ignore[index]


def test_training_keeps_a_version_that_list_and_show_tell_about(shop: Run) -> None:
    told = shop("train", "--json").json()
    versions = [row["version"] for row in shop("models", "list", "--json").json()]  # type: ignore[attr-defined]
    assert told["model"]["version"] in versions  # type: ignore[index]
    assert set(told["taught"]) <= set(versions)  # type: ignore[index]
    version = told["model"]["version"]  # type: ignore[index]
    assert version in shop("models", "list").said
    assert "训练时间" in shop("models", "list", **ZH).said
    assert "✓" in shop("models", "show", version).said
    page = shop("models", "show", version, "--json").json()
    assert page["exam"]["auc"] > 0.5  # type: ignore[index]


def test_promoting_needs_a_reason_and_somebody_to_answer_for_it(shop: Run) -> None:
    version = shop("models", "list", "--json").json()[0]["version"]  # type: ignore[index]
    assert shop("models", "promote", version).code == 2
    assert shop("models", "promote", version, "--why", "Looked at it").code == 4  # no owner yet
    assert shop("models", "sign-off", "nothing", "--why", "Looked at it").code == 4


def test_a_score_tells_how_many_as_of_when_in_both_languages(shop: Run) -> None:
    told = shop("score", "--json").json()
    count = told["customers"]  # type: ignore[index]
    assert count > 400
    assert f"{count} customers scored as of 2025-08" in shop("score").said
    assert f"已为 {count} 位客户评分" in shop("score", **ZH).said


def test_an_explanation_adds_up_and_speaks_both_languages(shop: Run) -> None:
    customer = _first_customer(shop)
    found = shop("explain", customer, "--json").json()
    assert found["contributions"]  # type: ignore[index]
    assert "likely to leave" in shop("explain", customer).said
    ended = shop("explain", customer, **ZH)
    assert "流失概率" in ended.said
    assert "并非因果" in ended.told
    assert shop("explain", "nobody").code == 4


def test_alerts_are_listed_most_to_lose_first_and_resolved_by_whoever_answers(shop: Run) -> None:
    told = shop("alerts", "--json", "--limit", 5).json()["alerts"]  # type: ignore[index]
    assert told
    losses = [one["expected_loss"] for one in told]
    assert losses == sorted(losses, reverse=True)
    listed = shop("alerts", **ZH)
    assert told[0]["id"] in listed.said
    assert "未结案" in listed.told
    assert shop("alerts", "--owner", "stranger@example.com").code == 4
    assert shop("alerts", "resolve", told[0]["id"], "saved").code == 4  # nobody to answer for it yet
    added = shop("member", "add", "owner@example.com", "--name", "Owner", "--password", "correct-horse-battery")
    assert added.code == 0, added.told
    assert "resolved" in shop("alerts", "resolve", told[0]["id"], "saved").said
    again = shop("alerts", "resolve", told[0]["id"], "saved")
    assert again.code == 5
    assert shop("alerts", "resolve", "alert_nothing", "saved").code == 4


def test_recommendations_come_with_chance_and_reason(shop: Run) -> None:
    customer = _first_customer(shop)
    told = shop("recommend", customer, "--json", "--limit", 3).json()
    items = told["items"]  # type: ignore[index]
    assert items, told
    assert len(items) <= 3
    assert all(0 < one["chance"] <= 1 and one["reason"]["zh"] for one in items)
    shown = shop("recommend", customer, **ZH)
    assert items[0]["product"]["name"] in shown.said
    assert "推荐的效果" in shown.told
    assert shop("recommend", "nobody").code == 4
    assert shop("recommend", customer, "--max-price", -1).code == 2


def test_a_workspace_that_is_not_there_is_named_with_the_remedy(run: Run, tmp_path: Path) -> None:
    for words in (("train",), ("score",), ("models", "list"), ("alerts",), ("explain", "c"), ("recommend", "c")):
        ended = run(*words, TENURE_HOME=str(tmp_path))
        assert ended.code == 4
        assert "→ Create one: tenure start my-shop" in ended.told
