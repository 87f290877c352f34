"""What goes wrong, how often, and what it truly costs: the planted effect of every complaint topic and of waiting."""

from dataclasses import dataclass

import numpy as np

from .chance import Floats, Ints, pick_at


@dataclass(frozen=True)
class Topic:
    """One ticket topic: shares among tickets after an order and without one, and its effect on the log hazard."""

    name: str
    after_order: float
    without_order: float
    effect: float
    return_chance: float


TOPICS = (
    Topic("late_delivery", 24, 0, 0.30, 0.02),
    Topic("damaged", 12, 0, 0.45, 0.45),
    Topic("quality", 15, 0, 0.80, 0.50),
    Topic("wrong_item", 8, 0, 0.40, 0.60),
    Topic("refund", 9, 4, 0.65, 0.30),
    Topic("billing", 4, 22, 0.90, 0.00),
    Topic("app_problem", 4, 20, 0.20, 0.00),
    Topic("service_attitude", 4, 6, 1.00, 0.05),
    Topic("price", 6, 12, 0.40, 0.05),
    Topic("product_question", 14, 36, 0.00, 0.00),
)
TOPIC_NAMES = tuple(topic.name for topic in TOPICS)
TOPIC_EFFECTS = np.array([topic.effect for topic in TOPICS])

ORDER_TICKET_CHANCE = 0.115
QUIET_TICKET_RATE = 0.0042  # tickets per customer and week that follow no order
WAITING_EFFECT = 0.22  # added log hazard per unit of ln(1 + hours to the first answer / 4)
HALF_LIFE_WEEKS = 8.0
DECAY = 0.5 ** (1 / HALF_LIFE_WEEKS)
MEDIAN_WAIT_HOURS = 4.5


def draw_topics(after_order: np.ndarray, uniform: Floats) -> Ints:
    """Draw a topic for each ticket, by whether an order came before it."""
    with_order = pick_at(np.array([topic.after_order for topic in TOPICS], dtype=float), uniform)
    without = pick_at(np.array([topic.without_order for topic in TOPICS], dtype=float), uniform)
    return np.where(after_order, with_order, without)


def draw_waits(rng: np.random.Generator, load: float, size: int) -> Floats:
    """Draw hours to the first answer; a busy week makes everybody wait, whoever they are."""
    return np.asarray(MEDIAN_WAIT_HOURS * load**1.6 * np.exp(rng.normal(0, 0.9, size))).clip(0.05, 240)


def shock(topics: Ints, wait_hours: Floats) -> Floats:
    """Return what a ticket adds to the log hazard in the week after it; a question asked and answered adds nothing."""
    waiting = WAITING_EFFECT * np.log1p(wait_hours / 4)
    return np.asarray(np.where(TOPIC_EFFECTS[topics] > 0, TOPIC_EFFECTS[topics] + waiting, 0.0))


def expected_growth(lags: int, busy: float) -> Floats:
    """Return E[exp(shock × decay^lag)] − 1 for tickets of an average week, for lags 0, 1, …"""
    rng = np.random.Generator(np.random.PCG64(7))
    size = 8_000
    after = np.arange(size) % 3 > 0
    shocks = shock(draw_topics(after, rng.random(size)), draw_waits(rng, busy, size))
    return np.array([np.exp(shocks * DECAY**lag).mean() - 1 for lag in range(lags)])
