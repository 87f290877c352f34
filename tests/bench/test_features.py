"""The bench of features runs, and its two ways to count agree, on few customers."""

import pytest

from bench import features
from tenure.features import build
from tenure.warehouse.history import History


def test_the_catalog_and_sql_by_hand_find_the_same_and_the_bench_says_how_long_each_took(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert features.main(["--customers", "200"]) > 0
    told = capsys.readouterr().out
    assert "200 customers, 10,000 events, 1,600 orders" in told
    assert "ratio" in told
    assert "12 dates" in told


def test_what_a_peer_is_given_are_all_the_rows_we_read() -> None:
    with features.filled(50) as lake:
        for table, columns in features.PEER_COLUMNS.items():
            rows = lake.backend.con.execute(f"SELECT {columns} FROM lake.{table}").to_arrow_table()
            assert rows.num_rows == 50 * {"orders": features.ORDERS_EACH, "events": features.EVENTS_EACH}[table]
        assert len(build.read(History(lake, features.AS_OF, "UTC"), ("purchases",))) == 50
