"""A person's data as a page: every place with its rows, in both languages, without a script."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import cast

from tenure.kit.i18n import Text
from tenure.warehouse.schema import CONTRACTS

STYLE = """
:root{color-scheme:light dark;--ink:#1c2733;--dim:#5b6b7b;--paper:#fff;--edge:#dfe5ec}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9fb0c0;--paper:#10161d;--edge:#2b3845}}
body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.55 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
main{max-width:72rem;margin:0 auto;padding:2.5rem 1.25rem}h1{font-size:1.6rem;margin:0}
h2{font-size:1.1rem;margin:2rem 0 .5rem}p,small{color:var(--dim)}.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem}th,td{border-bottom:1px solid var(--edge);padding:.35rem .75rem .35rem 0;
text-align:start;vertical-align:top;max-width:24rem;overflow-wrap:anywhere}th{white-space:nowrap;font-weight:600}
code{font-size:.85rem;overflow-wrap:anywhere}nav a{color:inherit;margin-inline-end:1rem;white-space:nowrap}
"""
_LABELS: dict[str, Text] = {column.name: column.label for c in CONTRACTS.values() for column in c.columns}


def write(told: Mapping[str, object]) -> str:
    """Write the page."""
    sections = cast(Sequence[Mapping[str, object]], told["sections"])
    links = "".join(
        f'<a href="#{escape(_anchor(section))}">{_both(section)} ({len(_rows(section))})</a>' for section in sections
    )
    body = "".join(_section(section) for section in sections)
    return page(
        str(told["name"]),
        f"<h1>{escape(str(told['name']))}</h1>"
        f"<p>Everything {escape(str(told['workspace']))} holds of this person, as of {escape(str(told['made_at']))}.<br>"
        f"截至 {escape(str(told['made_at']))}，{escape(str(told['workspace']))} 保存的关于此人的全部数据。</p>"
        f"<nav>{links}</nav>{body}",
    )


def page(title: str, body: str) -> str:
    """Write a page that needs nothing from elsewhere."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _section(section: Mapping[str, object]) -> str:
    rows = _rows(section)
    columns = [
        name for name in dict.fromkeys(name for row in rows for name in row) if any(_filled(row, name) for row in rows)
    ]
    head = "".join(f"<th>{_heading(name)}</th>" for name in columns)
    lines = "".join("<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in columns) + "</tr>" for row in rows)
    return (
        f'<h2 id="{escape(_anchor(section))}">{_both(section)}</h2>'
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
    )


def _heading(name: str) -> str:
    label = _LABELS.get(name)
    return escape(name) if label is None else f"{escape(label.en)}<br><small>{escape(label.zh)}</small>"


def _both(section: Mapping[str, object]) -> str:
    label = cast(Mapping[str, str], section["label"])
    return f"{escape(label['en'])} · {escape(label['zh'])}"


def _anchor(section: Mapping[str, object]) -> str:
    return f"{section['store']}-{section['place']}"


def _rows(section: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    return cast(Sequence[Mapping[str, object]], section["rows"])


def _filled(row: Mapping[str, object], name: str) -> bool:
    return row.get(name) not in (None, "", [], {})


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "<br>".join(f"{escape(str(name))}: {escape(str(inner))}" for name, inner in value.items())
    return escape(str(value))
