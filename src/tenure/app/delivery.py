"""Delivers messages beside the other work: a thread for each channel that has an account, for as long as it has it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from tenure.app import wiring
from tenure.app.channels.colleagues import attend, desk_of
from tenure.app.channels.onsite import onsite_channel
from tenure.app.wiring import Stores
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session, transaction
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.kinds import KINDS
from tenure.outreach.accounts.service import Account
from tenure.outreach.arbiter.policy import Policy
from tenure.outreach.confirming import service as confirming
from tenure.outreach.content.compose import (
    Composer,
    WaysOut,
    no_question,
    no_way_out,
    signed_ways_out,
    some_way_out,
)
from tenure.outreach.delivery.burying import Burying
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.holdouts import service as hold_outs
from tenure.outreach.holdouts.rules import HoldOuts
from tenure.outreach.policy import service as policies
from tenure.outreach.reading.marks import Marks
from tenure.outreach.shortlinks.service import Shortener

LOOK = 2.0  # seconds between looks at the accounts: a channel switched off stops within this and one message
log = structlog.get_logger()


@dataclass
class _Postman:
    account: Account
    stop: threading.Event
    thread: threading.Thread


@contextmanager
def beside(stores: Stores, public_url: str | None) -> Iterator[None]:
    """Deliver for as long as the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stores, public_url, stop), name="delivery", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=15)


def run(stores: Stores, public_url: str | None, stop: threading.Event) -> None:
    """Keep one delivery going for each account that is switched on; a changed account is opened anew."""
    going: dict[str, _Postman] = {}
    while not stop.is_set():
        try:
            with transaction(stores.engine) as session:
                wanted = {
                    one.channel: one for one in accounts.in_use(session, stores.secret) if not KINDS[one.kind].inward
                }
        except Exception:  # the database may be away for a moment; what is in the air is written down by its worker
            log.exception("delivery_accounts_unread")
            wanted = {channel: postman.account for channel, postman in going.items()}
        for channel, postman in list(going.items()):
            if channel not in wanted or wanted[channel].stamp != postman.account.stamp or not postman.thread.is_alive():
                _send_home(going.pop(channel))
        for channel, account in wanted.items():
            if channel not in going:
                going[channel] = _hired(stores, account, public_url)
        _ask_to_confirm(stores, public_url, set(wanted))
        stop.wait(LOOK)
    for postman in going.values():
        postman.stop.set()
    for postman in going.values():
        _send_home(postman)


def _ask_to_confirm(stores: Stores, public_url: str | None, channels: set[str]) -> None:
    """Ask whoever must confirm their yes; without an address for the link, or a channel, they wait."""
    try:
        with transaction(stores.engine) as session:
            confirming.ask_due(session, channels if public_url else (), stores.clock.now())
    except Exception:  # the mail of everybody else goes on; whoever waits is asked at the next look
        log.exception("confirmations_not_asked")


def gate_of(stores: Stores, public_url: str | None, *, rehearsing: bool = False) -> Gate:
    """Return the gate of a workspace, with the rules in force each time it is asked.

    A ``rehearsing`` one signs no links and leads none through us, which nobody will press, and takes nobody's place in the
    pace of domains.
    """

    def rules() -> Policy:
        with transaction(stores.engine) as session:
            return policies.in_force(session, stores.clock.now())

    def zone(session: Session) -> ZoneInfo:
        return workspace.read(session).zone

    ways_out = _ways_out(stores, public_url, rehearsing)
    pictures = f"{public_url.rstrip('/')}/media" if public_url else None
    marks = Marks(stores.secret, public_url) if public_url and not rehearsing else None
    questions = partial(confirming.link_of, stores.secret, public_url) if public_url else no_question
    shortener = Shortener.derived(stores.secret, public_url) if public_url and not rehearsing else None
    whole = not rehearsing
    composer = Composer(stores.engine, stores.lake, ways_out, pictures, marks, questions, shortener, whole)

    def held(session: Session) -> HoldOuts:
        return hold_outs.in_force(session, stores.secret, stores.clock.now())

    key = AddressKey.derived(stores.secret)
    return Gate(stores.engine, rules, key, zone, composer.compose, held, accounts.delivered, paced=not rehearsing)


def _ways_out(stores: Stores, public_url: str | None, rehearsing: bool) -> WaysOut:
    if not public_url:
        return no_way_out
    return some_way_out(public_url) if rehearsing else signed_ways_out(stores.secret, public_url)


def _hired(stores: Stores, account: Account, public_url: str | None) -> _Postman:
    stop, colleagues = threading.Event(), account.kind == "wecom"

    def work() -> None:
        try:
            channel = desk_of(stores, account) if colleagues else onsite_channel(stores, account, public_url)
            channel = channel or wiring.channel_of(account, stores.clock, stores.secret)
            gate = gate_of(stores, public_url)
            careful = Burying(channel, stores.engine, gate.key, stores.clock)
            deliver(stores.engine, careful, gate.prepare, stores.clock, stop)
        except Exception:  # whatever it was, the channel is opened anew at the next look
            log.exception("delivery_stopped", channel=account.channel)

    thread = threading.Thread(target=work, name=f"delivery-{account.channel}", daemon=True)
    thread.start()
    if colleagues:
        threading.Thread(target=attend, args=(stores, account, stop), name="colleagues", daemon=True).start()
    return _Postman(account, stop, thread)


def _send_home(postman: _Postman) -> None:
    postman.stop.set()
    postman.thread.join(timeout=30)
