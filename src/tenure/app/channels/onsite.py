"""Channels that reach people on the shop's pages and on their screens."""

from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.channels.channel import Channel
from tenure.channels.push.vapid import public_key
from tenure.kit.db import transaction
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.service import Account
from tenure.outreach.onsite.inbox import Inbox
from tenure.outreach.onsite.pushes import Pushes


def onsite_channel(stores: Stores, account: Account) -> Channel | None:
    """Return the channel of an account that is about the shop's own pages; nothing for any other."""
    if account.kind == "in_app":
        return Inbox(stores.engine, stores.clock)
    if account.kind == "web_push":
        return Pushes(stores.engine, wiring.push_channel(account, stores.clock))
    return None


def push_key(stores: Stores) -> str | None:
    """Return the key browsers take pushes with, where pushes are switched on."""
    with transaction(stores.engine) as session:
        found = [one for one in accounts.in_use(session, stores.secret) if one.kind == "web_push"]
    return public_key(found[0].values["key"]) if found else None
