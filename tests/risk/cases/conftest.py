"""A workspace with an owner and an agent, without cases."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.directory.credentials.principal import Principal
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.risk.cases.service import act
from tests.directory.make import Browser, add_member, owner
from tests.risk.cases import make


@dataclass
class Desk:
    """Where cases are worked on."""

    stores: Stores
    browser: Browser
    boss: Principal

    def resolve(self, customer: str, outcome: str) -> None:
        """Close a customer's case."""
        (case,) = make.cases(self.stores, f"customer_id = '{customer}' AND state <> 'resolved'")
        with transaction(self.stores.engine) as session:
            act.resolve(session, str(case["id"]), outcome, None, self.boss, make.DAY)

    def entries(self) -> list[tuple[str, str]]:
        """Return everything done to cases: case and act."""
        with transaction(self.stores.engine) as session:
            found = session.execute(text("SELECT case_id, act FROM case_entries ORDER BY id"))
            return [(row[0], row[1]) for row in found]


@pytest.fixture(scope="module")
def staffed(stores: Stores) -> Desk:
    """A workspace with members."""
    browser = owner(stores)
    add_member(browser, "agent")
    with transaction(stores.engine) as session:
        return Desk(stores, browser, members.operator(session))


@pytest.fixture
def desk(staffed: Desk) -> Desk:
    """A workspace with members and without cases."""
    make.clear(staffed.stores)
    return staffed
