"""Many go at once as one does: each place is emptied once, whoever is left stays as they were."""

import pytest

from tenure.app.person import erase
from tenure.app.person.erase import Choices
from tenure.app.wiring import Stores
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tests.app.person.make import bring, customers, in_database, in_files, orders
from tests.directory.make import owner

pytestmark = pytest.mark.filterwarnings("ignore:fetch_:DeprecationWarning")


def test_several_hundred_go_in_one_erasure(fresh_stores: Stores) -> None:
    stores = fresh_stores
    owner(stores)
    bring(stores, "customers.csv", customers(600), "customers")
    bring(stores, "orders.csv", orders(600), "orders")
    going = [f"C-{n:04}" for n in range(0, 600, 2)]
    with transaction(stores.engine) as session:
        actor = members.operator(session)
    erasure_id = erase.ask(stores, going, Choices(), actor, in_background=False)
    signed = erase.erase(stores, erasure_id)
    told = {line["place"]: line["rows"] for line in signed["lines"]}  # type: ignore[attr-defined]
    assert (signed["persons"], told["customers"], told["lake.customers"]) == (300, 300, 300)
    traces = ("C-0000", "C-0598", "p598@shop.test", "+8613800000598")
    assert in_files(stores.folder, traces) == []
    assert in_database(stores, traces) == []
    assert in_files(stores.folder, ("C-0599",))
