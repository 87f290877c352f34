"""What became of alerts, signal by signal."""

from collections.abc import Mapping

from tenure.kit.db import Session
from tenure.risk.cases.repository import outcomes
from tenure.risk.cases.service import owning


def by_signal(session: Session) -> Mapping[str, Mapping[str, int]]:
    """Return for every signal how many of its cases ended how, or are open or snoozed."""
    return outcomes.by_signal(session)


def weekly(session: Session) -> Mapping[str, float]:
    """Return how often every signal was raised per week and owner, in the last four weeks that were watched."""
    owners = max(len(owning.candidates(session)), 1)
    return {signal: raised / 4 / owners for signal, raised in outcomes.raised_in_four_weeks(session).items()}
