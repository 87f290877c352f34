"""Randomised campaigns with planted effects: one half gets the message, the other is left alone, and we know why."""

from dataclasses import dataclass

import numpy as np

from .chance import Bools, Floats, Ints

EFFECT_WEEKS = 13


@dataclass(frozen=True)
class Campaign:
    """A campaign sent once: to whom, in which share, and its effect by persuadability group (order of ``GROUPS``)."""

    name: str
    weeks_before_end: int
    silent_weeks: tuple[int, int]
    treated_share: float
    channel: str
    hazard_effect: tuple[float, float, float, float]
    purchase_effect: tuple[float, float, float, float]


# The effects are added to the log hazard of leaving and to the log purchase rate for EFFECT_WEEKS.
CAMPAIGNS = (
    Campaign("thank_you_gift", 66, (0, 10), 0.5, "email", (-0.70, 0.0, 0.0, 0.35), (0.20, 0.0, 0.0, 0.0)),
    Campaign("care_call", 50, (0, 14), 0.5, "phone", (-0.90, 0.0, 0.0, 0.90), (0.25, 0.0, 0.0, -0.20)),
    Campaign("save_offer", 36, (4, 26), 0.5, "sms", (-0.90, 0.0, 0.0, 0.80), (0.35, 0.0, 0.0, -0.10)),
    Campaign("win_back_coupon", 20, (8, 40), 0.7, "email", (-0.80, 0.0, 0.0, 0.70), (0.40, 0.0, 0.0, 0.0)),
)


@dataclass(frozen=True)
class Assignments:
    """Who was drawn into which campaign, in which arm."""

    campaign: Ints
    person: Ints
    week: Ints
    treated: Bools


def eligible(campaign: Campaign, week: int, last_order_week: Ints, reachable: Bools) -> Ints:
    """Return who may be written to and has been silent for the weeks the campaign asks for."""
    silent = week - last_order_week
    low, high = campaign.silent_weeks
    return np.flatnonzero(reachable & (last_order_week >= 0) & (silent >= low) & (silent <= high))


def effects(campaign: Campaign, group: Ints) -> tuple[Floats, Floats]:
    """Return the planted effects on the log hazard and on the log purchase rate, person by person."""
    return np.array(campaign.hazard_effect)[group], np.array(campaign.purchase_effect)[group]
