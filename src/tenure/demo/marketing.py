"""Messages: newsletters that change nothing, campaigns that do, and the consent both rest on.

Readers of newsletters stay longer because those who stay read more: the planted effect of a
newsletter is zero. The campaigns were randomised; those left alone appear as ``held_out``.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import arrow_columns as columns
from .campaigns import CAMPAIGNS
from .chance import Bools, Floats, Ints
from .identity import Identity
from .lives import Lives, is_letter_week
from .people import CONTACTS, EMAIL, PHONE, WECOM, People
from .timeline import DAY, Timeline

STATUSES = ("sent", "bounced", "delivered", "opened", "clicked", "unsubscribed", "held_out")
SENT, BOUNCED, DELIVERED, OPENED, CLICKED, UNSUBSCRIBED, HELD_OUT = range(7)
OPENS_WHEN = np.array([0.0, 1.0, 0.55, 0.16])
CLICK_SHARE = 0.22
BOUNCE_CHANCE = 0.012
LETTERS = len(CAMPAIGNS)  # the code of a newsletter among campaign names
CATEGORIES = ("care", "care", "save", "win_back", "newsletter")


@dataclass(frozen=True)
class Messages:
    """One row per message, or per message withheld."""

    person: Ints
    week: Ints
    seconds: Ints
    channel: Ints
    campaign: Ints
    held_out: Bools
    unsubscribes: Bools


def send(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline) -> Messages:
    """Lay out every newsletter and campaign up to the end, in order of time."""
    weeks = np.array([week for week in range(timeline.weeks) if is_letter_week(week)], dtype=np.int64)
    unsubscribed = np.where(lives.unsubscribed_week < 0, timeline.all_weeks, lives.unsubscribed_week)
    reads = (people.letter_channel[:, None] >= 0) & (people.joined_day[:, None] < weeks[None, :] * 7)
    person, place = np.nonzero(reads & (weeks[None, :] <= unsubscribed[:, None]))
    drawn = lives.assignments
    who = np.concatenate([person, drawn.person])
    week = np.concatenate([weeks[place], drawn.week])
    campaign = np.concatenate([np.full(len(person), LETTERS), drawn.campaign])
    channels = np.array([CONTACTS.index(item.channel) for item in CAMPAIGNS], dtype=np.int64)
    channel = np.concatenate([people.letter_channel[person], channels[drawn.campaign]])
    held_out = np.concatenate([np.zeros(len(person), dtype=bool), ~drawn.treated])
    # Campaigns go out on the first day of their week, newsletters on the second, at ten in the morning.
    second = 10 * 3600 + rng.integers(0, 1800, len(who))
    seconds = timeline.utc(week * 7 + (campaign == LETTERS), second, people.offset[who])
    leaves = (campaign == LETTERS) & (week == lives.unsubscribed_week[who])
    rows = np.flatnonzero(seconds < timeline.end)
    rows = rows[np.lexsort((who[rows], seconds[rows]))]
    return Messages(who[rows], week[rows], seconds[rows], channel[rows], campaign[rows], held_out[rows], leaves[rows])


def messages_table(
    rng: np.random.Generator,
    people: People,
    lives: Lives,
    identity: Identity,
    timeline: Timeline,
    sent: tuple[Messages, int],
) -> pa.Table:
    """Return the table ``messages``; opens are known for e-mail and WeCom, clicks for all but calls."""
    messages, batch = sent
    size = len(messages.person)
    bounced = ~messages.held_out & ~messages.unsubscribes & (rng.random(size) < BOUNCE_CHANCE)
    delivered = ~messages.held_out & ~bounced
    draw, follow = rng.random(size), rng.random(size)
    interest: Floats = people.openness[messages.person] * OPENS_WHEN[lives.state[messages.person, messages.week]]
    looks = delivered & ((draw < interest) | messages.unsubscribes) & (messages.channel != PHONE)
    at_delivery = messages.seconds + rng.integers(1, 90, size)
    at_open = at_delivery + (np.exp(rng.normal(9.0, 1.4, size))).clip(20, 6 * DAY).astype(np.int64)
    at_click = at_open + rng.integers(4, 400, size)
    inside = at_click + 400 < timeline.end
    clicked = looks & inside & (follow < CLICK_SHARE)
    opened = looks & inside & np.isin(messages.channel, (EMAIL, WECOM))
    leaves = messages.unsubscribes & looks & inside
    status = np.select(
        [messages.held_out, bounced, leaves, clicked, opened, delivered],
        [HELD_OUT, BOUNCED, UNSUBSCRIBED, CLICKED, OPENED, DELIVERED],
        SENT,
    )
    names = [item.name for item in CAMPAIGNS]
    letters = [f"newsletter_{number + 1:02d}" for number in range(timeline.weeks)]
    code = np.where(messages.campaign == LETTERS, len(names) + messages.week // 3, messages.campaign)
    return pa.table(
        {
            "message_id": columns.numbered("M", np.arange(size) + 1 + batch * 10_000_000, 10),
            "customer_id": identity.at(messages.person, messages.seconds),
            "sent_at": columns.times(messages.seconds),
            "channel": columns.choices(CONTACTS, messages.channel),
            "category": columns.choices(CATEGORIES, messages.campaign),
            "campaign": columns.choices([*names, *letters], code),
            "status": columns.choices(STATUSES, status),
            "delivered_at": columns.times(at_delivery, delivered & (at_delivery < timeline.end)),
            "opened_at": columns.times(at_open, opened),
            "clicked_at": columns.times(at_click, clicked),
            "unsubscribed_at": columns.times(at_click + 30, leaves),
            "dismissed_at": columns.times(at_click, np.zeros(size, dtype=np.bool_)),  # nothing was shown on the site
        }
    )


def consent_table(people: People, identity: Identity, timeline: Timeline, messages: Messages) -> pa.Table:
    """Return who agreed to marketing on which channel, and who took it back; the latest row counts."""
    person, channel = np.nonzero(people.consent)
    joined = timeline.utc(people.joined_day, people.joined_second, people.offset)
    leaving = np.flatnonzero(messages.unsubscribes & (messages.seconds + 6 * DAY < timeline.end))
    who = np.concatenate([person, messages.person[leaving]])
    # Refusing takes effect before the next newsletter, whatever the hour of the click was.
    seconds = np.concatenate([joined[person], messages.seconds[leaving] + DAY])
    what = np.concatenate([channel, people.letter_channel[messages.person[leaving]]])
    withdrawn = np.arange(len(who)) >= len(person)
    second = identity.twice[who] & (seconds < identity.second_from[who])
    twice = np.flatnonzero(second)
    rows = np.concatenate([np.arange(len(who)), twice])
    ids = pa.concat_arrays([identity.at(who, seconds), identity.second_ids(who[twice])])
    at = np.concatenate([seconds, np.maximum(seconds[twice], identity.second_from[who[twice]])])
    order = np.lexsort((withdrawn[rows], what[rows], who[rows], at))
    return pa.table(
        {
            "customer_id": ids.take(pa.array(order)),
            "purpose": columns.same("marketing", len(rows)),
            "channel": columns.choices(CONTACTS, what[rows[order]]),
            "state": columns.choices(("granted", "withdrawn"), withdrawn[rows[order]].astype(np.int64)),
            "at": columns.times(at[order]),
        }
    )
