"""A whole workspace in one file, and back: the database as pg_dump writes it, the lake's Parquet, the keys and models."""

import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tenure.app import wiring
from tenure.app.progress import Report
from tenure.app.settings import Settings
from tenure.app.wiring import MARK, Stores
from tenure.kit.db import Engine, advisory_lock, libpq
from tenure.kit.errors import Conflict, Invalid, Unavailable
from tenure.kit.i18n import Text

FORMAT = 1
DUMP = "database.dump"
HEAD = "tenure-backup.json"
NOT_TAKEN = {"postgres", "scratch"}
UPKEEP_LOCK = 7_368_775  # files must not be removed between the dump and the copy


def backup(stores: Stores, target: Path, report: Report) -> int:
    """Write a workspace to one file; returns its size in bytes. The workspace may be in use meanwhile."""
    unfinished = target.with_name(target.name + ".part")
    with advisory_lock(stores.engine, UPKEEP_LOCK, shared=True), tempfile.TemporaryDirectory() as scratch:
        dump = Path(scratch) / DUMP
        report(0.05, Text("Saving the database", "正在保存数据库"))
        _run("pg_dump", stores.engine, "--format=custom", "--no-owner", f"--file={dump}")
        files = [path for path in _workspace_files(stores.folder) if path.is_file()]
        with tarfile.open(unfinished, "w") as tar:
            _add_head(tar, stores)
            tar.add(dump, DUMP)
            for done, path in enumerate(files):
                tar.add(path, str(Path("files") / path.relative_to(stores.folder)))
                if done % 50 == 0:
                    report(0.2 + 0.8 * done / len(files), Text("Saving files", "正在保存文件"))
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(target)
    return target.stat().st_size


def restore(settings: Settings, source: Path, name: str, report: Report) -> Path:
    """Make a new workspace from a backup file; returns its folder. An existing workspace is never overwritten."""
    folder = wiring.workspace_folder(settings, name)
    if (folder / MARK).exists():
        raise Conflict(
            Text(f"The workspace {folder} exists already.", f"工作区 {folder} 已存在。"),
            remedy=Text("Restore under another name.", "请恢复为另一个名称。"),
        )
    try:
        with tarfile.open(source) as tar:
            _check_head(tar, source)
            folder.mkdir(parents=True, exist_ok=True)
            report(0.1, Text("Unpacking", "正在解包"))
            _unpack(tar, folder)
    except (tarfile.TarError, KeyError) as error:
        raise Invalid(
            Text(f"{source} is not a Tenure backup, or is damaged.", f"{source} 不是 Tenure 备份文件，或已损坏。")
        ) from error
    _move_into_place(folder)
    report(0.4, Text("Restoring the database", "正在恢复数据库"))
    server, engine = wiring.open_database(settings, folder)
    try:
        _run("pg_restore", engine, "--no-owner", "--exit-on-error", "--single-transaction", str(folder / DUMP))
    finally:
        engine.dispose()
        if server is not None:
            server.close()
    (folder / DUMP).unlink()
    (folder / HEAD).unlink()
    (folder / f"{MARK}.restoring").replace(folder / MARK)  # last: only a whole workspace counts as one
    report(1.0, Text("Restored", "恢复完成"))
    return folder


def _workspace_files(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.relative_to(folder).parts[0] not in NOT_TAKEN and not path.name.endswith(".part")
    ]


def _add_head(tar: tarfile.TarFile, stores: Stores) -> None:
    head = json.dumps({"format": FORMAT, "name": stores.name}).encode()
    member = tarfile.TarInfo(HEAD)
    member.size = len(head)
    tar.addfile(member, io.BytesIO(head))


def _check_head(tar: tarfile.TarFile, source: Path) -> None:
    head = tar.extractfile(HEAD)
    if head is None or json.loads(head.read()).get("format") != FORMAT:
        raise Invalid(
            Text(f"{source} was written by another version of Tenure.", f"{source} 由其他版本的 Tenure 写成。"),
            remedy=Text("Restore it with that version, then upgrade.", "请先用该版本恢复，再升级。"),
        )


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Unpack plain files and folders that stay inside ``folder``; anything else is not ours.

    Python's own filter does the same, but Debian 12's 3.11.2 does not have it yet.
    """
    root = folder.resolve()
    for member in tar.getmembers():
        inside = (root / member.name).resolve().is_relative_to(root)
        if not inside or not (member.isreg() or member.isdir()):
            raise tarfile.TarError(f"{member.name} does not belong in a backup")
    tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
    tar.extractall(folder)


def _move_into_place(folder: Path) -> None:
    unpacked = folder / "files"
    (unpacked / MARK).replace(unpacked / f"{MARK}.restoring")
    for path in unpacked.iterdir():
        path.replace(folder / path.name)
    shutil.rmtree(unpacked)


def _run(program: str, engine: Engine, *arguments: str) -> None:
    command = [str(wiring.postgres_binaries() / program), *arguments]
    address = f"--dbname={libpq(engine)}"
    done = subprocess.run([*command, address], check=False, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(
            Text(f"{program} failed: {done.stderr.strip()[-600:]}", f"{program} 执行失败：{done.stderr.strip()[-600:]}")
        )
