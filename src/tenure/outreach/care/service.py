"""The verbs of care: tell how a channel fares, change its rules, watch it, let it go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, NotFound
from tenure.kit.http import Text as TextOnWire
from tenure.kit.i18n import Text
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.kinds import KINDS
from tenure.outreach.care import repository, words
from tenure.outreach.care.rules import Counts, Share, day_limit, days_of, judge, share
from tenure.outreach.care.schemas import CareRules, ChannelHealth, Holds, Rate, State, WarmUpStage
from tenure.outreach.care.tables import ChannelCare
from tenure.outreach.ledger import service as ledger

BY = "tenure"


@dataclass(frozen=True, slots=True)
class Turned:
    """A channel whose state became another: what colleagues are told."""

    channel: str
    state: str
    why: Text


def health(session: Session, channel: str, now: datetime) -> ChannelHealth:
    """Tell how a channel fares: what came back, how it stands and why, and where its warm-up is."""
    _known(session, channel)
    row, rules = _care(session, channel)
    since = _since(row, rules, now)
    counts, left = repository.counts(session, channel, since, now), repository.in_state(session, channel)
    state, still = _state(session, row, channel), ledger.standstill(session, channel)
    holds: Holds = "everything" if still.paused else "marketing" if still.own_only else "nothing"
    found = words.why(str(row.why.get("code", "")), row.why) if row is not None and state == row.state else None
    return ChannelHealth(
        channel=channel,
        state=state,
        state_label=TextOnWire.of(words.STATES[state]),
        why=None if found is None else TextOnWire.of(found),
        holds=holds,
        holds_label=TextOnWire.of(words.HOLDS[holds]),
        since=row.since if row is not None and state == row.state and state != "open" else None,
        window_hours=rules.window_hours,
        counted_from=since,
        sent=counts.sent,
        delivered=repository.delivered(session, channel, since),
        soft_bounces=counts.soft,
        hard_bounces=_rate(share(counts.bounced, counts.sent), rules.bounce_warn, rules.bounce_stop),
        complaints=_rate(share(counts.complained, counts.sent), rules.complaint_warn, rules.complaint_stop),
        waiting=left.get("queued", 0),
        unknown=left.get("unknown", 0),
        enough=counts.sent >= rules.least_sends,
        warm_up=_stage(session, row, rules, channel, now),
        rules=rules,
    )


def rules_of(session: Session, channel: str) -> CareRules:
    """Return the rules of a channel, or the standard ones before anybody chose."""
    return _care(session, channel)[1]


def change(session: Session, channel: str, rules: CareRules, actor: Principal, now: datetime) -> ChannelHealth:
    """Put new rules into force; a warm-up that is new begins today."""
    _known(session, channel)
    row, before = _care(session, channel)
    began = row.warm_up_from if row is not None else None
    if rules.warm_up is None:
        began = None
    elif before.warm_up is None or began is None:
        began = now
    stored = rules.model_dump(mode="json")
    repository.put(session, channel, now, actor.name, {"rules": stored, "warm_up_from": began})
    _limit_day(session, channel, rules, began, now)
    told = audit.Change("channels.care", "channel", channel, before.model_dump(mode="json"), stored)
    audit.record(session, actor, told, now)
    return health(session, channel, now)


def resume(session: Session, channel: str, actor: Principal, now: datetime, *, warm_up_again: bool) -> ChannelHealth:
    """Let a stopped channel go on from the very send it stopped at; what came back before counts no more."""
    row, rules = _care(session, channel)
    if row is None or row.state != "stopped":
        raise Conflict(
            Text("This channel is not stopped.", "此渠道没有被自动停发。"),
            remedy=Text("A pause is ended where sends are paused.", "如需结束暂停，请到发送控制处恢复。"),
        )
    began = now if warm_up_again and rules.warm_up is not None else row.warm_up_from
    after = {"state": "open", "why": {}, "since": now, "counted_from": now, "warm_up_from": began}
    told = audit.Change("channels.resume", "channel", channel, {"why": row.why}, {"warm_up_again": warm_up_again})
    repository.put(session, channel, now, actor.name, after)
    _limit_day(session, channel, rules, began, now)
    ledger.hold_marketing(session, channel, now, actor.name, held=False)
    audit.record(session, actor, told, now)
    return health(session, channel, now)


def watch(session: Session, now: datetime) -> Sequence[Turned]:
    """Look at every channel: set the limit of the day, warn, and stop what must stop; returns what turned.

    A stop holds marketing. What customers' own orders need goes on, unless a person closes the channel.
    """
    turned = []
    for account in accounts.every(session):
        if not account.enabled or KINDS[account.kind].inward:
            continue
        repository.lock(session, account.channel)
        row, rules = _care(session, account.channel)
        _limit_day(session, account.channel, rules, row.warm_up_from if row is not None else None, now)
        found = _turn(session, account.channel, row, rules, now)
        if found is not None:
            turned.append(found)
    return turned


def _turn(session: Session, channel: str, row: ChannelCare | None, rules: CareRules, now: datetime) -> Turned | None:
    """Judge a channel; one that is stopped stays so until a person lets it go on."""
    before = row.state if row is not None else "open"
    if before == "stopped":
        return None
    counts: Counts = repository.counts(session, channel, _since(row, rules, now), now)
    judged = judge(counts, rules)
    if judged.verdict == before:
        return None
    kept: Mapping[str, object] = {"code": judged.code, **judged.values} if judged.verdict != "open" else {}
    repository.put(session, channel, now, BY, {"state": judged.verdict, "why": dict(kept), "since": now})
    if judged.verdict == "stopped":
        ledger.hold_marketing(session, channel, now, BY, held=True)
        audit.record(session, None, audit.Change("channels.stop", "channel", channel, None, dict(kept)), now)
    told = words.why(judged.code, judged.values)
    return None if told is None else Turned(channel, judged.verdict, told)


def _care(session: Session, channel: str) -> tuple[ChannelCare | None, CareRules]:
    row = repository.find(session, channel)
    return row, CareRules.model_validate(row.rules if row is not None else {})


def _known(session: Session, channel: str) -> None:
    if channel not in {account.channel for account in accounts.every(session)}:
        raise NotFound(
            Text("This channel has no account.", "该渠道没有账户。"), remedy=Text("Enter one first.", "请先填写账户。")
        )


def _since(row: ChannelCare | None, rules: CareRules, now: datetime) -> datetime:
    since = now - timedelta(hours=rules.window_hours)
    return max(since, row.counted_from) if row is not None and row.counted_from is not None else since


def _state(session: Session, row: ChannelCare | None, channel: str) -> State:
    if row is not None and row.state == "stopped":
        return "stopped"
    if repository.paused(session, channel):
        return "paused"
    return "warned" if row is not None and row.state == "warned" else "open"


def _rate(found: Share, warn: float, stop: float) -> Rate:
    return Rate(
        count=found.count,
        of=found.of,
        share=found.share,
        low=found.low,
        high=found.high,
        warn_above=warn,
        stop_above=stop,
    )


def _limit_day(session: Session, channel: str, rules: CareRules, began: datetime | None, now: datetime) -> None:
    zone = workspace.read(session).zone
    limit = (
        day_limit(rules.warm_up, _day(began, now, zone)) if rules.warm_up is not None and began is not None else None
    )
    repository.limit_day(session, channel, limit, _midnight(now, zone), now)


def _stage(
    session: Session, row: ChannelCare | None, rules: CareRules, channel: str, now: datetime
) -> WarmUpStage | None:
    if row is None or rules.warm_up is None or row.warm_up_from is None:
        return None
    zone = workspace.read(session).zone
    day = _day(row.warm_up_from, now, zone)
    limit = day_limit(rules.warm_up, day)
    return WarmUpStage(
        day=day + 1,
        began_at=row.warm_up_from,
        limit_today=limit,
        sent_today=repository.sent_since(session, channel, _midnight(now, zone)),
        over=limit is None,
        limits=days_of(rules.warm_up),
    )


def _day(began: datetime, now: datetime, zone: ZoneInfo) -> int:
    return max((now.astimezone(zone).date() - began.astimezone(zone).date()).days, 0)


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
