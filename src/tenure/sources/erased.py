"""Recognises rows of people who were erased, by keyed hashes that the lake computes for every row."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tenure.directory.customers.erased.keys import SEPARATOR, ErasedKeys
from tenure.warehouse.lake import Lake

NAMED_BY = {"customer": "customer_id", "email": "email", "phone": "phone"}


@dataclass(frozen=True)
class Erased:
    """The hashes of everybody who was erased: (kind, hash) → the erasure."""

    keys: ErasedKeys
    known: Mapping[tuple[str, str], str]


def about_the_erased(lake: Lake, rows: ir.Table, erased: Erased) -> ir.BooleanValue:
    """Say of each row whether it is about somebody who was erased.

    Their id says so; an address or number only where the row is not about somebody known, to whom it may belong too.
    """
    gone = {
        kind: lake.stage(f"import_erased_{kind}", pa.table({"key": pa.array(_of(erased, kind), pa.string())}))
        for kind in NAMED_BY
    }
    stored = lake.table("customers").customer_id
    stranger = ~rows.customer_id.isin(stored).fill_null(False)
    about: ir.BooleanValue = ibis.literal(False)
    for kind, column in NAMED_BY.items():
        if column in rows.columns:
            named = _hashed(erased.keys, kind, rows[column]).isin(gone[kind].key).fill_null(False)
            about = about | (named if kind == "customer" else named & stranger)
    return about


def _of(erased: Erased, kind: str) -> list[str]:
    return [key for known, key in erased.known if known == kind]


def _hashed(keys: ErasedKeys, kind: str, values: ir.StringValue) -> ir.StringValue:
    """Hash values as ``ErasedKeys.of`` does."""
    secret = ibis.literal(keys.secret)
    plain = values.strip().lower() if kind == "email" else values.strip()
    inner = (secret + ibis.literal(f"{kind}{SEPARATOR}") + plain).hexdigest("sha256")
    return (secret + inner).hexdigest("sha256")
