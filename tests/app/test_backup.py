"""What was saved comes back, all of it, and nothing else is touched."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tenure.app import wiring
from tenure.app.backup import backup, restore
from tenure.app.settings import Settings
from tenure.kit.db import open_engine, transaction
from tenure.kit.errors import Conflict, Invalid
from tenure.kit.i18n import Text
from tenure.kit.stream import repository as stream
from tenure.warehouse.rows import contract_rows


def quiet(_: float, __: Text) -> None:
    """Report to nobody."""


def _order(n: int) -> dict[str, object]:
    return {
        "order_id": f"o{n}",
        "customer_id": f"c{n % 9}",
        "ordered_at": "2026-01-05",
        "kind": "sale",
        "status": "paid",
        "amount": str(n),
        "source": "test",
        "recorded_at": "2026-01-05",
    }


@pytest.fixture
def saved(new_settings: Callable[[], Settings], tmp_path: Path) -> tuple[Path, dict[str, object]]:
    """A backup of a workspace with rows in both stores, and what it held."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        stores.lake.append("orders", contract_rows("orders", [_order(n) for n in range(300)]))
        with transaction(stores.engine) as session:
            stream.append(session, [stream.Entry("events", "e1", {"event_id": "e1"})], stores.clock.now())
        (stores.folder / "imports").mkdir()
        (stores.folder / "imports" / "orders.csv").write_text("a,b\n")
        backup(stores, tmp_path / "shop.tenure", quiet)
        return tmp_path / "shop.tenure", _held(stores)


def _held(stores: wiring.Stores) -> dict[str, object]:
    with transaction(stores.engine) as session:
        waiting = stream.waiting(session)
    orders = stores.lake.read(stores.lake.table("orders").order_by("order_id"))
    return {"orders": orders.to_pylist(), "waiting": waiting, "secret": stores.secret}


def test_a_restored_workspace_holds_what_was_saved_and_can_be_written_to(
    saved: tuple[Path, dict[str, object]], new_settings: Callable[[], Settings]
) -> None:
    archive, held = saved
    settings = new_settings()
    folder = restore(_empty_database(settings), archive, "copy", quiet)
    with wiring.stores(settings, folder) as stores:
        assert _held(stores) == held
        stores.lake.append("orders", contract_rows("orders", [_order(1000)]))
        assert stores.lake.read(stores.lake.table("orders")).num_rows == 301
    assert (folder / "imports" / "orders.csv").read_text() == "a,b\n"


def _empty_database(settings: Settings) -> Settings:
    """Take the migrated tables and the lake's away again: a restore brings its own."""
    engine = open_engine(str(settings.database_url))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public, lake_catalogue CASCADE; CREATE SCHEMA public")
    engine.dispose()
    return settings


def test_a_workspace_that_exists_is_never_overwritten(
    saved: tuple[Path, dict[str, object]], new_settings: Callable[[], Settings]
) -> None:
    settings = new_settings()
    wiring.create_workspace(settings, "shop")
    with pytest.raises(Conflict):
        restore(settings, saved[0], "shop", quiet)


def test_a_file_that_is_no_backup_is_refused_by_name(new_settings: Callable[[], Settings], tmp_path: Path) -> None:
    wrong = tmp_path / "holiday.jpg"
    wrong.write_bytes(b"not a tar")
    with pytest.raises(Invalid, match="holiday"):
        restore(new_settings(), wrong, "copy", quiet)


def test_a_file_that_would_climb_out_of_the_workspace_is_refused(
    saved: tuple[Path, dict[str, object]], new_settings: Callable[[], Settings], tmp_path: Path
) -> None:
    evil = tmp_path / "evil.tenure"
    with tarfile.open(saved[0]) as good, tarfile.open(evil, "w") as bad:
        head = good.getmember("tenure-backup.json")
        bad.addfile(head, good.extractfile(head))
        climbing = tarfile.TarInfo("../../climbed")
        bad.addfile(climbing, io.BytesIO())
    with pytest.raises(Invalid):
        restore(new_settings(), evil, "copy", quiet)
    assert not list(tmp_path.parent.rglob("climbed"))
