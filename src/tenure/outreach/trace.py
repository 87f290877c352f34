"""A decision as it is kept: every step with the values it looked at."""

from tenure.outreach.arbiter.decision import Decision


def told(decision: Decision) -> dict[str, object]:
    """Return a decision as plain values, to be kept with the send."""
    return {
        "outcome": decision.outcome,
        "channel": decision.channel,
        "policy": decision.policy,
        "until": decision.until.isoformat() if decision.until else None,
        "steps": [
            {
                "gate": step.gate,
                "channel": step.channel,
                "verdict": step.verdict,
                "code": step.code,
                **({"values": dict(step.values)} if step.values else {}),
                **({"until": step.until.isoformat()} if step.until else {}),
            }
            for step in decision.steps
        ],
    }
