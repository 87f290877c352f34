"""Orders, their lines, returns, cancellations and anonymous sales at the till."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import arrow_columns as columns
from .chance import Bools, Floats, Ints, pick, pick_by_row, places_within
from .lives import Lives
from .people import People
from .products import CATEGORIES, Range, choose, expected_price, product_ids
from .seasons import second_of_day, shop_second_of_day
from .timeline import DAY, Timeline

CHANNELS = ("app", "mini_program", "web", "store", "marketplace")
CHANNEL_SHARES = np.array([(30, 34, 6, 14, 16), (30, 0, 52, 0, 18)], dtype=float)
STORE = CHANNELS.index("store")
ONLINE = 3  # channels before this one leave a visit behind
LINE_CHANCE = 0.48  # of adding one more line; lines per order follow a geometric distribution, at most eight
MOST_LINES = 8
ONE, TWO, THREE = 0.80, 0.16, 0.04
PIECES = ONE + 2 * TWO + 3 * THREE
COUPONS = ("", "HARBOR12", "FESTIVAL15", "MEMBER20")
RATES = np.array([0.0, 0.12, 0.15, 0.20])
COUPON_SHARES = (0.30, 0.40, 0.30)
RETURN_CHANCE = 0.045
ANONYMOUS_SHARE = 0.011
SALE, RETURN = 0, 1
PAID, PENDING, CANCELLED = 0, 1, 2
CANCEL_CHANCE = 0.018


@dataclass(frozen=True)
class Orders:
    """Order heads and lines; ``person`` is −1 for anonymous sales, lines point to their head."""

    person: Ints
    seconds: Ints
    kind: Ints
    status: Ints
    channel: Ints
    coupon: Ints
    amount: Ints
    discount: Ints
    pieces: Ints
    first_product: Ints
    line_order: Ints
    line_product: Ints
    line_pieces: Ints
    line_amount: Ints

    def __len__(self) -> int:
        return len(self.person)


def shop(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline, goods: Range) -> Orders:
    """Turn weekly counts into orders with times, lines and prices, future weeks included."""
    person, seconds, day = _sale_times(rng, people, lives, timeline)
    known = person >= 0
    who = np.maximum(person, 0)
    market = np.where(known, people.market[who], 0)
    channel = np.where(known, pick_by_row(CHANNEL_SHARES, market, rng.random(len(person))), STORE)
    coupon = _coupons(rng, np.where(known, people.coupon_share[who], 0.1))
    lines = rng.geometric(1 - LINE_CHANCE, len(person)).clip(max=MOST_LINES).astype(np.int64)
    line_order = np.repeat(np.arange(len(person)), lines)
    favourite = np.where(known, people.favourite[who], rng.integers(0, len(CATEGORIES), len(person)))
    taste = np.where(known, people.taste[who], 0.0)
    product = choose(rng, goods, favourite[line_order], taste[line_order], day[line_order])
    pieces = 1 + pick(rng, (ONE, TWO, THREE), len(product))
    full = goods.price[product] * pieces
    net = np.rint(full * (1 - RATES[coupon][line_order])).astype(np.int64)
    sums = [np.bincount(line_order, column, len(person)).astype(np.int64) for column in (net, full - net, pieces)]
    recent = (seconds > timeline.end - 2 * DAY) & (seconds < timeline.end)
    odd = rng.random(len(person))
    status = np.where(odd < CANCEL_CHANCE, CANCELLED, np.where(recent & (odd > 0.9), PENDING, PAID))
    first = product[np.cumsum(lines) - lines]
    sales = Orders(
        person, seconds, np.full(len(person), SALE), status, channel, coupon,
        sums[0], sums[1], sums[2], first, line_order, product, pieces, net,
    )  # fmt: skip
    return _with_returns(rng, sales, goods)


def _sale_times(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline) -> tuple[Ints, Ints, Ints]:
    """Return person, UTC second and local day of every sale, in order of time."""
    person, week = np.nonzero(lives.orders)
    counts = lives.orders[person, week].astype(np.int64)
    person, week = np.repeat(person, counts), np.repeat(week, counts)
    first_day = week * 7
    gone = np.where(lives.gone_day[person] >= first_day, lives.gone_day[person], first_day + 7)
    start = np.maximum(people.joined_day[person] + 1, first_day)
    day = _days_by_demand(rng, lives.demand, people.market[person], start, np.minimum(gone, first_day + 7))
    newcomers = np.flatnonzero(lives.first_order)
    anonymous = round(ANONYMOUS_SHARE * len(person))
    full_weeks = np.zeros(anonymous, dtype=np.int64)
    anonymous_day = _days_by_demand(
        rng, lives.demand, full_weeks, full_weeks, np.full(anonymous, timeline.all_weeks * 7)
    )
    person = np.concatenate([person, newcomers, np.full(anonymous, -1)])
    day = np.concatenate([day, people.joined_day[newcomers], anonymous_day])
    offset = np.where(person >= 0, people.offset[np.maximum(person, 0)], 8.0)
    market = np.where(person >= 0, people.market[np.maximum(person, 0)], 0)
    second = np.where(person >= 0, second_of_day(rng, market), shop_second_of_day(rng, len(person)))
    is_first = np.zeros(len(person), dtype=bool)
    is_first[len(person) - anonymous - len(newcomers) : len(person) - anonymous] = True
    soon = people.joined_second[np.maximum(person, 0)] + rng.integers(600, 3500, len(person))
    second = np.where(is_first, soon, second)
    seconds = timeline.utc(day, second, offset)
    order = np.lexsort((person, seconds))
    return person[order], seconds[order], day[order]


def _days_by_demand(rng: np.random.Generator, demand: Floats, market: Ints, start: Ints, stop: Ints) -> Ints:
    """Draw a day in [start, stop) in proportion to the market's demand on each day."""
    days = np.zeros(len(market), dtype=np.int64)
    for code in range(demand.shape[0]):
        rows = np.flatnonzero(market == code)
        reach = np.concatenate([[0.0], np.cumsum(demand[code])])
        low, high = reach[start[rows]], reach[stop[rows]]
        drawn = np.searchsorted(reach, low + (high - low) * rng.random(len(rows)), side="right") - 1
        days[rows] = np.clip(drawn, start[rows], np.maximum(stop[rows] - 1, start[rows]))
    return days


def _coupons(rng: np.random.Generator, share: Floats) -> Ints:
    used = rng.random(len(share)) < share
    return np.where(used, 1 + pick(rng, COUPON_SHARES, len(share)), 0)


def _with_returns(rng: np.random.Generator, sales: Orders, goods: Range) -> Orders:
    """Add whole-order returns some days after; flawed products come back more often."""
    chance = RETURN_CHANCE * np.exp(0.6 * goods.flaw[sales.first_product]) / np.exp(0.5 * (0.6 * 0.5) ** 2)
    back = np.flatnonzero((rng.random(len(sales)) < chance) & (sales.status == PAID))
    seconds = sales.seconds[back] + ((3 + 15 * rng.random(len(back))) * DAY).astype(np.int64)
    position = np.full(len(sales), -1, dtype=np.int64)
    position[back] = len(sales) + np.arange(len(back))
    lines = np.flatnonzero(position[sales.line_order] >= 0)
    return Orders(
        np.concatenate([sales.person, sales.person[back]]),
        np.concatenate([sales.seconds, seconds]),
        np.concatenate([sales.kind, np.full(len(back), RETURN)]),
        np.concatenate([sales.status, np.full(len(back), PAID)]),
        np.concatenate([sales.channel, sales.channel[back]]),
        np.concatenate([sales.coupon, np.zeros(len(back), dtype=np.int64)]),
        np.concatenate([sales.amount, -sales.amount[back]]),
        np.concatenate([sales.discount, np.zeros(len(back), dtype=np.int64)]),
        np.concatenate([sales.pieces, -sales.pieces[back]]),
        np.concatenate([sales.first_product, sales.first_product[back]]),
        np.concatenate([sales.line_order, position[sales.line_order[lines]]]),
        np.concatenate([sales.line_product, sales.line_product[lines]]),
        np.concatenate([sales.line_pieces, -sales.line_pieces[lines]]),
        np.concatenate([sales.line_amount, -sales.line_amount[lines]]),
    )


def expected_order_value(people: People, goods: Range) -> Floats:
    """Return each person's true expected net value of a paid order in cents, after discounts and returns."""
    powers = LINE_CHANCE ** np.arange(MOST_LINES)
    lines = float(powers.sum())
    rate = float(np.dot(COUPON_SHARES, RATES[1:]))
    per_line = expected_price(goods, people.favourite, people.taste) * PIECES
    return np.asarray(per_line * lines * (1 - rate * people.coupon_share) * (1 - RETURN_CHANCE))


def order_ids(orders: Orders, rows: Ints, batch: int) -> pa.Array:
    """Return the order numbers of some rows; returns carry their own."""
    return columns.numbered("H", rows + 1 + batch * 10_000_000, 10)


def orders_table(orders: Orders, rows: Ints, customer: pa.Array, batch: int) -> pa.Table:
    """Return the table ``orders`` for the rows that the data hold."""
    sale = orders.kind[rows] == SALE
    return pa.table(
        {
            "order_id": order_ids(orders, rows, batch),
            "customer_id": customer,
            "ordered_at": columns.times(orders.seconds[rows]),
            "kind": columns.choices(("sale", "return"), orders.kind[rows]),
            "status": columns.choices(("paid", "pending", "cancelled"), orders.status[rows]),
            "amount": columns.money(orders.amount[rows]),
            "discount": columns.money(orders.discount[rows]),
            "quantity": columns.numbers(orders.pieces[rows]),
            "currency": columns.same("CNY", len(rows)),
            "channel": columns.choices(CHANNELS, orders.channel[rows]),
            "coupon": columns.choices(COUPONS, orders.coupon[rows], sale & (orders.coupon[rows] > 0)),
        }
    )


def order_items_table(orders: Orders, rows: Ints, customer: pa.Array, goods: Range, batch: int) -> pa.Table:
    """Return the table ``order_items`` for the heads that the data hold; ``customer`` follows the heads."""
    position = np.full(len(orders), -1, dtype=np.int64)
    position[rows] = np.arange(len(rows))
    lines = np.flatnonzero(position[orders.line_order] >= 0)
    head = orders.line_order[lines]
    lines = lines[np.argsort(position[head], kind="stable")]
    head = orders.line_order[lines]
    product = orders.line_product[lines]
    place = places_within(np.bincount(position[head], minlength=len(rows)).astype(np.int64))
    order_id = order_ids(orders, head, batch)
    return pa.table(
        {
            "order_item_id": columns.joined(
                order_id, "-", columns.choices([str(n + 1) for n in range(MOST_LINES)], place)
            ),
            "order_id": order_id,
            "customer_id": customer.take(pa.array(position[head])),
            "ordered_at": columns.times(orders.seconds[head]),
            "kind": columns.choices(("sale", "return"), orders.kind[head]),
            "product_id": product_ids(product),
            "product_name": columns.choices(goods.names, product),
            "category": columns.choices(CATEGORIES, goods.category[product]),
            "quantity": columns.numbers(orders.line_pieces[lines]),
            "unit_price": columns.money(goods.price[product]),
            "amount": columns.money(orders.line_amount[lines]),
            "currency": columns.same("CNY", len(lines)),
        }
    )


def online(orders: Orders) -> Bools:
    """Return which rows are sales made on a screen."""
    return np.asarray((orders.kind == SALE) & (orders.channel < ONLINE))
