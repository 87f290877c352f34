"""The customer list: search, filter, order, pages, saved filters and the Excel file."""

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import python_calamine

from tenure.app.wiring import Stores
from tests.directory.customers.make import Rows, bring, summarise
from tests.directory.make import Browser, member, owner

PEOPLE: Rows = [
    {"customer_id": "C-001", "name": "王小明", "email": "xm.wang@example.cn", "phone": "13800138000", "country": "CN"},
    {
        "customer_id": "C-002",
        "name": "Ann O'Brien",
        "email": "ann@shop.test",
        "phone": "+44 20 7946 0000",
        "country": "GB",
    },
    {"customer_id": "C-003", "name": "张伟", "email": None, "phone": None, "country": "CN"},
    {"customer_id": "d-004", "name": "=HYPERLINK(1)", "email": "tom_lee@post.test", "phone": None, "country": None},
    {"customer_id": "d-005", "name": "小明哥", "email": None, "phone": None, "country": "CN", "company": "Acme 集团"},
]
TAGS = {
    "C-001": [("plan", "gold"), ("size", "7"), ("due", "2026-05-01")],
    "C-002": [("plan", "tin"), ("size", "12"), ("due", "2026-06-01")],
    "d-005": [("plan", "gold"), ("size", "many"), ("odd 'name'", "x")],
}
NUMBERS: Rows = [
    {
        "customer_id": "C-001",
        "churn_risk": 0.9,
        "value_365": 200.0,
        "reasons": json.dumps(
            [
                {"factor": "visits", "effect": -0.9, "text": {"en": "came yesterday", "zh": "昨天来过"}},
                {"factor": "silence", "effect": 0.4, "text": {"en": "silent", "zh": "沉默"}},
            ]
        ),
        "orders": 3,
        "tier": "A",
        "revenue": "10.50",
        "next_order_at": date(2026, 4, 1),
    },
    {"customer_id": "C-002", "churn_risk": 0.2, "orders": 9, "tier": "B", "revenue": "99.99", "next_order_at": None},
    {"customer_id": "C-003", "churn_risk": 0.9, "orders": 1, "tier": "A", "revenue": "1.00", "next_order_at": None},
    {"customer_id": "d-004", "churn_risk": None, "orders": None, "tier": None, "revenue": None, "last_order_at": None},
]


@pytest.fixture(scope="module")
def desk(stores: Stores) -> Browser:
    """A browser of the owner of a shop with five customers."""
    bring(stores, [{**person, "attributes": TAGS.get(str(person["customer_id"]))} for person in PEOPLE])
    summarise(stores, [{**row, "revenue": row["revenue"] and Decimal(str(row["revenue"]))} for row in NUMBERS])
    return owner(stores)


def ids(desk: Browser, *conditions: tuple[object, ...], **question: str) -> list[str]:
    """Return the ids that meet a question."""
    told = [dict(zip(("field", "op", "value"), condition, strict=False)) for condition in conditions]
    answer = desk.get("/customers", params={**question, "filter": json.dumps({"all": told})})
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("王", ["C-001"]),
        ("小明", ["C-001", "d-005"]),
        ("王小明", ["C-001"]),
        ("王明", []),
        ("集团", ["d-005"]),
        ("acm", ["d-005"]),
        ("brien", ["C-002"]),
        ("o'br", ["C-002"]),
        ("ann sho", ["C-002"]),
        ("xm.wang@ex", ["C-001"]),
        ("wang", ["C-001"]),
        ("c-00", ["C-001", "C-002", "C-003"]),
        ("138 0013", ["C-001"]),
        ("+86 138", ["C-001"]),
        ("8000", ["C-001"]),
        ("tom", ["d-004"]),
        ("' & | ! <-> \\ :*", []),
        ("nobody", []),
    ],
)
def test_search_finds_by_beginnings_characters_and_digits(desk: Browser, typed: str, found: list[str]) -> None:
    assert ids(desk, q=typed, sort="id") == found


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (("tier", "in", ["A", "B"]), ["C-001", "C-002", "C-003"]),
        (("tier", "empty"), ["d-004", "d-005"]),
        (("country", "eq", "CN"), ["C-001", "C-003", "d-005"]),
        (("country", "ne", "CN"), ["C-002", "d-004"]),
        (("churn_risk", "gte", 0.9), ["C-001", "C-003"]),
        (("churn_risk", "lt", 0.9), ["C-002"]),
        (("orders", "in", [1, 9]), ["C-002", "C-003"]),
        (("revenue", "gt", 10.49), ["C-001", "C-002"]),
        (("name", "contains", "明"), ["C-001", "d-005"]),
        (("name", "contains", "%"), []),
        (("email", "not_empty"), ["C-001", "C-002", "d-004"]),
        (("next_order_at", "lte", "2026-04-01"), ["C-001"]),
        (("next_order_at", "gt", "2026-04-01"), []),
        (("attributes.plan", "eq", "gold"), ["C-001", "d-005"]),
        (("attributes.plan", "ne", "gold"), ["C-002", "C-003", "d-004"]),
        (("attributes.plan", "in", ["tin", "gold"]), ["C-001", "C-002", "d-005"]),
        (("attributes.size", "contains", "an"), ["d-005"]),
        (("attributes.due", "gt", "2026-05-01"), ["C-002"]),
        (("attributes.due", "eq", "2026-05-01"), ["C-001"]),
        (("attributes.odd 'name'", "eq", "x"), ["d-005"]),
        (("attributes.plan", "empty"), ["C-003", "d-004"]),
    ],
)
def test_a_filter_keeps_what_meets_it(desk: Browser, condition: tuple[object, ...], found: list[str]) -> None:
    assert ids(desk, condition, sort="id") == found


def test_conditions_and_search_hold_together(desk: Browser) -> None:
    assert ids(desk, ("tier", "eq", "A"), ("country", "eq", "CN"), q="小明") == ["C-001"]


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ({"filter": "{"}, "/filter"),
        ({"filter": '{"any": []}'}, "/filter"),
        ({"filter": '{"all": [{"field": "password_hash", "op": "eq", "value": "x"}]}'}, "/filter/all/0/field"),
        ({"filter": '{"all": [{"field": "tier", "op": "lt", "value": "A"}]}'}, "/filter/all/0/op"),
        ({"filter": '{"all": [{"field": "orders", "op": "gt", "value": "many"}]}'}, "/filter/all/0/value"),
        ({"filter": '{"all": [{"field": "orders", "op": "in", "value": [1, NaN]}]}'}, "/filter/all/0/value/1"),
        ({"filter": '{"all": [{"field": "joined_at", "op": "gt", "value": "soon"}]}'}, "/filter/all/0/value"),
        ({"sort": "search"}, "/sort"),
    ],
)
def test_a_bad_question_names_its_place(desk: Browser, question: dict[str, str], path: str) -> None:
    refused = desk.get("/customers", params=question)
    assert (refused.status_code, [field["path"] for field in refused.json()["fields"]]) == (422, [path])


def pages(desk: Browser, **question: object) -> Iterator[list[dict[str, Any]]]:
    """Turn all pages."""
    cursor: str | None = None
    while True:
        answer = desk.get("/customers", params={**question, **({"cursor": cursor} if cursor else {})}).json()
        yield answer["items"]
        cursor = answer["next_cursor"]
        assert answer["total"] == {"count": 5, "exact": True}
        if cursor is None:
            return


@pytest.mark.parametrize("descending", ["", "-"])
@pytest.mark.parametrize(
    "field",
    [
        "id",
        "name",
        "churn_risk",
        "orders",
        "revenue",
        "tier",
        "next_order_at",
        "last_order_at",
        "country",
        "attributes.plan",
        "attributes.due",
    ],
)
@pytest.mark.parametrize("limit", [1, 2])
def test_pages_show_everybody_once_in_order_and_the_unknown_last(
    desk: Browser, field: str, descending: str, limit: int
) -> None:
    rows = [row for page in pages(desk, sort=descending + field, limit=limit) for row in page]
    assert sorted(str(row["id"]) for row in rows) == ["C-001", "C-002", "C-003", "d-004", "d-005"]
    name = field.removeprefix("attributes.")
    values = [row["attributes"].get(name) if field.startswith("attributes.") else row[field] for row in rows]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known))
    ordered = [(b, a) if descending else (a, b) for a, b in pairwise(known)]
    assert all(a <= b for a, b in ordered)


@pytest.mark.parametrize("cursor", ["W10", "WyJ4IiwieSIsMSx0cnVlXQ", "e30", "_"])
def test_a_foreign_cursor_is_refused(desk: Browser, cursor: str) -> None:
    assert desk.get("/customers", params={"cursor": cursor, "sort": "-churn_risk"}).status_code == 422


def test_fields_tell_what_can_be_asked(desk: Browser) -> None:
    fields = {field["name"]: field for field in desk.get("/customers/fields").json()}
    assert fields["country"]["choices"] == ["CN", "GB"]
    assert fields["attributes.plan"]["type"] == "choice"
    assert fields["attributes.plan"]["choices"] == ["gold", "tin"]
    assert fields["attributes.due"]["type"] == "date"
    assert "contains" not in fields["orders"]["ops"]


def test_saved_filters_are_ones_own_or_shared(stores: Stores, desk: Browser) -> None:
    wanted = {
        "name": "Gold",
        "filter": {"all": [{"field": "attributes.plan", "op": "eq", "value": "gold"}]},
        "sort": "-revenue",
    }
    own = desk.post("/customers/filters", json=wanted).json()
    shared = desk.post("/customers/filters", json={**wanted, "name": "For all", "shared": True}).json()
    other = member(stores, desk, "viewer")
    assert [(item["name"], item["mine"]) for item in other.get("/customers/filters").json()["items"]] == [
        ("For all", False)
    ]
    assert other.delete(f"/customers/filters/{shared['id']}").status_code == 404
    assert desk.delete(f"/customers/filters/{own['id']}").status_code == 204
    assert [item["id"] for item in desk.get("/customers/filters").json()["items"]] == [shared["id"]]
    bad = desk.post("/customers/filters", json={**wanted, "filter": {"all": [{"field": "nope", "op": "eq"}]}})
    assert (bad.status_code, bad.json()["fields"][0]["path"]) == (422, "/filter/all/0/field")


def test_the_excel_file_holds_the_list_as_text_and_numbers_and_is_audited(desk: Browser) -> None:
    answer = desk.get("/customers/export.xlsx", params={"sort": "id"}, headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 200
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    heading = rows[0]
    assert heading[:2] == ["客户编号", "姓名"]
    by_id = {row[0]: dict(zip(heading, row, strict=True)) for row in rows[1:]}
    assert sorted(map(str, by_id)) == ["C-001", "C-002", "C-003", "d-004", "d-005"]
    assert by_id["d-004"]["姓名"] == "=HYPERLINK(1)"
    assert by_id["C-001"]["累计消费"] == 10.5
    assert by_id["C-001"]["首要原因"] == "沉默"
    assert by_id["C-001"]["预计下次下单"] == date(2026, 4, 1)
    assert b"<f>" not in answer.content
    entry = desk.get("/audit").json()["items"][0]
    assert (entry["act"], entry["after"]["customers"]) == ("customers.export", 5)


def test_what_would_be_lost_and_the_strongest_reason_for_leaving_stand_in_the_list(desk: Browser) -> None:
    found = desk.get("/customers", params={"sort": "-expected_loss"}).json()["items"]
    first, second = found[:2]
    assert (first["id"], first["expected_loss"]) == ("C-001", pytest.approx(180.0))
    assert first["reason"] == {"en": "silent", "zh": "沉默"}  # the stronger one speaks against leaving
    assert (second["expected_loss"], second["reason"]) == (None, None)
    assert ids(desk, ("expected_loss", "gte", 100)) == ["C-001"]


def test_a_day_is_a_day_of_the_workspace(fresh_stores: Stores) -> None:
    desk = owner(fresh_stores)
    desk.patch("/settings", json={"time_zone": "Asia/Shanghai"})
    bring(fresh_stores, [{"customer_id": "a", "joined_at": datetime(2026, 1, 31, 16, 30)}])  # the 1st in Shanghai
    assert ids(desk, ("joined_at", "eq", "2026-02-01")) == ["a"]
    assert ids(desk, ("joined_at", "lte", "2026-01-31")) == []
    assert ids(desk, ("joined_at", "gte", "2026-02-01")) == ["a"]
