"""The stores open, hold and give back."""

from tenure.app.wiring import Stores
from tenure.warehouse.schema import CONTRACTS


def test_a_new_workspace_has_every_promised_table_empty(stores: Stores) -> None:
    for name in CONTRACTS:
        table = stores.lake.table(name)
        assert stores.lake.read(table.aggregate(n=table.count()))["n"].to_pylist() == [0], name
