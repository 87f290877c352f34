"""Tells what was found and what went, line by line, as the receipt carries it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tenure.app.person import receipt
from tenure.app.person.in_lake import Left
from tenure.app.person.in_tables import stand_in
from tenure.app.person.inventory import ANONYMOUS, FATES, HOLDINGS, MENTIONS
from tenure.app.person.people import People
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.erased.service import Erasure
from tenure.kit.i18n import Text
from tenure.sources.forgetting import Forgotten
from tenure.warehouse.lake import Purged
from tenure.warehouse.schema import CONTRACTS

Line = dict[str, object]
DATABASE, LAKE, FILES = Text("Database", "数据库"), Text("Lake", "数据湖"), Text("Files", "文件")
_WITHOUT = Text("Stay as sales without a customer", "保留为无客户身份的销售记录")
_IMPORTS = Text("Rows in kept import files", "已存导入文件中的行")
_SCRATCH = Text("Files of an unfinished refresh", "未完成计算的临时文件")
_OLD_FILES = Text("Earlier files of the lake", "数据湖旧文件")
_SNAPSHOTS = Text("Earlier snapshots", "历史快照")
_KEPT = Text("Words of consent kept as keyed hashes for three years", "以密钥散列保存三年的同意记录")
_REMOVED = Text("Removed", "已移除")
_STAYS = Text("Stay", "保留")


def of_tables(counted: Mapping[str, int]) -> list[Line]:
    """Tell of rows in the database."""
    told = {holding.table: (holding.label, FATES[holding.fate]) for holding in HOLDINGS if holding.fate != "kept"}
    told |= {mention.table: (mention.label, FATES["forgets"]) for mention in MENTIONS}
    return [_line(DATABASE, name, *told[name], rows) for name, rows in counted.items() if rows and name in told]


def of_lake(counted: Mapping[str, int], *, keep_orders: bool) -> list[Line]:
    """Tell of rows in the lake."""
    return [
        _line(
            LAKE,
            f"lake.{name}",
            CONTRACTS[name].label,
            _WITHOUT if keep_orders and name in ANONYMOUS else FATES["erased"],
            rows,
        )
        for name, rows in counted.items()
        if rows
    ]


def of_files(found: Forgotten) -> list[Line]:
    """Tell of rows in the files that imports keep."""
    return [_line(FILES, "imports", _IMPORTS, _REMOVED, found.rows)] if found.rows else []


def of_scratch(files: int) -> list[Line]:
    """Tell of what a refresh left behind."""
    return [_line(FILES, "scratch", _SCRATCH, _REMOVED, files)] if files else []


def of_purge(done: Purged) -> list[Line]:
    """Tell of the lake's files and snapshots that are no more."""
    found = (("files", _OLD_FILES, done.files), ("snapshots", _SNAPSHOTS, done.snapshots))
    return [_line(LAKE, f"lake {name}", label, _REMOVED, n) for name, label, n in found if n]


def of_kept(words: int) -> list[Line]:
    """Tell of words of consent that are kept."""
    return [_line(DATABASE, "kept_consents", _KEPT, _STAYS, words)] if words else []


def add(found: list[Line], lines: Sequence[Line]) -> None:
    """Add lines; of two about the same place the one that saw more stays, for what is gone cannot be counted again."""
    for line in lines:
        known = next((one for one in found if one["place"] == line["place"]), None)
        if known is None:
            found.append(line)
        elif int(str(line["rows"])) > int(str(known["rows"])):
            known["rows"] = line["rows"]


def facts(
    row: Erasure, people: People, found: Sequence[Line], left: Left, keys: ErasedKeys, now: datetime
) -> dict[str, object]:
    """Return what the receipt says."""
    return {
        "erasure": row.id,
        "asked_at": row.asked_at.isoformat(),
        "finished_at": now.isoformat(),
        "asked_by": {name: row.asked_by[name] for name in ("id", "name", "kind")},
        "persons": people.persons,
        "records": len(people.ids),
        "subjects": sorted(stand_in(keys, one) for one in people.ids),
        "choices": row.choices,
        "lines": list(found),
        "checked": {"files": left.files, "found": left.rows},
    }


def signed(secret: str, workspace: str, told: Mapping[str, object]) -> dict[str, object]:
    """Return the receipt of a workspace."""
    return receipt.sign(secret, {"workspace": workspace, **told})


def _line(store: Text, place: str, label: Text, fate: Text, rows: int) -> Line:
    return {
        "store": {"en": store.en, "zh": store.zh},
        "place": place,
        "label": {"en": label.en, "zh": label.zh},
        "fate": {"en": fate.en, "zh": fate.zh},
        "rows": rows,
    }
