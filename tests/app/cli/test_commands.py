"""The command line does what it says, in one workspace from the first command to the last."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tenure.app.cli import app
from tenure.app.settings import Settings
from tenure.kit.errors import TenureError

HEADER = "订单编号,买家会员名,订单付款时间,实付金额,宝贝标题\n"
MONTHS = ("2025-09", "2025-10", "2025-11", "2025-12")


@dataclass(frozen=True)
class Ended:
    """How a command ended: what it said, the number it left with, and the error it told."""

    said: str
    code: int
    error: TenureError | None

    def json(self) -> object:
        """Return what was said, read as JSON."""
        return json.loads(self.said)


Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def run(new_settings: Callable[[], Settings]) -> Run:
    """Run a command against a workspace of this file's own."""
    settings = new_settings()
    environment = {
        "TENURE_HOME": str(settings.home),
        "TENURE_DATABASE_URL": str(settings.database_url),
        "TENURE_LANGUAGE": "en",
        "COLUMNS": "200",
    }

    def command(*words: str, answer: str | None = None, **changed: str) -> Ended:
        result = CliRunner().invoke(app, list(words), input=answer, env=environment | changed)
        if result.exception is not None and not isinstance(result.exception, SystemExit | TenureError):
            raise result.exception
        error = result.exception if isinstance(result.exception, TenureError) else None
        return Ended(result.stdout, error.exit_code if error else result.exit_code, error)

    assert command("start", "shop").code == 0
    return command


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Chinese shop's export as Excel on Windows writes it: GBK, 40 customers, one bad row."""
    lines = [
        f"T{month}{customer:03},买家{customer:03},{month}-{1 + customer % 27:02} 10:00:00,{20 + customer}.50,杯子\n"
        for customer in range(40)
        for month in MONTHS[: 1 + customer % 4]
    ]
    path = tmp_path_factory.mktemp("files") / "订单.csv"
    path.write_text(HEADER + "".join(lines) + "T9,买家001,yesterday,12.00,杯子\n", encoding="gb18030")
    return path


@pytest.fixture(scope="module")
def imported(run: Run, orders: Path) -> dict[str, object]:
    """The first import, as it told itself in JSON."""
    ended = run("import", str(orders), "--yes", "--json")
    assert ended.code == 0
    told = ended.json()
    assert isinstance(told, dict)
    return told


def test_an_import_takes_the_good_rows_and_counts_the_bad_one(imported: dict[str, object]) -> None:
    counts = imported["counts"]
    assert isinstance(counts, dict)
    assert (counts["rows"], counts["inserted"], counts["bad"]) == (101, 100, 1)


def test_the_same_file_again_changes_nothing(run: Run, imported: dict[str, object], orders: Path) -> None:
    counts = run("import", str(orders), "--yes", "--json", "--no-refresh").json()["counts"]  # type: ignore[index]
    assert (counts["inserted"], counts["updated"], counts["unchanged"]) == (0, 0, 100)


def test_strict_lets_nothing_in(run: Run, imported: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("order_id,customer_id,ordered_at,amount\nX1,c1,2025-12-30,5\nX2,c1,soon,5\n")
    assert run("import", str(path), "--yes", "--strict", "--no-refresh").code == 2
    assert run("customers", "c1", "--json").json() == []


def test_a_metric_comes_with_interval_and_notes(run: Run, imported: dict[str, object]) -> None:
    told = run("metrics", "repeat_purchase_rate", "--start", "2025-09-01", "--end", "2026-01-01", "--json").json()
    row = told["rows"][0]  # type: ignore[index]
    assert row["value"] == pytest.approx(30 / 40)
    assert row["low"] < row["value"] < row["high"]


def test_an_unknown_metric_is_told_with_those_there_are(run: Run) -> None:
    ended = run("metrics", "happiness")
    assert ended.error is not None
    assert ended.error.remedy is not None
    assert "retention_rate" in ended.error.remedy.en


def test_customers_are_found_by_part_of_a_chinese_name(run: Run, imported: dict[str, object]) -> None:
    found = run("customers", "买家007", "--json").json()
    assert [row["id"] for row in found] == ["买家007"]  # type: ignore[attr-defined]


def test_why_speaks_both_languages(run: Run, imported: dict[str, object]) -> None:
    assert "%" in run("why", "买家003").said
    assert "流失概率" in run("why", "买家003", TENURE_LANGUAGE="zh").said


def test_where_no_products_are_known_nothing_is_recommended_and_why_is_said(
    run: Run, imported: dict[str, object]
) -> None:
    assert run("recommend", "买家003", "--json").json()["items"] == []  # type: ignore[index]
    assert "暂无推荐" in run("recommend", "买家003", TENURE_LANGUAGE="zh").said
    assert run("recommend", "nobody").code == 4


def test_the_call_list_goes_to_excel_and_into_the_audit_log(
    run: Run, imported: dict[str, object], tmp_path: Path
) -> None:
    assert run("call-list", "--excel", str(tmp_path / "none.xlsx")).code == 4  # nobody to answer for it yet
    added = run("member", "add", "owner@example.com", "--name", "Owner", "--password", "correct-horse-battery")
    assert added.code == 0
    assert run("call-list", "--excel", str(tmp_path / "calls.xlsx")).code == 0
    assert (tmp_path / "calls.xlsx").read_bytes().startswith(b"PK")


def test_a_key_shows_its_secret_once(run: Run, imported: dict[str, object]) -> None:
    run("member", "add", "second@example.com", "--name", "Second", "--password", "correct-horse-battery")
    secret = run("key", "make", "bi", "--scope", "metrics.read").said.strip()
    assert secret.startswith("tk_")
    assert secret not in run("key", "list", "--json").said


def test_a_refresh_for_a_day_can_be_asked_for(run: Run, imported: dict[str, object]) -> None:
    told = run("refresh", "--as-of", "2025-12-15", "--json").json()
    assert told["customers"] == 40  # type: ignore[index]


def test_the_doctor_finds_the_stores_in_order(run: Run) -> None:
    findings = run("doctor", "--json").json()
    assert {finding["state"] for finding in findings} <= {"ok", "warning"}  # type: ignore[attr-defined]


def test_the_doctor_says_what_to_do_without_a_workspace(run: Run, tmp_path: Path) -> None:
    ended = run("doctor", "--json", TENURE_HOME=str(tmp_path))
    assert ended.code == 1
    assert "tenure start" in ended.said


def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    ended = run("import", "missing.xlsx")
    assert ended.code == 4
    assert ended.error is not None
    assert "missing.xlsx" in ended.error.message.en


def test_an_undone_import_leaves_nobody_behind(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "guest.csv"
    path.write_text("order_id,customer_id,ordered_at,amount\nG1,guest,2025-12-30,5\n")
    told = run("import", str(path), "--yes", "--json", "--no-refresh").json()
    assert len(run("customers", "guest", "--json").json()) == 1  # type: ignore[arg-type]
    assert run("undo", told["id"]).code == 0  # type: ignore[index]
    assert run("customers", "guest", "--json").json() == []


def test_a_backup_can_be_written_while_in_use(run: Run, imported: dict[str, object], tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "shop.tenure")).code == 0
    assert (tmp_path / "shop.tenure").stat().st_size > 10_000
