"""Whom PostgreSQL runs as when we are root, and whether that account can reach what it needs."""

import os
import pwd
import shutil
import stat
from pathlib import Path

from tenure.kit.errors import Unavailable
from tenure.kit.i18n import Text

SERVER_USER = "nobody"  # PostgreSQL refuses to run as root


def server_account() -> pwd.struct_passwd | None:
    """Return the unprivileged account the server runs as, when we are root."""
    return pwd.getpwnam(SERVER_USER) if os.geteuid() == 0 else None


def must_reach(home: Path, account: pwd.struct_passwd | None) -> None:
    """Raise ``Unavailable`` where the server's account may not enter a folder on the way to its own."""
    closed = _first_closed(home, account)
    if closed is None:
        return
    raise Unavailable(
        Text(
            f"PostgreSQL never runs as root, and the account “{SERVER_USER}” it runs as may not enter {closed}.",
            f"PostgreSQL 不以 root 身份运行，而它所用的账户“{SERVER_USER}”无法进入 {closed}。",
        ),
        remedy=Text(
            f"Set TENURE_HOME to a folder it can reach, such as /var/lib/tenure, or run `chmod o+x {closed}`.",
            f"请把 TENURE_HOME 设为它能进入的文件夹（如 /var/lib/tenure），或运行 `chmod o+x {closed}`。",
        ),
    )


def reachable_binaries(home: Path, binaries: Path, account: pwd.struct_passwd | None) -> Path:
    """Return binaries the server's account can run, copying them beside the data when it cannot enter their folder."""
    if _first_closed(binaries, account) is None:
        return binaries
    install, package = binaries.parent, binaries.parent.parent
    copy = home / "program" / package.name
    if not (copy / install.name / "bin" / "postgres").exists():
        for source in (install, package.with_name(package.name + ".libs")):
            if source.exists():
                shutil.copytree(
                    source,
                    copy.parent / source.relative_to(package.parent),
                    symlinks=True,
                    dirs_exist_ok=True,
                )
        (home / "program").chmod(0o755)
    return copy / install.name / "bin"


def _first_closed(path: Path, account: pwd.struct_passwd | None) -> Path | None:
    """Return the outermost folder on the way to a path that an account may not enter."""
    if account is None:
        return None
    for folder in reversed(path.resolve().parents):
        status = folder.stat()
        mine = stat.S_IXUSR if status.st_uid == account.pw_uid else stat.S_IXOTH
        if not status.st_mode & mine:
            return folder
    return None
