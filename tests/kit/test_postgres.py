"""The embedded server starts when needed, survives what kills it, and leaves when nobody is left."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tenure.app import wiring
from tenure.kit import postgres
from tenure.kit.errors import Unavailable

BINARIES = wiring.postgres_binaries()


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder the server's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="tenure-pg-"))
    folder.chmod(0o755)
    yield folder / "postgres"
    shutil.rmtree(folder, ignore_errors=True)


def _ask(server: postgres.Server, question: str = "SELECT 1") -> object:
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        found = connection.execute(question).fetchone()
        return found and found[0]


def _server_pid(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])


def _gone(home: Path) -> bool:
    return not (home / "data" / "postmaster.pid").exists()


def _wait_until_gone(home: Path) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not _gone(home):
        time.sleep(0.1)
    return _gone(home)


def test_it_stops_when_the_last_user_leaves_and_starts_again_with_its_data(home: Path) -> None:
    server = postgres.start(home, BINARIES)
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    server.close()
    assert _wait_until_gone(home)
    again = postgres.start(home, BINARIES)
    assert _ask(again, "SELECT count(*) FROM kept") == 0
    again.close()


def test_a_second_user_keeps_it_alive(home: Path) -> None:
    first = postgres.start(home, BINARIES)
    second = postgres.start(home, BINARIES)
    first.close()
    time.sleep(postgres.IDLE_GRACE + 1)
    assert _ask(second) == 1
    second.close()


def test_a_user_that_is_killed_does_not_keep_it_alive(home: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from tenure.kit import postgres; "
        "server = postgres.start(Path(sys.argv[1]), Path(sys.argv[2])); print('up', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", hold, str(home), str(BINARIES)], stdout=subprocess.PIPE) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"up\n"
        user.kill()
    assert _wait_until_gone(home)


def test_a_server_killed_outright_recovers_what_was_committed(home: Path) -> None:
    server = postgres.start(home, BINARIES)
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100000) AS n")
    os.kill(_server_pid(home), signal.SIGKILL)
    time.sleep(0.5)
    again = postgres.start(home, BINARIES)
    assert _ask(again, "SELECT count(*) FROM kept") == 100_000
    again.close()
    server.close()


def test_a_very_long_path_still_gets_a_socket(home: Path) -> None:
    deep = home.joinpath(*["a-folder-with-a-long-name"] * 5)
    for folder in (deep, *deep.parents):
        if folder.is_relative_to(home):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
    server = postgres.start(deep, BINARIES)
    assert _ask(server) == 1
    server.close()
    shutil.rmtree(postgres.socket_folder(deep), ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs under another account")
def test_a_folder_the_servers_account_may_not_enter_is_named(home: Path) -> None:
    home.parent.chmod(0o700)
    with pytest.raises(Unavailable, match=f"may not enter {home.parent}") as refused:
        postgres.start(home, BINARIES)
    assert f"chmod o+x {home.parent}" in str(refused.value.remedy)
