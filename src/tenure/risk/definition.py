"""What leaving means in this workspace: the settings' words, or the shop's own rhythm while nobody has chosen."""

import math
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Literal

from tenure.directory.workspace.churn import ChurnDefinition, ChurnInForce, ChurnKind, FoundChurn
from tenure.features import activity
from tenure.features.activity import Sign, Span
from tenure.features.build import tables_with_rows
from tenure.kit.i18n import Text
from tenure.warehouse.history import History

Kind = Literal["purchases", "visits", "subscriptions", "flag", "nothing"]

USUAL_SHARE = 0.9  # of returns come within the window: silence beyond it is unusual
SHORTEST, LONGEST, UNKNOWN = 14, 180, 90
PERIODS_NEEDED = 4  # look-back, training outcome, test outcome, and one to choose from
SUBSCRIPTION_HORIZON = 90


@dataclass(frozen=True)
class Leaving:
    """When a customer counts as gone: which sign stops, for how many days, and who said so."""

    kind: Kind
    window_days: int
    grace_days: int
    chosen: bool
    span: Span
    notes: tuple[Text, ...] = ()

    @property
    def sign(self) -> Sign:
        """Return the sign of life that silence is measured in."""
        return "visits" if self.kind == "visits" else "purchases"

    @property
    def definition(self) -> ChurnDefinition | None:
        """Return what leaving means as every metric reads it; None where the data tells of no time."""
        if self.kind in ("flag", "nothing"):
            return None
        kind: ChurnKind = "subscription_end" if self.kind == "subscriptions" else "inactivity"
        return ChurnDefinition(kind, self.window_days, self.grace_days)

    @property
    def in_force(self) -> ChurnInForce:
        """Return the definition that numbers are computed with, and who chose it."""
        if self.definition is None:
            return ChurnInForce(ChurnDefinition(), "default")
        return ChurnInForce(self.definition, "member" if self.chosen else "data", self.notes)

    def key(self) -> str:
        """Return what tells one definition from another."""
        return f"{self.kind}:{self.window_days}:{self.grace_days}"


def leaving(history: History, chosen: ChurnDefinition | None) -> Leaving:
    """Return what leaving means: what a member chose, else what the data itself says."""
    filled = tables_with_rows(history)
    by_contract = chosen is not None and chosen.kind == "subscription_end"
    if "subscriptions" in filled and (by_contract or (chosen is None and "orders" not in filled)):
        return _by_subscription(history, chosen)
    notes = (_NO_SUBSCRIPTIONS,) if by_contract else ()
    window = None if by_contract else chosen
    if "orders" in filled and (found := activity.span(history, "purchases")).customers:
        return _with_notes(_by_silence(history, window, "purchases", found), *notes)
    if "events" in filled and (found := activity.span(history, "visits")).customers:
        return _with_notes(_by_silence(history, window, "visits", found), *notes, _VISITS_ONLY)
    empty = Span(0, 0, None, None)
    if "customers" in filled:
        return Leaving("flag", SUBSCRIPTION_HORIZON, 0, False, empty, (_NO_TIME,))
    return Leaving("nothing", UNKNOWN, 0, False, empty, (_NOTHING,))


def automatic(history: History, in_use: Leaving) -> FoundChurn | None:
    """Return what the data itself says of leaving, or None where it tells of no time; ``in_use`` saves asking twice."""
    own = leaving(history, None) if in_use.chosen else in_use
    found = own.definition
    return None if found is None else FoundChurn(found, own.notes, history.as_of.replace(tzinfo=UTC))


def _with_notes(found: Leaving, *notes: Text) -> Leaving:
    return replace(found, notes=(*notes, *found.notes))


def _by_subscription(history: History, chosen: ChurnDefinition | None) -> Leaving:
    churn = chosen or ChurnDefinition("subscription_end", SUBSCRIPTION_HORIZON)
    periods = history.table("subscriptions")
    found = history.lake.read(
        periods.aggregate(
            customers=periods.customer_id.nunique(),
            days=periods.count(),
            first=history.local(periods.started_at).date().min(),
            last=history.local(periods.started_at).date().max(),
        )
    ).to_pylist()[0]
    span = Span(found["customers"], found["days"], found["first"], found["last"])
    notes = () if chosen else (_FEES_ONLY.fill(window=churn.window_days),)
    return Leaving("subscriptions", churn.window_days, churn.grace_days, chosen is not None, span, notes)


def _by_silence(history: History, chosen: ChurnDefinition | None, sign: Sign, span: Span) -> Leaving:
    if chosen is not None:
        return Leaving(sign, chosen.window_days, chosen.grace_days, True, span)
    grace = ChurnDefinition().grace_days
    found = activity.gap_quantiles(history, sign, [USUAL_SHARE])
    if not found:
        window = max(SHORTEST, min(UNKNOWN, span.length // PERIODS_NEEDED))
        return Leaving(sign, window, grace, False, span, (_NEVER_AGAIN.fill(window=window),))
    usual = math.ceil(found[0])
    most = min(LONGEST, max(span.length // PERIODS_NEEDED, SHORTEST))
    window = max(SHORTEST, min(usual, most))
    note = _FROM_GAPS.fill(window=window, usual=usual, share=round(USUAL_SHARE * 100))
    limited = (_LIMITED.fill(window=window, days=span.length),) if usual > most else ()
    return Leaving(sign, window, grace, False, span, (note, *limited))


_FROM_GAPS = Text(
    "Nobody has chosen a churn window, so it follows your own customers: {share}% of all returns come within "
    "{usual} days; {window} days are used.",
    "尚未设置流失窗口，因此按本店客户的节奏自动选取：{share}% 的再次到来发生在 {usual} 天之内，现采用 {window} 天。",
)
_LIMITED = Text(
    "The history of {days} days is short for that rhythm; {window} days leave enough of it to learn and to test.",
    "历史仅 {days} 天，相对该节奏偏短；采用 {window} 天可留出足够数据用于训练和检验。",
)
_NEVER_AGAIN = Text(
    "No customer has come back yet, so the churn window of {window} days is only a starting point.",
    "目前还没有客户再次到来，{window} 天的流失窗口仅为初始值。",
)
_NO_SUBSCRIPTIONS = Text(
    "The settings say that customers leave when a subscription ends, but there are no subscriptions; until some are "
    "imported, silence decides.",
    "设置为订阅到期即流失，但没有订阅数据；导入订阅之前，以沉默天数判断。",
)
_FEES_ONLY = Text(
    "There are subscriptions and no orders, so customers leave when their subscription ends; the risk looks {window} "
    "days ahead.",
    "有订阅而没有订单，因此订阅到期未续即视为流失；风险评估未来 {window} 天。",
)
_VISITS_ONLY = Text(
    "There are no orders, so staying is judged by visits: a customer who stops coming by counts as leaving.",
    "没有订单数据，因此以访问判断留存：不再来访即视为流失。",
)
_NO_TIME = Text(
    "There are neither orders nor visits nor subscriptions, only profiles: nothing here tells when things happened.",
    "没有订单、访问或订阅数据，只有客户资料，无法得知事情发生的时间。",
)
_NOTHING = Text("There is no data yet; import a file of orders to begin.", "还没有数据，请先导入订单文件。")
