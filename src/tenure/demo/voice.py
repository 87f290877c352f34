"""What customers say: reviews, comments, and answers to NPS, CSAT and CES surveys.

Scores follow satisfaction with much noise, and satisfaction is only one of the reasons to stay:
some satisfied customers leave and some dissatisfied ones stay.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import arrow_columns as columns
from .chance import Bools, Ints, pick
from .identity import Identity
from .lives import COOLING, GONE, Lives
from .people import People
from .products import Range, product_ids
from .service import Tickets, languages
from .shopping import PAID, SALE, Orders, order_ids
from .timeline import DAY, Timeline
from .wording import (
    BAD,
    GOOD,
    LANGUAGES,
    MIXED,
    REVIEW_TOPICS,
    SERVICE,
    product_names,
    review_texts,
    service_texts,
    survey_texts,
)

KINDS = ("nps", "csat", "ces", "review", "comment")
NPS, CSAT, CES, REVIEW, COMMENT = range(5)
REVIEW_CHANCE = 0.085
COMMENT_CHANCE = 0.007
SURVEY_WEEKS = 26
ANSWERS_WHEN = np.array([0.0, 0.30, 0.15, 0.03])
WORDS_SHARE = np.array([0.55, 0.25, 0.15, 0.94, 1.0])  # of answers that carry words, by kind
SMELT_OR_TASTED = (0, 3, 4)  # categories that have a taste or a scent
TOPIC_SHARES = {GOOD: (40, 14, 14, 10, 10, 9, 3), MIXED: (34, 14, 18, 10, 15, 6, 3), BAD: (30, 10, 20, 12, 8, 14, 6)}


@dataclass(frozen=True)
class Answers:
    """One row per piece of feedback; −1 where there is no order, product or score."""

    person: Ints
    seconds: Ints
    kind: Ints
    score: Ints
    order: Ints
    product: Ints


def hear(
    rng: np.random.Generator,
    people: People,
    lives: Lives,
    timeline: Timeline,
    trade: tuple[Orders, Tickets],
    goods: Range,
) -> Answers:
    """Collect all feedback, in order of time."""
    orders, tickets = trade
    parts = [
        _reviews(rng, people, lives, timeline, orders, goods),
        _relationship_surveys(rng, people, lives, timeline),
        _service_surveys(rng, tickets),
    ]
    merged = {name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])}
    rows = np.flatnonzero(merged["seconds"] < timeline.end)
    rows = rows[np.lexsort((merged["person"][rows], merged["seconds"][rows]))]
    return Answers(**{name: column[rows] for name, column in merged.items()})


def _reviews(
    rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline, orders: Orders, goods: Range
) -> Answers:
    draw = rng.random(len(orders))
    wrote = (draw < REVIEW_CHANCE + COMMENT_CHANCE) & (orders.person >= 0)
    rows = np.flatnonzero(wrote & (orders.kind == SALE) & (orders.status == PAID))
    person, product = orders.person[rows], orders.first_product[rows]
    irritation = lives.shock[person, timeline.week_of(orders.seconds[rows])]
    mood = 4.55 + 0.35 * people.satisfaction[person] - 0.55 * goods.flaw[product] - 0.6 * irritation
    # Reviews come from the pleased and the angry: the noise has heavy tails.
    score = np.clip(np.rint(mood + rng.normal(0, 0.9, len(rows)) - rng.exponential(0.35, len(rows))), 1, 5)
    comment = draw[rows] >= REVIEW_CHANCE
    delay = ((2 + 12 * rng.random(len(rows))) * DAY).astype(np.int64)
    return Answers(
        person, orders.seconds[rows] + delay, np.where(comment, COMMENT, REVIEW), score.astype(np.int64), rows, product
    )


def _relationship_surveys(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline) -> Answers:
    """Ask everybody to recommend us, twice a year counted from joining."""
    rounds = np.arange(1, timeline.weeks // SURVEY_WEEKS + 2)
    week = people.joined_day[:, None] // 7 + rounds[None, :] * SURVEY_WEEKS - 18
    asked = week < timeline.weeks
    person, place = np.nonzero(asked)
    week = week[person, place]
    state = lives.state[person, week]
    answers = rng.random(len(person)) < ANSWERS_WHEN[state]
    person, week, state = person[answers], week[answers], state[answers]
    mood = 7.9 + 1.25 * people.satisfaction[person] - 1.2 * lives.shock[person, week]
    mood -= 0.5 * (state == COOLING) + 0.8 * (state == GONE)
    score = np.clip(np.rint(mood + rng.normal(0, 1.6, len(person))), 0, 10).astype(np.int64)
    second = rng.integers(9 * 3600, 22 * 3600, len(person))
    seconds = timeline.utc(week * 7 + rng.integers(0, 7, len(week)), second, people.offset[person])
    none = np.full(len(person), -1, dtype=np.int64)
    return Answers(person, seconds, np.full(len(person), NPS), score, none, none)


def _service_surveys(rng: np.random.Generator, tickets: Tickets) -> Answers:
    """Ask after a closed ticket how it went (CSAT) or how hard it was (CES)."""
    effort = rng.random(len(tickets.person)) < 0.12
    csat, ces = np.flatnonzero(tickets.rated), np.flatnonzero(~tickets.rated & effort)
    rows = np.concatenate([csat, ces])
    hard = np.clip(tickets.satisfaction[ces] + 1 + rng.integers(0, 2, len(ces)), 1, 7)
    return Answers(
        tickets.person[rows],
        tickets.closed[rows] + rng.integers(600, 90_000, len(rows)),
        np.concatenate([np.full(len(csat), CSAT), np.full(len(ces), CES)]),
        np.concatenate([tickets.satisfaction[csat], hard]),
        tickets.order[rows],
        np.full(len(rows), -1, dtype=np.int64),
    )


def moods(kind: Ints, score: Ints) -> Ints:
    """Return how each answer sounds, by its score on its own scale."""
    good = np.select([kind == NPS, kind == CES], [8, 6], 4)
    mixed = np.select([kind == NPS, kind == CES], [5, 4], 3)
    return np.where(score >= good, GOOD, np.where(score >= mixed, MIXED, BAD)).astype(np.int64)


def _topics(rng: np.random.Generator, mood: Ints, product: Ints, goods: Range) -> Ints:
    topic = np.zeros(len(mood), dtype=np.int64)
    for code, shares in TOPIC_SHARES.items():
        rows = mood == code
        topic[rows] = pick(rng, shares, int(rows.sum()))
    scented = np.isin(goods.category[np.maximum(product, 0)], SMELT_OR_TASTED)
    return np.where((topic == REVIEW_TOPICS.index("taste")) & ~scented, 0, topic)


def feedback_table(
    rng: np.random.Generator, people: People, identity: Identity, answers: Answers, place: tuple[Range, Orders, int]
) -> pa.Table:
    """Return the table ``feedback``."""
    goods, orders, batch = place
    size = len(answers.person)
    language = languages(rng, people, answers.person)
    mood = moods(answers.kind, answers.score)
    after_service = (answers.kind == CSAT) | (answers.kind == CES)
    topic = np.where(after_service, SERVICE, _topics(rng, mood, answers.product, goods))
    about_product = answers.product >= 0
    names = product_names(language, np.maximum(answers.product, 0), goods.chinese, goods.english)
    reviews = review_texts(rng, language, topic, mood, names)
    surveys = pc.if_else(pa.array(after_service), service_texts(rng, language, mood), survey_texts(rng, language, mood))
    says: Bools = rng.random(size) < WORDS_SHARE[answers.kind]
    text = columns.blank(pc.if_else(pa.array(about_product), reviews, surveys), says)
    return pa.table(
        {
            "feedback_id": columns.numbered("F", np.arange(size) + 1 + batch * 10_000_000, 9),
            "customer_id": identity.at(answers.person, answers.seconds),
            "answered_at": columns.times(answers.seconds),
            "kind": columns.choices(KINDS, answers.kind),
            "score": columns.numbers(answers.score.astype(np.float64), answers.kind != COMMENT),
            "text": text,
            "language": columns.choices(LANGUAGES, language, says),
            "topic": columns.choices(REVIEW_TOPICS, topic, about_product | after_service),
            "product_id": columns.blank(product_ids(np.maximum(answers.product, 0)), about_product),
            "order_id": columns.blank(order_ids(orders, np.maximum(answers.order, 0), batch), answers.order >= 0),
        }
    )
