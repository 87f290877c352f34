"""How fast the first page of a million customers comes, whatever it is asked for.

``python -m bench.customers`` brings the customers in as an import would, gives each numbers as a refresh would,
then asks for first pages: plain, sorted, filtered, searched and all together; ``--small`` takes a hundredth of
the customers, for tests.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import text

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.directory.customers.finding import schemas, service
from tenure.directory.customers.finding.service import Asked
from tenure.directory.customers.intake.repository import take_in
from tenure.directory.customers.summaries.repository import replace_summaries
from tenure.kit.db import transaction

AIM_MS = 300.0
PAGE = 50
CHUNK = 100_000
REPEATS = 7
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "小明伟芳娜敏静丽强磊军洋艳勇杰娟涛超霞平刚桂英文建国志海玉兰春梅红波辉鹏宇浩然子轩"
LATIN = ("Ann", "Bob", "Carla", "Dmitri", "Eva", "Farid", "Grace", "Hugo", "Ines", "Jonas")
FAMILY = ("Smith", "Jones", "Müller", "Rossi", "Tanaka", "Okafor", "O'Brien", "Silva", "Novak", "Larsen")
CITIES = ("上海", "北京", "深圳", "杭州", "成都", "London", "Leeds", "Berlin", "Paris", "Lyon", "New York", "Austin")
COUNTRIES = ("CN", "CN", "CN", "CN", "CN", "GB", "GB", "DE", "FR", "FR", "US", "US")
PLANS = ("free", "basic", "pro", "team", "enterprise")


@dataclass(frozen=True)
class Kind:
    """Questions of one kind."""

    name: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Timing:
    """Milliseconds for the first page of one kind of question, and for the page after it."""

    kind: str
    p50: float
    p95: float
    worst: float
    next_p95: float


@dataclass(frozen=True)
class Report:
    """What was measured; all questions together must stay below the aim at p95."""

    customers: int
    take_in_seconds: float
    take_in_again_seconds: float
    summaries_seconds: float
    p50: float
    p95: float
    worst: float
    timings: list[Timing]


def main(arguments: Sequence[str] = ()) -> Report:
    """Measure, print the report and return it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a hundredth of the customers")
    customers = 10_000 if parser.parse_args(arguments).small else 1_000_000
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-customers-"))
    home.chmod(0o755)
    settings = replace(environment.read({}), home=home, workspace="bench")
    try:
        with wiring.stores(settings, wiring.create_workspace(settings, "bench")) as stores:
            report = measure(stores, customers)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(asdict(report), indent=1, ensure_ascii=False))
    return report


def measure(stores: Stores, customers: int) -> Report:
    """Fill a workspace with customers and time first pages."""
    first = _timed(lambda: _bring(stores, customers, "imp_1"))
    again = _timed(lambda: _bring(stores, customers, "imp_2"))
    summed = _timed(lambda: _summarise(stores, customers))
    with stores.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE customers"))
        connection.execute(text("VACUUM ANALYZE customer_summaries"))
    every: list[float] = []
    timings = []
    for kind in KINDS:
        firsts, nexts = [], []
        for asked in kind.asked:
            _ask(stores, asked)
            for _ in range(REPEATS):
                first_page, next_page = _ask(stores, asked)
                firsts.append(first_page)
                nexts.append(next_page)
        every += firsts
        timings.append(Timing(kind.name, *_quantiles(firsts), _quantiles(nexts)[1]))
    return Report(customers, first, again, summed, *_quantiles(every), timings)


def _ask(stores: Stores, asked: Asked) -> tuple[float, float]:
    """Return the milliseconds of a first page, with its total, and of the next."""
    with transaction(stores.engine) as session:
        begin = time.perf_counter()
        found = service.find(session, asked, None, PAGE)
        _ = [schemas.CustomerRow.from_row(row).model_dump_json() for row in found.rows]
        middle = time.perf_counter()
        if found.next_cursor is not None:
            service.find(session, asked, found.next_cursor, PAGE)
        return (middle - begin) * 1000, (time.perf_counter() - middle) * 1000


def _bring(stores: Stores, customers: int, import_id: str) -> None:
    with transaction(stores.engine) as session:
        take_in(session, _people(customers), import_id=import_id, source="bench", now=NOW)


def _summarise(stores: Stores, customers: int) -> None:
    with transaction(stores.engine) as session:
        replace_summaries(session, _numbers(customers))


def _people(customers: int) -> Iterator[pa.RecordBatch]:
    chance = np.random.default_rng(7)
    for start in range(0, customers, CHUNK):
        size = min(CHUNK, customers - start)
        number = pa.array(np.arange(start, start + size)).cast(pa.string())
        place = chance.integers(0, len(CITIES), size)
        chinese = pc.binary_join_element_wise(
            *(_picked(chance, letters, size) for letters in (SURNAMES, GIVEN, GIVEN)), ""
        )
        latin = pc.binary_join_element_wise(_picked(chance, LATIN, size), _picked(chance, FAMILY, size), " ")
        plan = _picked(chance, PLANS, size)
        size_tag = pa.array(chance.integers(1, 500, size)).cast(pa.string())
        tags = pa.MapArray.from_arrays(
            pa.array(np.arange(0, 2 * size + 1, 2, dtype=np.int32)),
            pa.array(["plan", "size"] * size),
            pa.chunked_array([plan, size_tag])
            .combine_chunks()
            .take(pa.array(np.arange(2 * size).reshape(2, size).T.ravel())),
        )
        yield pa.record_batch(
            {
                "customer_id": pc.binary_join_element_wise("C-", pc.utf8_lpad(number, 8, "0"), ""),
                "name": pc.if_else(pa.array(place < 5), chinese, latin),
                "email": pc.binary_join_element_wise(
                    "user", number, "@mail", pc.utf8_slice_codeunits(number, 0, 2), ".example", ""
                ),
                "phone": pc.binary_join_element_wise("138", pc.utf8_lpad(number, 8, "0"), ""),
                "country": pa.array(COUNTRIES).take(pa.array(place)),
                "city": pa.array(CITIES).take(pa.array(place)),
                "joined_at": _days_before(chance, size, 1500),
                "attributes": tags,
            }
        )


def _numbers(customers: int) -> Iterator[pa.RecordBatch]:
    chance = np.random.default_rng(8)
    for start in range(0, customers, CHUNK):
        size = min(CHUNK, customers - start)
        number = pa.array(np.arange(start, start + size)).cast(pa.string())
        value = chance.gamma(0.8, 300, size)
        yield pa.record_batch(
            {
                "customer_id": pc.binary_join_element_wise("C-", pc.utf8_lpad(number, 8, "0"), ""),
                "orders": pa.array(chance.geometric(0.2, size)),
                "revenue": pc.round(pa.array(value * 2), 2),
                "first_order_at": _days_before(chance, size, 1500),
                "last_order_at": _days_before(chance, size, 700),
                "churn_risk": pa.array(chance.beta(1.2, 2, size)),
                "tier": pa.array(["A", "B", "C"]).take(pa.array(np.where(value > 400, 0, np.where(value > 150, 1, 2)))),
                "value_365": pa.array(value),
                "value_365_low": pa.array(value * 0.6),
                "value_365_high": pa.array(value * 1.6),
                "next_order_at": _days_before(chance, size, 200).cast(pa.date32(), safe=False),
                "rfm": _picked(chance, ("555", "111", "345", "213"), size),
            }
        )


def _picked(chance: np.random.Generator, values: Sequence[str], size: int) -> pa.Array:
    return pa.array(list(values)).take(pa.array(chance.integers(0, len(values), size)))


def _days_before(chance: np.random.Generator, size: int, days: int) -> pa.Array:
    back = chance.integers(0, days * 86_400, size).astype("timedelta64[s]")
    return pa.array((np.datetime64("2026-01-01", "s") - back).astype("datetime64[us]"))


def _filter(*conditions: tuple[str, str, object]) -> str:
    return json.dumps({"all": [{"field": field, "op": op, "value": value} for field, op, value in conditions]})


def _timed(work: object) -> float:
    begin = time.perf_counter()
    assert callable(work)
    work()
    return round(time.perf_counter() - begin, 2)


def _quantiles(values: Sequence[float]) -> tuple[float, float, float]:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return round(statistics.median(ordered), 1), round(p95, 1), round(ordered[-1], 1)


_SORTS = (
    "churn_risk",
    "value_365",
    "orders",
    "revenue",
    "last_order_at",
    "next_order_at",
    "name",
    "tier",
    "city",
    "id",
)
_A_IN_DANGER = _filter(("tier", "in", ["A"]), ("churn_risk", "gte", 0.6))
KINDS = (
    Kind("plain", (Asked("", None, "-churn_risk"),)),
    Kind("sorted", tuple(Asked("", None, sign + field) for field in _SORTS for sign in ("", "-"))),
    Kind(
        "filtered",
        (
            Asked("", _A_IN_DANGER, "-value_365"),
            Asked("", _filter(("country", "eq", "DE")), "-churn_risk"),
            Asked("", _filter(("country", "eq", "DE"), ("orders", "gte", 20)), "name"),
            Asked("", _filter(("last_order_at", "lt", "2024-06-01"), ("tier", "eq", "A")), "-revenue"),
            Asked("", _filter(("churn_risk", "gte", 0.95)), "last_order_at"),
        ),
    ),
    Kind(
        "attributes",
        (
            Asked("", _filter(("attributes.plan", "eq", "enterprise")), "-churn_risk"),
            Asked("", _filter(("attributes.size", "gte", 450), ("tier", "eq", "A")), "-value_365"),
            Asked("", _filter(("attributes.size", "eq", 77)), "-value_365"),
        ),
    ),
    Kind(
        "searched",
        tuple(
            Asked(words, None, "-churn_risk")
            for words in (
                "王",
                "小明",
                "王小明",
                "smith",
                "ann smi",
                "user12345",
                "C-000123",
                "138 0001 23",
                "8888",
                "zzz",
            )
        ),
    ),
    Kind(
        "together",
        (
            Asked("王", _A_IN_DANGER, "-value_365"),
            Asked("ann", _filter(("country", "eq", "GB"), ("attributes.plan", "eq", "pro")), "last_order_at"),
            Asked("smith", _filter(("orders", "gte", 10)), "name"),
        ),
    ),
    Kind(
        "containing",
        (
            Asked("", _filter(("name", "contains", "小明")), "-churn_risk"),
            Asked("", _filter(("email", "contains", "99999@")), "-churn_risk"),
        ),
    ),
)


if __name__ == "__main__":
    report = main(sys.argv[1:])
    sys.exit(0 if report.p95 <= AIM_MS else 1)
