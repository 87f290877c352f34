"""The numbers on the wire."""

from datetime import date
from typing import Literal

from pydantic import BaseModel

from tenure.kit.http import Text
from tenure.metrics import catalog, lifecycle, reconciliation
from tenure.metrics import metric as definition
from tenure.metrics.cohorts import CohortTable
from tenure.metrics.compute import Answer
from tenure.metrics.definitions import ChurnInForce
from tenure.metrics.dimensions import Dimension
from tenure.metrics.survival import SecondOrder


class Metric(BaseModel):
    """A metric with everything that explains it."""

    name: str
    group: str
    group_label: Text
    label: Text
    meaning: Text
    formula: Text
    unit: definition.Unit
    better: definition.Better
    interval: definition.Interval
    interval_meaning: Text
    source: list[str]
    dimensions: list[Literal["customer", "order"]]
    parameters: list[str]
    churn: Text | None

    @classmethod
    def of(cls, metric: definition.Metric, churn: ChurnInForce) -> "Metric":
        """Put a metric on the wire; one that counts lost customers says when a customer is lost, and who chose it."""
        return cls(
            name=metric.name,
            group=metric.group,
            group_label=Text.of(catalog.GROUPS[metric.group]),
            label=Text.of(metric.label),
            meaning=Text.of(metric.meaning),
            formula=Text.of(metric.formula),
            unit=metric.unit,
            better=metric.better,
            interval=metric.interval,
            interval_meaning=Text.of(definition.INTERVALS[metric.interval]),
            source=list(metric.source),
            dimensions=["customer", "order"] if metric.by_order else ["customer"],
            parameters=list(metric.parameters),
            churn=Text.of(churn.sentence()) if "churn" in metric.parameters else None,
        )


class MetricValue(BaseModel):
    """One value: its window, its segment, its interval, and the change since the window before."""

    start: date
    end: date
    segment: str | None
    value: float | None
    low: float | None
    high: float | None
    n: int
    previous: float | None
    change: float | None
    mature: bool


class MetricValues(BaseModel):
    """A metric's values over time; a percent is a fraction, and so is its change."""

    metric: Metric
    rows: list[MetricValue]
    notes: list[Text]

    @classmethod
    def of(cls, answer: Answer) -> "MetricValues":
        """Put an answer on the wire."""
        return cls(
            metric=Metric.of(answer.metric, answer.definition.churn_in_force),
            rows=[MetricValue(**row) for row in answer.rows.to_pylist()],
            notes=[Text.of(note) for note in answer.notes],
        )


class MetricDimension(BaseModel):
    """Something numbers can be cut by; facts of the order do not fit every metric."""

    name: str
    label: Text
    kind: Literal["customer", "attribute", "tier", "order"]

    @classmethod
    def of(cls, dimension: Dimension) -> "MetricDimension":
        """Put a dimension on the wire."""
        return cls(name=dimension.name, label=Text.of(dimension.label), kind=dimension.kind)


class RetentionRow(BaseModel):
    """One reconciled period: S = R + L and E = R + N + X."""

    start: date
    end: date
    segment: str | None
    S: int
    E: int
    N: int
    R: int
    L: int
    X: int
    retained_rate: float | None
    formula_rate: float | None
    low: float | None
    high: float | None
    mature: bool

    @classmethod
    def of(cls, row: reconciliation.Reconciliation) -> "RetentionRow":
        """Put a reconciled period on the wire."""
        return cls(
            start=row.start,
            end=row.end,
            segment=row.segment,
            S=row.at_start,
            E=row.at_end,
            N=row.new,
            R=row.retained,
            L=row.lost,
            X=row.reactivated,
            retained_rate=row.retained_rate,
            formula_rate=row.formula_rate,
            low=row.low,
            high=row.high,
            mature=row.mature,
        )


class RetentionReconciliation(BaseModel):
    """Reconciled periods, oldest first, and when a customer counts as lost."""

    rows: list[RetentionRow]
    churn: Text

    @classmethod
    def of(cls, rows: list[reconciliation.Reconciliation], churn: ChurnInForce) -> "RetentionReconciliation":
        """Put reconciled periods on the wire."""
        return cls(rows=[RetentionRow.of(row) for row in rows], churn=Text.of(churn.sentence()))


class CohortCell(BaseModel):
    """One cohort in one column."""

    index: int
    value: float
    rate: float | None
    mature: bool


class CohortRow(BaseModel):
    """One cohort."""

    start: date
    size: int
    cells: list[CohortCell]


class CohortMean(BaseModel):
    """One column over its mature cohorts."""

    index: int
    simple: float | None
    weighted: float | None
    n: int


class CohortColumn(BaseModel):
    """Which windows after the first purchase a column stands for, both counted in."""

    index: int
    first: int
    last: int


class Cohorts(BaseModel):
    """A cohort table, with the means of its columns."""

    cohorts: list[CohortRow]
    means: list[CohortMean]
    columns: list[CohortColumn]
    notes: list[Text]

    @classmethod
    def of(cls, table: CohortTable) -> "Cohorts":
        """Put a cohort table on the wire."""
        return cls(
            cohorts=[
                CohortRow(start=row.start, size=row.size, cells=[CohortCell(**vars(cell)) for cell in row.cells])
                for row in table.cohorts
            ],
            means=[CohortMean(**vars(mean)) for mean in table.means],
            columns=[CohortColumn(index=i, first=first, last=last) for i, (first, last) in enumerate(table.columns)],
            notes=[Text.of(note) for note in table.notes],
        )


class SecondOrderPoint(BaseModel):
    """The probability of a second order by a day, with its interval and how many were followed that long."""

    day: int
    probability: float
    low: float
    high: float
    at_risk: int


class SecondOrderCurve(BaseModel):
    """The Kaplan-Meier curve of the time to the second order, and when a quarter and half have come back."""

    points: list[SecondOrderPoint]
    n: int
    quarter_by: int | None
    half_by: int | None

    @classmethod
    def of(cls, curve: SecondOrder) -> "SecondOrderCurve":
        """Put a curve on the wire."""
        points = [SecondOrderPoint(**vars(point)) for point in curve.points]
        return cls(points=points, n=curve.n, quarter_by=curve.quarter_by, half_by=curve.half_by)


class LifecycleRow(BaseModel):
    """How many customers were in each stage in one window."""

    start: date
    active: int
    new: int
    returning: int
    reactivated: int
    dormant: int
    lost: int
    mature: bool


class LifecycleRows(BaseModel):
    """Stages of the lifecycle, window by window, and when a customer counts as lost."""

    rows: list[LifecycleRow]
    churn: Text

    @classmethod
    def of(cls, stages: list[lifecycle.Stages], churn: ChurnInForce) -> "LifecycleRows":
        """Put the stages on the wire."""
        return cls(rows=[LifecycleRow(**vars(stage)) for stage in stages], churn=Text.of(churn.sentence()))
