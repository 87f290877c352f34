"""A workspace in the hands of an analyst: ``tenure.open("my-shop")`` and data frames."""

from dataclasses import replace
from datetime import date, datetime
from types import TracebackType

import ibis.expr.types as ir
import pandas as pd

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.pipelines.refresh import refresh
from tenure.app.pipelines.train_models import train_now
from tenure.app.wiring import Stores
from tenure.decisions.recommendations import service as recommendations
from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tenure.metrics import catalog, compute
from tenure.metrics.definitions import Definition
from tenure.metrics.windows import Grain
from tenure.risk.panel.reading import lowering_of, risk_of
from tenure.risk.panel.schemas import CustomerRisk, ExplainedRisk, RiskLowering
from tenure.risk.registry import service as registry
from tenure.risk.registry.schemas import ModelSummary
from tenure.warehouse.history import History


def open_desk(name: str | None = None) -> "Desk":
    """Open a workspace by name or path; without a name, the one last started."""
    settings = environment.read()
    return Desk(wiring.open_stores(settings, wiring.workspace_folder(settings, name)))


class Desk:
    """An open workspace. Use it in a ``with`` block, or call ``close``."""

    def __init__(self, stores: Stores) -> None:
        self.stores = stores
        self.metrics = Metrics(self)

    def history(self, as_of: datetime | None = None) -> History:
        """Return the lake as it was at an instant (now, when none is given)."""
        with transaction(self.stores.engine) as session:
            zone = workspace.read(session).time_zone
        return History(self.stores.lake, as_of or self.stores.clock.now(), zone)

    def table(self, name: str, as_of: datetime | None = None) -> ir.Table:
        """Return one lake table as an Ibis expression; ``.to_pandas()`` runs it."""
        return self.history(as_of).table(name)

    def scores(self, name: str | None = None) -> pd.DataFrame:
        """Return the newest scores, one row per customer and score name."""
        scores = self.table("scores")
        newest = scores.filter(scores.as_of == scores.as_of.max())
        chosen = newest if name is None else newest.filter(newest.name == name)
        frame: pd.DataFrame = chosen.order_by("customer_id", "name").to_pandas()
        return frame

    def recommendations(self, customer_id: str, exclude_owned: bool = False, limit: int = 20) -> pd.DataFrame:
        """Return the products a customer is likeliest to buy, best first, each with its chance and its reason."""
        wanted = recommendations.Wanted(exclude_owned=exclude_owned, limit=limit)
        with transaction(self.stores.engine) as session:
            shown = recommendations.of_customer(session, customer_id, wanted)
        rows = [
            {
                "product_id": one.product.product_id,
                "name": one.product.name,
                "chance": one.chance,
                "again": one.again,
                "reason": one.reason.en,
            }
            for one in (shown.items if shown is not None else [])
        ]
        return pd.DataFrame(rows, columns=["product_id", "name", "chance", "again", "reason"])

    def definition(self) -> Definition:
        """Return what this workspace means by a lost customer."""
        with transaction(self.stores.engine) as session:
            return Definition.by(workspace.read(session).churn)

    def train(self) -> dict[str, object]:
        """Teach a new churn model; the rules decide whether it scores. Returns the model in use afterwards."""
        return train_now(self.stores)

    def score(self, as_of: datetime | None = None) -> pd.DataFrame:
        """Score everybody with the model in use (taught first where there is none) and return the chances of leaving."""
        refresh(self.stores, as_of)
        return self.scores("churn_risk")

    def explain(self, customer_id: str) -> ExplainedRisk:
        """Return the course of a customer's risk, what makes it up, what changed, and what would lower it."""
        history = self.history()
        told = CustomerRisk.of(risk_of(history, customer_id))
        with transaction(self.stores.engine) as session:
            lowering = lowering_of(session, history, customer_id)
        lines = [RiskLowering.model_validate(vars(one)) for one in lowering]
        return ExplainedRisk(**told.model_dump(), lowering=lines)

    def models(self) -> pd.DataFrame:
        """Return every version of the churn model with its figures, the newest first."""
        with transaction(self.stores.engine) as session:
            in_use = registry.version_in_use(session)
            rows = [ModelSummary.of(row, in_use).model_dump() for row in registry.versions(session)]
        return pd.DataFrame(rows)

    def close(self) -> None:
        """Let go of the stores."""
        self.stores.close()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class Metrics:
    """The metrics of a workspace as data frames."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def catalog(self) -> pd.DataFrame:
        """Return every metric: its name, unit, formula and meaning."""
        rows = [
            {"name": m.name, "label": m.label.en, "unit": m.unit, "formula": m.formula.en, "meaning": m.meaning.en}
            for m in catalog.CATALOG.values()
        ]
        return pd.DataFrame(rows)

    def compute(
        self,
        name: str,
        start: date | None = None,
        end: date | None = None,
        grain: Grain | None = None,
        by: str | None = None,
        within_days: int | None = None,
    ) -> pd.DataFrame:
        """Return a metric's values with interval and change; ``frame.attrs["notes"]`` says what to mind.

        ``frame.attrs["churn"]`` says when a customer counts as lost, and who chose it, where that matters.

        The days run from ``start`` up to, and without, ``end``; without days, the last twelve months that have data.
        """
        definition = self._desk.definition()
        if within_days is not None:
            definition = replace(definition, within_days=within_days)
        answer = compute.compute(self._desk.history(), name, start, end, grain, by, definition)
        frame = answer.to_pandas()
        frame.attrs["churn"] = None if answer.churn is None else answer.churn.en
        frame.attrs["notes"] = [note.en for note in answer.notes]
        return frame
