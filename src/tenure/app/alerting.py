"""Tells colleagues what cannot wait, over every robot the workspace has."""

import structlog

from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.kinds import KINDS

log = structlog.get_logger()


def tell_colleagues(stores: Stores, subject: Text, words: Text) -> int:
    """Say something in both languages over every robot that is switched on; returns how many took it."""
    with transaction(stores.engine) as session:
        robots = [one for one in accounts.in_use(session, stores.secret) if KINDS[one.kind].inward]
    heard = 0
    for account in robots:
        channel = wiring.channel_of(account, stores.clock)
        both = f"{words.en}\n{words.zh}"
        reply = channel.send(Outgoing(new_id("alr"), wiring.TEAM, f"{subject.en} · {subject.zh}", both))
        channel.close()
        heard += isinstance(reply, Receipt)
        if not isinstance(reply, Receipt):
            log.warning("robot_did_not_hear", channel=account.channel, answer=type(reply).__name__)
    return heard
