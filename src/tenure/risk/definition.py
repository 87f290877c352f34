"""What leaving means in this workspace: the settings' words, or the shop's own rhythm while nobody has chosen."""

import math
from dataclasses import dataclass
from typing import Literal

from tenure.directory.workspace.service import ChurnDefinition
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

    def key(self) -> str:
        """Return what tells one definition from another."""
        return f"{self.kind}:{self.window_days}:{self.grace_days}"


def leaving(history: History, churn: ChurnDefinition) -> Leaving:
    """Return what leaving means, from the settings where somebody chose, else from the data."""
    filled = tables_with_rows(history)
    unset = churn == ChurnDefinition()
    if "subscriptions" in filled and (churn.kind == "subscription_end" or (unset and "orders" not in filled)):
        return _by_subscription(history, churn, unset=unset)
    if "orders" in filled and (found := activity.span(history, "purchases")).customers:
        return _by_silence(history, churn, "purchases", found)
    if "events" in filled and (found := activity.span(history, "visits")).customers:
        noted = _by_silence(history, churn, "visits", found)
        return Leaving(
            noted.kind, noted.window_days, noted.grace_days, noted.chosen, noted.span, (_VISITS_ONLY, *noted.notes)
        )
    empty = Span(0, 0, None, None)
    if "customers" in filled:
        return Leaving("flag", SUBSCRIPTION_HORIZON, 0, False, empty, (_NO_TIME,))
    return Leaving("nothing", UNKNOWN, 0, False, empty, (_NOTHING,))


def _by_subscription(history: History, churn: ChurnDefinition, *, unset: bool) -> Leaving:
    window = SUBSCRIPTION_HORIZON if unset else churn.window_days
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
    return Leaving("subscriptions", window, churn.grace_days, not unset, span)


def _by_silence(history: History, churn: ChurnDefinition, sign: Sign, span: Span) -> Leaving:
    if churn.kind == "inactivity" and churn != ChurnDefinition():
        return Leaving(sign, churn.window_days, churn.grace_days, True, span)
    found = activity.gap_quantiles(history, sign, [USUAL_SHARE])
    if not found:
        window = max(SHORTEST, min(UNKNOWN, span.length // PERIODS_NEEDED))
        return Leaving(sign, window, 0, False, span, (_NEVER_AGAIN.fill(window=window),))
    usual = math.ceil(found[0])
    most = min(LONGEST, max(span.length // PERIODS_NEEDED, SHORTEST))
    window = max(SHORTEST, min(usual, most))
    note = _FROM_GAPS.fill(window=window, usual=usual, share=round(USUAL_SHARE * 100))
    limited = (_LIMITED.fill(window=window, days=span.length),) if usual > most else ()
    return Leaving(sign, window, 0, False, span, (note, *limited))


_FROM_GAPS = Text(
    "Nobody has chosen a churn window, so it follows your own customers: {share} % of all returns come within "
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
_VISITS_ONLY = Text(
    "There are no orders, so staying is judged by visits: a customer who stops coming by counts as leaving.",
    "没有订单数据，因此以访问判断留存：不再来访即视为流失。",
)
_NO_TIME = Text(
    "There are neither orders nor visits nor subscriptions, only profiles: nothing here tells when things happened.",
    "没有订单、访问或订阅数据，只有客户资料，无法得知事情发生的时间。",
)
_NOTHING = Text("There is no data yet; import a file of orders to begin.", "还没有数据，请先导入订单文件。")
