"""The verb of trying: one message to one address, and what the provider said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tenure.channels.channel import Channel, Outgoing, Receipt, Refused, Reply, TryLater
from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.kinds import KINDS
from tenure.outreach.accounts.service import Account

Open = Callable[[Account], Channel]
TEAM = "team"  # the address of the one robot an account holds
SUBJECT = Text("A test message", "测试消息")
WORDS = Text(
    "This is a test message. If you can read it, the channel works.",
    "这是一条测试消息。能看到它，说明渠道可用。",
)
TRIED = ("email", "sms")


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a test message: its state, and the provider's own words where there are any."""

    state: str
    code: str
    message: str


def send_test(
    session: Session, secret: str, opening: Open, channel: str, address: str, actor: Principal, now: datetime
) -> Tried:
    """Send a test message over an account, switched on or off; nothing of it is kept but who tried."""
    account = accounts.of_channel(session, secret, channel)
    inward = KINDS[account.kind].inward
    if channel not in TRIED and not inward:
        raise Conflict(
            Text("This channel cannot be tried by a message.", "该渠道无法用测试消息检查。"),
            remedy=Text(
                "Check it at the command line: tenure channels check --connect",
                "请用命令检查：tenure channels check --connect",
            ),
        )
    to = TEAM if inward else address.strip()
    if not to or (channel == "email" and "@" not in to):
        message = Text("Say whom the test message is for.", "请填写测试消息的收件地址。")
        raise Invalid(message, fields=(FieldProblem("/address", message),))
    audit.record(session, actor, audit.Change("channels.test", "channel", channel, None, {"kind": account.kind}), now)
    opened = opening(account)
    try:
        text = f"{WORDS.en}\n{WORDS.zh}"
        reply = opened.send(Outgoing(new_id("test"), to, f"{SUBJECT.en} · {SUBJECT.zh}", text))
    finally:
        opened.close()
    return _told(reply)


def _told(reply: Reply) -> Tried:
    if isinstance(reply, Receipt):
        return Tried("accepted", "", reply.provider_id or "")
    if isinstance(reply, Refused):
        return Tried("refused", reply.code, reply.message)
    if isinstance(reply, TryLater):
        return Tried("later", reply.code, reply.message)
    return Tried("unknown", "", reply.message)
