"""Whatever is stored is declared: what it holds of a person, and what becomes of it. A new table stands here too."""

import importlib
import pkgutil
import re

from sqlalchemy import Column, MetaData, String, Table

import tenure
from tenure.app.person.inventory import HOLDINGS, IMPERSONAL, LAKE, LAKE_IMPERSONAL, MENTIONS
from tenure.kit.db import Base
from tenure.warehouse.schema import CONTRACTS

# Columns by which somebody is known; a table that has one speaks of people.
PERSONAL = re.compile(r"^(customer_id|customer|contact|canonical_id|merged_id|email|phone|wecom_id|birthday)$")
STAFF = {"members"}


def stored(metadata: MetaData) -> set[str]:
    """Every table of the product."""
    for module in pkgutil.walk_packages(tenure.__path__, "tenure."):
        if module.name.endswith(".tables"):
            importlib.import_module(module.name)
    return set(metadata.tables)


def undeclared(tables: set[str]) -> set[str]:
    """Tables that the inventory does not name, or names twice."""
    declared = [*(one.table for one in HOLDINGS), *(one.table for one in MENTIONS), *IMPERSONAL]
    return {name for name in tables | set(declared) if declared.count(name) != 1 or name not in tables}


def test_every_table_is_declared_once() -> None:
    assert undeclared(stored(Base.metadata)) == set(), "say in tenure.app.person.inventory what it holds of a person"


def test_a_table_nobody_declared_is_noticed() -> None:
    assert undeclared(stored(Base.metadata) | {"new_table"}) == {"new_table"}


def test_a_table_with_somebody_in_it_is_a_holding() -> None:
    stored(Base.metadata)
    assert _with_people(Base.metadata) - {one.table for one in HOLDINGS} - STAFF == set()
    other = MetaData()
    Table("letters", other, Column("customer_id", String))
    assert _with_people(other) == {"letters"}


def test_every_table_of_the_lake_is_declared() -> None:
    assert set(LAKE) | set(LAKE_IMPERSONAL) == set(CONTRACTS)
    with_people = {name for name, c in CONTRACTS.items() if any(PERSONAL.match(column.name) for column in c.columns)}
    assert with_people == set(LAKE)
    assert all(column in CONTRACTS[name].names for name, column in LAKE.items())


def _with_people(metadata: MetaData) -> set[str]:
    return {
        name for name, table in metadata.tables.items() if any(PERSONAL.match(column.name) for column in table.columns)
    }
