"""What happens to a leased batch before it leaves: everybody's standing, the gate, and the words of the message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from tenure.channels.channel import Outgoing
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.i18n import Text
from tenure.outreach.arbiter.ask import Ask
from tenure.outreach.arbiter.decide import decide
from tenure.outreach.arbiter.decision import Decision, Step
from tenure.outreach.arbiter.policy import Policy
from tenure.outreach.care import pace
from tenure.outreach.delivery.deliver import Prepared, Ready
from tenure.outreach.holdouts.rules import HoldOuts
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import Leased, Stayed
from tenure.outreach.standing import repository as standings
from tenure.outreach.standing.repository import Known
from tenure.outreach.trace import told


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A send that the gate let pass, to whom, and over which channel."""

    send: Leased
    person: Known
    channel: str


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A message that could not be written: a code, where, and what is so, in words."""

    code: str
    place: str
    words: Text


Passed = list[tuple[ToWrite, dict[str, object]]]
PACED = {"email"}  # channels whose addresses have domains
Compose = Callable[[Sequence[ToWrite], datetime], Mapping[str, Outgoing | Unwritten]]


def no_hold_outs(_: Session) -> HoldOuts:
    """Hold nobody out."""
    return HoldOuts()


def every_channel(_: Session) -> None:
    """Know of no channel that nobody delivers."""


_NOBODY = Step("address", "", "stop", "no_such_customer", {})
_HAD_IT = Step("merge", "", "stop", "had_it_already", {})


@dataclass(frozen=True)
class Gate:
    """The gate of a workspace: its rules, its key for closed addresses, and its clock; who passes takes a place if ``paced``."""

    engine: Engine
    policy: Callable[[], Policy]
    key: AddressKey
    zone: Callable[[Session], ZoneInfo]
    compose: Compose
    hold_outs: Callable[[Session], HoldOuts] = no_hold_outs
    delivered: Callable[[Session], frozenset[str] | None] = every_channel
    paced: bool = True

    def prepare(self, sends: Sequence[Leased], now: datetime) -> Prepared:
        """Decide about every send of a batch, and write the messages of those that go; who cannot be written to is held."""
        policy, stays = self.policy(), list[Stayed]()
        asking = {send.id: send.customer_id for send in sends}
        with transaction(self.engine) as session:
            spent = standings.spent(session, policy.budgets, now)
            known = standings.load(session, asking, self.key, self.zone(session), now, spent)
            held, open_channels = self.hold_outs(session), self.delivered(session)
        passed: Passed = []
        for send in sends:
            person = known.get(send.customer_id)
            decision = _decided(_over(send, open_channels), person, policy, held, now)
            trace = told(decision)
            if person is not None and decision.outcome == "send":
                trace["to"] = self.key.of(decision.channel, person.addresses[decision.channel]).hex()
                passed.append((ToWrite(send, person, decision.channel), trace))
                for budget in policy.budgets:  # everybody's standing shares what was spent: the next one sees this too
                    if budget.covers(decision.channel, send.category) and not send.transactional:
                        spent[budget.name] += send.cost
            elif decision.outcome in ("substitute", "defer"):
                stays.append(Stayed(send.id, "queued", trace, decision.until, decision.channel))
            else:
                for (
                    step
                ) in decision.steps:  # perhaps held out on a substitute: without the hold-out it would have gone there
                    if step.code == "held_out":
                        trace["held_out"] = step.values["hold_out"]
                stays.append(Stayed(send.id, "held" if decision.reason.code == "stale" else "dropped", trace))
        passed = self._despite_stops(passed, stays)
        passed = self._in_pace(passed, stays, now) if self.paced else passed
        written = self.compose([wanted for wanted, _ in passed], now) if passed else {}
        ready = []
        for wanted, trace in passed:
            message = written[wanted.send.id]
            if isinstance(message, Unwritten):
                stays.append(Stayed(wanted.send.id, "held", {**trace, "unwritten": _told(message)}))
            else:
                ready.append(Ready(wanted.send, message, trace))
        return Prepared(ready, stays)

    def _despite_stops(self, passed: Passed, stays: list[Stayed]) -> Passed:
        """Let what belongs to customers' own orders go over a channel that stopped by itself, and write that down."""
        if not passed:
            return passed
        with transaction(self.engine) as session:
            still = {one: ledger.standstill(session, one) for one in {wanted.channel for wanted, _ in passed}}
        goes: Passed = []
        for wanted, trace in passed:
            found, own = still[wanted.channel], wanted.send.transactional
            step = found.step(wanted.channel, transactional=own) if found.own_only else None
            told_so = trace if step is None else {**trace, "steps": [*cast(list[object], trace["steps"]), step]}
            if found.own_only and not own:
                stays.append(Stayed(wanted.send.id, "queued", {**told_so, "outcome": "defer"}))
            else:
                goes.append((wanted, told_so))
        return goes

    def _in_pace(self, passed: Passed, stays: list[Stayed], now: datetime) -> Passed:
        """Let as many go to each domain as it takes now; the others wait."""
        put_off: dict[str, tuple[datetime, str, float]] = {}
        with transaction(self.engine) as session:
            for channel in {wanted.channel for wanted, _ in passed} & PACED:
                asked = [(one.send.id, one.person.addresses[channel]) for one, _ in passed if one.channel == channel]
                put_off |= pace.waiting(session, channel, asked, now)
        for wanted, trace in passed:
            if wanted.send.id in put_off:
                until, domain, limit = put_off[wanted.send.id]
                values = {"domain": domain, "limit": limit}
                step = {
                    "gate": "pace",
                    "channel": wanted.channel,
                    "verdict": "wait",
                    "code": "domain_pace",
                    "values": values,
                }
                steps = [*cast(list[object], trace["steps"]), {**step, "until": until.isoformat()}]
                told_so = {**trace, "outcome": "defer", "until": until.isoformat(), "steps": steps}
                stays.append(Stayed(wanted.send.id, "queued", told_so, until))
        return [one for one in passed if one[0].send.id not in put_off]


def one_by_one(compose: Callable[[Leased, Known, str], Outgoing]) -> Compose:
    """Return how to write a batch by writing its messages one after the other."""

    def every(wanted: Sequence[ToWrite], _: datetime) -> Mapping[str, Outgoing | Unwritten]:
        return {one.send.id: compose(one.send, one.person, one.channel) for one in wanted}

    return every


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


def _over(send: Leased, channels: frozenset[str] | None) -> Leased:
    """Leave out substitutes that nobody delivers: there the send would wait for ever."""
    if channels is None or channels.issuperset(send.substitutes):
        return send
    return replace(send, substitutes=tuple(one for one in send.substitutes if one in channels or one == send.via))


def _decided(send: Leased, person: Known | None, policy: Policy, held: HoldOuts, now: datetime) -> Decision:
    if person is None:
        return Decision("drop", send.channel, now, policy.version, (_NOBODY,))
    if not send.transactional and (send.message, send.step, send.channel) in person.had:
        return Decision("drop", send.via, now, policy.version, (replace(_HAD_IT, channel=send.via),))
    standing = replace(person.standing, held_out=held.of(person.shown, send.message))
    return decide(asked(send), standing, policy, now)


def _told(message: Unwritten) -> dict[str, object]:
    return {"code": message.code, "place": message.place, "en": message.words.en, "zh": message.words.zh}
