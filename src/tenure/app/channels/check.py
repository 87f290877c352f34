"""Looks at a workspace's channels: whether each can be reached, and, when asked, whether it lets us in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tenure.app import wiring
from tenure.channels.channel import Refused, TryLater, Uncertain
from tenure.channels.outbound import Outbound
from tenure.channels.sms.accounts import ALIBABA, TENCENT
from tenure.kit.clock import Clock
from tenure.kit.i18n import Text
from tenure.outreach.accounts.service import Account

_CLOUDS = {"sms_alibaba": ALIBABA, "sms_tencent": TENCENT}


@dataclass(frozen=True, slots=True)
class Finding:
    """One channel looked at: ``state`` is ok, warning or wrong."""

    channel: str
    state: str
    fact: Text
    remedy: Text | None = None


def examine(accounts: Sequence[Account], clock: Clock, *, connect: bool) -> list[Finding]:
    """Look at every account; ``connect`` also asks WeCom, which answers a question without sending anything."""
    if not accounts:
        fact = Text("No channel has an account.", "尚无渠道账户。")
        remedy = Text(
            "Enter one: tenure channels enter smtp --fact host=…", "请录入：tenure channels enter smtp --fact host=…"
        )
        return [Finding("channels", "warning", fact, remedy)]
    return [finding for account in accounts for finding in _look(account, clock, connect)]


def _look(account: Account, clock: Clock, connect: bool) -> Iterator[Finding]:
    if account.kind == "smtp":
        yield _mail(account)
    elif account.kind == "wecom":
        yield from _wecom(account, clock, connect)
    else:
        yield _reach(account, _CLOUDS.get(account.kind) or account.values["url"])


def _mail(account: Account) -> Finding:
    facts = account.values
    told = f"{facts['host']}:{facts['port']}"
    if facts["tls"] == "none" and facts["host"] not in ("localhost", "127.0.0.1"):
        fact = Text(f"Mail goes to {told} in the clear.", f"发往 {told} 的邮件未加密。")
        return Finding(account.channel, "warning", fact, Text("Enter tls=starttls.", "请录入 tls=starttls。"))
    sender = facts["sender_address"]
    return Finding(account.channel, "ok", Text(f"{sender} by {told}", f"{sender} 经 {told}"))


def _wecom(account: Account, clock: Clock, connect: bool) -> Iterator[Finding]:
    reach = _reach(account, account.values["endpoint"])
    yield reach
    if not account.values.get("callback_token"):
        fact = Text("Callbacks are not configured: who leaves is not heard of.", "未配置回调：客户离开时不会得知。")
        remedy = Text("Enter callback_token and callback_key.", "请录入 callback_token 与 callback_key。")
        yield Finding(account.channel, "warning", fact, remedy)
    if connect and reach.state == "ok":
        api = wiring.wecom_of(account, clock)
        staff = api.staff()
        api.close()
        if isinstance(staff, Uncertain):
            yield Finding(account.channel, "wrong", Text(f"No answer: {staff.message}", f"没有答复：{staff.message}"))
        elif isinstance(staff, (Refused, TryLater)):
            fact = Text(f"WeCom says {staff.code}: {staff.message}", f"企业微信答复 {staff.code}：{staff.message}")
            remedy = Text("Look at the secret, its rights and trusted addresses.", "请检查 Secret、权限与可信 IP。")
            yield Finding(account.channel, "wrong", fact, remedy)
        else:
            fact = Text(f"Colleagues who may have customers: {len(staff)}", f"可联系客户的成员：{len(staff)} 位")
            yield Finding(account.channel, "ok", fact)


def _reach(account: Account, url: str) -> Finding:
    """Look whether an address would be dialled; only its host is told, for the rest may be a secret."""
    outbound, host = Outbound(wiring.networks_of(account)), urlsplit(url).hostname or "?"
    why = outbound.looks(url)
    outbound.close()
    if why is None:
        return Finding(account.channel, "ok", Text(host, host))
    remedy = Text(
        "Mend the address; for a server of your own, enter the network it stands in.",
        "请检查地址；若是自有服务器，请录入其所在网段（network）。",
    )
    return Finding(
        account.channel, "wrong", Text(f"{host} cannot be reached: {why}.", f"无法连接 {host}：{why}。"), remedy
    )
