"""The whole company: every table, and every truth behind it, for a seed, a size and an end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from . import marketing, payments, people, register, service, shopping, subscriptions, truth, visits, voice
from .chance import stream
from .identity import identify
from .lateness import recorded_at
from .lives import live
from .products import Range, product_range, products_table
from .projection import HORIZON_DAYS
from .timeline import FUTURE_WEEKS, Timeline

NAME = "Hearth & Harbor 栖岸家居"
BATCH = 25_000  # customers simulated together; part of what a seed means, so never tuned to a machine
TIMES = {
    "customers": "joined_at", "orders": "ordered_at", "order_items": "ordered_at", "products": "listed_at",
    "payments": "paid_at", "subscriptions": "started_at", "events": "occurred_at", "tickets": "opened_at",
    "feedback": "answered_at", "messages": "sent_at", "consent": "at",
}  # fmt: skip


@dataclass(frozen=True)
class Company:
    """The made-up company's tables as its systems would export them, and the truth nobody there knows.

    ``recorded`` gives for every table when each row became known, row by row, for imports that
    want to show late data.
    """

    tables: dict[str, pa.Table]
    truth: dict[str, pa.Table]
    recorded: dict[str, pa.ChunkedArray] = field(default_factory=dict)

    def with_recorded_at(self, name: str) -> pa.Table:
        """Return a table with the column ``recorded_at``."""
        return self.tables[name].append_column("recorded_at", self.recorded[name])

    def write(self, folder: Path | str) -> list[Path]:
        """Write every table to ``folder`` and every truth to ``folder/truth``, as Parquet; return the files."""
        return write([self], folder)


def generate(
    seed: int,
    *,
    end: datetime,
    customers: int = 20_000,
    months: int = 26,
    silences: Sequence[int] = (HORIZON_DAYS,),
) -> Company:
    """Return the whole company; the same arguments give the same bytes on every machine.

    ``silences`` are the numbers of days without an order whose true chance is told, each up to thirteen weeks.
    """
    parts = list(generate_batches(seed, end=end, customers=customers, months=months, silences=silences))
    first = parts[0]
    return Company(
        {name: pa.concat_tables([part.tables[name] for part in parts]) for name in first.tables},
        {name: pa.concat_tables([part.truth[name] for part in parts]) for name in first.truth},
        {name: pa.chunked_array([c for part in parts for c in part.recorded[name].chunks]) for name in first.recorded},
    )


def generate_batches(
    seed: int,
    *,
    end: datetime,
    customers: int = 20_000,
    months: int = 26,
    silences: Sequence[int] = (HORIZON_DAYS,),
) -> Iterator[Company]:
    """Yield the company in batches of customers, so that a million fit in little memory.

    What belongs to no customer (products, effects) comes with the first batch only.
    """
    timeline = Timeline.ending(end, months)
    goods = product_range(seed, timeline)
    for batch, first in enumerate(range(0, customers, BATCH)):
        part = _simulate(seed, batch, timeline, goods, (min(BATCH, customers - first), first), silences)
        if batch:
            part.tables["products"] = part.tables["products"].slice(0, 0)
            part.recorded["products"] = part.recorded["products"].slice(0, 0)
            part.truth["effects"] = part.truth["effects"].slice(0, 0)
            part.truth["products"] = part.truth["products"].slice(0, 0)
        yield part


def write(parts: Iterator[Company] | list[Company], folder: Path | str) -> list[Path]:
    """Write batches one behind the other into one Parquet file per table and truth."""
    root = Path(folder)
    (root / "truth").mkdir(parents=True, exist_ok=True)
    writers: dict[Path, pq.ParquetWriter] = {}
    for part in parts:
        named = {root / f"{name}.parquet": part.with_recorded_at(name) for name in part.tables}
        named |= {root / "truth" / f"{name}.parquet": table for name, table in part.truth.items()}
        for path, table in named.items():
            if path not in writers:
                writers[path] = pq.ParquetWriter(path, table.schema, compression="zstd")
            writers[path].write_table(table)
    for writer in writers.values():
        writer.close()
    return sorted(writers)


def _simulate(
    seed: int, batch: int, timeline: Timeline, goods: Range, span: tuple[int, int], silences: Sequence[int]
) -> Company:
    def chance(story: str) -> np.random.Generator:
        return stream(seed, batch, story)

    size, first = span
    crowd = people.draw(chance("people"), timeline, size, first)
    known_as = identify(chance("identity"), crowd, timeline)
    lives = live(crowd, timeline, chance("lives"), (timeline.weeks - FUTURE_WEEKS, timeline.weeks))
    orders = shopping.shop(chance("shopping"), crowd, lives, timeline, goods)
    boxes = subscriptions.subscribe(chance("subscriptions"), crowd, lives, timeline)
    seen = visits.visit(chance("visits"), crowd, lives, timeline, orders)
    tickets = service.serve(chance("service"), crowd, lives, timeline, orders)
    answers = voice.hear(chance("voice"), crowd, lives, timeline, (orders, tickets), goods)
    sent = marketing.send(chance("marketing"), crowd, lives, timeline)
    rows = np.flatnonzero(orders.seconds < timeline.end)
    rows = rows[np.argsort(orders.seconds[rows], kind="stable")]
    buyers = known_as.at(orders.person[rows], orders.seconds[rows])
    words = chance("words")
    tables = {
        "customers": register.customers_table(chance("register"), crowd, lives, known_as, timeline),
        "orders": shopping.orders_table(orders, rows, buyers, batch),
        "order_items": shopping.order_items_table(orders, rows, buyers, goods, batch),
        "products": products_table(goods, timeline),
        "payments": payments.payments_table(
            chance("payments"), crowd, known_as, timeline, (orders, rows, boxes), batch
        ),
        "subscriptions": subscriptions.subscriptions_table(boxes, crowd, known_as, timeline),
        "events": visits.events_table(chance("events"), crowd, known_as, timeline, (goods, seen), batch),
        "tickets": service.tickets_table(words, crowd, known_as, timeline, tickets, (goods, batch)),
        "feedback": voice.feedback_table(words, crowd, known_as, answers, (goods, orders, batch)),
        "messages": marketing.messages_table(chance("messages"), crowd, lives, known_as, timeline, (sent, batch)),
        "consent": marketing.consent_table(crowd, known_as, timeline, sent),
    }
    truths = {
        "customers": truth.customers_truth(crowd, lives, known_as, timeline, goods, boxes),
        "risk": truth.risk_table(crowd, lives, known_as, timeline, (orders, boxes), goods, silences),
        "hazards": truth.hazards_table(lives, known_as, timeline),
        "effects": truth.effects_table(),
        "assignments": truth.assignments_table(crowd, lives, known_as, timeline),
        "duplicates": truth.duplicates_table(known_as),
        "products": truth.products_truth(goods),
    }
    return Company(tables, truths, _recorded(chance("lateness"), tables, timeline))


def _recorded(rng: np.random.Generator, tables: dict[str, pa.Table], timeline: Timeline) -> dict[str, pa.ChunkedArray]:
    known = {}
    for name, table in tables.items():
        happened = table[TIMES[name]].to_numpy().astype("datetime64[s]").astype(np.int64)
        known[name] = pa.chunked_array([recorded_at(rng, name, happened, timeline.end)])
    return known
