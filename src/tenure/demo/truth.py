"""The truth behind the data: every hazard, effect and value that was planted, as tables."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike

from . import arrow_columns as columns
from . import complaints
from .campaigns import CAMPAIGNS, EFFECT_WEEKS
from .chance import Floats, Ints
from .identity import Identity
from .lives import COOLING, STATES, Lives
from .people import ARCHETYPES, ATTACHMENT_EXIT, CHANNEL_EXIT, CHANNELS, GROUPS, SATISFACTION_EXIT, People
from .products import Range
from .projection import HORIZON_DAYS, project
from .shopping import PAID, SALE, Orders, expected_order_value
from .subscriptions import PRICES, RUNNING, Subscriptions
from .timeline import DAY, Timeline

MONTH_WEEKS = 4  # the grain of the hazard table
DIGITS = 6  # truths are rounded so that no machine's last bit shows


def _number(values: ArrayLike) -> pa.Array:
    return columns.numbers(np.asarray(values, dtype=np.float64).round(DIGITS))


def risk_table(
    people: People,
    lives: Lives,
    identity: Identity,
    timeline: Timeline,
    trade: tuple[Orders, Subscriptions],
    goods: Range,
    silences: Sequence[int],
) -> pa.Table:
    """Return, per customer and instant, the true outlook and what then happened within ninety days.

    ``silences`` are the numbers of days without an order whose chance is told, none longer than the future simulated.
    """
    orders, boxes = trade
    value = expected_order_value(people, goods) / 100
    parts = []
    for week, snapshot in lives.snapshots.items():
        outlook = project(people, lives, snapshot, boxes.cancel_rate, silences)
        seconds = timeline.as_of(timeline.weeks - week)
        rows = np.flatnonzero(snapshot.state != 0)
        fee = _running_fee(boxes, week, len(people))
        parts.append(
            pa.table(
                {
                    "customer_id": identity.first_ids(rows),
                    "as_of": columns.times(np.full(len(rows), seconds)),
                    "state": columns.choices(STATES, snapshot.state[rows]),
                    "log_hazard_of_complaints": _number(snapshot.shock[rows]),
                    "leave_probability_90": _number(outlook.leave_90[rows]),
                    **{f"silence_probability_{days}": _number(silent[rows]) for days, silent in outlook.silent.items()},
                    "expected_orders_90": _number(outlook.orders_90[rows]),
                    "expected_orders_365": _number(outlook.orders_365[rows]),
                    "expected_value_90": _number((outlook.orders_90 * value)[rows]),
                    "expected_value_365": _number((outlook.orders_365 * value)[rows]),
                    "expected_subscription_value_90": _number((fee * outlook.subscribed_months_90)[rows]),
                    "expected_subscription_value_365": _number((fee * outlook.subscribed_months_365)[rows]),
                    **_what_followed(lives, orders, rows, week, seconds),
                    **_who_was_silent(orders, rows, seconds, silences, len(people)),
                }
            )
        )
    return pa.concat_tables(parts)


def _running_fee(boxes: Subscriptions, week: int, size: int) -> Floats:
    """Return the monthly fees of boxes that run and are paid for at the instant."""
    periods, fee = boxes.periods, np.zeros(size)
    running = ~periods.trial & (periods.start < week * 7) & ((periods.stop >= week * 7) | (periods.reason == RUNNING))
    fee[periods.person[running]] = PRICES[periods.plan[running]] / 100
    return np.asarray(fee)


def _who_was_silent(
    orders: Orders, rows: Ints, seconds: int, silences: Sequence[int], size: int
) -> dict[str, pa.Array]:
    sold = (orders.person >= 0) & (orders.kind == SALE) & (orders.status == PAID) & (orders.seconds >= seconds)
    told = {}
    for days in silences:
        bought = orders.person[sold & (orders.seconds < seconds + days * DAY)]
        told[f"silent_within_{days}"] = pa.array(np.bincount(bought, minlength=size)[rows] == 0)
    return told


def _what_followed(lives: Lives, orders: Orders, rows: Ints, week: int, seconds: int) -> dict[str, pa.Array]:
    gone = lives.gone_day[rows]
    left = (gone >= 0) & (gone < week * 7 + HORIZON_DAYS)
    span = (orders.seconds >= seconds) & (orders.seconds < seconds + HORIZON_DAYS * DAY) & (orders.person >= 0)
    bought = np.flatnonzero(span & (orders.kind == SALE) & (orders.status == PAID))
    money = np.flatnonzero(span & (orders.status == PAID))
    size = len(lives.gone_day)
    counts = np.bincount(orders.person[bought], minlength=size)
    sums = np.bincount(orders.person[money], orders.amount[money] / 100, minlength=size)
    return {
        "left_within_90": pa.array(left),
        "orders_within_90": pa.array(counts[rows]),
        "value_within_90": _number(sums[rows]),
    }


def customers_truth(
    people: People, lives: Lives, identity: Identity, timeline: Timeline, goods: Range, boxes: Subscriptions
) -> pa.Table:
    """Return each customer's hidden traits and fate; the id is the first one."""
    everybody = np.arange(len(people))
    gone = lives.gone_day >= 0
    dropped = timeline.utc(lives.gone_day, np.zeros(len(people), dtype=np.int64), people.offset)
    final = lives.snapshots[timeline.weeks]
    return pa.table(
        {
            "customer_id": identity.first_ids(everybody),
            "archetype": columns.choices([kind.name for kind in ARCHETYPES], people.archetype),
            "persuadability": columns.choices(GROUPS, people.group),
            "purchase_rate_per_month": _number(people.purchase_rate),
            "exit_rate_per_month": _number(people.exit_rate),
            "satisfaction": _number(people.satisfaction),
            "attachment": _number(people.attachment),
            "expected_order_value": _number(expected_order_value(people, goods) / 100),
            "coupon_share": _number(people.coupon_share),
            "visits_per_month": _number(people.visit_rate),
            "message_openness": _number(people.openness),
            "retail": pa.array(people.retail),
            "subscriber": pa.array(boxes.started >= 0),
            "subscription_cancel_rate_per_month": _number(boxes.cancel_rate),
            "state_at_end": columns.choices(STATES, final.state),
            "left_at": columns.times(dropped, gone),
            "left_before_end": pa.array(gone & (lives.gone_day < timeline.days)),
        }
    )


def hazards_table(lives: Lives, identity: Identity, timeline: Timeline) -> pa.Table:
    """Return the true hazard of leaving, per customer and month of four weeks, summed over the weeks lived.

    Among any group chosen beforehand (by ``hazard_at_start``, say, never by ``hazard``, which already
    knows who left early), the number who left is the sum of ``hazard`` up to chance.
    """
    months = timeline.weeks // MONTH_WEEKS
    span = slice(0, months * MONTH_WEEKS)
    shape = (len(lives.gone_day), months, MONTH_WEEKS)
    present = lives.hazard[:, span] > 0
    weekly = lives.hazard[:, span].reshape(shape).astype(np.float64)
    at_start = np.take_along_axis(weekly, present.reshape(shape).argmax(axis=2)[:, :, None], axis=2)[:, :, 0]
    hazard = weekly.sum(axis=2)
    weeks = present.reshape(shape).sum(axis=2)
    cooling = (lives.state[:, span] == COOLING).reshape(shape).any(axis=2)
    person, month = np.nonzero(weeks)
    left = (lives.gone_day[person] // 7 // MONTH_WEEKS == month) & (lives.gone_day[person] >= 0)
    return pa.table(
        {
            "customer_id": identity.first_ids(person),
            "month": pa.array(month.astype(np.int32)),
            "starts_at": columns.times(
                timeline.utc(month * MONTH_WEEKS * 7, np.zeros(len(month), dtype=np.int64), np.full(len(month), 8.0))
            ),
            "weeks_at_risk": pa.array(weeks[person, month].astype(np.int32)),
            "hazard_at_start": _number(at_start[person, month]),
            "hazard": _number(hazard[person, month]),
            "cooled": pa.array(cooling[person, month]),
            "left": pa.array(left),
        }
    )


def effects_table() -> pa.Table:
    """Return every planted effect on the log hazard of leaving: topics, waiting, channels, campaigns, newsletters."""
    rows: list[tuple[str, str, str | None, float, float, str]] = []
    fades, alike = "decays by half every 8 weeks", "per complaint, decays alike"
    rows += [("complaint_topic", topic.name, None, topic.effect, 0.0, fades) for topic in complaints.TOPICS]
    rows.append(("waiting", "ln(1 + first_response_hours / 4)", None, complaints.WAITING_EFFECT, 0.0, alike))
    for channel, effect in zip(CHANNELS, CHANNEL_EXIT, strict=True):
        rows.append(("acquisition_channel", channel, None, float(effect), 0.0, "for good"))
    rows.append(("trait", "satisfaction", None, SATISFACTION_EXIT, 0.0, "per standard deviation"))
    rows.append(("trait", "attachment", None, ATTACHMENT_EXIT, 0.0, "per standard deviation"))
    rows.append(("message", "newsletter", None, 0.0, 0.0, "opening one goes with staying but does not cause it"))
    for campaign in CAMPAIGNS:
        for group, hazard, purchase in zip(GROUPS, campaign.hazard_effect, campaign.purchase_effect, strict=True):
            rows.append(("campaign", campaign.name, group, hazard, purchase, f"for {EFFECT_WEEKS} weeks"))
    names: Sequence[str] = ("kind", "name", "persuadability", "log_hazard_effect", "log_purchase_effect", "note")
    return pa.table({name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})


def assignments_table(people: People, lives: Lives, identity: Identity, timeline: Timeline) -> pa.Table:
    """Return who was drawn into which campaign and arm, the true effect on them, and whether they left in its weeks."""
    drawn = lives.assignments
    effects = np.array([campaign.hazard_effect for campaign in CAMPAIGNS])
    purchase = np.array([campaign.purchase_effect for campaign in CAMPAIGNS])
    group = people.group[drawn.person]
    gone = lives.gone_day[drawn.person]
    first = drawn.week * 7
    present = (gone < 0) | (gone >= first)
    zeros = np.zeros(len(first), dtype=np.int64)
    return pa.table(
        {
            "customer_id": identity.first_ids(drawn.person),
            "campaign": columns.choices([campaign.name for campaign in CAMPAIGNS], drawn.campaign),
            "drawn_at": columns.times(timeline.utc(first, zeros, people.offset[drawn.person])),
            "treated": pa.array(drawn.treated),
            "persuadability": columns.choices(GROUPS, group),
            "log_hazard_effect": _number(effects[drawn.campaign, group]),
            "log_purchase_effect": _number(purchase[drawn.campaign, group]),
            "still_a_customer": pa.array(present),
            "left_within_13_weeks": pa.array(present & (gone >= 0) & (gone < first + EFFECT_WEEKS * 7)),
        }
    )


def duplicates_table(identity: Identity) -> pa.Table:
    """Return the people who signed up twice."""
    who = np.flatnonzero(identity.twice)
    return pa.table(
        {
            "customer_id": identity.first_ids(who),
            "duplicate_id": identity.second_ids(who),
            "second_from": columns.times(identity.second_from[who]),
        }
    )


def products_truth(goods: Range) -> pa.Table:
    """Return each product's hidden flaw: higher means worse reviews and more returns."""
    size = len(goods.price)
    return pa.table({"product_id": columns.numbered("P", np.arange(size) + 1, 4), "flaw": _number(goods.flaw)})
