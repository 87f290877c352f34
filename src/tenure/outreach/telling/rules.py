"""What became of a message, as the lake's row tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def row_of(told: Mapping[str, Any]) -> dict[str, object] | None:
    """Return the row of a send for the lake, or nothing where nothing was sent and nobody held out.

    Whoever clicks has opened. What a server refused for a dead address counts as bounced, what failed otherwise as not sent.
    """
    sent_at = told["accepted_at"] or told["told_at"] or told["presumed_at"] or told["bounced_at"] or told["held_out_at"]
    if sent_at is None:
        return None
    times = {
        "delivered_at": told["delivered_at"],
        "opened_at": min(filter(None, (told["opened_at"], told["clicked_at"])), default=None),
        "clicked_at": told["clicked_at"],
        "unsubscribed_at": told["unsubscribed_at"],
        "dismissed_at": told["dismissed_at"],
    }
    return {
        "message_id": told["id"],
        "customer_id": told["customer_id"],
        "sent_at": sent_at.isoformat(),
        "channel": told["via"],
        "category": told["category"] or None,
        "campaign": told["message"],
        "status": status_of(told),
        "source": "tenure",
        **{name: _said(at) for name, at in times.items()},
    }


def status_of(told: Mapping[str, Any]) -> str:
    """Say in one word what became of a message: the furthest it came, and what went wrong before everything else."""
    reached = told["accepted_at"] or told["told_at"] or told["presumed_at"]
    for known, word in (
        (told["complained_at"], "complained"),
        (told["bounced_at"], "bounced"),
        (not reached and told["held_out_at"], "held_out"),
        (told["state"] == "failed", "not_sent"),
        (told["unsubscribed_at"], "unsubscribed"),
        (told["clicked_at"], "clicked"),
        (told["opened_at"], "opened"),
        (told["delivered_at"], "delivered"),
    ):
        if known:
            return word
    return "sent"


def _said(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
