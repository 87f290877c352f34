"""Commands that make, check, save and bring back workspaces."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tenure.app import backup as archive
from tenure.app import doctor as diagnosis
from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.cli.terminal import out, print_json, progress, say, workspace
from tenure.directory.workspace import service as workspace_settings
from tenure.directory.workspace.rules import WorkspaceSettings
from tenure.kit.db import transaction
from tenure.kit.i18n import Text

Name = Annotated[str | None, typer.Option("--workspace", "-w", help="Name or path of the workspace.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def start(name: Annotated[str, typer.Argument(help="Name of the workspace, or a path.")]) -> None:
    """Create a workspace (or open an existing one) and make it the current one. 新建工作区"""
    settings = environment.read()
    folder = wiring.create_workspace(settings, name)
    with wiring.stores(settings, folder) as stores:
        with transaction(stores.engine) as session:
            known = workspace_settings.read(session)
            if known.name == WorkspaceSettings().name:  # nobody has named it yet
                workspace_settings.change(session, replace(known, name=folder.name), None, stores.clock.now())
        say(
            Text(f"The workspace {folder.name} is ready in {folder}.", f"工作区 {folder.name} 已就绪：{folder}"), "bold"
        )
    say(
        Text(
            "Next: tenure import orders.xlsx   (a file of orders or customers)\n"
            "      tenure serve                (the web interface)",
            "下一步：tenure import orders.xlsx  （导入订单或客户文件）\n        tenure serve               （打开网页界面）",
        )
    )


def doctor(name: Name = None, as_json: AsJson = False) -> None:
    """Say what is wrong with this installation or workspace, and how to mend it. 诊断"""
    findings = diagnosis.examine(environment.read(), name)
    if as_json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            out.print({"ok": "[green]✓[/]", "warning": "[yellow]![/]", "wrong": "[red]✗[/]"}[finding.state], end=" ")
            say(finding.fact)
            if finding.remedy is not None:
                say(Text(f"    → {finding.remedy.en}", f"    → {finding.remedy.zh}"), "yellow")
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


def backup(file: Annotated[Path, typer.Argument(help="The file to write.")], name: Name = None) -> None:
    """Save a whole workspace into one file, while it may be in use. 备份"""
    with workspace(name) as stores, progress() as report:
        size = archive.backup(stores, file, report)
    say(Text(f"Saved to {file} ({size / 1e6:,.1f} MB).", f"已备份到 {file}（{size / 1e6:,.1f} MB）。"))


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `tenure backup` wrote.", exists=True, dir_okay=False)],
    name: Annotated[str, typer.Argument(help="Name of the new workspace.")],
) -> None:
    """Make a new workspace from a backup; an existing one is never overwritten. 恢复"""
    with progress() as report:
        folder = archive.restore(environment.read(), file, name, report)
    say(Text(f"Restored to {folder}.", f"已恢复到 {folder}。"))
