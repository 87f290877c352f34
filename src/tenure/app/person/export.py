"""Everything we hold of one person, as one file people and machines can read."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from tenure.app.person import export_page, in_lake, in_tables, repository
from tenure.app.person.finding import people_of, wanted_in_files
from tenure.app.person.inventory import HOLDINGS, LAKE
from tenure.app.person.people import People
from tenure.app.wiring import Stores, intake_of
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.consent import service as consent
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.sources import service as sources
from tenure.warehouse.schema import CONTRACTS

FORMAT = "tenure-person/1"
_FILES = Text("Rows in imported files", "导入文件中的行")
_CLOSED = Text("Closed addresses", "已停用地址")
_HAPPENED = Text("{label}: what happened", "{label}（历史记录）")
Section = dict[str, object]


def export(stores: Stores, customer_id: str, actor: Principal) -> bytes:
    """Return a zip of everything known of a person: ``person.json`` for machines, ``person.html`` for people."""
    told = document(stores, customer_id)
    with transaction(stores.engine) as session:
        in_tables.record_export(session, actor, customer_id, stores.clock.now())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json.dumps(told, ensure_ascii=False, indent=2, default=_plain))
        archive.writestr("person.html", export_page.write(told))
    return packed.getvalue()


def document(stores: Stores, customer_id: str) -> dict[str, object]:
    """Return everything known of a person, place by place; places that hold nothing are left out."""
    people = people_of(stores, [customer_id])
    sections = [*_of_tables(stores, people), *_of_lake(stores, people), *_of_files(stores, people)]
    return {
        "format": FORMAT,
        "workspace": stores.name,
        "made_at": stores.clock.now().isoformat(),
        "ids": list(people.ids),
        "name": people.names[0] if people.names else people.ids[0],
        "sections": [section for section in sections if section["rows"]],
    }


def _of_tables(stores: Stores, people: People) -> Iterator[Section]:
    with transaction(stores.engine) as session:
        for holding in reversed(HOLDINGS):  # the profile first, what hangs on it after it
            if holding.fate != "kept":
                rows = repository.rows(session, holding, people)
                yield _section("postgresql", holding.table, holding.label, rows)
        key = AddressKey.derived(stores.secret)
        closed = [
            {"channel": channel, "address": value, "reason": found.reason, "since": found.at}
            for kind, channels in in_tables.CHANNELS_OF.items()
            for value in people.own[kind]
            for channel in channels
            if (found := consent.find_closed(session, channel, key.of(channel, value))) is not None
        ]
    yield _section("postgresql", "suppressions", _CLOSED, closed)


def _of_lake(stores: Stores, people: People) -> Iterator[Section]:
    for name in LAKE:
        label = (
            _HAPPENED.fill(label=CONTRACTS[name].label) if name in ("customers", "messages") else CONTRACTS[name].label
        )
        yield _section("lake", name, label, list(in_lake.rows(stores.lake, name, people)))


def _of_files(stores: Stores, people: People) -> Iterator[Section]:
    found = sources.rows_about(intake_of(stores), wanted_in_files(people))
    rows = [{"import": import_id, "file": name, **row} for import_id, name, row in found]
    yield _section("files", "imports", _FILES, rows)


def _section(store: str, place: str, label: Text, rows: object) -> Section:
    return {"store": store, "place": place, "label": {"en": label.en, "zh": label.zh}, "rows": rows}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)
