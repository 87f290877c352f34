"""Visits to the app, the mini-program and the web shop: what people did and for how long.

Visits grow rarer and shorter while a customer cools; that is what can be seen of it.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import arrow_columns as columns
from .chance import Bools, Floats, Ints, pick, places_within
from .identity import Identity
from .lives import COOLING, GONE, WARM, Lives
from .people import People
from .products import CATEGORIES, Range, choose, product_ids
from .seasons import CHINA, second_of_day
from .shopping import CHANNELS, Orders, online
from .timeline import DAY, WEEK_MONTHS, Timeline

PLATFORMS = ("ios", "android", "mini_program", "web", "mobile_web")
NAMES = (
    "login",
    "search",
    "view_product",
    "add_to_cart",
    "checkout",
    "view_category",
    "view_order",
    "use_support_page",
)
LOGIN, SEARCH, VIEW, CART, CHECKOUT, CATEGORY, ORDER, SUPPORT = range(8)
PAGES = ("/account", "/search", "/product", "/cart", "/checkout", "/category", "/orders", "/help")
SECONDS = np.array([12.0, 18.0, 55.0, 15.0, 70.0, 35.0, 25.0, 60.0])  # median stay by name
MIDDLE = (0.04, 0.17, 0.47, 0.07, 0.0, 0.16, 0.06, 0.03)
QUERIES = (
    "咖啡豆",
    "四件套",
    "香薰",
    "护手霜",
    "收纳",
    "礼盒",
    "coffee beans",
    "candle",
    "duvet",
    "mug",
    "gift box",
    "lamp",
)
FADE_WEEKS = 4.0
GONE_VISITS = 0.012  # even those who left look in now and then
VISIT_SCALE = 2.0


@dataclass(frozen=True)
class Visits:
    """One row per visit; ``order`` is the row of the order it ended with, or −1."""

    person: Ints
    seconds: Ints
    order: Ints
    product: Ints
    platform: Ints
    length: Ints
    pace: Floats


def attention(state: np.ndarray, weeks_cool: np.ndarray) -> Floats:
    """Return how much of a customer's usual attention is left: falling while cool, almost none when gone, none before joining."""
    fading = 0.6 * np.exp(-weeks_cool / FADE_WEEKS)
    return np.asarray(np.select([state == WARM, state == COOLING, state == GONE], [1.0, fading, GONE_VISITS], 0.0))


def visit(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline, orders: Orders) -> Visits:
    """Draw idle visits week by week, and one visit for every order made on a screen."""
    weeks = timeline.weeks + 1
    state, cool = lives.state[:, :weeks], lives.weeks_cool[:, :weeks]
    rate = people.visit_rate[:, None] * attention(state, cool) * WEEK_MONTHS * VISIT_SCALE
    weekly = lives.demand[:, : weeks * 7].reshape(2, weeks, 7).mean(axis=2)
    counts = rng.poisson(rate * np.sqrt(weekly)[people.market])
    person, week = np.nonzero(counts)
    repeats = counts[person, week]
    person, week = np.repeat(person, repeats), np.repeat(week, repeats)
    day = week * 7 + rng.integers(0, 7, len(person))
    leaves = (lives.gone_day[person] // 7 == week) & (lives.gone_day[person] >= 0)
    day = np.where(leaves, np.minimum(day, np.maximum(lives.gone_day[person] - 1, week * 7)), day)
    idle = timeline.utc(day, second_of_day(rng, people.market[person]), people.offset[person])
    bought = np.flatnonzero(online(orders) & (orders.person >= 0) & (orders.seconds < timeline.end))
    who = np.concatenate([person, orders.person[bought]])
    order = np.concatenate([np.full(len(person), -1), bought])
    attentive = attention(lives.state, lives.weeks_cool)
    week_of = np.concatenate([week, timeline.week_of(orders.seconds[bought])])
    left = np.asarray(np.maximum(attentive[who, week_of], 0.2), dtype=np.float64)
    middle = rng.geometric(1 / (1.0 + 0.45 * left)).astype(np.int64).clip(max=20) - 1
    return Visits(
        person=who,
        seconds=np.concatenate([idle, orders.seconds[bought]]),
        order=order,
        product=np.concatenate([np.full(len(person), -1), orders.first_product[bought]]),
        platform=_platforms(rng, people, who, order, orders),
        length=middle + np.where(order >= 0, 3, 1),
        pace=np.asarray((0.15 + 0.85 * left) * np.exp(rng.normal(0, 0.35, len(who)))),
    )


def _platforms(rng: np.random.Generator, people: People, who: Ints, order: Ints, orders: Orders) -> Ints:
    china = pick(rng, (26, 22, 40, 6, 6), len(who))
    abroad = pick(rng, (28, 14, 0, 40, 18), len(who))
    idle = np.where(people.market[who] == CHINA, china, abroad)
    phone = pick(rng, (5, 4), len(who))
    browser = 3 + pick(rng, (6, 4), len(who))
    channel = orders.channel[np.maximum(order, 0)]
    bought = np.select(
        [channel == CHANNELS.index("app"), channel == CHANNELS.index("mini_program")], [phone, 2], browser
    )
    return np.where(order >= 0, bought, idle)


def events_table(
    rng: np.random.Generator,
    people: People,
    identity: Identity,
    timeline: Timeline,
    seen: tuple[Range, Visits],
    batch: int,
) -> pa.Table:
    """Return the table ``events``, in order of time."""
    goods, visits = seen
    session = np.repeat(np.arange(len(visits.person)), visits.length)
    place = places_within(visits.length)
    buys = visits.order[session] >= 0
    name = _names(rng, place, visits.length[session], buys)
    drawn = SECONDS[name] * visits.pace[session] * np.exp(rng.normal(0, 0.6, len(name)))
    stay = drawn.clip(1, 1800).round(1)
    begun = np.cumsum(stay) - stay
    into = begun - begun[np.cumsum(visits.length) - visits.length][session]
    total = np.bincount(session, stay, len(visits.person))
    # A visit that buys ends at the order; an idle one starts at its time.
    start = visits.seconds - np.where(visits.order >= 0, total, 0).astype(np.int64)
    seconds = start[session] + into.astype(np.int64)
    inside = np.flatnonzero((seconds < timeline.end) & (start >= 0)[session])
    inside = inside[np.argsort(seconds[inside], kind="stable")]
    name, session, seconds, stay, buys = name[inside], session[inside], seconds[inside], stay[inside], buys[inside]
    person = visits.person[session]
    sees = (name == VIEW) | (name == CART)
    day = (seconds - timeline.utc(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.zeros(1))[0]) // DAY
    product = choose(rng, goods, people.favourite[person], people.taste[person], day)
    product = np.where(buys & (name == CART), np.maximum(visits.product[session], 0), product)
    return pa.table(
        {
            "event_id": columns.numbered("E", np.arange(len(inside)) + 1 + batch * 100_000_000, 11),
            "customer_id": identity.at(person, seconds),
            "occurred_at": columns.times(seconds),
            "name": columns.choices(NAMES, name),
            "platform": columns.choices(PLATFORMS, visits.platform[session]),
            "session_id": columns.numbered("V", session + 1 + batch * 10_000_000, 10),
            "page": columns.choices(PAGES, name),
            "product_id": columns.blank(product_ids(product), sees),
            "duration_seconds": columns.numbers(stay),
            "properties": _properties(rng, name, goods.category[product]),
        }
    )


def _names(rng: np.random.Generator, place: Ints, length: Ints, buys: Bools) -> Ints:
    """Lay out each visit: it may open with a log-in, and one that buys ends with cart and checkout."""
    name = pick(rng, MIDDLE, len(place))
    first = np.where(rng.random(len(place)) < 0.62, LOGIN, np.where(rng.random(len(place)) < 0.6, VIEW, CATEGORY))
    name = np.where(place == 0, first, name)
    name = np.where(buys & (place == length - 2), CART, name)
    return np.where(buys & (place == length - 1), CHECKOUT, name)


def _properties(rng: np.random.Generator, name: Ints, category: Ints) -> pa.Array:
    """Return what was searched for and which category was opened, as maps; most events have neither."""
    searched, opened = name == SEARCH, name == CATEGORY
    has = searched | opened
    offsets = np.concatenate([[0], np.cumsum(has)]).astype(np.int32)
    keys = columns.choices(("query", "category"), opened[has].astype(np.int64))
    words = columns.choices(
        (*QUERIES, *CATEGORIES),
        np.where(opened[has], len(QUERIES) + category[has], pick(rng, [1.0] * len(QUERIES), int(has.sum()))),
    )
    return pa.MapArray.from_arrays(pa.array(offsets), keys, words)
