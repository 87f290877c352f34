"""The call list names whom to call, most to lose first, and nobody who has not agreed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from tenure.app import wiring
from tenure.app.pipelines.refresh import refresh
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.directory.customers.merging import service as merging
from tenure.kit.db import transaction
from tenure.risk import service
from tenure.risk.calls import CallList
from tenure.risk.workbook import write_calls
from tests.app.pipelines import workspaces
from tests.features import make

START = datetime(2025, 1, 1)
SILENT = [f"s{number:02}" for number in range(20)]
LOYAL = [f"l{number:02}" for number in range(20)]


@pytest.fixture(scope="module")
def shop(new_settings: Callable[[], Settings]) -> Iterator[Stores]:
    """Forty customers who bought every ten days; half of them stopped after a hundred days."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        orders = [
            (who, START + timedelta(days=10 * turn, hours=number), 10.0 + number)
            for number, who in enumerate(SILENT + LOYAL)
            for turn in range(10 if who in SILENT else 16)
        ]
        make.add_orders(opened.lake, orders)
        refresh(opened)
        yield opened


@pytest.fixture(autouse=True)
def _nobody_known(shop: Stores) -> None:
    with transaction(shop.engine) as session:
        session.connection().exec_driver_sql("TRUNCATE customers CASCADE")


def _calls(stores: Stores) -> CallList:
    with transaction(stores.engine) as session:
        return service.call_list(session, limit=100)


def test_those_who_fell_silent_are_listed_most_to_lose_first(shop: Stores) -> None:
    found = _calls(shop)
    assert found.calls
    assert {call.customer_id for call in found.calls} <= set(SILENT)
    losses = [call.expected_loss or 0.0 for call in found.calls]
    assert losses == sorted(losses, reverse=True)
    assert [call.rank for call in found.calls] == list(range(1, len(losses) + 1))


def test_the_reason_tells_the_customers_own_numbers_in_both_languages(shop: Stores) -> None:
    reasons = {reason for call in _calls(shop).calls for reason in call.reasons}
    silence = {reason for reason in reasons if reason.en.startswith("Usually buys every 10 days; silent for 61 days")}
    assert {reason.en for reason in silence} == {
        "Usually buys every 10 days; silent for 61 days, at most 10 days before"
    }
    assert {reason.zh for reason in silence} == {"通常每 10 天购买一次，已 61 天未购买，此前最长 10 天"}


def test_a_file_of_orders_alone_is_listed_although_nobody_has_a_contact_point(shop: Stores) -> None:
    found = _calls(shop)
    assert found.excluded.nobody_has_contact
    assert found.notes


def test_who_refused_is_left_out_and_counted(shop: Stores) -> None:
    everybody = _calls(shop).calls
    workspaces.know(
        shop, [{"customer_id": call.customer_id, "email": f"{call.customer_id}@example.com"} for call in everybody]
    )
    refused = everybody[0].customer_id
    workspaces.consent(shop, [(refused, "withdrawn")])
    found = _calls(shop)
    assert refused not in {call.customer_id for call in found.calls}
    assert (found.excluded.no_consent, found.excluded.no_contact) == (1, 0)
    assert found.calls[0].rank == 1


def test_a_refusal_on_a_merged_record_counts_for_the_person(shop: Stores) -> None:
    everybody = _calls(shop).calls
    person = everybody[0].customer_id
    known = [call.customer_id for call in everybody] + [LOYAL[0]]
    workspaces.know(shop, [{"customer_id": who, "email": f"{who}@example.com"} for who in known])
    workspaces.consent(shop, [(LOYAL[0], "withdrawn")])
    assert person in {call.customer_id for call in _calls(shop).calls}
    with transaction(shop.engine) as session:
        merging.merge(session, person, LOYAL[0], None, datetime(2025, 6, 1, tzinfo=UTC))
    assert person not in {call.customer_id for call in _calls(shop).calls}


def test_where_consent_is_kept_only_those_who_gave_it_are_listed(shop: Stores) -> None:
    everybody = _calls(shop).calls
    workspaces.know(
        shop, [{"customer_id": call.customer_id, "email": f"{call.customer_id}@example.com"} for call in everybody]
    )
    agreed = everybody[2].customer_id
    workspaces.consent(shop, [(agreed, "granted")])
    found = _calls(shop)
    assert [call.customer_id for call in found.calls] == [agreed]
    assert found.excluded.no_consent == len(everybody) - 1


def test_who_cannot_be_reached_is_left_out_and_counted(shop: Stores) -> None:
    everybody = _calls(shop).calls
    known: list[dict[str, object]] = [
        {"customer_id": call.customer_id, "phone": "+8613800138000"} for call in everybody[1:]
    ]
    workspaces.know(shop, known)
    found = _calls(shop)
    assert len(found.calls) == len(everybody) - 1
    assert (found.excluded.no_consent, found.excluded.no_contact) == (0, 1)


def test_pages_follow_one_another_without_a_gap(shop: Stores) -> None:
    whole = [call.customer_id for call in _calls(shop).calls]
    with transaction(shop.engine) as session:
        first = service.call_list(session, limit=2)
        assert first.next_rank is not None
        rest = service.call_list(session, after=first.next_rank, limit=100)
    assert [call.customer_id for call in [*first.calls, *rest.calls]] == whole
    assert rest.next_rank is None


def test_the_excel_file_holds_the_list_in_the_readers_language(shop: Stores, tmp_path: Path) -> None:
    calls = _calls(shop).calls
    write_calls(tmp_path / "calls.xlsx", calls, "zh", ZoneInfo("Asia/Shanghai"))
    rows = CalamineWorkbook.from_path(tmp_path / "calls.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][1] == "客户"
    assert len(rows) == len(calls) + 1
    assert "天未购买" in str(rows[1][10])


def test_a_customer_whose_name_is_a_formula_stays_a_name(shop: Stores, tmp_path: Path) -> None:
    who = _calls(shop).calls[0].customer_id
    workspaces.know(shop, [{"customer_id": who, "name": "=1+1", "email": "a@example.com"}])
    write_calls(tmp_path / "calls.xlsx", _calls(shop).calls, "en", ZoneInfo("UTC"))
    rows = CalamineWorkbook.from_path(tmp_path / "calls.xlsx").get_sheet_by_index(0).to_python()
    assert "=1+1" in [row[2] for row in rows]


def test_the_summary_of_every_customer_is_as_of_the_refresh(shop: Stores) -> None:
    with shop.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT orders, tier, churn_risk, reasons, as_of FROM customer_summaries"
        ).all()
    assert len(rows) == 40
    assert {row.orders for row in rows} == {10, 16}
    assert all(row.reasons and row.tier and 0 <= row.churn_risk <= 1 for row in rows)
    assert {row.as_of for row in rows} == {datetime(2025, 6, 2, tzinfo=UTC)}
