"""Who the customers are: what anyone can see of them, and the traits that nobody sees but that decide everything."""

from dataclasses import dataclass

import numpy as np

from .chance import Bools, Floats, Ints, pick, pick_by_row
from .places import ABROAD_PLACES, CHINA_PLACES, PLACES, SHOPS
from .seasons import ABROAD, CHINA, demand_by_day, second_of_day
from .timeline import Timeline

CHINESE_SHARE = 0.6
GROWTH_PER_WEEK = 0.0042
CHANNELS = ("search", "social", "wechat", "marketplace", "referral", "store", "coupon_site", "partner")
CHANNEL_SHARES = ((10, 18, 26, 18, 10, 10, 6, 2), (28, 26, 1, 14, 13, 0, 10, 8))
CHANNEL_EXIT = np.array([0.0, 0.1, -0.1, 0.15, -0.35, -0.1, 0.45, 0.0])  # log hazard by acquisition channel
SATISFACTION_EXIT, ATTACHMENT_EXIT = -0.35, -0.50  # log hazard per standard deviation
OTHER_EXIT_SPREAD = 0.30  # what keeps or drives away people for reasons nobody records
HOUSEHOLDS = ("single", "couple", "young_family", "shared_flat", "empty_nest")
LEVELS = ("bronze", "silver", "gold", "platinum")
CONTACTS = ("email", "sms", "phone", "wecom")
EMAIL, SMS, PHONE, WECOM = range(4)
GROUPS = ("persuadable", "sure_thing", "lost_cause", "sleeping_dog")


@dataclass(frozen=True)
class Archetype:
    """A way of being a customer; rates are per month, ``groups`` follows ``GROUPS``."""

    name: str
    share: float
    purchase_rate: float
    exit_rate: float
    coupon_share: float
    visits: float
    groups: tuple[float, float, float, float]


ARCHETYPES = (
    Archetype("loyal_regular", 0.20, 1.65, 0.018, 0.18, 2.2, (0.15, 0.70, 0.03, 0.12)),
    Archetype("steady_household", 0.28, 1.05, 0.050, 0.25, 1.5, (0.35, 0.45, 0.10, 0.10)),
    Archetype("deal_hunter", 0.18, 0.80, 0.085, 0.72, 2.6, (0.60, 0.20, 0.15, 0.05)),
    Archetype("gift_giver", 0.12, 0.42, 0.055, 0.22, 0.7, (0.30, 0.35, 0.15, 0.20)),
    Archetype("curious_newcomer", 0.16, 0.45, 0.300, 0.40, 1.2, (0.20, 0.10, 0.55, 0.15)),
    Archetype("home_starter", 0.06, 2.10, 0.130, 0.30, 3.0, (0.30, 0.25, 0.35, 0.10)),
)


@dataclass(frozen=True)
class People:
    """One array per trait, one place per person; persons are numbered by the day they joined."""

    number: Ints
    market: Ints
    place: Ints
    offset: Floats
    woman: Bools
    birth_day: Ints
    channel: Ints
    household: Ints
    level: Ints
    shop: Ints
    joined_day: Ints
    joined_second: Ints
    archetype: Ints
    group: Ints
    purchase_rate: Floats
    exit_rate: Floats
    satisfaction: Floats
    attachment: Floats
    coupon_share: Floats
    visit_rate: Floats
    openness: Floats
    taste: Floats
    favourite: Ints
    retail: Bools
    subscriber: Bools
    late_share: Floats
    has: Bools
    consent: Bools
    letter_channel: Ints

    def __len__(self) -> int:
        return len(self.number)

    @property
    def chinese(self) -> Bools:
        """Return who lives in China."""
        return np.asarray(self.market == CHINA)


def draw(rng: np.random.Generator, timeline: Timeline, size: int, first_number: int) -> People:
    """Draw ``size`` people who join between the opening and the end."""
    market = np.where(rng.random(size) < CHINESE_SHARE, CHINA, ABROAD).astype(np.int64)
    place = _places(rng, market)
    archetype = pick(rng, [kind.share for kind in ARCHETYPES], size)
    channel = pick_by_row(np.array(CHANNEL_SHARES, dtype=float), market, rng.random(size))
    satisfaction, attachment = rng.standard_normal(size), rng.standard_normal(size)
    purchase_rate = _trait(archetype, [kind.purchase_rate for kind in ARCHETYPES]) * rng.gamma(3.0, 1 / 3.0, size)
    # Satisfaction is only one of the things that keep people; habit and lack of choice keep them as well.
    log_exit = SATISFACTION_EXIT * satisfaction + ATTACHMENT_EXIT * attachment + CHANNEL_EXIT[channel]
    log_exit += rng.normal(0, OTHER_EXIT_SPREAD, size)
    exit_rate = _trait(archetype, [kind.exit_rate for kind in ARCHETYPES]) * np.exp(log_exit)
    line = pick(rng, (0.75, 0.20, 0.05), size)
    has, consent = _contacts(rng, market, place)
    worth = np.log(purchase_rate + 0.05) + rng.normal(0, 0.7, size)
    return People(
        number=first_number + np.arange(size, dtype=np.int64),
        market=market,
        place=place,
        offset=np.array([spot.offset for spot in PLACES])[place],
        woman=rng.random(size) < 0.64,
        birth_day=_birthdays(rng, size),
        channel=channel,
        household=pick(rng, (30, 26, 24, 12, 8), size),
        level=np.digitize(worth, [-0.5, 0.4, 1.1]).astype(np.int64),
        shop=pick(rng, [1] * len(SHOPS), size),
        joined_day=_joining_days(rng, timeline, size),
        joined_second=second_of_day(rng, market).clip(max=82_000),
        archetype=archetype,
        group=pick_by_row(np.array([kind.groups for kind in ARCHETYPES]), archetype, rng.random(size)),
        purchase_rate=np.where(line == 2, 0.0, purchase_rate),
        exit_rate=exit_rate,
        satisfaction=satisfaction,
        attachment=attachment,
        coupon_share=np.clip(
            _trait(archetype, [k.coupon_share for k in ARCHETYPES]) + rng.normal(0, 0.1, size), 0, 0.95
        ),
        visit_rate=_trait(archetype, [kind.visits for kind in ARCHETYPES])
        * np.exp(0.45 * attachment + rng.normal(-0.15, 0.30, size)),
        openness=(rng.beta(2.0, 3.0, size) + 0.06 * attachment).clip(0.01, 0.98),
        taste=rng.normal(0, 0.45, size),
        favourite=rng.integers(0, 8, size),
        retail=line != 2,
        subscriber=line != 0,
        late_share=np.where(channel == CHANNELS.index("store"), 0.08, 0.015),
        has=has,
        consent=consent,
        letter_channel=_letter_channel(consent),
    )


def _trait(archetype: Ints, values: list[float]) -> Floats:
    return np.asarray(np.array(values)[archetype])


def _places(rng: np.random.Generator, market: Ints) -> Ints:
    size = len(market)
    at_home = pick(rng, [place.share for place in CHINA_PLACES], size)
    abroad = pick(rng, [place.share for place in ABROAD_PLACES], size) + len(CHINA_PLACES)
    return np.where(market == CHINA, at_home, abroad)


def _contacts(rng: np.random.Generator, market: Ints, place: Ints) -> tuple[Bools, Bools]:
    """Return which contact points each person has, and for which they agreed to hear from the shop."""
    size = len(market)
    american = np.array([spot.country in ("US", "CA") for spot in PLACES])[place]
    phone = rng.random(size) < np.where(market == CHINA, 0.95, np.where(american, 0.7, 0.0))
    email = (rng.random(size) < np.where(market == CHINA, 0.72, 0.97)) | ~phone
    wecom = rng.random(size) < np.where(market == CHINA, 0.45, 0.0)
    has = np.stack([email, phone, phone, wecom], axis=1)
    agrees = rng.random((size, len(CONTACTS))) < np.array([0.68, 0.62, 0.50, 0.85])
    return has, has & agrees


def _letter_channel(consent: Bools) -> Ints:
    """Return the channel newsletters take: WeCom, else e-mail, else SMS; −1 without consent."""
    return np.select([consent[:, WECOM], consent[:, EMAIL], consent[:, SMS]], [WECOM, EMAIL, SMS], -1).astype(np.int64)


def _birthdays(rng: np.random.Generator, size: int) -> Ints:
    """Return days since 1970 for ages around thirty-four."""
    born = rng.normal(1990.5, 8.5, size).clip(1948, 2006)
    return ((born - 1970) * 365.25).astype(np.int64)


def _joining_days(rng: np.random.Generator, timeline: Timeline, size: int) -> Ints:
    """Draw joining days, in order: an opening rush, then growth, and more newcomers when demand is high.

    Nobody joins on the last day, which is not over yet in the west.
    """
    days = np.arange(timeline.days - 1)
    demand = np.sqrt(demand_by_day(timeline.dates()[: len(days)]).mean(axis=0))
    weight = np.exp(GROWTH_PER_WEEK * days / 7) * demand * (1 + 1.5 * (days < 28))
    return np.sort(pick(rng, weight, size))
