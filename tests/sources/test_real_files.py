"""Public data sets come in whole, with the counts their documentation gives."""

from decimal import Decimal
from pathlib import Path

from tenure.sources import service
from tenure.sources.service import ImportFacts, Intake
from tests.sources.make import upload_file


def brought(intake: Intake, path: Path) -> ImportFacts:
    """Import a file as it was understood."""
    return service.import_now(intake, upload_file(intake, path).id)


def sums(intake: Intake, table: str) -> tuple[int, Decimal]:
    rows = intake.lake.table(table)
    found = intake.lake.read(rows.aggregate(n=rows.count(), total=rows.amount.sum())).to_pylist()[0]
    return found["n"], found["total"]


def test_online_retail(intake: Intake, shared_data: Path) -> None:
    path = shared_data / "online-retail" / "online_retail.parquet"
    done = brought(intake, path)
    assert done.counts is not None
    facts = {
        "order_id": 25_900,
        "customer_id": 4_372,
        "country": 38,
        "product_id": 4_070,
        "rows_without_customer": 135_080,
    }
    assert facts.items() <= done.counts["facts"].items()  # type: ignore[attr-defined]
    assert (done.counts["rows"], done.counts["bad"], done.counts["inserted"]) == (541_909, 0, 25_900)
    assert sums(intake, "order_items")[0] == 541_909
    orders, net = sums(intake, "orders")
    assert (orders, round(net, 2)) == (25_900, Decimal("9747747.93"))
    again = brought(intake, path)
    assert again.counts is not None
    assert all(table["inserted"] == table["updated"] == 0 for table in again.counts["tables"].values())  # type: ignore[attr-defined]


def test_cdnow(intake: Intake, shared_data: Path) -> None:
    path = shared_data / "cdnow" / "cdnow_master.csv.gz"
    done = brought(intake, path)
    assert done.counts is not None
    assert (done.counts["inserted"], done.counts["facts"]["customer_id"]) == (69_659, 23_570)  # type: ignore[index]
    assert sums(intake, "orders") == (69_659, Decimal("2500315.6300"))
    rows = intake.lake.table("orders")
    measured = rows.aggregate(zero=(rows.amount == 0).sum(), pieces=rows.quantity.sum())
    assert intake.lake.read(measured).to_pylist() == [{"zero": 80, "pieces": 167_881.0}]
    again = brought(intake, path)
    assert again.counts is not None
    assert (again.counts["inserted"], again.counts["unchanged"]) == (0, 69_659)


def test_telco_churn(intake: Intake, shared_data: Path) -> None:
    done = brought(intake, shared_data / "telco-churn" / "telco_churn.csv.gz")
    assert done.counts is not None
    assert (done.kind, done.counts["inserted"]) == ("customers", 7_043)
    rows = intake.lake.table("customers")
    charges = rows.attributes.get("TotalCharges")
    measured = rows.aggregate(left=(rows.left_reason == "unknown").sum(), blank=charges.isnull().sum())
    assert intake.lake.read(measured).to_pylist() == [{"left": 1_869, "blank": 11}]


def test_clickstream(intake: Intake, shared_data: Path) -> None:
    done = brought(intake, shared_data / "ecom-clickstream" / "ecom_events.csv.gz")
    assert done.counts is not None
    assert (done.kind, done.counts["inserted"], done.counts["facts"]["customer_id"]) == ("events", 31_106, 600)  # type: ignore[index]
    rows = intake.lake.table("customers")
    known = rows.aggregate(n=rows.count(), won=rows.channel.notnull().sum(), since=rows.joined_at.notnull().sum())
    assert intake.lake.read(known).to_pylist() == [{"n": 600, "won": 600, "since": 600}]
