"""Who had given which score by a past instant, what they had done by then, and whether they stayed after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import ibis
import numpy as np

from tenure.features import build
from tenure.features.catalog import CATALOG
from tenure.risk.definition import Leaving
from tenure.risk.satisfaction.scales import SCALES
from tenure.risk.teaching import lessons
from tenure.warehouse.history import History, instant

LOOK_BACK = timedelta(days=365)  # an older answer speaks of another time
BEHAVIOUR = tuple(name for name, feature in CATALOG.items() if feature.past == "purchase_days")
LESSONS = 1  # instants to learn the gain from; each costs half a second, and the refresh waits


@dataclass(frozen=True)
class Answers:
    """One row per customer, kind of score and instant, with the latest score before it; ``exam`` is the last instant."""

    customer: np.ndarray
    kind: np.ndarray
    score: np.ndarray
    answered_at: np.ndarray
    stayed: np.ndarray
    exam: np.ndarray
    behaviour: dict[str, np.ndarray]

    def taken(self, rows: np.ndarray) -> "Answers":
        """Return some of the rows."""
        plain = {name: getattr(self, name)[rows] for name in _PLAIN}
        return Answers(**plain, behaviour={name: column[rows] for name, column in self.behaviour.items()})

    def __len__(self) -> int:
        return len(self.customer)


_PLAIN = ("customer", "kind", "score", "answered_at", "stayed", "exam")


def read(history: History, leaving: Leaving) -> tuple[Answers, tuple[datetime, ...]]:
    """Read the answers known at the past instants whose outcome is known, and those instants, the last one last."""
    practice = lessons.periods(history, leaving)
    if practice.exam is None:
        return _joined([]), ()
    instants = (*sorted(practice.lessons[:LESSONS]), practice.exam)
    parts: list[Answers] = []
    asked = "feedback" in build.tables_with_rows(history)
    for then in instants if asked else ():  # where nobody was ever asked there is nothing to read
        # A lesson's outcome is what was known of it by the exam; the exam's, what is known now.
        seen = history.as_of if then == practice.exam else practice.exam
        parts.append(_at(History(history.lake, then, history.zone), history, leaving, (seen, then == practice.exam)))
    return _joined(parts), instants


def _at(then: History, history: History, leaving: Leaving, asked: tuple[datetime, bool]) -> Answers:
    seen, is_exam = asked
    outcome = lessons.outcome_after(History(history.lake, seen, history.zone), leaving, then.as_of)
    feedback = build.both_clocks(then).table("feedback")
    scored = feedback.filter(
        feedback.customer_id.notnull(),
        feedback.score.notnull(),
        feedback.kind.isin([scale.kind for scale in SCALES]),
        feedback.answered_at >= instant(then.as_of - LOOK_BACK),
    )
    newest = ibis.window(group_by=["customer_id", "kind"], order_by=[scored.answered_at.desc(), scored.feedback_id])
    ranked = scored.mutate(place=ibis.row_number().over(newest))
    last = ranked.filter(ranked.place == 0).select("customer_id", "kind", "score", "answered_at")
    table = last.inner_join(outcome, "customer_id").inner_join(build.build(then, BEHAVIOUR), "customer_id")
    rows = history.lake.read(table.order_by("customer_id", "kind"))
    column = {name: rows[name].to_numpy(zero_copy_only=False) for name in rows.column_names}
    return Answers(
        column["customer_id"],
        column["kind"],
        column["score"].astype(np.float64),
        column["answered_at"],
        ~column["churned"].astype(bool),
        np.full(rows.num_rows, is_exam),
        {name: column[name].astype(np.float64) for name in BEHAVIOUR},
    )


def _joined(parts: list[Answers]) -> Answers:
    if not parts:
        nothing = np.empty(0)
        plain = dict.fromkeys(_PLAIN, nothing) | {"stayed": nothing.astype(bool), "exam": nothing.astype(bool)}
        return Answers(**plain, behaviour=dict.fromkeys(BEHAVIOUR, nothing))
    plain = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _PLAIN}
    behaviour = {name: np.concatenate([part.behaviour[name] for part in parts]) for name in BEHAVIOUR}
    return Answers(**plain, behaviour=behaviour)
