"""How long ago: the plainest sign of leaving, and the one every model has to beat."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

SILENCE = Feature(
    "days_since_purchase",
    "purchase_days",
    Text("Days since last purchase", "距上次购买天数"),
    Text("Whole days since the last day with a paid order.", "距最近一个有付款订单之日的整天数。"),
    "days",
    lambda rows: rows.bought_days_ago.min(),
)
FIRST = Feature(
    "days_since_first_purchase",
    "purchase_days",
    Text("Days since first purchase", "距首次购买天数"),
    Text("Whole days since the first day with a paid order.", "距首个有付款订单之日的整天数。"),
    "days",
    lambda rows: rows.bought_days_ago.max(),
)

FEATURES = (
    SILENCE,
    FIRST,
    Feature(
        "days_since_return",
        "purchase_days",
        Text("Days since last return", "距上次退货天数"),
        Text("Whole days since the last day with a return.", "距最近一个退货之日的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(where=rows.returns > 0),
    ),
)
