"""Both ways to a page lead to the same page, and a walk that leads nowhere is given up."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.directory.customers.finding import repository
from tenure.directory.customers.finding.repository import Effort, Total
from tenure.directory.customers.finding.rules import Question, parse_filter, parse_sort
from tenure.kit.db import Session, transaction
from tests.directory.customers.make import Rows, bring, summarise

UTC = ZoneInfo("UTC")
MANY = 3_000
GATHERING = Effort(small=10**9)
WALKING = Effort(counted=0, few=-1, walking_ms=60_000, small=0)
GIVING_UP = Effort(few=-1, walking_ms=1, small=0)
SORTS = ("churn_risk", "orders", "name", "last_order_at", "id", "city", "attributes.size")


@pytest.fixture(scope="module")
def shop(new_settings: Callable[[], Settings]) -> Iterator[Stores]:
    """Customers of whom much is unknown and much is alike."""
    chance = random.Random(5)
    settings = new_settings()
    people: Rows = [
        {
            "customer_id": f"C{number:05}",
            "name": chance.choice(["Ann Lee", "ann lee", "Bob", "王小明", None]),
            "city": chance.choice(["Rome", "rome", "上海", None]),
            "email": f"user{number}@mail.test",
            "attributes": [("size", str(number % 7))] if number % 3 else None,
        }
        for number in range(MANY)
    ]
    numbers: Rows = [
        {
            "customer_id": str(person["customer_id"]),
            "churn_risk": chance.choice([0.1, 0.5, None]),
            "orders": chance.choice([1, 2, 2, None]),
            "last_order_at": datetime(2026, 1, 1) + timedelta(days=chance.randrange(5)),
        }
        for person in people
    ]
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        bring(opened, people)
        summarise(opened, numbers)
        with opened.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE customers, customer_summaries"))
        yield opened


@pytest.fixture
def session(shop: Stores) -> Iterator[Session]:
    with transaction(shop.engine) as opened:
        yield opened


def _question(session: Session, sort: str, filter: str | None = None, words: str = "") -> Question:
    fields = repository.fields(session)
    field, descending = parse_sort(sort, fields)
    return Question(parse_filter(filter, fields), words, field, descending)


def _all_ids(session: Session, question: Question, effort: Effort, limit: int) -> tuple[list[str], Total]:
    """Turn all pages; returns the ids in order, and the total told with the first page."""
    rows, total = repository.first_page(session, question, UTC, limit, effort)
    ids = [str(row.id) for row in rows]
    while len(rows) == limit:
        place = repository.place_of(rows[-1])
        rows = repository.next_page(session, question, UTC, limit, (place, total), effort)
        ids += [str(row.id) for row in rows]
    return ids, total


@pytest.mark.parametrize("sort", [sign + field for field in SORTS for sign in ("", "-")])
def test_gathering_and_walking_find_the_same_customers_in_the_same_order(session: Session, sort: str) -> None:
    rare = '{"all": [{"field": "city", "op": "eq", "value": "Rome"}, {"field": "orders", "op": "empty"}]}'
    question = _question(session, sort, rare)
    gathered, told = _all_ids(session, question, GATHERING, 41)
    walked, _ = _all_ids(session, question, WALKING, 41)
    exported = [str(row.id) for row in repository.every(session, question, UTC, MANY)]
    assert len(gathered) > 100
    assert gathered == walked == exported
    assert told == Total(len(gathered), exact=True)


def test_many_are_estimated_and_said_to_be(session: Session) -> None:
    effort = Effort(counted=100, few=-1, walking_ms=60_000, small=0)
    often = _question(session, "-churn_risk", '{"all": [{"field": "orders", "op": "eq", "value": 2}]}')
    _, total = repository.first_page(session, often, UTC, 10, effort)
    assert not total.exact
    assert total.count == pytest.approx(MANY / 2, rel=0.2)


def test_more_than_are_counted_are_told_to_be_more(session: Session) -> None:
    question = _question(session, "name", '{"all": [{"field": "orders", "op": "eq", "value": 2}]}')
    rows, total = repository.first_page(session, question, UTC, 10, Effort(counted=50, small=10**9))
    assert (len(rows), total.exact) == (10, False)
    assert total.count > 50


def test_a_walk_past_everybody_is_given_up_and_the_few_are_gathered(session: Session) -> None:
    last = '{"all": [{"field": "email", "op": "contains", "value": "USER2999@"}]}'
    question = _question(session, "city", last, "user")
    rows, total = repository.first_page(session, question, UTC, 10, GIVING_UP)
    assert [row.id for row in rows] == ["C02999"]
    assert total == Total(1, exact=True)
    assert session.execute(text("SHOW statement_timeout")).scalar_one() == "0"


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("name", "N L", "ANN LEE"),
        ("city", "OM", "ROME"),
        ("email", "R299@", "USER299@MAIL.TEST"),
        ("name", "小", "王小明"),
        ("id", "c0299", "C0299"),
    ],
)
def test_containing_does_not_mind_capitals(session: Session, field: str, value: str, found: str) -> None:
    asked = f'{{"all": [{{"field": "{field}", "op": "contains", "value": "{value}"}}]}}'
    rows = list(repository.every(session, _question(session, "id", asked), UTC, MANY))
    everybody = list(repository.every(session, _question(session, "id"), UTC, MANY))
    expected = [
        row.id
        for row in everybody
        if value.lower() in (str(row._mapping[field]) if row._mapping[field] else "").lower()
    ]
    assert [row.id for row in rows] == expected
    assert any(found in str(row._mapping[field]).upper() for row in rows)


def test_percent_and_underscore_are_themselves(session: Session) -> None:
    for value in ("%", "_", "/"):
        asked = f'{{"all": [{{"field": "email", "op": "contains", "value": "{value}"}}]}}'
        assert list(repository.every(session, _question(session, "id", asked), UTC, MANY)) == []
