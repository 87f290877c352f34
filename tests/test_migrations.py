"""The migrated database is the one the tables in the code describe."""

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import tenure
from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Base, open_engine, transaction


def test_migrations_make_exactly_the_tables_in_the_code(new_settings: Callable[[], Settings]) -> None:
    for module in pkgutil.walk_packages(tenure.__path__, "tenure."):
        if module.name.endswith(".tables"):
            importlib.import_module(module.name)
    engine = open_engine(str(new_settings().database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours, "compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def test_migrating_a_database_with_rows_keeps_them(new_settings: Callable[[], Settings]) -> None:
    engine = open_engine(str(new_settings().database_url))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    wiring.migrate(engine, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO stream (topic, payload, recorded_at) SELECT 'events', '{}', now() FROM generate_series(1, 500)"
        )
    wiring.migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM stream").scalar() == 500
        assert "runs" in inspect(connection).get_table_names()
    engine.dispose()


@pytest.mark.parametrize(("days", "chosen"), [(90, None), (60, 60)])
def test_a_churn_window_nobody_had_touched_becomes_the_datas_to_choose(
    new_settings: Callable[[], Settings], days: int, chosen: int | None
) -> None:
    engine = open_engine(str(new_settings().database_url))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    wiring.migrate(engine, "0004")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO workspace (id, name, currency, time_zone, churn_kind, churn_window_days, churn_grace_days, "
            f"tier_a_share, tier_b_share) VALUES (1, 'shop', 'EUR', 'UTC', 'inactivity', {days}, 7, .2, .3)"
        )
    wiring.migrate(engine)
    with transaction(engine) as session:
        found = workspace.read(session)
    engine.dispose()
    assert (found.name, None if found.chosen_churn is None else found.chosen_churn.window_days) == ("shop", chosen)


def _ours(thing: object, name: str | None, kind: str, _: bool, __: object) -> bool:
    """Leave out what procrastinate and Alembic own."""
    return not (kind == "table" and name is not None and name.startswith(("procrastinate_", "alembic_")))
