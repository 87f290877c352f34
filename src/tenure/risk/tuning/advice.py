"""Whether to keep a signal, tune it or turn it off: a rule over its figures, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tenure.kit.i18n import Text

Verdict = Literal["keep", "tune", "off", "unknown"]
LEAST_ALERTS = 30  # below, a precision is known no better than ± .18
MOST_FALSE = 0.05  # of customers who stayed, in a month
LEAST_CLOSED = 20  # cases closed by people, below which their word is anecdote
MOST_FALSE_ALARMS = 0.6  # of closed cases


@dataclass(frozen=True)
class Advice:
    """What is advised, and why."""

    verdict: Verdict
    reason: Text


def advise(figures: Mapping[str, object] | None, outcomes: Mapping[str, int], *, judged: bool) -> Advice:
    """Weigh what people said about a signal's alerts first, then what the back-test found."""
    closed = sum(outcomes.get(name, 0) for name in ("saved", "left", "false_alarm", "no_answer", "other"))
    false = outcomes.get("false_alarm", 0)
    if closed >= LEAST_CLOSED and false > MOST_FALSE_ALARMS * closed:
        return Advice("off", _FALSE_ALARMS.fill(false=false, closed=closed))
    if not judged:
        return Advice("unknown", _NOT_JUDGED)
    alerts = _number(figures, "alerts")
    low, high = _number(figures, "lift_low"), _number(figures, "lift_high")
    if figures is None or alerts is None or alerts < LEAST_ALERTS or low is None or high is None:
        return Advice("unknown", _TOO_FEW.fill(alerts=int(alerts or 0), needed=LEAST_ALERTS))
    early = _number(figures, "lead_days")
    told = {
        "precision": f"{(_number(figures, 'precision') or 0) * 100:.0f}",
        "base": f"{(_number(figures, 'alike_rate') or 0) * 100:.0f}",
        "false": f"{(_number(figures, 'false_alerts_a_month') or 0) * 100:.1f}",
    }
    if high <= 1:
        return Advice("off", _WORSE.fill(**told))
    if low <= 1:
        return Advice("tune", _NO_BETTER.fill(**told))
    if (_number(figures, "false_alerts_a_month") or 0) > MOST_FALSE:
        return Advice("tune", _TOO_MANY.fill(**told))
    if early is not None and early < 0:
        return Advice("tune", _TOO_LATE.fill(days=round(-early), **told))
    return Advice("keep", _GOOD.fill(**told))


def _number(figures: Mapping[str, object] | None, name: str) -> float | None:
    found = None if figures is None else figures.get(name)
    return float(found) if isinstance(found, int | float) else None


_FALSE_ALARMS = Text(
    "{false} of {closed} closed alerts were false alarms.", "已结案的 {closed} 条预警中有 {false} 条为误报。"
)
_NOT_JUDGED = Text(
    "What this signal reads is not kept for past instants, so only outcomes can judge it.",
    "该信号所依据的数据未保留历史状态，只能依据处理结果评判。",
)
_TOO_FEW = Text(
    "Only {alerts} alerts on past instants; {needed} are needed to judge.",
    "历史时点仅有 {alerts} 条预警，评判至少需 {needed} 条。",
)
_WORSE = Text(
    "Of customers it spoke of {precision}% left, of customers as active {base}%: it points the wrong way.",
    "被提示的客户流失 {precision}%，同等活跃的客户流失 {base}%：方向相反。",
)
_NO_BETTER = Text(
    "Of customers it spoke of {precision}% left, of customers as active {base}%: the difference may be chance.",
    "被提示的客户流失 {precision}%，同等活跃的客户流失 {base}%：差异可能出于偶然。",
)
_TOO_MANY = Text(
    "It speaks of {false}% of customers who stay in a month; a stricter threshold would save work.",
    "每月提示了 {false}% 最终留存的客户；收紧阈值可减少工作量。",
)
_TOO_LATE = Text(
    "It is right ({precision}% left, of customers as active {base}%), but half of those who left counted as gone {days} "
    "days or more before it spoke; a looser threshold speaks earlier.",
    "判断正确（被提示的客户流失 {precision}%，同等活跃的客户 {base}%），但其中半数在提示前 {days} 天或更早已被视为流失；放宽阈值可更早提示。",
)
_GOOD = Text(
    "Of customers it spoke of {precision}% left, of customers as active {base}%.",
    "被提示的客户流失 {precision}%，同等活跃的客户流失 {base}%。",
)
