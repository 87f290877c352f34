"""Every signal by name: the only place that knows them all."""

from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.risk.signals import (
    best_unthanked,
    buying_less,
    complaint,
    failed_payment,
    low_score,
    negative_comment,
    overdue,
    renewal_unused,
    return_spike,
    service_breach,
    shorter_visits,
    trial_unused,
    unanswered,
    unsubscribed,
    visiting_less,
)
from tenure.risk.signals.signal import Signal

CATALOG: dict[str, Signal] = {
    definition.SIGNAL.name: definition.SIGNAL
    for definition in (
        overdue,
        buying_less,
        visiting_less,
        shorter_visits,
        complaint,
        service_breach,
        low_score,
        negative_comment,
        return_spike,
        failed_payment,
        renewal_unused,
        trial_unused,
        unsubscribed,
        unanswered,
        best_unthanked,
    )
}


def signal(name: str) -> Signal:
    """Return one signal by name."""
    found = CATALOG.get(name)
    if found is None:
        raise NotFound(Text(f"There is no signal {name}.", f"没有名为 {name} 的信号。"))
    return found
