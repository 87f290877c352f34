"""What must be so before mail of a domain is trusted: SPF, DKIM, DMARC, a way back for bounces, and a way out."""

from collections.abc import Callable, Sequence

from tenure.channels.channel import Finding, Record
from tenure.kit.i18n import Text

Lookup = Callable[[str, str], Sequence[str] | None]  # name and kind of record; None where nobody could be asked


def findings(
    domain: str, public_key: str | None, selector: str | None, site: str | None, lookup: Lookup, back: str | None = None
) -> list[Finding]:
    """Look at a sending domain; what blocks stands in the way of every newsletter.

    ``public_key`` is the record our private key asks for, ``site`` where links in mails lead. Where bounces come back to another
    domain, ``back``, SPF is asked of that one, for it stands in the envelope.
    """
    return [
        _spf(back or domain, lookup),
        _dkim(domain, public_key, selector, lookup),
        _dmarc(domain, lookup),
        _way_back(back or domain, lookup),
        _way_out(site),
    ]


def _spf(domain: str, lookup: Lookup) -> Finding:
    records = lookup(domain, "TXT")
    if records is None:
        return _unasked("SPF")
    found = [one for one in records if one.lower().startswith("v=spf1")]
    add = Text(
        f"Publish one TXT record at {domain}, such as: v=spf1 include:… -all",
        f"请在 {domain} 发布一条 TXT 记录，例如：v=spf1 include:… -all",
    )
    if len(found) != 1:
        return Finding(False, True, "SPF", Text(f"{len(found)} SPF records.", f"SPF 记录数：{len(found)}。"), add)
    if "+all" in found[0].split() or "all" in found[0].split():
        return Finding(False, True, "SPF", Text("SPF lets everybody send.", "SPF 允许任何人发信。"), add)
    return Finding(True, False, "SPF", Text(found[0], found[0]))


def _dkim(domain: str, public_key: str | None, selector: str | None, lookup: Lookup) -> Finding:
    if public_key is None or not selector:
        return Finding(
            False,
            True,
            "DKIM",
            Text("Mail is not signed.", "邮件未签名。"),
            Text("Enter a selector and a private key.", "请填写选择器和私钥。"),
        )
    name = f"{selector}._domainkey.{domain}"
    records = lookup(name, "TXT")
    if records is None:
        return _unasked("DKIM")
    if _key(public_key) in {_key(one) for one in records}:
        return Finding(True, False, "DKIM", Text(f"{name} holds our key.", f"{name} 已发布我们的公钥。"))
    publish = Text(f"Publish at {name}: {public_key}", f"请在 {name} 发布：{public_key}")
    what = Text(f"{name} does not hold our key.", f"{name} 未发布我们的公钥。")
    return Finding(False, True, "DKIM", what, publish, Record(name, "TXT", public_key))


def _dmarc(domain: str, lookup: Lookup) -> Finding:
    name = f"_dmarc.{domain}"
    records = lookup(name, "TXT")
    if records is None:
        return _unasked("DMARC")
    found = [one for one in records if one.lower().replace(" ", "").startswith("v=dmarc1")]
    if len(found) == 1:
        return Finding(True, False, "DMARC", Text(found[0], found[0]))
    add = Text(
        f"Publish at {name}: v=DMARC1; p=none; rua=mailto:…", f"请在 {name} 发布：v=DMARC1; p=none; rua=mailto:…"
    )
    what = Text(f"{len(found)} DMARC records.", f"DMARC 记录数：{len(found)}。")
    return Finding(
        False, True, "DMARC", what, add, Record(name, "TXT", f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}")
    )


def _way_back(domain: str, lookup: Lookup) -> Finding:
    servers = lookup(domain, "MX")
    name = "MX"
    if servers is None:
        return _unasked(name)
    if servers:
        return Finding(True, False, name, Text(f"Bounces come back to {servers[0]}.", f"退信将回到 {servers[0]}。"))
    what = Text("The domain takes no mail: bounces and replies are lost.", "该域名不收信：退信与回复会丢失。")
    return Finding(False, True, name, what, Text("Publish an MX record.", "请发布 MX 记录。"))


def _way_out(site: str | None) -> Finding:
    name = "One-click"
    if site is not None and site.startswith("https://"):
        return Finding(True, False, name, Text(f"Links lead to {site}.", f"链接指向 {site}。"))
    what = Text("Unsubscribe links have no https address.", "退订链接没有 https 地址。")
    return Finding(False, True, name, what, Text("Set TENURE_PUBLIC_URL.", "请设置 TENURE_PUBLIC_URL。"))


def _unasked(name: str) -> Finding:
    what = Text("The name servers could not be asked.", "无法查询域名服务器。")
    return Finding(False, False, name, what, Text("Look again later.", "请稍后重试。"))


def _key(record: str) -> str:
    tags = dict(part.strip().partition("=")[::2] for part in record.replace('" "', "").split(";") if "=" in part)
    return "".join(tags.get("p", record).split())
