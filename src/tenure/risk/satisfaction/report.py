"""The report that a refresh keeps: for each kind of score what it says of staying, and who contradicts it."""

from datetime import UTC

import numpy as np

from tenure.kit.i18n import Text
from tenure.models.evaluation import Estimate
from tenure.risk.definition import Leaving
from tenure.risk.satisfaction import rules
from tenure.risk.satisfaction.reading import LOOK_BACK, Answers, read
from tenure.risk.satisfaction.rules import Gain
from tenure.risk.satisfaction.scales import SCALES, Scale
from tenure.warehouse.history import History

MOST_NAMED = 100
Json = dict[str, object]


def report(history: History, leaving: Leaving) -> Json:
    """Compare every score given with who stayed, at past instants as it was known then, as JSON."""
    answers, instants = read(history, leaving)
    kinds = [_kind(scale, answers.taken(answers.kind == scale.kind)) for scale in SCALES]
    told = [kind for kind in kinds if kind["n"]]
    return {
        "window_days": leaving.window_days,
        "look_back_days": LOOK_BACK.days,
        "instants": [moment.replace(tzinfo=UTC).isoformat() for moment in instants],
        "kinds": told,
        "notes": [] if told else [vars(_NOTHING)],
    }


def _kind(scale: Scale, answers: Answers) -> Json:
    each = answers.taken(_latest(answers))  # a person counts once, however often they were asked
    auc = rules.ranking(each.score, each.stayed)
    added = rules.gain(answers.score, answers.stayed, answers.behaviour, answers.exam)
    counted = rules.bands(scale, each.score, each.stayed)
    band = scale.band_of(each.score)
    low, high = band == 0, band == len(scale.bands) - 1
    return {
        "kind": scale.kind,
        "label": vars(scale.label),
        "n": len(each),
        "stayed": int(each.stayed.sum()),
        "auc": None if auc is None else _told(auc),
        "bands": [
            {"name": b.name, "label": vars(b.label), "low_score": b.low, "high_score": b.high, **vars(share)}
            for b, share in zip(scale.bands, counted, strict=True)
        ],
        "gain": None if added is None else _gain(added),
        "verdict": vars(_verdict(auc, added)),
        "satisfied_leavers": _named(each, high & ~each.stayed),
        "dissatisfied_stayers": _named(each, low & each.stayed),
    }


def _latest(answers: Answers) -> np.ndarray:
    """Return each customer's row at the latest instant; rows come in the order of instants."""
    if not len(answers):
        return np.empty(0, dtype=np.int64)
    _, last = np.unique(answers.customer[::-1].astype(str), return_index=True)
    return np.sort(len(answers) - 1 - last)


def _named(answers: Answers, rows: np.ndarray) -> list[Json]:
    """Name customers, those who bought most in the year before first."""
    chosen = np.flatnonzero(rows)
    bought = np.nan_to_num(answers.behaviour["purchases_365"][chosen])
    chosen = chosen[np.argsort(-bought, kind="stable")][:MOST_NAMED]
    return [
        {
            "customer_id": str(answers.customer[i]),
            "score": float(answers.score[i]),
            "answered_at": f"{np.datetime_as_string(answers.answered_at[i], unit='s')}Z",
            "purchases_365": int(np.nan_to_num(answers.behaviour["purchases_365"][i])),
        }
        for i in chosen
    ]


def _gain(added: Gain) -> Json:
    return {
        "n": added.n,
        "auc_behaviour": added.auc_behaviour,
        "auc": _told(added.auc),
        "log_loss": _told(added.log_loss),
    }


def _told(estimate: Estimate) -> Json:
    low, high = estimate.interval()
    return {"value": estimate.value, "low": low, "high": high}


def _verdict(auc: Estimate | None, added: Gain | None) -> Text:
    if auc is None:
        return _FEW
    low, high = auc.interval()
    if low <= 0.5 <= high:
        return _SAYS_NOTHING
    if high < 0.5:
        return _UPSIDE_DOWN
    if added is None:
        return _SAYS_SOMETHING
    return _ADDS if added.auc.interval()[0] > 0 else _ADDS_NOTHING


_NOTHING = Text("There are no scores from customers whose staying is known yet.", "还没有留存结果已知的客户评分。")
_FEW = Text(
    "Too few of those who answered left, or stayed, to say anything.", "答复者中流失或留存的人数太少，尚无法判断。"
)
_SAYS_NOTHING = Text(
    "Whether somebody stays cannot be told from this score: leavers gave about the same as stayers.",
    "仅凭该评分看不出客户是否会留下：流失者与留存者的评分相差无几。",
)
_UPSIDE_DOWN = Text(
    "Those who stayed gave lower scores than those who left; look at who is asked, and when.",
    "留存者的评分反而低于流失者；请检查询问对象与时机。",
)
_SAYS_SOMETHING = Text("Those who stayed gave higher scores than those who left.", "留存者的评分高于流失者。")
_ADDS = Text(
    "Those who stayed gave higher scores, and the score tells more than purchases alone do.",
    "留存者的评分更高，且该评分提供了购买行为之外的信息。",
)
_ADDS_NOTHING = Text(
    "Those who stayed gave higher scores, but next to what they bought the score tells nothing more for certain.",
    "留存者的评分更高，但在已知购买行为的情况下，该评分未能确定地提供更多信息。",
)
