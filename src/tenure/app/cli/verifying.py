"""The command that makes published numbers anew."""

from pathlib import Path
from typing import Annotated

import typer

from tenure.app.cli.terminal import note, out, print_json, say, show
from tenure.app.cli.workspaces import AsJson
from tenure.app.verification.catalog import SECTIONS
from tenure.app.verification.check import Check, Section
from tenure.kit.i18n import Text

HEADINGS = {
    "check": Text("Number", "数字"),
    "expected": Text("Published", "公开值"),
    "found": Text("Found", "实得"),
    "difference": Text("Difference", "差"),
    "verdict": Text("", ""),
}


def verify(
    data: Annotated[Path | None, typer.Option(help="Folder with the public data sets, one folder each.")] = None,
    section: Annotated[list[str] | None, typer.Option(help="Only these sections, such as 2.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make published numbers anew from public data and say which still come out. 复核公开数字"""
    chosen = [found for found in SECTIONS if not section or found.number in section]
    failed, told = 0, []
    for found in chosen:
        missing = found.missing(data)
        checks = [] if missing else list(found.run(data))
        failed += sum(not check.passed for check in checks)
        told.append({"section": found.number, "missing": missing, "checks": [_row(check) for check in checks]})
        if not as_json:
            _tell(found, missing, checks)
    if as_json:
        print_json(told)
    elif failed:
        say(Text(f"{failed} numbers did not come out.", f"有 {failed} 个数字未能复现。"), "bold red")
    else:
        say(Text("Every number that could be made came out.", "所有可复核的数字均已复现。"), "bold green")
    raise typer.Exit(1 if failed else 0)


def _tell(section: Section, missing: list[str], checks: list[Check]) -> None:
    say(Text(f"§{section.number} {section.title.en}", f"§{section.number} {section.title.zh}"), "bold")
    out.print(section.source.en, style="dim", markup=False)
    if missing:
        names = ", ".join(missing)
        note(Text(f"left out: {names} not found; say where with --data", f"略过：未找到 {names}，请用 --data 指明"))
        return
    show([_row(check) for check in checks], HEADINGS, as_json=False)


def _row(check: Check) -> dict[str, object]:
    return {
        "check": check.name,
        "expected": f"{check.expected:.10g}",
        "found": f"{check.found:.10g}",
        "difference": f"{check.difference:+.3g}",
        "verdict": "✓" if check.passed else "✗",
    }
