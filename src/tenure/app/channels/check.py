"""Looks at a workspace's channels: what is configured, whether it can be reached, and, when asked, whether it lets us in."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tenure.app import wiring
from tenure.app.channels.config import FILE, Configured
from tenure.channels.channel import Refused, TryLater, Uncertain
from tenure.channels.outbound import Outbound
from tenure.channels.sms.accounts import Alibaba, Gateway, Tencent
from tenure.kit.clock import Clock
from tenure.kit.i18n import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One channel looked at: ``state`` is ok, warning or wrong."""

    channel: str
    state: str
    fact: Text
    remedy: Text | None = None


def examine(found: Configured, clock: Clock, *, connect: bool) -> list[Finding]:
    """Look at every channel; ``connect`` also asks those that answer a question without sending anything."""
    findings = [Finding(one.place, "wrong", one.fact, one.remedy) for one in found.mistakes]
    if found.empty:
        fact = Text("No channel is configured.", "尚未配置任何渠道。")
        remedy = Text(f"Write {FILE} in the workspace's folder.", f"请在工作区文件夹中写好 {FILE}。")
        return [Finding(FILE, "warning", fact, remedy)]
    outbound = Outbound(found.private_networks)
    if found.mail is not None:
        findings.append(_mail(found))
    if found.sms is not None:
        findings.append(_reach(outbound, f"sms ({_provider(found.sms)})", _address(found.sms)))
    if found.wecom is not None:
        findings += _wecom(found, outbound, clock, connect)
    for kind, robots in found.robots.items():
        findings += [_reach(outbound, f"{kind} ({name})", robot.url) for name, robot in robots.items()]
    outbound.close()
    return findings


def _mail(found: Configured) -> Finding:
    assert found.mail is not None
    server, sender = found.mail
    told = f"{server.host}:{server.port}"
    if server.tls == "none" and server.host not in ("localhost", "127.0.0.1"):
        fact = Text(f"Mail goes to {told} in the clear.", f"发往 {told} 的邮件未加密。")
        return Finding("email", "warning", fact, Text('Write tls = "starttls".', '请写 tls = "starttls"。'))
    return Finding("email", "ok", Text(f"{sender.address} by {told}", f"{sender.address} 经 {told}"))


def _wecom(found: Configured, outbound: Outbound, clock: Clock, connect: bool) -> Iterator[Finding]:
    account = found.wecom
    assert account is not None
    reach = _reach(outbound, "wecom", account.endpoint)
    yield reach
    if found.callbacks is None:
        fact = Text("Callbacks are not configured: who leaves is not heard of.", "未配置回调：客户离开时不会得知。")
        remedy = Text("Write callback_token and callback_key.", "请填写 callback_token 与 callback_key。")
        yield Finding("wecom", "warning", fact, remedy)
    if connect and reach.state == "ok":
        api = wiring.wecom_api(account, found.private_networks, clock)
        staff = api.staff()
        api.close()
        if isinstance(staff, Uncertain):
            yield Finding("wecom", "wrong", Text(f"No answer: {staff.message}", f"没有答复：{staff.message}"))
        elif isinstance(staff, (Refused, TryLater)):
            fact = Text(f"WeCom says {staff.code}: {staff.message}", f"企业微信答复 {staff.code}：{staff.message}")
            remedy = Text("Look at the secret, its rights and trusted addresses.", "请检查 Secret、权限与可信 IP。")
            yield Finding("wecom", "wrong", fact, remedy)
        else:
            yield Finding(
                "wecom", "ok", Text(f"{len(staff)} colleagues have customers.", f"{len(staff)} 位成员有客户。")
            )


def _reach(outbound: Outbound, channel: str, url: str) -> Finding:
    """Look whether an address would be dialled; only its host is told, for the rest may be a secret."""
    host, why = urlsplit(url).hostname or "", outbound.looks(url)
    if why is None:
        return Finding(channel, "ok", Text(host, host))
    remedy = Text(
        f"Mend the name; for a server of your own, add its network to private_networks in {FILE}.",
        f"请检查域名；若是自有服务器，请把其网段加入 {FILE} 的 private_networks。",
    )
    return Finding(channel, "wrong", Text(f"{host} cannot be reached: {why}.", f"无法连接 {host}：{why}。"), remedy)


def _provider(account: Alibaba | Tencent | Gateway) -> str:
    return type(account).__name__.lower()


def _address(account: Alibaba | Tencent | Gateway) -> str:
    return account.url if isinstance(account, Gateway) else account.endpoint
