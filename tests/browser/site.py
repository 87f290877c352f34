"""A real workspace behind a real server process, as `run.py demo` leaves it."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TENURE = Path(sys.prefix) / "bin" / "tenure"
PATIENCE = 600  # seconds for a server to answer; it takes 3 on an idle machine, a hundred on a very busy one

DEMO_PATIENCE = 900  # seconds; it takes under 90 on two idle cores
PORTS = range(10_000, 30_000)  # where no system looks for a port when somebody calls out: what was free stays free


@dataclass(frozen=True)
class Site:
    """Where the demo company is served, and how to log in."""

    url: str
    email: str
    password: str


@contextmanager
def new_home() -> Iterator[Path]:
    """Make an empty folder for workspaces, gone when the body is left."""
    home = Path(tempfile.mkdtemp(prefix="tenure-site-"))
    home.chmod(0o755)  # the embedded server's account must reach it when we are root
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def demo_site(home: Path) -> Iterator[Site]:
    """Make the demo workspace in a folder and serve it until the body is left."""
    environment = {**os.environ, "TENURE_HOME": str(home), "TENURE_LANGUAGE": "en", "COLUMNS": "120"}
    subprocess.run([TENURE, "demo", "--no-serve"], env=environment, check=True, timeout=DEMO_PATIENCE)
    with _served(home, environment) as url:
        yield Site(url, **_setup(url)["demo"])


@contextmanager
def fresh_site(home: Path) -> Iterator[str]:
    """Serve a workspace nobody has entered yet, until the body is left; gives its address."""
    environment = {**os.environ, "TENURE_HOME": str(home), "TENURE_LANGUAGE": "en", "COLUMNS": "120"}
    subprocess.run([TENURE, "start", "corner-shop"], env=environment, check=True, timeout=PATIENCE)
    with _served(home, environment) as url:
        yield url


@contextmanager
def _served(home: Path, environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    log = home / "serve.log"
    with log.open("wb") as out:
        command: list[str] = [str(TENURE), "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield _answering(f"http://127.0.0.1:{port}", server, log)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PATIENCE)


def _setup(url: str) -> dict[str, dict[str, str]]:
    try:
        with urllib.request.urlopen(f"{url}/api/v1/setup", timeout=5) as answer:
            told: dict[str, dict[str, str]] = json.load(answer)
            return told
    except urllib.error.HTTPError as refused:  # an answer too, with a socket of its own to close
        refused.close()
        raise


def _answering(url: str, server: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            _setup(url)
        except OSError:
            time.sleep(0.1)
        else:
            return url
    raise RuntimeError(f"the server did not answer at {url}:\n{log.read_text()}")


def _free_port() -> int:
    """Return a port that can be listened at; others who look at the same moment look elsewhere."""
    chance = random.SystemRandom()
    while True:
        port = chance.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
