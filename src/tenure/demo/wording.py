"""Sentences composed from phrase banks, a whole column at a time."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import arrow_columns as columns
from . import phrases_en, phrases_zh
from .chance import Bools, Ints
from .complaints import TOPIC_NAMES

BANKS = (phrases_zh, phrases_en)
ZH, EN = 0, 1
LANGUAGES = ("zh", "en")
MOODS = ("good", "mixed", "bad")
GOOD, MIXED, BAD = range(3)
REVIEW_TOPICS = ("quality", "taste", "delivery", "packaging", "price", "service", "app")
SERVICE = REVIEW_TOPICS.index("service")
QUESTION = TOPIC_NAMES.index("product_question")
PLACE = "{}"


class Phrases:
    """Groups of phrases, from which one is drawn per row by the row's group."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self.flat = [phrase for group in groups for phrase in group]
        self.sizes = np.array([len(group) for group in groups], dtype=np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes

    def draw(self, rng: np.random.Generator, group: Ints) -> Ints:
        """Draw a phrase for each row."""
        return np.asarray(self.starts[group] + np.floor(rng.random(len(group)) * self.sizes[group]).astype(np.int64))

    def column(self, rng: np.random.Generator, group: Ints) -> pa.Array:
        """Draw a phrase for each row and write it."""
        return columns.choices(self.flat, self.draw(rng, group))


def with_product(rng: np.random.Generator, phrases: Phrases, group: Ints, product: pa.Array, fresh: Bools) -> pa.Array:
    """Draw a phrase for each row with the product's name in its place; a ``fresh`` sentence starts with a capital."""
    codes = phrases.draw(rng, group)
    size = len(phrases.flat)
    every = phrases.flat + [phrase[:1].upper() + phrase[1:] for phrase in phrases.flat]
    codes_cased = np.where(fresh, codes + size, codes)
    before = [phrase.split(PLACE)[0] for phrase in every]
    after = [phrase.partition(PLACE)[2] for phrase in every]
    named = np.array([PLACE in phrase for phrase in every])[codes_cased]
    name = pc.if_else(pa.array(named), product, "")
    return columns.joined(columns.choices(before, codes_cased), name, columns.choices(after, codes_cased))


def _fresh(phrases: Phrases, codes: Ints) -> Bools:
    """Return where the phrase so far is empty or has ended its sentence."""
    ends = np.array([not phrase or phrase.rstrip()[-1:] in ".!?" for phrase in phrases.flat])
    return np.asarray(ends[codes])


REVIEW_OPENINGS = Phrases([bank.OPENINGS[mood] for bank in BANKS for mood in MOODS])
REVIEW_DETAILS = Phrases([bank.REVIEW[topic][mood] for bank in BANKS for topic in REVIEW_TOPICS for mood in MOODS])
REVIEW_EXTRAS = Phrases([bank.EXTRAS[mood] for bank in BANKS for mood in MOODS])
REVIEW_CLOSINGS = Phrases([bank.CLOSINGS[mood] for bank in BANKS for mood in MOODS])
SURVEY_ANSWERS = Phrases([bank.SURVEY[mood] for bank in BANKS for mood in MOODS])
TICKET_OPENINGS = Phrases([bank.TICKET_OPENINGS for bank in BANKS])
TICKET_DETAILS = Phrases([bank.TICKET[topic] for bank in BANKS for topic in TOPIC_NAMES])
TICKET_EXTRAS = Phrases([extras for bank in BANKS for extras in (bank.TICKET_EXTRAS, ("",))])
TICKET_ASKS = Phrases([asks for bank in BANKS for asks in (bank.TICKET_ASKS, bank.QUESTION_ENDS)])


def review_texts(rng: np.random.Generator, language: Ints, topic: Ints, mood: Ints, product: pa.Array) -> pa.Array:
    """Write a review for each row."""
    tone = language * len(MOODS) + mood
    opening = REVIEW_OPENINGS.draw(rng, tone)
    group = (language * len(REVIEW_TOPICS) + topic) * len(MOODS) + mood
    detail = with_product(rng, REVIEW_DETAILS, group, product, _fresh(REVIEW_OPENINGS, opening))
    return columns.joined(
        columns.choices(REVIEW_OPENINGS.flat, opening),
        detail,
        REVIEW_EXTRAS.column(rng, tone),
        REVIEW_CLOSINGS.column(rng, tone),
    )


def survey_texts(rng: np.random.Generator, language: Ints, mood: Ints) -> pa.Array:
    """Write the free-text answer of a survey for each row."""
    tone = language * len(MOODS) + mood
    opening = REVIEW_OPENINGS.draw(rng, tone)
    answer = with_product(rng, SURVEY_ANSWERS, tone, columns.same("", len(tone)), _fresh(REVIEW_OPENINGS, opening))
    return columns.joined(columns.choices(REVIEW_OPENINGS.flat, opening), answer, REVIEW_CLOSINGS.column(rng, tone))


def service_texts(rng: np.random.Generator, language: Ints, mood: Ints) -> pa.Array:
    """Write what each customer says of the service just received."""
    tone = language * len(MOODS) + mood
    group = (language * len(REVIEW_TOPICS) + SERVICE) * len(MOODS) + mood
    fresh = np.ones(len(tone), dtype=bool)
    detail = with_product(rng, REVIEW_DETAILS, group, columns.same("", len(tone)), fresh)
    return columns.joined(detail, REVIEW_CLOSINGS.column(rng, tone))


def ticket_texts(rng: np.random.Generator, language: Ints, topic: Ints, product: pa.Array) -> pa.Array:
    """Write the first message of a ticket for each row."""
    opening = TICKET_OPENINGS.draw(rng, language)
    group = language * len(TOPIC_NAMES) + topic
    manner = language * 2 + (topic == QUESTION)
    return columns.joined(
        columns.choices(TICKET_OPENINGS.flat, opening),
        with_product(rng, TICKET_DETAILS, group, product, _fresh(TICKET_OPENINGS, opening)),
        TICKET_EXTRAS.column(rng, manner),
        TICKET_ASKS.column(rng, manner),
    )


def product_names(language: Ints, product: Ints, chinese: Sequence[str], english: Sequence[str]) -> pa.Array:
    """Return each row's product under the name its customer would use."""
    return columns.choices((*chinese, *english), product + np.where(language == EN, len(chinese), 0))
