"""Asks, customers and rules to put before the gate."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tenure.outreach.arbiter.ask import Ask, ConsentWord, Contact, Standing
from tenure.outreach.arbiter.policy import Policy

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)  # a Wednesday, 12:00 in Shanghai
LONG_AGO = NOON - timedelta(days=400)
ALL = frozenset({"email", "sms", "wecom"})


def ask(channel: str = "email", **facts: Any) -> Ask:
    """Return a newsletter for somebody."""
    return Ask("c1", channel, facts.pop("purpose", "marketing"), **{"category": "newsletter", **facts})


def agreed(purpose: str = "marketing", channel: str = "any") -> ConsentWord:
    """Return a yes of long ago."""
    return ConsentWord(purpose, channel, "granted", LONG_AGO, "consent", "2025-1")


def customer(**facts: Any) -> Standing:
    """Return somebody in Shanghai who agreed to everything."""
    return Standing(**{"reachable": ALL, "consents": (agreed(),), "zone": SHANGHAI, "country": "CN", **facts})


def rules(**facts: Any) -> Policy:
    """Return rules that allow everything but what is given."""
    return Policy("r1", **facts)


def made(hours_ago: float, channel: str = "email", **facts: Any) -> Contact:
    """Return a contact made some hours before noon."""
    return Contact(NOON - timedelta(hours=hours_ago), channel, "newsletter", **facts)


def planned(hours_ahead: float, priority: int, channel: str = "email") -> Contact:
    """Return a message that is due some hours after noon."""
    return Contact(NOON + timedelta(hours=hours_ahead), channel, "newsletter", priority=priority)
