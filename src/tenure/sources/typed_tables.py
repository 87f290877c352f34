"""Tables that come in the contract's own columns: checked against it as a whole, then written, all or nothing."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from tenure.directory.customers.intake import repository as directory
from tenure.kit.db import Engine, transaction
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.warehouse.lake import Lake, Written
from tenure.warehouse.schema import CONTRACTS, Column, Contract

Report = Callable[[float, Text], None]
BATCH_ROWS = 50_000


class ContractBroken(Invalid):
    """A table does not keep the contract of the lake table it is meant for."""

    code = "contract_broken"


def take_in(
    engine: Engine, lake: Lake, tables: Mapping[str, pa.Table], source: str, now: datetime, report: Report
) -> dict[str, Written]:
    """Write tables named as in ``warehouse.schema`` (and ``consent``); returns what changed in each.

    ``source`` and ``recorded_at`` are filled in when a table lacks them. The lake is written in one transaction and
    the directory in another, directory first: it may know a customer the lake does not, never the other way round.
    Raises ``ContractBroken`` before anything is written.
    """
    ready = {name: _conform(CONTRACTS[name], table, source, now) for name, table in tables.items() if name in CONTRACTS}
    for name, table in ready.items():
        _check(CONTRACTS[name], table)
    report(0.05, Text("Writing customers", "正在写入客户"))
    with transaction(engine) as session:
        if "customers" in ready:
            directory.take_in(session, _batches(ready["customers"]), import_id=source, source=source, now=now)
        if "consent" in tables:
            directory.take_in_consents(session, _batches(tables["consent"]), import_id=source, source=source)

    def write() -> dict[str, Written]:
        written = {}
        for done, (name, table) in enumerate(ready.items(), start=1):
            report(
                0.3 + 0.7 * done / len(ready), Text("Writing {name}", "正在写入{name}").fill(name=CONTRACTS[name].label)
            )
            written[name] = lake.upsert(name, table)
        return written

    return lake.retry(write)


def _conform(contract: Contract, table: pa.Table, source: str, now: datetime) -> pa.Table:
    schema = contract.schema().to_pyarrow()
    unknown = set(table.column_names) - set(schema.names)
    if unknown:
        raise _broken(contract, sorted(unknown)[0], Text("is not a column of the contract", "不是约定中的列"))
    moment = pa.scalar(now.astimezone(UTC).replace(tzinfo=None), pa.timestamp("us"))
    given = {
        "source": pa.repeat(pa.scalar(source), table.num_rows),
        "recorded_at": pa.repeat(moment, table.num_rows),
    } | {name: table[name] for name in table.column_names}
    columns = [given.get(field.name, pa.nulls(table.num_rows, field.type)).cast(field.type) for field in schema]
    return pa.table(columns, schema=schema)


def _check(contract: Contract, table: pa.Table) -> None:
    for column in contract.columns:
        _check_column(contract, column, table[column.name])
    if pc.count_distinct(table[contract.key]).as_py() != table.num_rows:
        raise _broken(contract, contract.key, Text("holds the same id twice", "有重复的编号"))


def _check_column(contract: Contract, column: Column, values: pa.ChunkedArray) -> None:
    if column.required and values.null_count:
        raise _broken(contract, column.name, Text("is empty in some rows", "有空值"))
    if column.allowed:
        strange = pc.invert(pc.is_in(pc.drop_null(values), value_set=pa.array(column.allowed)))
        if pc.any(strange).as_py():
            allowed = ", ".join(column.allowed)
            raise _broken(contract, column.name, Text(f"may only be one of: {allowed}", f"只能是：{allowed}"))
    for limit, beyond in ((column.low, pc.less), (column.high, pc.greater)):
        if limit is not None and pc.any(beyond(values, limit)).as_py():
            raise _broken(contract, column.name, Text(f"goes beyond {limit}", f"超出范围 {limit}"))


def _broken(contract: Contract, column: str, what: Text) -> ContractBroken:
    message = Text(f"{contract.name}.{column} {what.en}.", f"{contract.name}.{column} {what.zh}。")
    return ContractBroken(message, fields=(FieldProblem(f"/{contract.name}/{column}", message),))


def _batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    dropped = [name for name in ("source", "recorded_at", "changed_at") if name in table.column_names]
    yield from table.drop_columns(dropped).to_batches(max_chunksize=BATCH_ROWS)
