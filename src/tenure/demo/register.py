"""The customer register: what the company has on file about each person."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import arrow_columns as columns
from . import names
from .chance import Bools, Ints, pick
from .identity import Identity, customers_columns
from .lives import Lives
from .people import CHANNELS, EMAIL, HOUSEHOLDS, LEVELS, PHONE, WECOM, People
from .places import PLACES, SHOPS
from .timeline import Timeline

CLOSES_ACCOUNT = 0.05  # of leavers say so; the others just stay away
REASONS = ("product_quality", "service", "price_value", "experience", "competitor", "own_change", "other")
REASON_SHARES = (18, 14, 20, 8, 16, 18, 6)


def customers_table(
    rng: np.random.Generator, people: People, lives: Lives, identity: Identity, timeline: Timeline
) -> pa.Table:
    """Return the table ``customers``: everybody once, then second sign-ups with the same phone and address."""
    name, email, phone = _contacts(rng, people)
    joined_at, left_at, left = _instants(rng, people, lives, timeline)
    left &= ~identity.twice
    reason = pick(rng, REASON_SHARES, len(people))
    knows_birthday, tells_household = rng.random(len(people)) < 0.72, rng.random(len(people)) < 0.55
    visits_shop = people.chinese & (rng.random(len(people)) < 0.5)
    rows = customers_columns(people, identity)
    again = np.arange(len(rows)) >= len(people)
    take = pa.array(rows)
    other_phone, other_email = names.written_otherwise(phone, email)
    ids = pa.concat_arrays([identity.first_ids(rows[~again]), identity.second_ids(rows[again])])
    joined = np.where(again, identity.second_from[rows], joined_at[rows])
    tags = _attributes(people, tells_household, visits_shop)
    return pa.table(
        {
            "customer_id": ids,
            "joined_at": columns.times(joined),
            "name": name.take(take),
            "email": pc.if_else(pa.array(again), other_email.take(take), email.take(take)),
            "phone": pc.if_else(pa.array(again), other_phone.take(take), phone.take(take)),
            "wecom_id": columns.blank(
                columns.numbered("wm", people.number * 7 + 100_003, 9), people.has[:, WECOM]
            ).take(take),
            "company": columns.nothing(len(rows)),
            "country": columns.choices([place.country for place in PLACES], people.place[rows]),
            "region": columns.choices([place.region for place in PLACES], people.place[rows]),
            "city": columns.choices([place.city for place in PLACES], people.place[rows]),
            "gender": columns.choices(("male", "female"), people.woman[rows].astype(np.int64)),
            "birthday": pa.array(people.birth_day[rows].astype("datetime64[D]"), mask=~knows_birthday[rows] | again),
            "language": columns.choices(("zh", "en"), people.market[rows]),
            "channel": columns.choices(CHANNELS, people.channel[rows]),
            "left_at": columns.times(left_at[rows], left[rows]),
            "left_reason": columns.choices(REASONS, reason[rows], left[rows]),
            "attributes": tags.take(take),
        }
    )


def _contacts(rng: np.random.Generator, people: People) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return name, e-mail address and phone, each in the manner of the person's market."""
    chinese = pa.array(people.chinese)
    names_zh, names_en = names.chinese_names(rng, people.woman), names.english_names(rng, people.woman)
    name, spelt = (pc.if_else(chinese, zh, en) for zh, en in zip(names_zh, names_en, strict=True))
    email = columns.blank(names.emails(rng, spelt, people.number + 1), people.has[:, EMAIL])
    american, enough = names.north_american_phones(people.number)
    phone = pc.if_else(chinese, names.chinese_phones(people.number), american)
    known: Bools = people.has[:, PHONE] & (people.chinese | enough)
    return name, email, columns.blank(phone, known)


def _instants(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline) -> tuple[Ints, Ints, Bools]:
    """Return when people joined, and when they closed their account, for the few who did before the end."""
    size = len(people)
    joined = timeline.utc(people.joined_day, people.joined_second, people.offset)
    left = timeline.utc(lives.gone_day + 1, rng.integers(0, 86_400, size), people.offset)
    closes = (rng.random(size) < CLOSES_ACCOUNT) & (lives.gone_day >= 0) & (left < timeline.end)
    return joined, left, closes


def _attributes(people: People, tells_household: Bools, visits_shop: Bools) -> pa.Array:
    return columns.tags(
        ("member_level", "household", "preferred_store"),
        (
            columns.choices(LEVELS, people.level),
            columns.choices(HOUSEHOLDS, people.household, tells_household),
            columns.choices(SHOPS, people.shop, visits_shop),
        ),
    )
