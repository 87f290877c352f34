"""The rules a workspace begins with: decent hours, and no more than most people bear."""

from datetime import time

from tenure.outreach.policy.schemas import CapRule, ContactRules, HoursRule

_DAY = HoursRule(opens=time(8), closes=time(21))

# Mainland carriers forbid promotional text messages outside 08:00–21:00; what is law for one channel is decent for all.
STANDARD = ContactRules(
    hours={"email": _DAY, "sms": _DAY, "wecom": HoursRule(opens=time(9), closes=time(20)), "push": _DAY},
    caps=[
        CapRule(name="one a day", limit=1, hours=24),
        CapRule(name="three a week", limit=3, hours=168),
        CapRule(name="four text messages a month", limit=4, period="month", channel="sms"),
    ],
)
