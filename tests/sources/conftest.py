"""An empty workspace with every reader plugged in."""

import pytest

from tenure.app.wiring import Stores, intake_of
from tenure.sources.service import Intake


@pytest.fixture
def intake(fresh_stores: Stores) -> Intake:
    """Imports into a workspace of the test's own."""
    return intake_of(fresh_stores)


@pytest.fixture(scope="module")
def shared_intake(stores: Stores) -> Intake:
    """Imports into a workspace shared by the tests of a file."""
    return intake_of(stores)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Ibis 12 read results through names that DuckDB 1.5 calls old."""
    for item in items:
        if "sources" in item.nodeid:
            item.add_marker(pytest.mark.filterwarnings("ignore:fetch_:DeprecationWarning"))
