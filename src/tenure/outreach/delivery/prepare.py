"""What happens to a leased batch before it leaves: everybody's standing, the gate, and the words of the message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tenure.channels.channel import Outgoing
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.db import Engine, transaction
from tenure.outreach.arbiter.ask import Ask
from tenure.outreach.arbiter.decide import decide
from tenure.outreach.arbiter.decision import Decision, Step
from tenure.outreach.arbiter.policy import Policy
from tenure.outreach.delivery.deliver import Prepared, Ready
from tenure.outreach.ledger.asks import Leased, Stayed
from tenure.outreach.standing import repository as standings
from tenure.outreach.standing.repository import Known
from tenure.outreach.trace import told

Compose = Callable[[Leased, Known, str], Outgoing]
_NOBODY = Step("address", "", "stop", "no_such_customer", {})


@dataclass(frozen=True)
class Gate:
    """The gate of a workspace: its rules, its key for closed addresses, and its clock."""

    engine: Engine
    policy: Callable[[], Policy]
    key: AddressKey
    zone: ZoneInfo
    compose: Compose

    def prepare(self, sends: Sequence[Leased], now: datetime) -> Prepared:
        """Decide about every send of a batch, and write the messages of those that go."""
        with transaction(self.engine) as session:
            known = standings.load(session, {send.id: send.customer_id for send in sends}, self.key, self.zone, now)
        policy, ready, stays = self.policy(), [], []
        for send in sends:
            person = known.get(send.customer_id)
            decision = _decided(send, person, policy, now)
            trace = told(decision)
            if person is not None and decision.outcome == "send":
                ready.append(Ready(send, self.compose(send, person, decision.channel), trace))
            elif decision.outcome in ("substitute", "defer"):
                stays.append(Stayed(send.id, "queued", trace, decision.until, decision.channel))
            else:
                stays.append(Stayed(send.id, "held" if decision.reason.code == "stale" else "dropped", trace))
        return Prepared(ready, stays)


def asked(send: Leased) -> Ask:
    """Put a send to the gate, on the channel it goes over now; substitutes already tried are not tried again."""
    tried = send.substitutes.index(send.via) + 1 if send.via in send.substitutes else 0
    return Ask(
        send.customer_id,
        send.via,
        send.purpose,
        send.category,
        send.tags,
        send.priority,
        send.transactional,
        send.cost,
        {},
        send.substitutes[tried:],
        send.stale_after,
    )


def _decided(send: Leased, person: Known | None, policy: Policy, now: datetime) -> Decision:
    if person is None:
        return Decision("drop", send.channel, now, policy.version, (_NOBODY,))
    return decide(asked(send), person.standing, policy, now)
