"""An erasure in a process of its own, for the tests that kill it."""

import sys
from dataclasses import replace
from pathlib import Path

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.person import erase
from tenure.kit import log

if __name__ == "__main__":
    home, url, erasure_id = sys.argv[1:]
    log.set_up("WARNING")
    settings = replace(environment.read({}), home=Path(home), database_url=url, workspace="shop", memory="1GB")
    with wiring.stores(settings, wiring.workspace_folder(settings)) as stores:
        erase.erase(stores, erasure_id, lambda share, step: print(f"{share:.2f}", flush=True))
