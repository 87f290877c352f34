"""Tickets: what customers wrote in about, how long they waited, and how it ended."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import arrow_columns as columns
from .chance import Bools, Floats, Ints, pick
from .complaints import TOPIC_EFFECTS, TOPIC_NAMES
from .identity import Identity
from .lives import Lives
from .people import People
from .products import Range
from .seasons import second_of_day
from .shopping import SALE, Orders
from .timeline import DAY, Timeline
from .wording import EN, LANGUAGES, ZH, product_names, ticket_texts

CHANNELS = ("chat", "phone", "email", "wecom", "form")
PRIORITIES = ("low", "normal", "high", "urgent")
HOUR = 3600
ANSWER_SHARE = 0.42  # of closed tickets whose customer says how it went


@dataclass(frozen=True)
class Tickets:
    """One row per ticket in order of time; ``order`` is the order it is about, or −1."""

    person: Ints
    topic: Ints
    opened: Ints
    answered: Ints
    closed: Ints
    order: Ints
    product: Ints
    reopened: Ints
    satisfaction: Ints
    rated: Bools
    language: Ints


def languages(rng: np.random.Generator, people: People, person: Ints) -> Ints:
    """Return the language each row is written in; a few write in the other one."""
    other = rng.random(len(person)) < 0.03
    return np.where((people.market[person] == 0) ^ other, ZH, EN).astype(np.int64)


def serve(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline, orders: Orders) -> Tickets:
    """Give every ticket its instants, the order it is about, and an end."""
    person, week, topic = lives.ticket_person, lives.ticket_week, lives.ticket_topic
    offset = people.offset[person]
    week_end = timeline.utc((week + 1) * 7, np.zeros(len(week), dtype=np.int64), offset)
    order = np.where(lives.ticket_after_order, _last_order_before(orders, person, week_end), -1)
    ordered = orders.seconds[np.maximum(order, 0)]
    share = 0.05 + 0.95 * rng.random(len(person))
    after = ordered + (share * np.maximum(week_end - ordered, HOUR)).astype(np.int64)
    idle = timeline.utc(week * 7 + rng.integers(0, 7, len(week)), second_of_day(rng, people.market[person]), offset)
    opened = np.where(order >= 0, after, idle)
    answered = opened + (lives.ticket_wait * HOUR).astype(np.int64) + 1
    hours = np.where(TOPIC_EFFECTS[topic] > 0, 22.0, 5.0) * np.exp(rng.normal(0, 0.8, len(topic)))
    closed = answered + (hours * HOUR).astype(np.int64) + 60
    mood = (
        4.35 + 0.35 * people.satisfaction[person] - 1.1 * TOPIC_EFFECTS[topic] - 0.35 * np.log1p(lives.ticket_wait / 4)
    )
    noise = rng.normal(0, 0.8, len(topic))
    fields = Tickets(
        person, topic, opened, answered, closed, order,
        np.where(order >= 0, orders.first_product[np.maximum(order, 0)], rng.integers(0, 120, len(topic))),
        rng.poisson(0.03 + 0.10 * TOPIC_EFFECTS[topic]).astype(np.int64),
        np.clip(np.rint(mood + noise), 1, 5).astype(np.int64),
        rng.random(len(topic)) < ANSWER_SHARE,
        languages(rng, people, person),
    )  # fmt: skip
    return _in_order(fields)


def _in_order(tickets: Tickets) -> Tickets:
    order = np.lexsort((tickets.person, tickets.opened))
    return Tickets(**{name: column[order] for name, column in vars(tickets).items()})


def _last_order_before(orders: Orders, person: Ints, moment: Ints) -> Ints:
    """Return the row of each person's last sale before a moment, or −1."""
    sales = np.flatnonzero((orders.kind == SALE) & (orders.person >= 0))
    base = int(orders.seconds.min())
    key = orders.person[sales] * 2**36 + (orders.seconds[sales] - base)
    by_key = np.argsort(key, kind="stable")
    place = np.searchsorted(key[by_key], person * 2**36 + (moment - base), side="left") - 1
    row = sales[by_key[np.maximum(place, 0)]]
    return np.where((place >= 0) & (orders.person[row] == person), row, -1)


def tickets_table(
    rng: np.random.Generator,
    people: People,
    identity: Identity,
    timeline: Timeline,
    tickets: Tickets,
    named: tuple[Range, int],
) -> pa.Table:
    """Return the table ``tickets`` as it stood at the end: what is still open has no end."""
    goods, batch = named
    size = int(np.searchsorted(tickets.opened, timeline.end))
    person, topic, language = tickets.person[:size], tickets.topic[:size], tickets.language[:size]
    closed = tickets.closed[:size] < timeline.end - DAY // 24
    product = product_names(language, tickets.product[:size], goods.chinese, goods.english)
    china = people.market[person] == 0
    channel = np.where(china, pick(rng, (34, 18, 6, 30, 12), size), pick(rng, (30, 12, 40, 0, 18), size))
    severity = TOPIC_EFFECTS[topic] + 0.25 * (people.level[person] - 1) + rng.normal(0, 0.2, size)
    return pa.table(
        {
            "ticket_id": columns.numbered("T", np.arange(size) + 1 + batch * 10_000_000, 9),
            "customer_id": identity.at(person, tickets.opened[:size]),
            "opened_at": columns.times(tickets.opened[:size]),
            "first_response_at": columns.times(tickets.answered[:size], tickets.answered[:size] < timeline.end),
            "closed_at": columns.times(tickets.closed[:size], closed),
            "channel": columns.choices(CHANNELS, channel),
            "topic": columns.choices(TOPIC_NAMES, topic),
            "priority": columns.choices(PRIORITIES, np.digitize(severity, [0.05, 0.6, 1.1]).astype(np.int64)),
            "reopened": columns.numbers(tickets.reopened[:size].astype(np.float64)),
            "satisfaction": columns.numbers(
                tickets.satisfaction[:size].astype(np.float64), closed & tickets.rated[:size]
            ),
            "text": ticket_texts(rng, language, topic, product),
            "language": columns.choices(LANGUAGES, language),
        }
    )


def waiting_hours(tickets: Tickets) -> Floats:
    """Return hours from opening to the first answer."""
    return np.asarray((tickets.answered - tickets.opened) / HOUR)
