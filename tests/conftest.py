"""What every test may ask for: real stores, an empty workspace, and the public data sets."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import psycopg
import pytest

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.kit import postgres
from tests.late_lake import LateLake

# Speed is shown by benches, not by tests; where a change is judged, the same examples are tried every time.
hypothesis.settings.register_profile(
    "tenure",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tenure")

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets, or a skip that says where it was looked for."""
    named = os.environ.get("TENURE_TEST_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"public data sets not found in {folder}; set TENURE_TEST_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """One real embedded PostgreSQL for the whole session."""
    home = Path(tempfile.mkdtemp(prefix="tenure-tests-"))
    home.chmod(0o755)
    running = postgres.start(home / "postgres", wiring.postgres_binaries())
    _forget_power_cuts(running)
    yield running
    running.close()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def new_settings(server: postgres.Server) -> Iterator[Callable[[], Settings]]:
    """Make settings of a home of its own, with a database of its own cloned from a migrated template."""
    admin = server.conninfo()
    folder = Path(tempfile.mkdtemp(prefix="tenure-homes-"))

    def settings(name: str, template: str) -> Settings:
        url = _create(admin, server, name, template)
        home = folder / name
        home.mkdir()
        return replace(environment.read({}), home=home, database_url=url, workspace="shop", language="en", memory="2GB")

    # The template has its tables, and a lake's: a lake finds its files wherever a workspace lies.
    first = settings("template", "template0")
    wiring.open_stores(first, wiring.create_workspace(first, "shop")).close()
    numbers = itertools.count()
    yield lambda: settings(f"test_{next(numbers)}", "template")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def stores(new_settings: Callable[[], Settings]) -> Iterator[Stores]:
    """An empty workspace, shared by the tests of one file."""
    yield from _opened(new_settings())


@pytest.fixture
def fresh_stores(new_settings: Callable[[], Settings]) -> Iterator[Stores]:
    """An empty workspace for one test."""
    yield from _opened(new_settings())


def _opened(settings: Settings) -> Iterator[Stores]:
    folder = wiring.create_workspace(settings, "shop")
    opened = wiring.open_stores(settings, folder, attach=LateLake)
    yield opened
    opened.close()


def _forget_power_cuts(server: postgres.Server) -> None:
    """Let the server not wait for the disk: what it promises when the power fails is not what these tests are about.

    Programs that are killed, the server itself among them, lose nothing by it: what was written is with the kernel.
    """
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        for promise in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {promise} = off")
        connection.execute("SELECT pg_reload_conf()")


def _create(admin: str, server: postgres.Server, name: str, template: str = "template0") -> str:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.url(name)
