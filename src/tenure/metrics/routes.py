"""The numbers over HTTP: the catalogue, values, the reconciliation, cohorts, the second order, the lifecycle."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Depends, Query

from tenure.directory.access import require
from tenure.directory.workspace import service as workspace
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.kit.i18n import Text
from tenure.metrics import catalog, cohorts, compute, dimensions, lifecycle, reconciliation, schemas, survival
from tenure.metrics.definitions import ChurnDefinition, ChurnInForce, Definition, OrderUnit
from tenure.metrics.windows import Grain
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake

router = APIRouter(prefix="/metrics", tags=["metrics"], dependencies=[Depends(require("metrics.read"))])

Days = Annotated[int | None, Query(ge=1, le=3650)]
Grace = Annotated[int | None, Query(ge=0, le=365)]
ChurnKind = Literal["inactivity", "subscription_end"]


@dataclass(frozen=True)
class Desk:
    """The workspace's history as it is now, and what counts as churn in it."""

    history: History
    churn: ChurnInForce


@dataclass(frozen=True)
class Period:
    """The local days a question is about, and how they are cut."""

    start: date | None = None
    end: date | None = None
    grain: Grain | None = None


def current_desk(
    session: SessionDep,
    clock: ClockDep,
    lake: Annotated[object, Depends(resource("lake"))],
    churn_kind: ChurnKind | None = None,
    window_days: Days = None,
    grace_days: Grace = None,
) -> Desk:
    """Read the workspace's zone and churn definition; what the question says itself goes first."""
    settings = workspace.read(session)
    churn, usual = settings.churn, settings.churn.definition
    if churn_kind or window_days or grace_days is not None:
        asked = ChurnDefinition(
            kind=churn_kind or usual.kind,
            window_days=window_days or usual.window_days,
            grace_days=usual.grace_days if grace_days is None else grace_days,
        )
        churn = ChurnInForce(asked, "question")
    return Desk(History(cast(Lake, lake), clock.now(), settings.time_zone), churn)


def asked_period(start: date | None = None, end: date | None = None, grain: Grain | None = None) -> Period:
    """Read the period from the query."""
    return Period(start, end, grain)


DeskDep = Annotated[Desk, Depends(current_desk)]
PeriodDep = Annotated[Period, Depends(asked_period)]


@router.get("")
def list_metrics(desk: DeskDep) -> list[schemas.Metric]:
    """Return every metric with its definition, and with the churn definition in force where it depends on it."""
    return [schemas.Metric.of(metric, desk.churn) for metric in catalog.CATALOG.values()]


@router.get("/dimensions")
def list_dimensions(desk: DeskDep) -> list[schemas.MetricDimension]:
    """Return what numbers can be cut by, the custom attributes in use included."""
    return [schemas.MetricDimension.of(dimension) for dimension in dimensions.known(desk.history)]


@router.get("/values")
def read_values(
    desk: DeskDep,
    period: PeriodDep,
    name: str,
    by: str | None = None,
    order: OrderUnit = "day",
    within_days: Annotated[int, Query(ge=1, le=3650)] = 90,
) -> schemas.MetricValues:
    """Compute a metric by period and segment, with its interval and the change since the period before."""
    definition = Definition.by(desk.churn, order, within_days)
    return schemas.MetricValues.of(
        compute.compute(desk.history, name, period.start, period.end, period.grain, by, definition)
    )


@router.get("/reconciliation")
def read_reconciliation(desk: DeskDep, period: PeriodDep, by: str | None = None) -> schemas.RetentionReconciliation:
    """Explain the retention rate: who was there, stayed, left, came and came back."""
    rows = reconciliation.reconcile(desk.history, period.start, period.end, period.grain, by, desk.churn.definition)
    return schemas.RetentionReconciliation.of(rows, desk.churn)


def asked_cohorts(
    kind: cohorts.Kind = "exact",
    windows: Literal["calendar", "anniversary"] = "calendar",
    grain: Literal["day", "week", "month", "quarter"] = "month",
    measure: cohorts.Measure = "customers",
    brackets: Annotated[str, Query(description="1-7,8-30: first and last window, both counted in")] = "",
    by: str | None = None,
    segment: str | None = None,
) -> cohorts.CohortQuestion:
    """Read which cohort table is wanted."""
    return cohorts.CohortQuestion(kind, windows, grain, measure, _brackets(brackets), by=by, segment=segment)


@router.get("/cohorts")
def read_cohorts(
    desk: DeskDep,
    question: Annotated[cohorts.CohortQuestion, Depends(asked_cohorts)],
    start: date | None = None,
    end: date | None = None,
) -> schemas.Cohorts:
    """Compute a cohort table; ``start`` and ``end`` bound the days on which cohorts begin."""
    return schemas.Cohorts.of(cohorts.cohort_table(desk.history, question.since(start, end)))


@router.get("/second-order")
def read_second_order(desk: DeskDep, by: str | None = None, segment: str | None = None) -> schemas.SecondOrderCurve:
    """Return the Kaplan-Meier curve of the time from the first order to the second."""
    return schemas.SecondOrderCurve.of(survival.second_order(desk.history, by, segment))


@router.get("/lifecycle")
def read_lifecycle(desk: DeskDep, period: PeriodDep) -> schemas.LifecycleRows:
    """Count new, returning, reactivated, dormant and lost customers by period."""
    churn = desk.churn
    counted = lifecycle.stages(desk.history, period.start, period.end, period.grain or "month", churn.definition)
    return schemas.LifecycleRows.of(counted, churn)


def _brackets(spelled: str) -> tuple[tuple[int, int], ...]:
    try:
        pairs = [part.split("-") for part in spelled.split(",") if part.strip()]
        return tuple((int(low), int(high)) for low, high in pairs)
    except ValueError as error:
        message = Text("Write brackets as 1-7,8-30.", "区间请写成 1-7,8-30。")
        raise Invalid(message, fields=(FieldProblem("/brackets", message),)) from error
