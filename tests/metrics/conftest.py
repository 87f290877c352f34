"""The lakes that tests of numbers share."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.warehouse.history import History
from tests.metrics import make

END_OF_CDNOW = datetime(1998, 7, 1)


@pytest.fixture(scope="session")
def cdnow(new_settings: Callable[[], Settings], shared_data: Path) -> Iterator[History]:
    """The 69,659 purchases at CDNOW in a lake, as of the day after the last one."""
    bought = pd.read_csv(shared_data / "cdnow" / "cdnow_master.csv.gz", dtype={"customer_id": str, "amount": str})
    orders = bought.rename(columns={"cds": "quantity"}).assign(ordered_at=pd.to_datetime(bought["date"]))
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        make.fill(opened.lake, "orders", orders)
        yield History(opened.lake, END_OF_CDNOW)
