"""The test before the forecast: every model asked on earlier days, each knowing only what was known then."""

from dataclasses import dataclass

import numpy as np

from tenure.kit.side_by_side import side_by_side
from tenure.models.base import Vector
from tenure.models.evaluation import log_losses
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.experience import learn
from tenure.models.purchase_forecast.judge import Comparison, compare, deviance
from tenure.models.purchase_forecast.lessons import FITTED_ON, LEAST_ORDERS, plan
from tenure.models.purchase_forecast.plain import Answer, Plain, Recency
from tenure.models.purchase_forecast.purchase_log import Outcome, PurchaseLog, outcome
from tenure.models.purchase_forecast.season import Season

SITTINGS = 2
OURS = ("seasonal", "learned")  # Pareto/NBD on the season's clock; the same corrected by habits


@dataclass(frozen=True, eq=False)
class Sitting:
    """What the models said on one day of the next ``horizon`` days, and what came."""

    origin: int
    horizon: int
    came: Outcome
    answers: dict[str, Answer]

    def comparisons(self) -> list[Comparison]:
        """Judge them all."""
        at = self.origin, self.horizon
        return [compare(name, at, answer, self.came) for name, answer in self.answers.items()]


def sittings(log: PurchaseLog, as_of: int, horizon: int, known: Season, seed: int) -> list[Sitting]:
    """Hold the latest tests that the history before a day allows, the latest first."""
    past = log.before(as_of)
    practice = plan(past.opened, as_of, horizon)
    held = side_by_side(lambda day: sit(past, day, practice.practice, known, seed), practice.origins[:SITTINGS])
    return [one for one in held if one.came.orders.sum() >= LEAST_ORDERS]


def sit(log: PurchaseLog, origin: int, horizon: int, known: Season, seed: int) -> Sitting:
    """Ask every model on one day."""
    buyers = Buyers(log, origin)
    answers = plain_answers(log, origin, horizon, buyers)
    learned = learn(log, origin, horizon, known, seed)
    if not learned.season.flat:
        answers["seasonal"] = learned.plain.answer(buyers, horizon)
    if learned.correction is not None:
        answers["learned"] = learned.answer(buyers, horizon)
    return Sitting(origin, horizon, outcome(log, buyers.who, origin, horizon), answers)


def plain_answers(log: PurchaseLog, origin: int, horizon: int, buyers: Buyers) -> dict[str, Answer]:
    """Ask the plain models, which know no season; recency only where an earlier day can teach it."""
    answers = {}
    recency = fit_recency(log, origin, horizon)
    if recency is not None:
        answers["recency"] = recency.answer(buyers, horizon)
    return answers | {
        kind: Plain.fit(kind, buyers, most=FITTED_ON).answer(buyers, horizon) for kind in ("bg_nbd", "pareto_nbd")
    }


def fit_recency(log: PurchaseLog, as_of: int, horizon: int) -> Recency | None:
    """Learn from the latest day whose outcome is known what follows a silence."""
    past = log.before(as_of)
    practice = plan(past.opened, as_of, horizon)
    if not practice.origins:
        return None
    buyers = Buyers(past, practice.origins[0])
    return Recency.fit(buyers, outcome(past, buyers.who, buyers.as_of, practice.practice), practice.practice)


def choose(held: list[Sitting], seasonal: bool) -> str:
    """Return which model answers: Pareto/NBD, unless another beats it by more than the standard error.

    With a season known it is Pareto/NBD on the season's clock: how much of a season is believed was decided when it was
    learned, and a quarter's test would be of that quarter only. Judged on the latest day, the one most like today: who
    buys at all, and who buys how much of what came. By how much the total was off is one number a day, says little in
    so few tests, and goes into the intervals instead.
    """
    best = "seasonal" if seasonal else "pareto_nbd"
    if held:
        losses = {name: _losses(held[0], name) for name in held[0].answers}
        losses.setdefault("seasonal", losses["pareto_nbd"])  # the test day had no year behind it
        for other in ("recency", "bg_nbd", "pareto_nbd", "learned"):
            if other in losses and _gains(losses[best], losses[other]):
                best = other
    return best


def _losses(one: Sitting, name: str) -> Vector:
    """Return each customer's loss: the deviance of the count once the total is right, and of the chance of any."""
    answer, came = one.answers[name], one.came
    righted = answer.orders * came.orders.sum() / answer.orders.sum()
    return deviance(came.orders, righted) + 2 * log_losses(came.active, answer.chance)


def _gains(before: Vector, after: Vector) -> bool:
    """Say whether the mean loss falls by more than the standard error of the difference."""
    gain = before - after
    return bool(gain.mean() > gain.std() / np.sqrt(len(gain)))
