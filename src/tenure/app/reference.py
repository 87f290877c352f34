"""Writes the reference pages of the guide from the declarations themselves, so that they cannot fall behind.

``python -m tenure.app.reference docs/guide`` writes them; ``tests/test_docs.py`` says when they are stale.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from typer import core as typer_core

from tenure.app.cli.contents import CONTENTS, load
from tenure.app.settings import SETTINGS
from tenure.features.catalog import chosen as chosen_features
from tenure.kit.i18n import LANGUAGES, Language, Text
from tenure.metrics.catalog import CATALOG as METRICS
from tenure.metrics.catalog import GROUPS
from tenure.risk.signals.catalog import CATALOG as SIGNALS
from tenure.sources.kinds import KINDS
from tenure.warehouse.schema import CONTRACTS

BETTER = {
    "up": Text("more is better", "越高越好"),
    "down": Text("less is better", "越低越好"),
    "none": Text("neither", "无好坏之分"),
}
INTERVALS = {
    "wilson": Text("Wilson, 95%", "Wilson，95%"),
    "delta": Text("delta method, 95%", "delta 方法，95%"),
    "bootstrap": Text("bootstrap, 95%", "自助法，95%"),
    "total": Text("of the total, 95%", "总量，95%"),
    "median": Text("of the median, 95%", "中位数，95%"),
    "greenwood": Text("Greenwood (log–log), 95%", "Greenwood（log–log），95%"),
}
HEADINGS = {
    "metrics": Text("Metrics", "指标"),
    "features": Text("Features", "特征"),
    "signals": Text("Signals", "预警信号"),
    "commands": Text("Commands", "命令"),
    "settings": Text("Settings", "设置"),
    "tables": Text("Lake tables", "数据湖的表"),
    "kinds": Text("What can be imported", "可导入的内容"),
}
FACTS = {
    "meaning": Text("Meaning", "含义"),
    "formula": Text("Formula", "公式"),
    "unit": Text("Unit", "单位"),
    "better": Text("Direction", "方向"),
    "interval": Text("Interval", "区间"),
    "source": Text("Reads", "读取"),
    "name": Text("Name", "名称"),
    "type": Text("Type", "类型"),
    "required": Text("Required", "必填"),
    "default": Text("Default", "默认值"),
    "option": Text("Option", "选项"),
    "window": Text("Days back", "回看天数"),
    "basis": Text("How it decides", "判定方式"),
    "threshold": Text("Threshold", "阈值"),
    "step": Text("Suggested step", "建议步骤"),
    "passes": Text("Over by itself", "自行解除"),
}
KINDS_OF_SIGNALS = {
    "test": Text("A test against the customer's own past", "与客户自身过往相比的检验"),
    "event": Text("Something that happened", "已发生的事件"),
    "state": Text("Something that lasts", "持续的状态"),
}
YES, NO = Text("yes", "是"), Text("no", "否")
GENERATED = Text("This page is written from the product's own declarations.", "本页由产品自身的定义生成。")


def pages(language: Language) -> dict[str, str]:
    """Return every reference page in one language, by file name."""
    return {
        "metrics.md": _page("metrics", language, _metrics(language)),
        "features.md": _page("features", language, _features(language)),
        "signals.md": _page("signals", language, _signals(language)),
        "commands.md": _page("commands", language, _commands(language)),
        "settings.md": _page("settings", language, _settings(language)),
        "tables.md": _page("tables", language, _tables(language)),
        "import-fields.md": _page("kinds", language, _kinds(language)),
    }


def write(folder: Path) -> None:
    """Write the reference pages of both languages below a folder."""
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        for name, text in pages(language).items():
            (folder / language / name).write_text(text, encoding="utf-8")


def _page(heading: str, language: Language, lines: Iterable[str]) -> str:
    head = [f"# {HEADINGS[heading].say(language)}", "", GENERATED.say(language), ""]
    return "\n".join([*head, *lines]).rstrip() + "\n"


def _metrics(language: Language) -> Iterable[str]:
    for group, title in GROUPS.items():
        yield f"## {title.say(language)}"
        yield ""
        for metric in METRICS.values():
            if metric.group != group:
                continue
            yield f"### {metric.label.say(language)} (`{metric.name}`)"
            yield ""
            yield metric.meaning.say(language)
            yield ""
            for name, value in (
                ("formula", metric.formula.say(language)),
                ("unit", metric.unit),
                ("better", BETTER[metric.better].say(language)),
                ("interval", INTERVALS[metric.interval].say(language)),
                ("source", ", ".join(f"`{table}`" for table in metric.source)),
            ):
                yield f"- **{FACTS[name].say(language)}:** {value}"
            yield ""


def _features(language: Language) -> Iterable[str]:
    yield from _head(language, "name", "meaning", "unit", "window")
    for feature in chosen_features():
        window = "–" if feature.window is None else str(feature.window)
        yield _row(f"`{feature.name}`", feature.meaning.say(language), feature.unit, window)


def _signals(language: Language) -> Iterable[str]:
    for signal in SIGNALS.values():
        yield f"## {signal.label.say(language)} (`{signal.name}`)"
        yield ""
        yield signal.meaning.say(language)
        yield ""
        limits = signal.threshold
        for name, value in (
            ("type", KINDS_OF_SIGNALS[signal.kind].say(language)),
            ("basis", signal.basis.say(language)),
            ("threshold", f"{limits.meaning.say(language)}: {limits.value:g} ({limits.low:g} … {limits.high:g})"),
            ("passes", (YES if signal.passes else NO).say(language)),
            ("source", ", ".join(f"`{table}`" for table in signal.reads)),
            ("step", signal.suggestion.say(language)),
        ):
            yield f"- **{FACTS[name].say(language)}:** {value}"
        yield ""


def _commands(language: Language) -> Iterable[str]:
    for name in sorted(entry.name for entry in CONTENTS):
        yield from _command_lines(load(name), f"tenure {name}", language)


def _command_lines(command: object, path: str, language: Language) -> Iterable[str]:
    below: dict[str, object] = getattr(command, "commands", {})
    for name in sorted(below):
        yield from _command_lines(below[name], f"{path} {name}", language)
    if below:
        return
    yield f"## `{path}`"
    yield ""
    yield str(getattr(command, "help", "") or "").strip()
    yield ""
    parameters = [_parameter(p) for p in getattr(command, "params", []) if p.name != "help"]
    if parameters:
        yield from _head(language, "option", "meaning", "default")
        yield from (_row(*parameter) for parameter in parameters)
        yield ""


def _parameter(parameter: typer_core.TyperOption | typer_core.TyperArgument) -> tuple[str, str, str]:
    meaning = str(getattr(parameter, "help", None) or "")
    if parameter.param_type_name == "argument":
        return f"`{(parameter.name or '').upper()}`", meaning, ""
    default = parameter.default
    told = "" if default is None or default is False or callable(default) else f"`{default}`"
    return ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts]), meaning, told


def _settings(language: Language) -> Iterable[str]:
    yield from _head(language, "name", "meaning", "default")
    for setting in SETTINGS:
        yield _row(f"`{setting.name}`", setting.meaning.say(language), setting.default)


def _tables(language: Language) -> Iterable[str]:
    for contract in CONTRACTS.values():
        yield f"## {contract.label.say(language)} (`{contract.name}`)"
        yield ""
        yield from _head(language, "name", "meaning", "type", "required")
        for column in contract.columns:
            allowed = f" ({', '.join(column.allowed)})" if column.allowed else ""
            required = "✓" if column.required else ""
            yield _row(f"`{column.name}`", column.label.say(language) + allowed, f"`{column.dtype}`", required)
        yield ""


def _kinds(language: Language) -> Iterable[str]:
    for kind in KINDS.values():
        yield f"## {kind.label.say(language)} (`{kind.name}`)"
        yield ""
        yield from _head(language, "name", "meaning", "type", "required")
        for field in kind.fields:
            yield _row(f"`{field.name}`", field.label.say(language), field.type, "✓" if field.required else "")
        yield ""


def _head(language: Language, *names: str) -> Iterable[str]:
    yield _row(*(FACTS[name].say(language) for name in names))
    yield "|" + " --- |" * len(names)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
