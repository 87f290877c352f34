"""A mover in a process of its own, for the tests that kill it."""

from multiprocessing.connection import Connection
from pathlib import Path

from tenure.app.pipelines.move_stream import move_stream
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import libpq, open_engine
from tenure.warehouse.engines.duckdb import DuckLake, Location
from tenure.warehouse.rows import contract_rows

KEYS = ErasedKeys("of a test")


def main(url: str, files: str, scratch: str, tell: Connection) -> None:
    """Carry the outbox in small batches until nothing is left, telling when the work begins."""
    engine = open_engine(url)
    lake = DuckLake(Location(libpq(engine), files, Path(scratch), memory_limit="512MB", threads=1))
    contract_rows("events", [])  # loads what is loaded late, so that kills fall into the work
    tell.send("begin")
    move_stream(engine, lake, batch=25, keys=KEYS)
