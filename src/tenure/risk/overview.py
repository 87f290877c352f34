"""The first page: the few numbers that matter, what changed, and how the last months went."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tenure.directory.workspace.service import ChurnInForce, WorkspaceSettings
from tenure.features.past import reference_day
from tenure.kit.i18n import Text
from tenure.kit.money import written
from tenure.metrics import compute, definitions, lifecycle, windows
from tenure.metrics.compute import Answer
from tenure.metrics.metric import Metric
from tenure.warehouse.history import History

DAYS = 30
MONTHS = 12
CARDS = (
    "revenue",
    "active_customers",
    "new_customers",
    "retention_rate",
    "repeat_purchase_rate",
    "average_order_value",
    "churn_rate",
    "nps",
)
WORTH_TELLING = 0.02  # a smaller change is not news
MOST_CHANGES = 5
Json = dict[str, object]


@dataclass(frozen=True)
class Facts:
    """What the workspace holds; times are naive UTC."""

    customers: int
    orders: int
    first_at: str | None
    last_at: str | None
    anonymous_orders: int


def overview(history: History, settings: WorkspaceSettings, churn: ChurnInForce, customers: int) -> Json:
    """Return the first page as JSON; the call list is laid beside it when it is read."""
    facts = _facts(history, customers)
    shown: list[tuple[Metric, Json]] = []
    series: list[Json] = []
    end = reference_day(history.as_of, history.zone) + timedelta(days=1)
    if facts.orders:
        definition = definitions.Definition.by(churn)
        shown = list(_cards(history, end, definition))
        series = _series(history, end, definition.churn)
    changes = [_change(metric, card, settings.currency) for metric, card in shown if _is_news(card)]
    return {
        "cards": [card for _, card in shown],
        "changes": changes[:MOST_CHANGES],
        "series": series,
        "facts": vars(facts),
        "empty": customers == 0,
    }


def _facts(history: History, customers: int) -> Facts:
    orders = history.table("orders")
    paid = orders.filter(orders.kind == "sale", orders.status == "paid")
    row = history.lake.read(
        paid.aggregate(
            orders=paid.count(),
            first=paid.ordered_at.min().cast("string"),
            last=paid.ordered_at.max().cast("string"),
            anonymous=paid.customer_id.isnull().sum(),
        )
    ).to_pylist()[0]
    return Facts(customers, row["orders"], _iso(row["first"]), _iso(row["last"]), int(row["anonymous"] or 0))


def _iso(moment: str | None) -> str | None:
    return None if moment is None else f"{moment[:19].replace(' ', 'T')}Z"


def _cards(history: History, end: date, definition: definitions.Definition) -> Iterator[tuple[Metric, Json]]:
    for name in CARDS:
        answer = compute.compute(history, name, end - timedelta(days=DAYS), end, None, None, definition)
        row = _only_row(answer)
        if row is None or row["value"] is None or not row["n"]:
            continue
        metric = answer.metric
        yield (
            metric,
            {
                "metric": metric.name,
                "label": vars(metric.label),
                "unit": metric.unit,
                "better": metric.better,
                **{part: row[part] for part in ("value", "low", "high", "previous", "change")},
                "compared_with": vars(_BEFORE),
                "churn": None if answer.churn is None else vars(answer.churn),
            },
        )


def _only_row(answer: Answer) -> Json | None:
    rows = answer.rows.to_pylist()
    return rows[-1] if rows else None


def _series(history: History, end: date, churn: definitions.ChurnDefinition) -> list[Json]:
    last = windows.floor(end - timedelta(days=1), "month")
    start = windows.step(last, "month", 1 - MONTHS)
    revenue = compute.compute(history, "revenue", start, end, "month")
    by_month = {row["start"]: row["value"] for row in revenue.rows.to_pylist()}
    counted = lifecycle.stages(history, start, end, "month", churn)
    return [
        {
            "start": row.start.isoformat(),
            "revenue": by_month.get(row.start) or 0.0,
            "active": row.active,
            "new": row.new,
            "returning": row.returning,
            "reactivated": row.reactivated,
        }
        for row in counted
    ]


def _is_news(card: Json) -> bool:
    """Say whether a value differs from the one before by more than chance and by enough to matter."""
    value, previous = card["value"], card["previous"]
    if not isinstance(value, float) or not isinstance(previous, float) or not previous:
        return False
    low, high = card["low"], card["high"]
    by_chance = isinstance(low, float) and isinstance(high, float) and low <= previous <= high
    return not by_chance and abs(value / previous - 1) >= WORTH_TELLING


def _change(metric: Metric, card: Json, currency: str) -> Json:
    value, previous = float(str(card["value"])), float(str(card["previous"]))
    words = _UP if value > previous else _DOWN
    moved = abs(value - previous) * 100 if metric.unit == "percent" else abs(value / previous - 1) * 100
    text = words.fill(
        label=metric.label,
        share=_POINTS.fill(points=f"{moved:.1f}") if metric.unit == "percent" else f"{moved:.0f}%",
        value=_SPOKEN[metric.unit](value, currency),
        previous=_SPOKEN[metric.unit](previous, currency),
    )
    return {"text": vars(text), "metric": metric.name, "better": metric.better}


_SPOKEN: dict[str, Callable[[float, str], str]] = {
    "percent": lambda value, _: f"{value * 100:.1f}%",
    "money": written,
    "count": lambda value, _: f"{value:,.0f}",
    "days": lambda value, _: f"{value:.0f}",
    "score": lambda value, _: f"{value:.1f}",
    "ratio": lambda value, _: f"{value:.2f}",
}
_POINTS = Text("{points} points", "{points} 个百分点")
_BEFORE = Text(f"the {DAYS} days before", f"此前 {DAYS} 天")
_UP = Text(
    "{label}: {value} in the last 30 days, {share} more than in the 30 days before ({previous}).",
    "{label}：近 30 天为 {value}，较此前 30 天（{previous}）上升 {share}。",
)
_DOWN = Text(
    "{label}: {value} in the last 30 days, {share} less than in the 30 days before ({previous}).",
    "{label}：近 30 天为 {value}，较此前 30 天（{previous}）下降 {share}。",
)
