"""Finds out who is meant by some ids: all their records, and every way they can be recognised."""

from collections.abc import Mapping, Sequence

import ibis

from tenure.app.person import in_tables, repository
from tenure.app.person.inventory import LAKE
from tenure.app.person.people import People
from tenure.app.wiring import Stores
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import transaction
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.sources.forgetting import Wanted

_COLUMNS = {"email": "emails", "phone": "phones", "wecom_id": "wecom", "name": "names"}
_NAMES_OF = {"email": "emails", "phone": "phones", "wecom": "wecom", "name": "names"}
KINDS = {"customer": "ids", "email": "emails", "phone": "phones", "wecom": "wecom"}


def people_of(stores: Stores, ids: Sequence[str], *, orders: bool = False) -> People:
    """Return the people of some customer ids; raises ``NotFound`` for ids nobody has. ``orders`` adds their numbers."""
    with transaction(stores.engine) as session:
        found = repository.records(session, ids)
        records = sorted({*ids, *(str(row["id"]) for row in found)})
        identities = repository.identifiers(session, records)
    in_lake = _in_lake(stores, records)
    known = {str(row["id"]) for row in found} | {str(row["customer_id"]) for row in in_lake}
    _all_known(stores, [one for one in ids if one not in known])
    told: dict[str, set[str]] = {name: set() for name in (*_COLUMNS.values(), "external")}
    for row in (*found, *in_lake):
        for column, name in _COLUMNS.items():
            if row.get(column):
                told[name].add(str(row[column]))
    for kind, value in identities:
        told[_NAMES_OF.get(kind, "external")].add(value)
    people = People(
        tuple(records),
        **{name: tuple(sorted(told[name])) for name in ("emails", "phones", "wecom", "names")},  # type: ignore[arg-type]
        orders=tuple(_orders_of(stores, records)) if orders else (),
        persons=len({str(row["root"]) for row in found}) or len(set(ids)),
    )
    return _with_own(stores, people, tuple(sorted(told["external"])))


def ids_of_receipt(stores: Stores, receipt: Mapping[str, object]) -> list[str]:
    """Return the ids, of all there are, that a receipt is about."""
    subjects, keys = receipt["subjects"], ErasedKeys.derived(stores.secret)
    assert isinstance(subjects, list)
    with transaction(stores.engine) as session:
        ids = set(repository.every_id(session))
    ids |= set(stores.lake.read(stores.lake.table("customers").select("customer_id"))["customer_id"].to_pylist())
    wanted = set(subjects)
    return sorted(one for one in ids if in_tables.stand_in(keys, one) in wanted)


def wanted_in_files(people: People) -> Wanted:
    """Return the people as rows of files name them."""
    return Wanted(
        frozenset(people.ids),
        frozenset((*people.own["email"], *people.own["wecom"])),
        frozenset(people.own["phone"]),
        frozenset(people.orders),
    )


def _with_own(stores: Stores, people: People, external: tuple[str, ...]) -> People:
    with transaction(stores.engine) as session:
        own = {}
        for kind, name in KINDS.items():
            values = (*people.ids, *external) if kind == "customer" else getattr(people, name)
            others = repository.shared(session, kind, values, people.ids)
            own[kind] = tuple(value for value in values if value not in others)
    return People(**{**vars(people), "own": own})


def _in_lake(stores: Stores, ids: Sequence[str]) -> Sequence[dict[str, object]]:
    rows = stores.lake.table("customers")
    wanted = rows.filter(rows.customer_id.isin(ids)).select("customer_id", "name", "email", "phone", "wecom_id")
    return list(stores.lake.read(wanted).to_pylist())


def _orders_of(stores: Stores, ids: Sequence[str]) -> Sequence[str]:
    rows = stores.lake.table("orders")
    return sorted(stores.lake.read(rows.filter(rows.customer_id.isin(ids)).select("order_id"))["order_id"].to_pylist())


def _all_known(stores: Stores, doubtful: Sequence[str]) -> None:
    """Raise when an id is nobody's: neither the directory nor anything that happened knows it."""
    if not doubtful:
        return
    tables = [stores.lake.table(name) for name in LAKE]
    mentions = ibis.union(*(rows.filter(rows.customer_id.isin(doubtful)).select("customer_id") for rows in tables))
    missing = sorted(set(doubtful) - set(stores.lake.read(mentions.distinct())["customer_id"].to_pylist()))
    if missing:
        raise NotFound(
            Text("There is no customer {id}.", "没有编号为 {id} 的客户。").fill(id=missing[0][:200]),
            remedy=Text("Look at the ids again; nothing was changed.", "请核对编号；未作任何更改。"),
        )
