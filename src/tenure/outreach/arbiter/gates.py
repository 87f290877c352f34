"""The gates, in their order; each looks at one thing and says one thing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from tenure.outreach.arbiter.ask import ANY, NOTHING, Ask, ConsentWord, Standing
from tenure.outreach.arbiter.calendar import closed_days, next_open, next_period
from tenure.outreach.arbiter.caps import crowded
from tenure.outreach.arbiter.decision import Step, Value
from tenure.outreach.arbiter.policy import Policy

Values = dict[str, Value]
StandingGate = Callable[[Ask, str, Standing, Policy], Step]
TimeGate = Callable[[Ask, str, Standing, Policy, "Moment"], Step]


@dataclass(frozen=True, slots=True)
class Moment:
    """When the question is asked, and the instant it is asked for."""

    now: datetime
    at: datetime


_DEAD = frozenset({"hard_bounce", "invalid", "erased"})  # addresses nothing can reach, whatever the message


def address(ask: Ask, channel: str, standing: Standing, _: Policy) -> Step:
    """Is there an address on this channel at all?"""
    if channel in standing.reachable:
        return Step("address", channel, "pass", "address_known", {})
    return Step("address", channel, "stop", "no_address", {})


def consent(ask: Ask, channel: str, standing: Standing, policy: Policy) -> Step:
    """Did the customer agree to this purpose over this channel? The newest word counts, and of two at once the no."""
    if ask.transactional:
        return Step("consent", channel, "bypass", "transactional", {"purpose": ask.purpose})
    word = _newest(ask, channel, standing)
    rule = policy.consent.get(ask.purpose, policy.consent_default)
    if word is None:
        values = {"purpose": ask.purpose, "rule": rule}
        if rule == "opt_in":
            return Step("consent", channel, "stop", "consent_missing", values)
        return Step("consent", channel, "pass", "consent_not_needed", values)
    seen = {"purpose": word.purpose, "said_at": word.at.isoformat(), "basis": word.basis, "wording": word.wording}
    if word.state == "granted":
        return Step("consent", channel, "pass", "consent_granted", seen)
    return Step("consent", channel, "stop", f"consent_{word.state}", seen)


def suppression(ask: Ask, channel: str, standing: Standing, _: Policy) -> Step:
    """Is the address closed? A complaint closes it to everything but what the customer's own order needs."""
    for found in standing.suppressions:
        if found.channel not in (ANY, channel):
            continue
        values = {"reason": found.reason, "since": found.at.isoformat()}
        if ask.transactional and found.reason not in _DEAD:
            return Step("suppression", channel, "bypass", "transactional", values)
        return Step("suppression", channel, "stop", "suppressed", values)
    return Step("suppression", channel, "pass", "not_suppressed", {})


def hold_out(ask: Ask, channel: str, standing: Standing, _: Policy) -> Step:
    """Does the customer belong to those we leave alone to see what our messages are worth?"""
    if standing.held_out is None:
        return Step("hold_out", channel, "pass", "not_held_out", {})
    values: Values = {"hold_out": standing.held_out}
    if ask.transactional:
        return Step("hold_out", channel, "bypass", "transactional", values)
    return Step("hold_out", channel, "stop", "held_out", values)


def hours(ask: Ask, channel: str, standing: Standing, policy: Policy, moment: Moment) -> Step:
    """Is it a decent hour where the customer lives?"""
    rule = policy.hours.get(channel)
    if rule is None:
        return Step("hours", channel, "pass", "always_open", {})
    values = {
        "local_time": moment.at.astimezone(standing.zone).isoformat(" ", "minutes")[:16],
        "zone": str(standing.zone),
        "opens": rule.opens.isoformat("minutes"),
        "closes": rule.closes.isoformat("minutes"),
    }
    if ask.transactional:
        return Step("hours", channel, "bypass", "transactional", values)
    opens = next_open(moment.at, rule, standing.zone, closed_days(policy.holidays, standing.country))
    if opens is None:
        return Step("hours", channel, "stop", "never_open", values)
    if opens <= moment.at:
        return Step("hours", channel, "pass", "open_now", values)
    return Step("hours", channel, "wait", "quiet_hours", values, opens)


def caps(ask: Ask, channel: str, standing: Standing, policy: Policy, moment: Moment) -> Step:
    """Has the customer heard enough from us, or will a more important message need the last slot?"""
    if ask.transactional:
        return Step("cap", channel, "bypass", "transactional", {})
    full = [found for cap in policy.caps if (found := crowded(cap, ask, channel, standing, moment.at)) is not None]
    if not full:
        return Step("cap", channel, "pass", "below_caps", {"caps": len(policy.caps), "made": len(standing.made)})
    worst = max(full, key=lambda found: found.until)
    window = worst.cap.period or f"{worst.cap.hours:g} h"
    values: Values = {"cap": worst.cap.name, "limit": worst.cap.limit, "window": window, "made": worst.made}
    if worst.cap.limit < 1:
        return Step("cap", channel, "stop", "cap_is_zero", values)
    if worst.greater:
        return Step("priority", channel, "wait", "slot_kept", {**values, "greater": worst.greater}, worst.until)
    return Step("cap", channel, "wait", "cap_reached", values, worst.until)


def budget(ask: Ask, channel: str, standing: Standing, policy: Policy, moment: Moment) -> Step:
    """Is there money left for it? A budget's periods are those of UTC: money has no time zone."""
    cost = ask.cost_over(channel)
    if ask.transactional:
        return Step("budget", channel, "bypass", "transactional", {"cost": str(cost)})
    for rule in policy.budgets if cost > 0 else ():
        if not rule.covers(channel, ask.category) or standing.spent.get(rule.name, NOTHING) + cost <= rule.limit:
            continue
        ends = next_period(moment.now, rule.period, UTC)
        spent = standing.spent.get(rule.name, NOTHING) if moment.at < ends else NOTHING
        if spent + cost > rule.limit:
            values = {"budget": rule.name, "limit": str(rule.limit), "spent": str(spent), "cost": str(cost)}
            if cost > rule.limit:
                return Step("budget", channel, "stop", "dearer_than_budget", values)
            return Step("budget", channel, "wait", "budget_spent", values, ends)
    return Step("budget", channel, "pass", "within_budget", {"cost": str(cost)})


def _newest(ask: Ask, channel: str, standing: Standing) -> ConsentWord | None:
    matching = [
        word for word in standing.consents if word.purpose in (ANY, ask.purpose) and word.channel in (ANY, channel)
    ]
    return max(matching, key=lambda word: (word.at, word.state != "granted"), default=None)


WHO: tuple[StandingGate, ...] = (address, consent, suppression, hold_out)
WHEN: tuple[TimeGate, ...] = (hours, caps, budget)
