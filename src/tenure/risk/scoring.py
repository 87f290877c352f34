"""Puts everything about every customer together: risk, outlook, reasons, tier, standing."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.directory.workspace.service import WorkspaceSettings
from tenure.features.build import FeatureTable
from tenure.risk import reasons, rfm, tiers
from tenure.risk.factors import with_derived
from tenure.risk.facts import Facts
from tenure.risk.outlook import Outlook
from tenure.risk.phrases import Columns
from tenure.risk.risk_estimate import RiskEstimate
from tenure.risk.scored import Made, Scored


def score(
    features: FeatureTable,
    found: Facts,
    risk: tuple[RiskEstimate, Made],
    outlook: Outlook,
    settings: WorkspaceSettings,
    words: Columns,
) -> Scored:
    """Score everybody; a pure function of what was read and learned. ``words`` are columns reasons quote as they are."""
    estimate, model = risk
    columns = features.columns
    why = reasons.strongest(estimate, with_derived(columns | dict(words), features.words), settings.currency)
    return Scored(
        features=features,
        facts=found.table,
        risk=estimate,
        risk_model=model,
        outlook=outlook,
        value_model=Made(outlook.model(365), outlook.version),
        reasons=why,
        reasons_json=_of_those_at_risk(why.as_json(), estimate.probability),
        tier=tiers.tiers(outlook.value[365], settings.tiers),
        rfm=rfm.rfm(columns["days_since_purchase"], columns["purchases"], columns["revenue"]),
    )


def _of_those_at_risk(texts: pa.Array, probability: np.ndarray) -> pa.Array:
    """Leave out reasons for a risk that is not known."""
    return pc.if_else(pa.array(np.isfinite(probability)), texts, pa.scalar(None, pa.string()))
