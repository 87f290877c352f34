"""Everything that was learned up to a day: the season, the plain model on its clock, and the correction of habits."""

from dataclasses import dataclass

import numpy as np

from tenure.models.purchase_forecast import correction
from tenure.models.purchase_forecast import season as seasons
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.correction import Correction
from tenure.models.purchase_forecast.lessons import lessons, plan
from tenure.models.purchase_forecast.plain import Answer, Plain, clock_of
from tenure.models.purchase_forecast.purchase_log import PurchaseLog
from tenure.models.purchase_forecast.season import Season
from tenure.models.purchase_forecast.traits import traits

LEARNED_FROM = 8_000  # customers whose earlier days teach habits, evenly spaced; the season is learned from all


@dataclass(frozen=True, eq=False)
class Experience:
    """A model of purchases that knows the season, and habits where there was something to learn them from."""

    plain: Plain
    correction: Correction | None
    practice: int

    @property
    def season(self) -> Season:
        """Return the season that its clock follows."""
        return self.plain.season

    def answer(self, buyers: Buyers, horizon: int) -> Answer:
        """Say what to expect of buyers within so many days.

        Habits are judged over the horizon that practice had; from there on, the plain model says how it goes on.
        """
        plain = self.plain.answer(buyers, horizon)
        if self.correction is None or not len(buyers):
            return plain
        practised = self.plain.answer(buyers, self.practice, ordinary=True)
        seen = traits(buyers, clock_of(buyers, self.season), practised)
        better = self.correction.corrected(plain, seen)
        return Answer(better.orders, np.minimum(better.chance, better.orders), better.value)


def learn(log: PurchaseLog, as_of: int, horizon: int, known: Season, seed: int) -> Experience:
    """Learn from what happened before a day; nothing later is read."""
    past = log.before(as_of)
    buyers = Buyers(past, as_of)
    season = seasons.learn(buyers.first, buyers.row, buyers.day, as_of, known)
    practice = plan(past.opened, as_of, horizon)
    taught = lessons(past.some(LEARNED_FROM), practice, season)
    moved = correction.learn(taught, seed) if taught else None
    return Experience(Plain.fit("pareto_nbd", buyers, season), moved, practice.practice)
