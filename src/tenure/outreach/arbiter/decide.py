"""The decision: every gate in its order, the earliest good moment, another channel when this one is closed."""

from datetime import datetime

from tenure.outreach.arbiter.ask import Ask, Standing
from tenure.outreach.arbiter.decision import Decision, Step
from tenure.outreach.arbiter.gates import WHEN, WHO, Moment
from tenure.outreach.arbiter.policy import Policy

_ROUNDS = 24  # moving on for one gate may close another; a contact that finds no moment in so many tries is dropped


def decide(ask: Ask, standing: Standing, policy: Policy, now: datetime) -> Decision:
    """Decide about one contact: send it, wait until a moment, take another channel, or let it be.

    Pure: the same four arguments (times in UTC) always give the same answer, and the answer holds every value that
    was looked at. A channel that is closed for good, or for so long that the message would be stale, gives way to
    the first substitute that is open now, or else to the first that will be. Transactional messages pass consent, hold-out, hours, caps and budget
    unseen, which the trace says at each.
    """
    first = _on(ask, ask.channel, standing, policy, now)
    if first.outcome != "drop" or first.reason.gate == "hold_out" or first.reason.code == "stale":
        return first
    steps, later = first.steps, None
    for channel in ask.substitutes:
        other = _on(ask, channel, standing, policy, now)
        steps += other.steps
        if other.outcome == "send":
            return Decision("substitute", channel, now, policy.version, steps)
        if other.outcome == "defer" and later is None:
            later = other
    if later is not None:
        return Decision("defer", later.channel, now, policy.version, steps, later.until)
    return Decision("drop", ask.channel, now, policy.version, steps)


def _on(ask: Ask, channel: str, standing: Standing, policy: Policy, now: datetime) -> Decision:
    steps: list[Step] = []
    if ask.stale_after is not None and now >= ask.stale_after:
        steps.append(Step("stale", channel, "stop", "stale", {"stale_after": ask.stale_after.isoformat()}))
        return Decision("drop", channel, now, policy.version, tuple(steps))
    for gate in WHO:
        steps.append(gate(ask, channel, standing, policy))
        if steps[-1].verdict == "stop":
            return Decision("drop", channel, now, policy.version, tuple(steps))
    return _when(ask, channel, standing, policy, now, steps)


def _when(ask: Ask, channel: str, standing: Standing, policy: Policy, now: datetime, steps: list[Step]) -> Decision:
    """Move the moment on until every gate of time is open at once."""
    moment = now
    for _ in range(_ROUNDS):
        for gate in WHEN:
            step = gate(ask, channel, standing, policy, Moment(now, moment))
            if moment == now or step.verdict in ("stop", "wait"):
                steps.append(step)
            if step.verdict == "stop":
                return Decision("drop", channel, now, policy.version, tuple(steps))
            if step.until is not None and step.until > moment:
                moment = step.until
                break
        else:
            return _settled(ask, channel, policy, now, moment, steps)
    return Decision("drop", channel, now, policy.version, (*steps, Step("stale", channel, "stop", "no_moment", {})))


def _settled(ask: Ask, channel: str, policy: Policy, now: datetime, moment: datetime, steps: list[Step]) -> Decision:
    if moment == now:
        return Decision("send", channel, now, policy.version, tuple(steps))
    if _fits(ask, moment):
        return Decision("defer", channel, now, policy.version, tuple(steps), moment)
    stale = {"stale_after": ask.stale_after.isoformat() if ask.stale_after else None, "would_be": moment.isoformat()}
    step = Step("stale", channel, "stop", "would_be_stale", stale)
    return Decision("drop", channel, now, policy.version, (*steps, step))


def _fits(ask: Ask, moment: datetime | None) -> bool:
    return moment is not None and (ask.stale_after is None or moment < ask.stale_after)
