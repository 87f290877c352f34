"""Looks at an installation and a workspace the way a friendly engineer would: fact, then remedy."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.kit import jobs
from tenure.kit.db import server_version, transaction
from tenure.kit.errors import TenureError
from tenure.kit.i18n import Text
from tenure.kit.stream import repository as stream

LITTLE_DISK = 2 * 1024**3
MANY_WAITING = 50_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ``state`` is ok, warning or wrong."""

    state: str
    fact: Text
    remedy: Text | None = None


def examine(settings: Settings, name: str | None) -> list[Finding]:
    """Look at everything; stops at what makes looking further impossible."""
    findings = [*_installation()]
    try:
        folder = wiring.workspace_folder(settings, name)
        findings += _folder(folder)
        with wiring.stores(settings, folder) as stores:
            findings += _stores(stores, settings)
    except TenureError as error:
        findings.append(Finding("wrong", error.message, error.remedy))
    return findings


def _installation() -> Iterator[Finding]:
    version = platform.python_version()
    fine = sys.version_info >= (3, 11)
    yield Finding("ok" if fine else "wrong", Text(f"Python {version}", f"Python {version}"))
    web = Path(__file__).parent / "web_dist" / "index.html"
    if web.exists():
        yield Finding("ok", Text("The web interface is built.", "网页界面已构建。"))
    else:
        yield Finding(
            "warning",
            Text("The web interface is not built; the API works without it.", "网页界面尚未构建；API 不受影响。"),
            Text("Run: python3 run.py setup", "请运行：python3 run.py setup"),
        )


def _folder(folder: Path) -> Iterator[Finding]:
    yield Finding("ok", Text(f"Workspace folder: {folder}", f"工作区文件夹：{folder}"))
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    told = Text(f"{free / 1e9:,.1f} GB of disk are free.", f"磁盘可用空间 {free / 1e9:,.1f} GB。")
    if free < LITTLE_DISK:
        yield Finding("wrong", told, Text("Free some disk space before importing.", "导入前请先清理磁盘。"))
    else:
        yield Finding("ok", told)
    if folder.exists() and not os.access(folder, os.W_OK):
        yield Finding(
            "wrong",
            Text(f"{folder} cannot be written to.", f"{folder} 不可写。"),
            Text(f"Run as the user who owns it: {folder.owner()}", f"请以其所有者运行：{folder.owner()}"),
        )


def _stores(stores: Stores, settings: Settings) -> Iterator[Finding]:
    with transaction(stores.engine) as session:
        version = server_version(session)
        waiting = stream.waiting(session)
        stuck = jobs.failed(session)
    kind = Text("your own", "自备") if settings.database_url else Text("embedded", "内置")
    yield Finding("ok", Text("PostgreSQL {v} ({k}) answers.", "PostgreSQL {v}（{k}）正常。").fill(v=version, k=kind))
    snapshot = stores.lake.snapshot()
    yield Finding("ok", Text(f"The lake answers (snapshot {snapshot}).", f"数据湖正常（快照 {snapshot}）。"))
    if waiting > MANY_WAITING:
        yield Finding(
            "warning",
            Text(f"{waiting:,} rows wait for the lake.", f"{waiting:,} 行等待写入数据湖。"),
            Text("Start a worker: tenure worker", "请启动后台进程：tenure worker"),
        )
    if stuck:
        yield Finding(
            "warning",
            Text(f"{stuck} background jobs failed.", f"{stuck} 个后台任务失败。"),
            Text(
                "Look at the log of `tenure worker` or `tenure serve`.",
                "请查看 `tenure worker` 或 `tenure serve` 的日志。",
            ),
        )
