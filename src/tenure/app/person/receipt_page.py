"""The receipt of an erasure as a page in both languages."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import cast

from tenure.app.person.export_page import page
from tenure.app.person.inventory import HOLDINGS

_CHOICES = {
    "keep_orders": ("Orders stay as sales without a customer", "订单保留为无客户身份的销售记录"),
    "keep_proof": ("Words of consent stay as keyed hashes for three years", "同意记录以密钥散列保留三年"),
}


def write(receipt: Mapping[str, object]) -> str:
    """Write the page; it holds the signed receipt itself, for whoever wants to verify it."""
    asked = cast(Mapping[str, object], receipt["asked_by"])
    checked = cast(Mapping[str, object], receipt["checked"])
    choices = cast(Mapping[str, bool], receipt["choices"])
    facts = [
        ("Erasure", "删除编号", receipt["erasure"]),
        ("Persons", "人数", receipt["persons"]),
        ("Asked", "申请时间", f"{receipt['asked_at']} · {asked['name']}"),
        ("Finished", "完成时间", receipt["finished_at"]),
        *((en, zh, "yes 是" if choices.get(name) else "no 否") for name, (en, zh) in _CHOICES.items()),
        ("Files of the lake searched afterwards", "事后复查的数据湖文件", checked["files"]),
        ("Rows found there", "复查发现的行数", checked["found"]),
    ]
    body = "".join(
        f"<tr><th>{escape(en)}<br><small>{zh}</small></th><td>{escape(str(told))}</td></tr>" for en, zh, told in facts
    )
    told = json.dumps(receipt, ensure_ascii=False, indent=2)
    return page(
        f"Receipt {receipt['erasure']}",
        f"<h1>Receipt of erasure · 删除回执</h1><p>{escape(str(receipt['workspace']))}</p>"
        f"<table>{body}</table><h2>What went · 已删除内容</h2><div class='wide'><table>{_lines(receipt)}</table></div>"
        f"<h2>What stays, and why · 保留内容及原因</h2><ul>{_kept()}</ul>"
        "<h2>Signed receipt · 已签名回执</h2><p>Verify with <code>tenure person receipt FILE</code>. "
        f"使用 <code>tenure person receipt 文件</code> 验证。</p><pre><code>{escape(told)}</code></pre>",
    )


def _lines(receipt: Mapping[str, object]) -> str:
    rows = []
    for line in cast(Sequence[Mapping[str, object]], receipt["lines"]):
        store, label, fate = (cast(Mapping[str, str], line[name]) for name in ("store", "label", "fate"))
        cells = (
            f"{store['en']} {store['zh']}",
            f"{label['en']} · {label['zh']}",
            f"{line['rows']:,}",
            f"{fate['en']} · {fate['zh']}",
        )
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return "".join(rows)


def _kept() -> str:
    told = [(holding.label, holding.why) for holding in HOLDINGS if holding.why is not None]
    return "".join(
        f"<li>{escape(label.en)} · {escape(label.zh)}<br><small>{escape(why.en)} {escape(why.zh)}</small></li>"
        for label, why in told
    )
