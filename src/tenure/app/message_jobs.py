"""The jobs of messages: what is done beside the delivery, again and again."""

from collections import Counter

import structlog

from tenure.app import wiring
from tenure.app.alerting import tell_colleagues
from tenure.app.channels.colleagues import desk_of
from tenure.app.channels.onsite import onsite_channel
from tenure.app.wiring import Stores
from tenure.channels.returns.box import NoBox
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.jobs import Job, defer
from tenure.outreach.abandoned import service as abandoned
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.kinds import KINDS
from tenure.outreach.accounts.service import Account
from tenure.outreach.care import service as care
from tenure.outreach.clearing import service as clearing
from tenure.outreach.heard import service as heard
from tenure.outreach.reading import service as reading
from tenure.outreach.returns import service as returns
from tenure.outreach.returns.service import Keys
from tenure.outreach.sending import queueing
from tenure.outreach.sending.service import QUEUE
from tenure.outreach.telling import service as telling
from tenure.outreach.unknowns import service as unknowns

log = structlog.get_logger()

_TURNED = {
    "stopped": Text(
        "{channel}: marketing has stopped, what orders need goes on", "{channel}：营销已自动停发，订单事务消息照常"
    ),
    "warned": Text("{channel}: look at what comes back", "{channel}：请留意退信与投诉"),
}


def message_jobs(stores: Stores) -> tuple[Job, ...]:
    """Return the jobs of messages."""
    looking = (care_job(stores), reading_job(stores), telling_job(stores), returns_job(stores), unknowns_job(stores))
    return (
        *looking,
        heard_job(stores),
        queueing_job(stores),
        resuming_job(stores),
        abandoned_job(stores),
        clearing_job(stores),
    )


def queueing_job(stores: Stores) -> Job:
    """Return the job that queues what was asked for to an audience; a long one lets others have their turn."""

    def queue(dispatch_id: str) -> None:
        if queueing.carry_on(stores.engine, dispatch_id, stores.clock, patience=queueing.PATIENCE):
            with transaction(stores.engine) as session:
                defer(session, QUEUE, {"dispatch_id": dispatch_id})

    return Job(QUEUE, queue)


def resuming_job(stores: Stores) -> Job:
    """Return the job that takes up dispatches whose worker died."""

    def resume() -> None:
        queueing.resume(stores.engine, stores.clock)

    return Job("sends.resume", resume, cron="* * * * *", lock="dispatches")


def abandoned_job(stores: Stores) -> Job:
    """Return the job that settles what is queued on channels whose account was forgotten."""

    def settle() -> None:
        if done := abandoned.settle(stores.engine, stores.clock):
            log.info("forgotten_channels_settled", **done)

    return Job("sends.settle_abandoned", settle, cron="* * * * *", lock="abandoned")


def clearing_job(stores: Stores) -> Job:
    """Return the job that clears away, every night, what became of messages longer ago than the workspace keeps it."""

    def clear() -> None:
        with transaction(stores.engine) as session:
            months = workspace.read(session).keep_messages_months
        if months is not None:
            log.info("messages_cleared", **clearing.clear(stores.engine, stores.clock, months))

    return Job("messages.clear_old", clear, cron="7 4 * * *", lock="clearing")


def reading_job(stores: Stores) -> Job:
    """Return the job that judges opens and clicks once what happened around them is known."""

    def judge() -> None:
        if reading.judge_due(stores.engine, stores.clock.now()):
            telling.tell(stores.engine, stores.clock.now())  # what people did need not wait for the next round

    return Job("messages.judge_reads", judge, cron="* * * * *", lock="reading")


def care_job(stores: Stores) -> Job:
    """Return the job that watches what comes back: it warns, stops a channel, and tells colleagues."""

    def watch() -> None:
        watch_channels(stores)

    return Job("channels.watch", watch, cron="* * * * *", lock="channels")


def telling_job(stores: Stores) -> Job:
    """Return the job that tells the lake what became of messages."""

    def tell() -> None:
        telling.tell(stores.engine, stores.clock.now())

    return Job("messages.tell", tell, cron="* * * * *", lock="telling")


def returns_job(stores: Stores) -> Job:
    """Return the job that reads the box bounces come back to."""

    def read() -> None:
        read_returns(stores)

    return Job("messages.read_returns", read, cron="*/3 * * * *", lock="returns")


def read_returns(stores: Stores) -> int:
    """Take every new mail of the box, each in a transaction of its own; returns how many. A box that is away is read later."""
    keys = Keys.derived(stores.secret)
    with transaction(stores.engine) as session:
        boxes = [box for one in accounts.in_use(session, stores.secret) if (box := wiring.box_of(one)) is not None]
    taken = 0
    for box in boxes:
        try:
            taken += box.each(lambda raw: returns.take_mail(stores.engine, keys, raw, "imap", stores.clock.now()))
        except NoBox as error:
            log.warning("returns_unread", why=str(error)[:200])
    return taken


def heard_job(stores: Stores) -> Job:
    """Return the job that forgets notices from outside which can no longer come again."""

    def forget() -> None:
        with transaction(stores.engine) as session:
            heard.forget(session, stores.clock.now())

    return Job("messages.forget_heard", forget, cron="37 4 * * *", lock="heard")


def unknowns_job(stores: Stores) -> Job:
    """Return the job that asks providers about sends nobody can vouch for, and applies the rules of channels."""

    def resolve() -> None:
        resolve_unknowns(stores)

    return Job("messages.resolve_unknown", resolve, cron="*/10 * * * *", lock="unknowns")


def resolve_unknowns(stores: Stores) -> Counter[str]:
    """Resolve what is unknown on every channel; returns how often what came out."""
    with transaction(stores.engine) as session:
        found = [one for one in accounts.in_use(session, stores.secret) if not KINDS[one.kind].inward]
    done = Counter[str]()
    for account in found:
        try:
            done += _resolved(stores, account)
        except Exception:  # one channel that cannot be asked keeps no other from being asked
            log.exception("unknowns_not_resolved", channel=account.channel)
    return done


def _resolved(stores: Stores, account: Account) -> Counter[str]:
    channel = desk_of(stores, account) if account.kind == "wecom" else onsite_channel(stores, account)
    channel = channel or wiring.channel_of(account, stores.clock)
    key = AddressKey.derived(stores.secret)
    try:
        place = int(stores.clock.now().timestamp() // 600) % 16  # another one each round: no id is always the last
        return unknowns.resolve(stores.engine, channel, stores.clock, key, f"snd_{place:x}")
    finally:
        channel.close()


def watch_channels(stores: Stores) -> int:
    """Look at every channel once; colleagues hear of it after it is written down. Returns how many turned."""
    with transaction(stores.engine) as session:
        turned = care.watch(session, stores.clock.now())
    for one in turned:
        tell_colleagues(stores, _TURNED[one.state].fill(channel=one.channel), one.why)
    return len(turned)
