"""The made-up company's tables: the same for a seed, in the promised shape, and consistent with one another."""

import hashlib
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tenure import demo
from tenure.warehouse.schema import CONTRACTS

from .conftest import END

PROVENANCE = ("source", "recorded_at", "changed_at")
LAKE_TABLES = (
    "customers", "orders", "order_items", "products", "payments", "subscriptions", "events", "tickets", "feedback",
    "messages",
)  # fmt: skip
LATER = (
    ("tickets", "opened_at", "first_response_at"),
    ("tickets", "first_response_at", "closed_at"),
    ("subscriptions", "started_at", "ended_at"),
    ("messages", "sent_at", "delivered_at"),
    ("messages", "delivered_at", "opened_at"),
    ("messages", "opened_at", "clicked_at"),
    ("customers", "joined_at", "left_at"),
    ("payments", "due_at", "paid_at"),
)


def fingerprint(company: demo.Company) -> str:
    digest = hashlib.sha256()
    named = {**company.tables, **{f"truth.{name}": table for name, table in company.truth.items()}}
    for name, table in named.items():
        digest.update(name.encode())
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table.combine_chunks())
        digest.update(sink.getvalue())
    return digest.hexdigest()


def values(table: pa.Table, column: str) -> np.ndarray:
    return table[column].to_numpy()


def joined(table: pa.Table, key: str, other: pa.Table, other_key: str) -> np.ndarray:
    return np.asarray(pc.index_in(table[key], value_set=pc.unique(other[other_key])).to_numpy())


def test_same_seed_gives_the_same_bytes() -> None:
    first, again = (demo.generate(5, end=END, customers=400, months=14) for _ in range(2))
    other = demo.generate(6, end=END, customers=400, months=14)
    assert fingerprint(first) == fingerprint(again)
    assert fingerprint(first) != fingerprint(other)


def test_a_time_zone_on_the_end_changes_nothing() -> None:
    aware = datetime.fromisoformat("2026-03-16T00:00:00+08:00")
    local, naive = (demo.generate(5, end=end, customers=200, months=13) for end in (aware, END))
    assert fingerprint(local) == fingerprint(naive)


@pytest.mark.parametrize("name", LAKE_TABLES)
def test_columns_and_types_are_those_the_lake_promises(company: demo.Company, name: str) -> None:
    promised = CONTRACTS[name].schema().to_pyarrow()
    expected = [(field.name, field.type) for field in promised if field.name not in PROVENANCE]
    assert [(field.name, field.type) for field in company.tables[name].schema] == expected


@pytest.mark.parametrize("name", LAKE_TABLES)
def test_rows_keep_the_contract(company: demo.Company, name: str) -> None:
    contract, table = CONTRACTS[name], company.tables[name]
    assert table.num_rows > 0
    assert pc.count_distinct(table[contract.key]).as_py() == table.num_rows
    for column in contract.columns:
        if column.name not in table.column_names:
            continue
        cells = table[column.name]
        assert not (column.required and cells.null_count), f"{name}.{column.name} has empty cells"
        if column.allowed:
            assert set(pc.unique(cells.drop_null()).to_pylist()) <= set(column.allowed)
        if column.low is not None and column.high is not None:
            assert pc.min(cells).as_py() >= column.low
            assert pc.max(cells).as_py() <= column.high


@pytest.mark.parametrize("name", [name for name in (*LAKE_TABLES, "consent") if name != "products"])
def test_every_customer_named_is_on_file(company: demo.Company, name: str) -> None:
    table = company.tables[name]
    known = table.filter(pc.is_valid(table["customer_id"]))
    assert joined(known, "customer_id", company.tables["customers"], "customer_id").min() >= 0


def test_references_between_tables_hold(company: demo.Company) -> None:
    tables = company.tables
    for name, key, other in (
        ("order_items", "order_id", "orders"),
        ("payments", "order_id", "orders"),
        ("feedback", "order_id", "orders"),
        ("payments", "subscription_id", "subscriptions"),
        ("order_items", "product_id", "products"),
        ("events", "product_id", "products"),
        ("feedback", "product_id", "products"),
    ):
        table = tables[name].filter(pc.is_valid(tables[name][key]))
        assert table.num_rows > 0
        assert not np.isnan(joined(table, key, tables[other], key).astype(float)).any(), f"{name}.{key}"


def test_lines_add_up_to_their_order(company: demo.Company) -> None:
    lines = company.tables["order_items"].group_by("order_id").aggregate([("amount", "sum"), ("quantity", "sum")])
    both = company.tables["orders"].join(lines, "order_id")
    assert both.num_rows == company.tables["orders"].num_rows
    assert pc.all(pc.equal(both["amount"], pc.cast(both["amount_sum"], both["amount"].type))).as_py()
    assert pc.all(pc.equal(both["quantity"], both["quantity_sum"])).as_py()


def test_times_follow_one_another_and_none_passes_the_end(company: demo.Company) -> None:
    for name, table in company.tables.items():
        for field in table.schema:
            if pa.types.is_timestamp(field.type) and field.name != "paid_through_at":
                latest = pc.max(table[field.name]).as_py()
                assert latest is None or latest < END, f"{name}.{field.name}"
    for name, before, after in LATER:
        table = company.tables[name]
        order = pc.less_equal(table[before], table[after])
        assert pc.all(order).as_py(), f"{name}: {before} after {after}"


def test_nobody_acts_before_joining(company: demo.Company) -> None:
    since = company.tables["customers"].select(["customer_id", "joined_at"])
    for name, time in (("orders", "ordered_at"), ("events", "occurred_at"), ("tickets", "opened_at")):
        both = company.tables[name].select(["customer_id", time]).join(since, "customer_id", join_type="inner")
        early = pc.sum(pc.less(both[time], both["joined_at"])).as_py()
        assert early == 0, f"{early} rows of {name} before their customer joined"


def test_late_rows_become_known_later_but_before_the_end(company: demo.Company) -> None:
    orders = company.with_recorded_at("orders")
    lag = (values(orders, "recorded_at") - values(orders, "ordered_at")).astype("timedelta64[s]").astype(np.int64)
    assert lag.min() >= 0
    assert 0.01 < (lag > 3600).mean() < 0.03
    assert pc.max(orders["recorded_at"]).as_py() < END


def test_the_usual_mess_is_there(company: demo.Company) -> None:
    orders, twice = company.tables["orders"], company.truth["duplicates"]
    assert 0.005 < orders["customer_id"].null_count / orders.num_rows < 0.02
    assert twice.num_rows > 0
    people = company.tables["customers"]
    names = dict(zip(people["customer_id"].to_pylist(), people["name"].to_pylist(), strict=True))
    pairs = zip(twice["customer_id"].to_pylist(), twice["duplicate_id"].to_pylist(), strict=True)
    assert all(names[first] == names[second] for first, second in pairs)
    assert {"sale", "return"} == set(pc.unique(orders["kind"]).to_pylist())
    assert {"paid", "cancelled"} <= set(pc.unique(orders["status"]).to_pylist())


def test_no_address_or_number_could_belong_to_anyone(company: demo.Company) -> None:
    people = company.tables["customers"]
    emails = pc.utf8_lower(people["email"].drop_null())
    assert pc.all(pc.match_substring_regex(emails, r"@(mail\.)?example\.(com|org|net)$")).as_py()
    phones = people["phone"].drop_null()
    assert pc.all(pc.match_substring_regex(phones, r"^(\+86)?1740[0-5]\d{6}$|^\+1\d{3}55501\d\d$")).as_py()
    first = people.slice(0, 2_000)
    for column in ("email", "phone", "wecom_id"):
        known = first[column].drop_null()
        assert pc.count_distinct(known).as_py() == len(known)


def test_texts_are_varied_and_in_the_language_they_claim(company: demo.Company) -> None:
    tickets = company.tables["tickets"]
    chinese = pc.match_substring_regex(tickets["text"], r"\p{Han}")
    assert pc.all(pc.equal(chinese, pc.equal(tickets["language"], "zh"))).as_py()
    reviews = company.tables["feedback"]
    texts = reviews["text"].filter(pc.equal(reviews["kind"], "review")).drop_null()
    assert pc.count_distinct(texts).as_py() > 0.97 * len(texts)


def test_batches_are_the_company_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenure.demo.company.BATCH", 150)
    whole = demo.generate(3, end=END, customers=400, months=13)
    files = demo.write(demo.generate_batches(3, end=END, customers=400, months=13), tmp_path)
    assert tmp_path / "truth" / "risk.parquet" in files
    for name, table in whole.tables.items():
        assert pq.read_table(tmp_path / f"{name}.parquet").num_rows == table.num_rows
        if name in CONTRACTS:
            assert pc.count_distinct(table[CONTRACTS[name].key]).as_py() == table.num_rows
