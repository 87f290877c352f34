"""`tenure predict`: a file that says who left teaches a model, and the model scores the next file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tenure.app.settings import Settings
from tests.app.cli.face import Run, face

ZH = {"TENURE_LANGUAGE": "zh"}


def telephone(customers: int, seed: int) -> pd.DataFrame:
    """A telephone company's customers: contract, months, charges (some blank), and who left."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "customerID": [f"t{seed}-{n}" for n in range(customers)],
            "Contract": rng.choice(["Month-to-month", "One year"], customers, p=[0.6, 0.4]),
            "tenure": rng.integers(0, 72, customers),
            "Charges": np.where(
                rng.random(customers) < 0.02, " ", rng.uniform(20, 110, customers).round(2).astype(str)
            ),
        }
    )
    odds = 1.2 * (table["Contract"] == "Month-to-month") - 0.05 * table["tenure"]
    table["Churn"] = np.where(rng.random(customers) < 1 / (1 + np.exp(-odds)), "Yes", "No")
    return table


@pytest.fixture(scope="module")
def run(new_settings: Callable[[], Settings]) -> Run:
    command = face(new_settings())
    assert command("start", "shop").code == 0
    return command


@pytest.fixture(scope="module")
def taught(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The commands, after one file has taught a model that was kept."""
    source = tmp_path_factory.mktemp("taught") / "telco.csv"
    telephone(600, 1).to_csv(source, index=False)
    ended = run("predict", source, "--churn", "Churn", "--save", "telco")
    assert ended.code == 0, ended.told
    assert "Kept as telco" in ended.said
    return run


def _file(folder: Path, table: pd.DataFrame) -> Path:
    path = folder / "new.csv"
    table.to_csv(path, index=False)
    return path


def _chances(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "new-churn.csv")


def test_a_file_that_says_who_left_needs_no_workspace(run: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, telephone(300, 5))
    ended = run("predict", source, "--json", TENURE_HOME=str(tmp_path / "nowhere"))
    told = ended.json()
    assert (told["learned_from"], told["model"]) == (300, None)  # type: ignore[index]
    assert told["auc"] > 0.7  # type: ignore[index]
    assert list(_chances(tmp_path)["customerID"]) == list(telephone(300, 5)["customerID"])
    assert "均由未见过其数据的模型评分" in run("predict", source, **ZH).said


def test_a_file_that_does_not_is_refused_where_no_model_is_kept(run: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, telephone(50, 6).drop(columns="Churn"))
    for home in ({}, {"TENURE_HOME": str(tmp_path / "nowhere")}):
        ended = run("predict", source, **home)
        assert ended.code == 2
        assert "no column churn" in ended.told
        assert "--save NAME" in ended.told
    assert "--save 名称" in run("predict", source, **ZH).told
    assert run("predict", source, "--model", "telco").code == 4


def test_the_kept_model_ranks_a_second_file_whose_outcomes_it_never_saw(taught: Run, tmp_path: Path) -> None:
    second = telephone(500, 2)
    told = taught("predict", _file(tmp_path, second.drop(columns="Churn")), "--model", "telco", "--json").json()
    assert told["model"].startswith("telco (")  # type: ignore[index]
    assert (told["learned_from"], told["auc"], told["notes"]) == (0, None, [])  # type: ignore[index]
    chances = _chances(tmp_path)
    left = (second["Churn"] == "Yes").to_numpy()
    assert chances["churn_probability"][left].mean() > chances["churn_probability"][~left].mean() + 0.1
    assert chances["reason_1"].dropna().str.contains("Contract = |tenure = |Charges = ").all()


def test_the_kept_model_gives_the_same_chances_by_name_by_version_and_by_default(taught: Run, tmp_path: Path) -> None:
    source = _file(tmp_path, telephone(200, 3).drop(columns="Churn"))
    version = taught("models", "list", "--json").json()[0]["version"]  # type: ignore[index]
    found = []
    for words in (("--model", "telco"), ("--model", version), ()):
        assert taught("predict", source, *words).code == 0
        found.append((tmp_path / "new-churn.csv").read_bytes())
    assert found[0] == found[1] == found[2]


def test_a_model_put_to_a_file_with_outcomes_says_how_good_it_is_there(taught: Run, tmp_path: Path) -> None:
    told = taught("predict", _file(tmp_path, telephone(500, 4)), "--model", "telco", "--json").json()
    assert told["auc"] > 0.7  # type: ignore[index]
    assert "结果已知的 500 位客户" in taught("predict", tmp_path / "new.csv", "--model", "telco", **ZH).said


def test_a_column_that_is_missing_is_named_with_those_the_model_reads(taught: Run, tmp_path: Path) -> None:
    ended = taught("predict", _file(tmp_path, telephone(50, 7).drop(columns=["Churn", "tenure"])), "--model", "telco")
    assert ended.code == 2
    assert "taught with: tenure." in ended.told
    assert "Contract, tenure, Charges" in ended.told
    assert "缺少" in taught("predict", tmp_path / "new.csv", "--model", "telco", **ZH).told


def test_words_where_numbers_were_are_refused_by_column_and_word(taught: Run, tmp_path: Path) -> None:
    strange = telephone(50, 8).drop(columns="Churn").astype({"tenure": str})
    strange.loc[3:9, "tenure"] = "long"
    ended = taught("predict", _file(tmp_path, strange), "--model", "telco")
    assert ended.code == 2
    assert "Column tenure held numbers" in ended.told
    assert "“long”" in ended.told
    assert "→" in ended.told


def test_values_never_seen_and_columns_not_known_are_told_and_scored_all_the_same(taught: Run, tmp_path: Path) -> None:
    fresh = telephone(50, 9).drop(columns="Churn")
    fresh.loc[:4, "Contract"] = "Two year"
    fresh["Favourite"] = "blue"
    told = taught("predict", _file(tmp_path, fresh), "--model", "telco", "--json").json()
    notes = " ".join(note["en"] for note in told["notes"])  # type: ignore[index]
    assert "Column Contract holds values the model has never seen (Two year), for 5 customers" in notes
    assert "left out: Favourite" in notes
    assert _chances(tmp_path)["churn_probability"].notna().all()
    assert "从未见过的取值" in taught("predict", tmp_path / "new.csv", "--model", "telco", **ZH).said


def test_an_unknown_model_is_refused_with_those_there_are(taught: Run, tmp_path: Path) -> None:
    ended = taught("predict", _file(tmp_path, telephone(50, 7)), "--model", "bank")
    assert ended.code == 4
    assert "There are: telco" in ended.told


def test_the_newest_model_of_a_name_answers_and_the_older_keeps_its_version(taught: Run, tmp_path: Path) -> None:
    before = {row["version"] for row in taught("models", "list", "--json").json()}  # type: ignore[attr-defined]
    told = taught("predict", _file(tmp_path, telephone(400, 11)), "--save", "telco", "--json").json()
    version = told["saved"]["version"]  # type: ignore[index]
    rows = taught("models", "list", "--json").json()
    assert before < {row["version"] for row in rows}  # type: ignore[attr-defined]
    assert rows[0]["version"] == version  # type: ignore[index]
    used = taught("predict", tmp_path / "new.csv", "--model", "telco", "--json").json()["model"]  # type: ignore[index]
    assert used == f"telco ({version})"


def test_a_file_that_is_missing_empty_or_no_table_is_told_with_its_name(run: Run, tmp_path: Path) -> None:
    missing = run("predict", tmp_path / "none.csv")
    assert missing.code == 4
    assert "none.csv" in missing.told.replace("\n", "")
    assert "找不到文件" in run("predict", tmp_path / "none.csv", **ZH).told
    for name, content in (("empty.csv", b""), ("broken.xlsx", b"PK nothing"), ("head.csv", b"a,churn\n")):
        (tmp_path / name).write_bytes(content)
        ended = run("predict", tmp_path / name)
        assert ended.code == 2, name
        assert name in ended.told
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    assert run("predict", tmp_path / "notes.pdf").code == 2


def test_a_file_in_the_encoding_of_chinese_windows_is_read(run: Run, tmp_path: Path) -> None:
    table = telephone(300, 12).rename(columns={"Contract": "合约", "Churn": "是否流失"})
    table["是否流失"] = table["是否流失"].map({"Yes": "是", "No": "否"})
    table.to_csv(tmp_path / "new.csv", index=False, encoding="gb18030")
    told = run("predict", tmp_path / "new.csv", "--json").json()
    assert told["learned_from"] == 300  # type: ignore[index]
    assert _chances(tmp_path)["reason_1"].dropna().str.contains("合约 = ").any()
