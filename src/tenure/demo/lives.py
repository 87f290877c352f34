"""Every customer's life, week by week: warm, cooling or gone, and what they do meanwhile.

A warm customer may leave at once (a move, a new baby: nothing shows it) or cool first, buying and
visiting less, and then leave or come back. Complaints, waiting and campaigns change all these
rates by one common factor, which is the truth an estimate has to find.
"""

from dataclasses import dataclass, field

import numpy as np

from . import complaints
from .campaigns import CAMPAIGNS, EFFECT_WEEKS, Assignments, effects, eligible
from .chance import Bools, Floats, Ints
from .people import CONTACTS, People
from .seasons import demand_by_day
from .timeline import WEEK_MONTHS, Timeline

NOT_YET, WARM, COOLING, GONE = 0, 1, 2, 3
STATES = ("not_yet", "warm", "cooling", "gone")
DIRECT_SHARE = 0.28  # of the exits from warm; the rest announce themselves by cooling
COOL_FACTOR = 1.25  # more people cool than leave, because some come back
COOL_EXIT = 0.32  # per month, at a base exit rate of COOL_REFERENCE
COOL_REFERENCE = 0.06
COOL_POWER = 0.25
RECOVERY = 0.08  # per month
PURCHASES_WHEN = np.array([0.0, 1.0, 0.25, 0.0])
FIRST_ORDER_SHARE = 0.96
LETTER_WEEKS = 3  # a newsletter every three weeks
UNSUBSCRIBES_WHEN = np.array([0.0, 0.002, 0.012, 0.010])


@dataclass(frozen=True)
class Snapshot:
    """What is true of everybody at the start of a week."""

    week: int
    state: Ints
    weeks_cool: Ints
    shock: Floats
    campaign_hazard: Floats
    campaign_purchase: Floats
    campaign_weeks_left: Ints


@dataclass(frozen=True)
class Lives:
    """What happened, one row per person and one column per week."""

    state: np.ndarray
    weeks_cool: np.ndarray
    orders: np.ndarray
    hazard: np.ndarray
    shock: np.ndarray
    gone_day: Ints
    unsubscribed_week: Ints
    demand: Floats
    first_order: Bools
    ticket_person: Ints
    ticket_week: Ints
    ticket_topic: Ints
    ticket_wait: Floats
    ticket_after_order: Bools
    assignments: Assignments
    snapshots: dict[int, Snapshot]


@dataclass
class _World:
    """The moving state of a simulation."""

    people: People
    timeline: Timeline
    rng: np.random.Generator
    state: Ints
    weeks_cool: Ints
    shock: Floats
    campaign_hazard: Floats
    campaign_purchase: Floats
    campaign_until: Ints
    last_order: Ints
    gone_day: Ints
    unsubscribed_week: Ints
    demand: Floats
    reach: Floats
    load: Floats
    tickets: list[tuple[Ints, Ints, Ints, Floats, Bools]] = field(default_factory=list)
    draws: list[tuple[Ints, Ints, Ints, Bools]] = field(default_factory=list)


def exit_rates(exit_rate: Floats) -> tuple[Floats, Floats, Floats]:
    """Return weekly rates of leaving at once, of cooling, and of leaving when cool, before any complaint."""
    weekly = exit_rate * WEEK_MONTHS
    cool = COOL_EXIT * WEEK_MONTHS * (exit_rate / COOL_REFERENCE) ** COOL_POWER
    return DIRECT_SHARE * weekly, (1 - DIRECT_SHARE) * COOL_FACTOR * weekly, cool


def weekly_load(demand: Floats) -> Floats:
    """Return how busy the service desk is in each week, around 1."""
    weekly = demand.mean(axis=0).reshape(-1, 7).mean(axis=1)
    return np.asarray(weekly / np.median(weekly)).clip(0.7, 2.5)


def live(people: People, timeline: Timeline, rng: np.random.Generator, snapshot_weeks: tuple[int, ...]) -> Lives:
    """Simulate all weeks, the stretch of future included; the only loop is over weeks."""
    world = _begin(people, timeline, rng)
    shape = (len(people), timeline.all_weeks)
    states, cool = np.zeros(shape, np.int8), np.zeros(shape, np.int16)
    orders, hazards = np.zeros(shape, np.uint8), np.zeros(shape, np.float32)
    shocks = np.zeros(shape, np.float32)
    snapshots: dict[int, Snapshot] = {}
    for week in range(timeline.all_weeks):
        if week in snapshot_weeks:
            snapshots[week] = _snapshot(world, week)
        _campaigns(world, week)
        hazards[:, week] = _move(world, week)
        orders[:, week] = _buy(world, week)
        shocks[:, week] = world.shock
        states[:, week], cool[:, week] = world.state, world.weeks_cool
        _complain(world, week, orders[:, week])
        _unsubscribe(world, week)
    person, ticket_week, topic, wait, after = (np.concatenate(column) for column in zip(*world.tickets, strict=True))
    campaign, drawn, drawn_week, treated = (np.concatenate(column) for column in zip(*world.draws, strict=True))
    first_order = people.retail & (rng.random(len(people)) < FIRST_ORDER_SHARE)
    return Lives(
        states, cool, orders, hazards, shocks, world.gone_day, world.unsubscribed_week, world.demand, first_order,
        person, ticket_week, topic, wait, after, Assignments(campaign, drawn, drawn_week, treated), snapshots,
    )  # fmt: skip


def _begin(people: People, timeline: Timeline, rng: np.random.Generator) -> _World:
    size = len(people)
    demand = demand_by_day(timeline.dates(366))
    past = demand[:, : timeline.days]
    demand = demand / past.mean(axis=1, keepdims=True)
    zeros = np.zeros((2, 1))
    return _World(
        people=people,
        timeline=timeline,
        rng=rng,
        state=np.zeros(size, np.int64),
        weeks_cool=np.zeros(size, np.int64),
        shock=np.zeros(size),
        campaign_hazard=np.zeros(size),
        campaign_purchase=np.zeros(size),
        campaign_until=np.zeros(size, np.int64),
        last_order=np.full(size, -1, np.int64),
        gone_day=np.full(size, -1, np.int64),
        unsubscribed_week=np.full(size, -1, np.int64),
        demand=demand,
        reach=np.concatenate([zeros, np.cumsum(demand, axis=1)], axis=1),
        load=weekly_load(demand[:, : timeline.all_weeks * 7]),
    )


def _snapshot(world: _World, week: int) -> Snapshot:
    left = np.maximum(world.campaign_until - week, 0)
    return Snapshot(
        week, world.state.copy(), world.weeks_cool.copy(), world.shock.copy(),
        world.campaign_hazard.copy(), world.campaign_purchase.copy(), left,
    )  # fmt: skip


def _campaigns(world: _World, week: int) -> None:
    """Let effects run out, then draw the arms of a campaign that is due."""
    over = world.campaign_until <= week
    world.campaign_hazard[over] = 0
    world.campaign_purchase[over] = 0
    for code, campaign in enumerate(CAMPAIGNS):
        if world.timeline.weeks - campaign.weeks_before_end != week:
            continue
        channel = CONTACTS.index(campaign.channel)
        refused = (world.unsubscribed_week >= 0) & (world.people.letter_channel == channel)
        reachable = world.people.consent[:, channel] & ~refused
        drawn = eligible(campaign, week, world.last_order, reachable)
        treated = world.rng.random(len(drawn)) < campaign.treated_share
        world.draws.append((np.full(len(drawn), code), drawn, np.full(len(drawn), week), treated))
        chosen = drawn[treated]
        hazard, purchase = effects(campaign, world.people.group[chosen])
        world.campaign_hazard[chosen] = hazard
        world.campaign_purchase[chosen] = purchase
        world.campaign_until[chosen] = week + EFFECT_WEEKS


def _move(world: _World, week: int) -> Floats:
    """Let customers cool, recover and leave; return everybody's chance to leave this week."""
    people, first_day = world.people, week * 7
    hazard = np.zeros(len(people))
    here = np.flatnonzero((people.joined_day < first_day) & (world.gone_day < 0))
    world.state[here[world.state[here] == NOT_YET]] = WARM
    pressure = np.exp(world.shock[here] + world.campaign_hazard[here])
    direct, cooling, cool_exit = (rate[here] * pressure for rate in exit_rates(people.exit_rate))
    warm = world.state[here] == WARM
    leave = -np.expm1(-np.where(warm, direct, cool_exit))
    change = -np.expm1(-np.where(warm, cooling, RECOVERY * WEEK_MONTHS))
    hazard[here] = leave
    draw = world.rng.random(len(here))
    leaves = draw < leave
    changes = ~leaves & (draw < leave + (1 - leave) * change)
    leavers = here[leaves]
    world.gone_day[leavers] = first_day + world.rng.integers(0, 7, len(leavers))
    world.weeks_cool[here] = np.where(warm | changes, 0, world.weeks_cool[here] + 1)
    world.state[here] = np.where(changes, np.where(warm, COOLING, WARM), world.state[here])
    return hazard


def _buy(world: _World, week: int) -> Ints:
    """Draw orders for the days of the week on which each customer is here, then mark the leavers."""
    people, first_day = world.people, week * 7
    counts = np.zeros(len(people), np.int64)
    leaving = world.gone_day >= first_day
    here = np.flatnonzero((people.joined_day < first_day + 6) & ((world.gone_day < 0) | leaving) & people.retail)
    start = np.maximum(people.joined_day[here] + 1, first_day)
    stop = np.where(leaving[here], world.gone_day[here], first_day + 7)
    market = people.market[here]
    days = np.maximum(world.reach[market, stop] - world.reach[market, start], 0)
    factor = PURCHASES_WHEN[np.maximum(world.state[here], WARM)] * np.exp(world.campaign_purchase[here])
    counts[here] = world.rng.poisson(people.purchase_rate[here] * WEEK_MONTHS / 7 * days * factor)
    fresh = (people.joined_day >= first_day) & (people.joined_day < first_day + 7) & people.retail
    world.last_order[(counts > 0) | fresh] = week
    world.state[leaving] = GONE
    return counts.clip(max=200)


def _complain(world: _World, week: int, orders: np.ndarray) -> None:
    """Let old complaints fade and new ones begin; they weigh from the next week on."""
    world.shock *= complaints.DECAY
    here = np.flatnonzero((world.state == WARM) | (world.state == COOLING))
    bought = orders[here] > 0
    quiet = 1 - (1 - complaints.ORDER_TICKET_CHANCE) ** orders[here].astype(np.float64)
    chance = np.where(bought, quiet, complaints.QUIET_TICKET_RATE)
    opens = world.rng.random(len(here)) < chance
    person, after = here[opens], bought[opens]
    topic = complaints.draw_topics(after, world.rng.random(len(person)))
    wait = complaints.draw_waits(world.rng, float(world.load[week]), len(person))
    world.shock[person] += complaints.shock(topic, wait)
    world.tickets.append((person, np.full(len(person), week), topic, wait, after))


def is_letter_week(week: int) -> bool:
    """Return whether a newsletter goes out at the start of a week."""
    return week % LETTER_WEEKS == 1


def _unsubscribe(world: _World, week: int) -> None:
    """Let some readers of this week's newsletter refuse further ones; those who cool do so more often."""
    if not is_letter_week(week):
        return
    reads = (world.people.letter_channel >= 0) & (world.unsubscribed_week < 0) & (world.people.joined_day < week * 7)
    refuses = reads & (world.rng.random(len(world.people)) < UNSUBSCRIBES_WHEN[world.state])
    world.unsubscribed_week[refuses] = week
