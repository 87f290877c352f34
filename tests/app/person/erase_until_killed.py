"""An erasure in a process of its own, for the tests that kill it."""

from dataclasses import replace
from multiprocessing.connection import Connection

from tenure.app import wiring
from tenure.app.person import erase
from tenure.app.settings import Settings
from tenure.kit import log


def work(settings: Settings, erasure_id: str, tell: Connection) -> None:
    """Erase, telling how far it is."""
    log.set_up("WARNING")
    with wiring.stores(replace(settings, memory="1GB"), wiring.workspace_folder(settings)) as stores:
        erase.erase(stores, erasure_id, lambda share, step: tell.send(share))
