"""A PostgreSQL server of our own, in a folder: started when first needed, stopped when the last user leaves.

Every process that uses the server holds a shared lock on ``clients.lock`` (the kernel lets go of it even
after ``kill -9``). One supervisor process holds ``server.lock``, runs the server as its child and leaves when
nobody holds ``clients.lock``. No state file can therefore be stale.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from tenure.kit.errors import Unavailable
from tenure.kit.i18n import Text
from tenure.kit.server_account import must_reach, reachable_binaries, server_account

START_TIMEOUT = 120.0  # seconds; a cold disk and crash recovery together took under 10
IDLE_GRACE = 3.0  # seconds without any client before the server stops
SOCKET_PATH_LIMIT = 107  # bytes, from sockaddr_un
_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Server:
    """A running server; keep the object for as long as the server is needed."""

    home: Path
    lease: IO[bytes]

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy address of one database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(socket_folder(self.home)), safe='')}"

    def conninfo(self, database: str = "postgres") -> str:
        """Return the libpq address of one database on this server."""
        return f"host='{socket_folder(self.home)}' user=postgres dbname={database}"

    def close(self) -> None:
        """Say that this process needs the server no longer."""
        self.lease.close()


def start(home: Path, binaries: Path) -> Server:
    """Return the server of a folder, starting it when it is not running; waits until it answers.

    ``binaries`` is the folder that holds ``postgres`` and ``initdb``. Raises ``Unavailable`` with the end of
    the server's log when it does not come up.
    """
    home.mkdir(parents=True, exist_ok=True)
    must_reach(home, server_account())
    lease = (home / "clients.lock").open("ab")
    fcntl.flock(lease, fcntl.LOCK_SH)
    deadline = time.monotonic() + START_TIMEOUT
    supervisor: subprocess.Popen[bytes] | None = None
    while not _answers(home, binaries):
        if time.monotonic() > deadline or (supervisor is not None and supervisor.poll() not in (None, 0)):
            lease.close()
            raise Unavailable(
                Text(
                    f"The embedded PostgreSQL did not start in {home}:\n{_end_of_log(home)}",
                    f"内置 PostgreSQL 未能在 {home} 启动：\n{_end_of_log(home)}",
                ),
                remedy=Text(
                    "Run `tenure doctor`, or set TENURE_DATABASE_URL to a PostgreSQL of your own.",
                    "请运行 `tenure doctor`，或用 TENURE_DATABASE_URL 指定自己的 PostgreSQL。",
                ),
            )
        if supervisor is None or supervisor.poll() is not None:
            supervisor = _spawn_supervisor(home, binaries)
        time.sleep(0.05)
    return Server(home, lease)


def socket_folder(home: Path) -> Path:
    """Return where the server's socket lies: the home itself, or a short folder when its path is too long."""
    inside = home / "run"
    if len(os.fsencode(inside / _SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return inside
    return Path("/tmp") / f"tenure-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"


def supervise(home: Path, binaries: Path) -> int:
    """Run the server of a folder until no client is left; returns the exit code of the process."""
    with (home / "server.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        account = server_account()
        program = reachable_binaries(home, binaries, account)
        _prepare_folders(home, account)
        if not (home / "data" / "PG_VERSION").exists():
            _initialise(home, program, account)
        return _keep_running(home, program, account)


def _keep_running(home: Path, program: Path, account: pwd.struct_passwd | None) -> int:
    server = _launch(home, program, account)
    idle_since: float | None = None
    with (home / "clients.lock").open("ab") as clients:
        while True:
            time.sleep(0.25)
            if server.poll() is not None:
                return 1  # the next client starts a new supervisor, and PostgreSQL recovers by itself
            try:
                fcntl.flock(clients, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                idle_since = None
                continue
            idle_since = idle_since or time.monotonic()
            if time.monotonic() - idle_since < IDLE_GRACE:
                fcntl.flock(clients, fcntl.LOCK_UN)
                continue
            server.send_signal(signal.SIGINT)  # held exclusively: a newcomer waits until we are gone
            server.wait()
            return 0


def _launch(home: Path, program: Path, account: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "80",
        "shared_buffers": "256MB",
        "max_wal_size": "2GB",
        "log_min_messages": "warning",
    }
    command = [str(program / "postgres"), "-D", str(home / "data"), "-k", str(socket_folder(home))]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (home / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
        )


def _initialise(home: Path, program: Path, account: pwd.struct_passwd | None) -> None:
    unfinished = home / "data.new"  # renamed when whole, so that an interrupted initdb leaves nothing half-made
    shutil.rmtree(unfinished, ignore_errors=True)
    command = [str(program / "initdb"), "-D", str(unfinished), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    with (home / "log").open("ab") as log:
        subprocess.run(
            [*command, "--locale=C.UTF-8", "--no-instructions"],
            check=True,
            stdout=log,
            stderr=log,
            cwd="/",
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
        )
    unfinished.rename(home / "data")


def _prepare_folders(home: Path, account: pwd.struct_passwd | None) -> None:
    run = socket_folder(home)
    for folder in (home, run):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        elif folder.stat().st_uid != os.getuid():
            raise PermissionError(f"{folder} belongs to somebody else")
        folder.chmod(0o700)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG: no server outlives its supervisor


def _answers(home: Path, binaries: Path) -> bool:
    if not (socket_folder(home) / _SOCKET_NAME).exists():
        return False
    command = [str(binaries / "pg_isready"), "-q", "-h", str(socket_folder(home)), "-U", "postgres"]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def _spawn_supervisor(home: Path, binaries: Path) -> subprocess.Popen[bytes]:
    with (home / "log").open("ab") as log:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "tenure.kit.postgres", str(home), str(binaries)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )
    threading.Thread(target=supervisor.wait, daemon=True).start()  # it may end before us and must not stay a zombie
    return supervisor


def _end_of_log(home: Path) -> str:
    with contextlib.suppress(OSError):
        return "\n".join((home / "log").read_text(errors="replace").splitlines()[-8:])
    return ""


if __name__ == "__main__":
    sys.exit(supervise(Path(sys.argv[1]), Path(sys.argv[2])))
