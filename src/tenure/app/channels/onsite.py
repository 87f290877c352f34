"""Channels that reach people on the shop's pages and on their screens."""

from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.channels.channel import Channel
from tenure.channels.push.vapid import public_key
from tenure.kit.db import transaction
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.service import Account
from tenure.outreach.onsite.inbox import Inbox
from tenure.outreach.onsite.presses import Presses
from tenure.outreach.onsite.pushes import Pushes


def onsite_channel(stores: Stores, account: Account, public_url: str | None = None) -> Channel | None:
    """Return the channel of an account that is about the shop's own pages; nothing for any other.

    ``public_url`` is where presses on pushes are told back.
    """
    if account.kind == "in_app":
        return Inbox(stores.engine, stores.clock)
    if account.kind == "web_push":
        presses = Presses(public_url, stores.secret) if public_url else None
        return Pushes(stores.engine, wiring.push_channel(account, stores.clock), presses)
    return None


def push_key(stores: Stores) -> str | None:
    """Return the key browsers take pushes with, where pushes are switched on."""
    with transaction(stores.engine) as session:
        found = [one for one in accounts.in_use(session, stores.secret) if one.kind == "web_push"]
    return public_key(found[0].values["key"]) if found else None
