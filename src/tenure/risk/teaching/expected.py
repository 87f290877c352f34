"""What people expect of a risk: longer silence, more complaints and more failures never lower it, all else equal.

A steady model keeps to it exactly, feature by feature: of two customers alike in everything else, the one with more of
a feature that worries is never told the lower risk. A number that is not known stands apart and may go either way.
"""

from collections.abc import Iterable

WORRIES = (
    "days_since_purchase",
    "silence_in_gaps",
    "silence_in_longest_gaps",
    "days_since_visit",
    "days_since_log_in",
    "things_given_up",
    "open_tickets",
    "unanswered_tickets",
    "complaint_tickets_180",
    "reopened_365",
    "complaints_180",
    "low_scores_180",
    "messages_ignored",
    "unsubscribes",
    "failed_payments_90",
    "late_payments_365",
)
REASSURES = ("silence_chance", "silence_chance_regular", "visit_silence_chance")  # a silence that is likely by chance


def expected(features: Iterable[str]) -> dict[str, int]:
    """Return which way features may move the risk: 1 only up, −1 only down; the others either way."""
    ways = dict.fromkeys(WORRIES, 1) | dict.fromkeys(REASSURES, -1)
    return {name: ways[name] for name in features if name in ways}
