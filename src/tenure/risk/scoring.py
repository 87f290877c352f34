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
    told = (
        tiers.tiers(outlook.value[365], settings.tiers),
        rfm.rfm(columns["days_since_purchase"], columns["purchases"], columns["revenue"]),
    )
    made = model, Made(outlook.model(365), outlook.version)
    return put_together(features, found.table, (estimate, outlook), made, told, (settings.currency, words))


def put_together(
    features: FeatureTable,
    facts: pa.Table,
    estimates: tuple[RiskEstimate, Outlook],
    made: tuple[Made, Made],
    told: tuple[pa.Array, pa.Array],
    said: tuple[str, Columns],
) -> Scored:
    """Put scores and what they are told by together; ``told`` are tiers and RFM, ``said`` the currency and words."""
    risk, outlook = estimates
    currency, words = said
    why = reasons.strongest(risk, with_derived(features.columns | dict(words), features.words), currency)
    return Scored(
        features=features,
        facts=facts,
        risk=risk,
        risk_model=made[0],
        outlook=outlook,
        value_model=made[1],
        reasons=why,
        reasons_json=_of_those_at_risk(why.as_json(), risk.probability),
        tier=told[0],
        rfm=told[1],
    )


def _of_those_at_risk(texts: pa.ChunkedArray, probability: np.ndarray) -> pa.ChunkedArray:
    """Leave out reasons for a risk that is not known."""
    return pc.if_else(pa.array(np.isfinite(probability)), texts, pa.scalar(None, pa.string()))
