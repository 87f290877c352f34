"""A real server in a process of its own, which a test may kill, and start again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import transaction
from tenure.sources.tracking.keys import service as keys

NOBODY = Principal("member", "test", "Test", "owner", frozenset(), "test")


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the environment of a command that works on a test's workspace."""
    assert settings.database_url is not None
    return {
        **os.environ,
        "TENURE_HOME": str(settings.home),
        "TENURE_WORKSPACE": "shop",
        "TENURE_DATABASE_URL": settings.database_url,
        "TENURE_MEMORY": "1GB",
        "TENURE_LANGUAGE": "en",
    }


@dataclass
class Served:
    """A server that listens, or did before it was killed."""

    settings: Settings
    port: int
    log: Path
    whole: bool = False
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, without waiting for it."""
        whole = [Path(sys.executable).with_name("tenure"), "serve"]
        command = [*(whole if self.whole else [sys.executable, "-m", "tenure.app.collect"]), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=environment_of(self.settings), stdout=log, stderr=log)

    def wait(self) -> None:
        """Wait until it answers."""
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-2000:])

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@contextmanager
def served(settings: Settings, log: Path, *, whole: bool = False) -> Iterator[Served]:
    """Serve a workspace for as long as the block runs: whole, or the door for events alone, which starts sooner."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Served(settings, int(free.getsockname()[1]), log, whole)
    server.start()
    server.wait()
    try:
        yield server
    finally:
        server.kill()


def new_key(stores: Stores) -> str:
    """Make a write key without a server; returns its secret."""
    with transaction(stores.engine) as session:
        wish = keys.Wish("test", per_second=keys.MOST_PER_SECOND)
        return keys.make(session, wish, NOBODY, stores.clock.now())[1]
