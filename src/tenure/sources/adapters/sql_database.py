"""Reads a table or a query of any SQL database that SQLAlchemy can reach, in bounded memory."""

import re
from collections.abc import Iterator

import pyarrow as pa
import sqlalchemy
from sqlalchemy.exc import SQLAlchemyError

from tenure.kit.i18n import Text
from tenure.kit.log import redacted
from tenure.sources.source import BATCH_ROWS, EmptySource, Reading, Unreadable, raw_schema, unique_names

_A_TABLE = re.compile(r"^[\w$]+(\.[\w$]+)?$")


def read_database(url: str, query: str) -> Reading:
    """Open a table (by name) or the rows of a SELECT; the address's password is never told on."""
    try:
        engine = sqlalchemy.create_engine(url)
        connection = engine.connect().execution_options(stream_results=True, max_row_buffer=BATCH_ROWS)
        result = connection.execute(_statement(engine, query))
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        raise Unreadable(
            Text(f"The database cannot be read: {redacted(str(error))}", f"无法读取数据库：{redacted(str(error))}"),
            remedy=Text(
                "Check the address, the name of the table and the right to read it.", "请检查地址、表名以及读取权限。"
            ),
        ) from error
    columns = unique_names(list(result.keys()))
    return Reading(columns, _batches(connection, result, columns), "database")


def _statement(engine: sqlalchemy.Engine, query: str) -> sqlalchemy.Executable:
    if not _A_TABLE.match(query.strip()):
        return sqlalchemy.text(query)
    schema, _, name = query.strip().rpartition(".")
    return sqlalchemy.select(sqlalchemy.text("*")).select_from(sqlalchemy.table(name, schema=schema or None))


def _batches(
    connection: sqlalchemy.Connection, result: sqlalchemy.CursorResult[tuple[object, ...]], columns: list[str]
) -> Iterator[pa.RecordBatch]:
    schema = raw_schema(columns)
    first = 2
    with connection:
        for chunk in result.partitions(BATCH_ROWS):
            arrays = [pa.array(range(first, first + len(chunk)), pa.int64())]
            arrays += [pa.array([_told(cell) for cell in column], pa.string()) for column in zip(*chunk, strict=True)]
            first += len(chunk)
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)
        if first == 2:
            raise EmptySource("the query")


def _told(cell: object) -> str | None:
    return None if cell is None else str(cell)
