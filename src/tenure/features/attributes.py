"""A workspace's own attributes as features: found when asked for, typed by what stands in them.

Attributes say how things stand today, not since when. Their values are handed out for an instant only where the
profile reads the same since before it (``features.past.profiles``); what they are called and of which kind they are
is found in the history asked, which should be the one a model is taught or scored in.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tenure.features.catalog import CATALOG, WORDS
from tenure.features.feature import Feature, Unit, frequency
from tenure.kit.i18n import Text
from tenure.warehouse import glossary
from tenure.warehouse.history import History

PREFIX = "attributes."
MOST = 50  # the fullest attributes; a profile has dozens, an export of everything thousands
LEAST_FILLED = 0.005  # of customers: less can tell nothing about the rest
NEARLY_ALL = 0.99  # of values must be of a kind; the rest are slips of the pen and count as not known
MOST_CATEGORIES = 30  # more words than that are told apart by how common they are
MOST_UNIQUE = 0.5  # of values: words that hardly repeat are names or numbers of something, and tell whom, not what

_YES = ("true", "yes", "y", "t", "on", "是", "有", "真")
_NO = ("false", "no", "n", "f", "off", "否", "无", "假")


@dataclass(frozen=True)
class Attribute:
    """One attribute as found: for how many customers it is known, and how many of its values are of each kind."""

    name: str
    filled: int
    different: int
    flags: int
    numbers: int
    dates: int

    @property
    def kind(self) -> str:
        """Return number, flag, date, category, common (told by how common it is) or name (left out)."""
        enough = self.filled * NEARLY_ALL
        if self.different < 2:
            return "name"
        for kind, count in (("flag", self.flags), ("number", self.numbers), ("date", self.dates)):
            if count >= enough:
                return kind
        if self.different <= MOST_CATEGORIES:
            return "category"
        return "name" if self.different > self.filled * MOST_UNIQUE else "common"

    def features(self) -> tuple[Feature, ...]:
        """Return the feature the attribute makes, if it makes one."""
        kind = self.kind
        if kind == "name":
            return ()
        if kind == "common":
            told = _feature(self.name, "category")
            return (frequency(told, Text(f"How common {self.name} is", f"{self.name} 常见程度")),)
        return (_feature(self.name, kind),)


def features(history: History) -> tuple[Feature, ...]:
    """Return a workspace's own attributes as features, the fullest first."""
    return tuple(feature for attribute in found(history) for feature in attribute.features())


def beside_catalog(history: History) -> tuple[str | Feature, ...]:
    """Return the whole catalog, numbers and words, and a workspace's own attributes: all there is to learn from."""
    return (*CATALOG, *WORDS, *features(history))


def found(history: History) -> list[Attribute]:
    """Return the attributes of the customers of a history, with what tells their kind, the fullest first."""
    profiles = glossary.profiles(history)
    pairs = profiles.filter(profiles.attributes.notnull())
    pairs = pairs.select(name=pairs.attributes.keys().unnest(), attributes=pairs.attributes)
    cells = pairs.select("name", cell=_cell(pairs.attributes, pairs.name))
    cells = cells.filter(cells.cell.notnull())
    counted = cells.group_by("name").aggregate(
        filled=cells.count(),
        different=cells.cell.nunique(),
        flags=_flag(cells.cell).count(),
        numbers=_number(cells.cell).count(),
        dates=_date(cells.cell).count(),
    )
    customers = profiles.count().as_scalar()
    full = counted.filter(counted.filled >= customers * LEAST_FILLED)
    rows = history.lake.read(full.order_by(ibis.desc("filled"), "name").limit(MOST)).to_pylist()
    return [Attribute(**row) for row in rows]


def _feature(name: str, kind: str) -> Feature:
    unit, read, meaning = _KINDS[kind]
    return Feature(
        PREFIX + name,
        "profiles",
        Text(name, name),
        meaning.fill(name=name),
        unit,
        lambda rows: read(
            rows, _cell(rows.attributes, name)
        ).max(),  # of one profile each: the greatest is the only one
    )


def _cell(attributes: ir.MapValue, name: str | ir.StringValue) -> ir.StringValue:
    """Return the text of an attribute; blank is not known."""
    return attributes.get(name).strip().nullif("")


def _flag(cell: ir.StringValue) -> ir.Value:
    word = cell.lower()
    return ibis.cases((word.isin(_YES), 1), (word.isin(_NO), 0), else_=ibis.null("int8"))


def _number(cell: ir.StringValue) -> ir.Value:
    number = cell.try_cast("float64")
    return ibis.ifelse(number.isnan() | number.isinf(), None, number)


def _date(cell: ir.StringValue) -> ir.Value:
    return cell.try_cast("date")


_KINDS: dict[str, tuple[Unit, Callable[[ir.Table, ir.StringValue], ir.Value], Text]] = {
    "number": (
        "ratio",
        lambda rows, cell: _number(cell),
        Text("The attribute {name}, a number.", "自定义属性 {name}（数值）。"),
    ),
    "flag": (
        "flag",
        lambda rows, cell: _flag(cell),
        Text("1 where the attribute {name} is yes, 0 where it is no.", "自定义属性 {name}：是为 1，否为 0。"),
    ),
    "date": (
        "days",
        lambda rows, cell: rows.today.delta(_date(cell), unit="day"),
        Text(
            "Whole days since the date in the attribute {name}; negative while it is still to come.",
            "距自定义属性 {name} 所示日期的整天数；尚未到来为负。",
        ),
    ),
    "category": (
        "text",
        lambda rows, cell: cell,
        Text("The attribute {name}.", "自定义属性 {name}。"),
    ),
}
