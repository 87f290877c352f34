"""Keeps up with WeCom beside the delivery: asks colleagues, follows what they do, and reads who has whom."""

import threading
from datetime import datetime, timedelta

import structlog

from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.channels.channel import Channel
from tenure.kit.db import transaction
from tenure.outreach.accounts.service import Account
from tenure.outreach.heard import service as heard
from tenure.outreach.wecom.contacts import sync
from tenure.outreach.wecom.desk import Desk
from tenure.outreach.wecom.rules import Patience
from tenure.outreach.wecom.tasks import work

PAUSE = 15.0  # seconds between rounds
READ_AGAIN = timedelta(hours=24)  # callbacks tell what changes meanwhile
READ_SOON = timedelta(minutes=10)  # where the last reading was cut short
log = structlog.get_logger()


def desk_of(stores: Stores, account: Account) -> Channel:
    """Return the desk that takes sends for a company."""
    return Desk(stores.engine, stores.clock, patience_of(account))


def patience_of(account: Account) -> Patience:
    """Return the company's quota rule with the patience of the house."""
    told = account.values["quota"]
    return Patience("day" if told == "day" else "week" if told == "week" else "month")


def attend(stores: Stores, account: Account, stop: threading.Event, pause: float = PAUSE) -> None:
    """Do what is due again and again until told to stop; a failure is written to the log and tried again."""
    api = wiring.wecom_of(account, stores.clock)
    read_next: datetime | None = None
    try:
        while not stop.is_set():
            try:
                now = stores.clock.now()
                if read_next is None or now >= read_next:
                    found = sync(stores.engine, api, stores.clock)
                    log.info("wecom_read", relations=found.relations, ended=found.ended, failure=str(found.failure))
                    with transaction(stores.engine) as session:
                        heard.forget(session, now)
                    read_next = now + (READ_AGAIN if found.failure is None else READ_SOON)
                work(stores.engine, api, stores.clock, patience_of(account))
            except Exception:  # the database or the line may be away for a moment
                log.exception("wecom_round_failed")
            stop.wait(pause)
    finally:
        api.close()
