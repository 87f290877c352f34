"""A file comes in: what the preview promises is what happens, twice is once, and undo is as if nothing had been."""

from datetime import datetime
from decimal import Decimal

import pytest

from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.sources import service
from tenure.sources.service import Intake, Options
from tests.features import make as lake_rows
from tests.sources.make import bring, csv_of, holdings, request_of, rows_in, upload

ORDERS = csv_of(
    "order number,customer id,order date,amount,email",
    '1,A,2024-03-05 10:00,"1,234.50",ann@example.com',
    "2,A,2024-03-06,-20.00,",
    "3,,2024-03-07,5,",
    "4,B,not a day,7,no address",
    "5,B,,abc,bob@example.com",
    "6,B,2024-03-09,8,no address",
)
EXAMPLES = {
    "orders": ORDERS,
    "order lines": csv_of(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID",
        "1,a,Pot,2,2010-12-01 08:26,2.55,17850",
        "1,b,Pan,x,2010-12-01 08:26,3.39,17850",
        "2,a,Pot,-1,2010-12-02 08:26,2.55,17850",
        "3,a,Pot,1,2010-12-02 08:26,2.55,",
    ),
    "lines without a time": csv_of("order no,sku,qty,line total", "77,a,1,1", "99,a,1,1"),
    "customers": csv_of(
        "会员编号,姓名,手机号,等级", "1,王芳,13800138000,金", "2,李雷,无,银", "3,韩梅,13900139000,", "4,多,一,格,子"
    ),
    "events": csv_of(
        "user_id,event,timestamp,session_id,colour",
        "1,home,1709647500,s,red",
        "1,home,1709647500,s,red",
        "2,,1709647500,s,",
    ),
    "payments": csv_of(
        "payment id,customer id,payment date,amount,status",
        "p1,A,2024-01-01,9.9,paid",
        "p2,A,2024-02-01,9.9,declined",
        "p3,A,2024-02-01,9.9,???",
    ),
    "subscriptions": csv_of(
        "subscription id,customer id,plan,start date,end date,mrr",
        "s1,A,Pro,2024-01-01,,99",
        "s2,B,Pro,2024-01-01,2024-02-01,free",
    ),
    "tickets": csv_of(
        "ticket id,customer id,opened at,priority,satisfaction",
        "t1,A,2024-01-01 10:00,high,5",
        "t2,A,2024-01-02 10:00,high,9",
    ),
    "feedback": csv_of(
        "review id,user id,review date,rating,comment", "r1,A,2024-01-01,5,good", "r2,A,2024-01-01,11,odd"
    ),
    "products": csv_of("sku,product name,brand,price", "a,Pot,Acme,2.55", ",Pan,Acme,3"),
}


EARLIER = csv_of("order no,customer id,order date,amount,name", "77,A,2023-01-01,1,Ann", "78,1,2023-01-01,1,First")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_preview_is_what_happens_twice_is_once_and_undo_is_never(shared_intake: Intake, name: str) -> None:
    intake = shared_intake
    bring(intake, EARLIER)
    facts = upload(intake, EXAMPLES[name])
    before, directory = holdings(intake), _directory(intake)
    promised = service.preview(intake, facts.id, facts.request)
    assert holdings(intake) == before
    done = service.import_now(intake, facts.id)
    assert (done.state, done.counts) == ("done", promised.counts)
    assert 0 not in (promised.counts["bad"], promised.counts["inserted"])
    assert len({problem.row for problem in promised.problems if not problem.kept}) == promised.counts["bad"]
    held = holdings(intake)
    again = bring(intake, EXAMPLES[name])
    assert (_inserted(again.counts), _numbers(again, "updated")) == (0, 0)
    assert _numbers(again, "unchanged") == _numbers(done, "inserted") + _numbers(done, "updated")
    assert holdings(intake) == held != before
    service.undo(intake, again.id)
    assert holdings(intake) == held
    service.undo(intake, done.id)
    assert (holdings(intake), _directory(intake)) == (before, directory)


def test_an_import_that_was_undone_may_be_done_again(intake: Intake) -> None:
    done = bring(intake, ORDERS)
    held = holdings(intake)
    service.undo(intake, done.id)
    assert service.read(intake, done.id).state == "undone"
    assert service.import_now(intake, done.id).counts == done.counts
    assert holdings(intake) == held


def test_a_strict_import_with_one_bad_row_writes_nothing(intake: Intake) -> None:
    facts = upload(intake, ORDERS)
    before = holdings(intake)
    with pytest.raises(Invalid):
        service.import_now(intake, facts.id, request_of(facts, Options(strict=True)))
    assert holdings(intake) == before
    assert service.read(intake, facts.id).state == "failed"
    assert service.import_now(intake, facts.id, request_of(facts)).state == "done"


def test_orders_are_read_as_meant(intake: Intake) -> None:
    done = bring(intake, ORDERS)
    rows = rows_in(intake, "orders", "order_id", "customer_id", "kind", "amount")
    assert [tuple(row.values()) for row in rows] == [
        ("1", "A", "sale", Decimal("1234.5000")),
        ("2", "A", "return", Decimal("-20.0000")),
        ("3", None, "sale", Decimal("5.0000")),
        ("6", "B", "sale", Decimal("8.0000")),
    ]
    assert done.counts is not None
    assert done.counts["anonymous"] == 1
    assert done.counts["returns"] == 1


def test_one_bad_line_holds_its_whole_order_back_and_no_other(intake: Intake) -> None:
    promised = service.preview(intake, (facts := upload(intake, EXAMPLES["order lines"])).id, facts.request)
    reasons = [(problem.row, problem.reason.en) for problem in promised.problems]
    assert reasons == [(2, "Another line of the same order is refused."), (3, "Not a number.")]
    service.import_now(intake, facts.id)
    assert [row["order_id"] for row in rows_in(intake, "orders", "order_id")] == ["2", "3"]


def test_a_blank_never_overwrites_what_is_known(intake: Intake) -> None:
    bring(intake, csv_of("customer id,name,city,level", "A,Ann,Paris,gold"))
    bring(intake, csv_of("customer id,name,city,birthday", "A,Anna,,1990-05-01"))
    bring(intake, csv_of("order no,customer id,order date,amount,customer name", "1,A,2024-01-01,5,Somebody"))
    known = rows_in(intake, "customers", "name", "city", "attributes", "joined_at")
    assert [(row["name"], row["city"], dict(row["attributes"])) for row in known] == [
        ("Anna", "Paris", {"level": "gold"})
    ]
    assert str(known[0]["joined_at"]) == "2024-01-01 00:00:00"


def test_a_corrected_row_stays_known_since_it_first_came(intake: Intake) -> None:
    header = "order no,customer id,order date,amount"
    bring(intake, csv_of(header, "1,A,2024-01-01,5", "2,B,2024-01-01,5"))
    first = {row["order_id"]: row["recorded_at"] for row in rows_in(intake, "orders", "order_id", "recorded_at")}
    bring(intake, csv_of(header, "1,A,2024-01-01,5", "2,B,2024-01-01,6"))
    equal, corrected = rows_in(intake, "orders", "order_id", "recorded_at", "changed_at")
    assert {"1": equal["recorded_at"], "2": corrected["recorded_at"]} == first
    assert equal["changed_at"] is None
    assert corrected["changed_at"] > corrected["recorded_at"]


def test_a_customer_without_a_number_is_known_by_address_and_by_telephone(intake: Intake) -> None:
    bring(intake, csv_of("customer id,email,phone", "A,ann@example.com,13800138000"))
    bring(
        intake,
        csv_of(
            "order no,order date,amount,email,phone",
            "1,2024-01-01,5,ANN@example.com,",
            "2,2024-01-02,5,,+86 138 0013 8000",
            "3,2024-01-03,5,new@example.com,",
            "4,2024-01-04,5,new@example.com,",
        ),
    )
    owners = [row["customer_id"] for row in rows_in(intake, "orders", "order_id", "customer_id")]
    assert owners[:2] == ["A", "A"]
    assert owners[2] == owners[3]
    assert str(owners[2]).startswith("cus_")


def test_amounts_in_two_currencies_need_rates(intake: Intake) -> None:
    mixed = csv_of("order no,customer id,order date,amount,currency", "1,A,2024-01-01,10,EUR", "2,A,2024-01-02,10,CNY")
    facts = upload(intake, mixed)
    with pytest.raises(Invalid, match="EUR"):
        service.preview(intake, facts.id, facts.request)
    rates = {"EUR": Decimal("1.1"), "CNY": Decimal("0.14")}
    service.import_now(intake, facts.id, request_of(facts, Options(rates=rates)))
    rows = rows_in(intake, "orders", "order_id", "amount", "currency")
    assert [(row["amount"], row["currency"]) for row in rows] == [
        (Decimal("11.0000"), "USD"),
        (Decimal("1.4000"), "USD"),
    ]


def test_signs_of_two_currencies_in_one_column_are_noticed(intake: Intake) -> None:
    facts = upload(intake, csv_of("order no,customer id,order date,amount", "1,A,2024-01-01,€10", "2,A,2024-01-02,£10"))
    with pytest.raises(Invalid, match="EUR, GBP"):
        service.preview(intake, facts.id, facts.request)


def test_the_first_file_s_currency_becomes_the_workspace_s(intake: Intake) -> None:
    bring(intake, csv_of("order no,customer id,order date,amount,currency", "1,A,2024-01-01,10,RMB"))
    with transaction(intake.engine) as session:
        assert workspace.read(session).currency == "CNY"


def test_equal_rows_of_one_file_stay_apart_and_the_same_file_adds_none(intake: Intake) -> None:
    twice = csv_of(
        "customer_id,date,cds,amount", "1,1997-01-01,1,11.77", "1,1997-01-01,1,11.77", "1,1997-01-02,1,11.77"
    )
    assert _inserted(bring(intake, twice).counts) == 3
    assert _inserted(bring(intake, twice).counts) == 0
    more = twice + b"1,1997-01-03,1,11.77\n"
    assert _inserted(bring(intake, more).counts) == 1


def test_undoing_two_imports_in_any_order_brings_the_first_state_back(intake: Intake) -> None:
    header = "customer id,name,city"
    first = bring(intake, csv_of(header, "A,Ann,Paris"))
    before = holdings(intake)
    second = bring(intake, csv_of(header, "A,Anna,Rome"))
    third = bring(intake, csv_of(header, "A,Annie,Bonn"))
    service.undo(intake, second.id)
    assert [row["name"] for row in rows_in(intake, "customers", "name")] == ["Annie"]
    service.undo(intake, third.id)
    assert holdings(intake) == before
    service.undo(intake, first.id)
    assert rows_in(intake, "customers", "name") == []


def test_undo_keeps_a_customer_that_another_import_speaks_of(intake: Intake) -> None:
    header = "order no,customer id,order date,amount"
    first = bring(intake, csv_of(header, "1,A,2024-01-01,5", "2,B,2024-01-01,5"))
    bring(intake, csv_of(header, "3,A,2024-01-02,5"))
    undone = service.undo(intake, first.id)
    assert [row["customer_id"] for row in rows_in(intake, "customers", "customer_id")] == ["A"]
    assert undone.customers_kept == 1
    assert _directory(intake) == ["A"]


def test_undo_keeps_a_customer_to_whom_something_happened_that_no_import_brought(intake: Intake) -> None:
    done = bring(intake, csv_of("customer id,name", "A,Ann", "B,Bob"))
    visit = {"customer_id": ["A"], "event_id": ["e1"], "occurred_at": [datetime(2024, 1, 1)], "name": ["visit"]}
    lake_rows.add(intake.lake, "events", visit)
    undone = service.undo(intake, done.id)
    assert (_directory(intake), undone.customers_kept) == (["A"], 1)
    assert [row["customer_id"] for row in rows_in(intake, "customers", "customer_id")] == ["A"]


def test_undo_takes_a_customer_out_of_whom_only_a_score_is_left(intake: Intake) -> None:
    done = bring(intake, csv_of("customer id,name", "A,Ann"))
    score = {"score_id": ["s1"], "customer_id": ["A"], "name": ["churn_risk"], "as_of": [datetime(2024, 1, 1)]}
    lake_rows.add(intake.lake, "scores", score | {"model": ["m"], "model_version": ["1"], "snapshot": [1]})
    assert service.undo(intake, done.id).customers_kept == 0
    assert (_directory(intake), rows_in(intake, "customers", "customer_id")) == ([], [])


def test_the_mapping_is_remembered_for_the_next_file_with_these_columns(intake: Intake) -> None:
    strange = csv_of("k,when,total paid,ref", "A,2024-01-01,5,x1")
    facts = upload(intake, strange, kind="orders")
    chosen = request_of(
        facts, meaning={"k": "customer_id", "when": "ordered_at", "ref": "order_id", "total paid": "amount"}
    )
    service.import_now(intake, facts.id, chosen)
    assert upload(intake, strange).request.mapping == chosen.mapping


def test_a_mapping_that_cannot_work_names_every_field(intake: Intake) -> None:
    facts = upload(intake, ORDERS)
    meaning = {"order date": None, "amount": None, "email": "nothing"}
    with pytest.raises(Invalid) as caught:
        service.preview(intake, facts.id, request_of(facts, meaning=meaning))
    assert {field.path for field in caught.value.fields} == {"/mapping", "/mapping/4/field"}


def _inserted(counts: object) -> object:
    assert isinstance(counts, dict)
    return counts["inserted"]


def _numbers(facts: service.ImportFacts, name: str) -> int:
    assert facts.counts is not None
    return int(str(facts.counts[name]))


def _directory(intake: Intake) -> list[str]:
    with transaction(intake.engine) as session:
        return sorted(session.connection().exec_driver_sql("SELECT id FROM customers").scalars())
