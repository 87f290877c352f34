"""How much: money spent, given back and discounted."""

from tenure.features.feature import Feature, latest_word, share
from tenure.kit.i18n import Text


def _revenue(days: int) -> Feature:
    return Feature(
        f"revenue_{days}",
        "purchase_days",
        Text(f"Spent in {days} days", f"近 {days} 天消费额"),
        Text(f"Paid orders less returns in the last {days} days.", f"最近 {days} 天付款订单减去退货的金额。"),
        "money",
        lambda rows: (
            rows.amount.sum(where=rows.days_ago < days).fill_null(0)
            - rows.returned.sum(where=rows.days_ago < days).fill_null(0)
        ),
        window=days,
        absent=0,
    )


FEATURES = (
    Feature(
        "revenue",
        "purchase_days",
        Text("Spent so far", "累计消费额"),
        Text("Paid orders less returns, ever.", "历史上付款订单减去退货的金额。"),
        "money",
        lambda rows: rows.amount.sum().fill_null(0) - rows.returned.sum().fill_null(0),
        absent=0,
    ),
    _revenue(30),
    _revenue(90),
    _revenue(365),
    Feature(
        "average_order_value",
        "purchase_days",
        Text("Average order", "平均订单金额"),
        Text("Paid orders divided by their number.", "付款订单总额除以订单数。"),
        "money",
        lambda rows: rows.amount.sum().cast("float64") / rows.orders.sum().nullif(0),
    ),
    Feature(
        "later_purchase_value",
        "purchase_days",
        Text("Average later purchase", "复购平均金额"),
        Text("Mean spent per purchase day after the first one.", "首次购买之后每个购买日的平均消费额。"),
        "money",
        lambda rows: (
            (rows.amount.sum() - rows.amount.argmax(rows.bought_days_ago)).cast("float64")
            / (rows.bought_days_ago.count() - 1).nullif(0)
        ),
    ),
    Feature(
        "spend_trend",
        "purchase_days",
        Text("Spending against the quarter before", "消费额环比"),
        Text(
            "Share of the last 180 days' spending that fell into their later half.",
            "最近 180 天消费额中后 90 天所占比例。",
        ),
        "share",
        lambda rows: (
            rows.amount.sum(where=rows.days_ago < 90).fill_null(0).cast("float64")
            / rows.amount.sum(where=rows.days_ago < 180).cast("float64").nullif(0)
        ),
        window=180,
    ),
    Feature(
        "discount_share",
        "purchase_days",
        Text("Share bought at a discount", "优惠占比"),
        Text(
            "Discounts given divided by what the orders would have cost without them.",
            "优惠金额除以优惠前订单金额。",
        ),
        "share",
        lambda rows: (
            rows.discount.sum().fill_null(0).cast("float64")
            / (rows.amount.sum() + rows.discount.sum().fill_null(0)).cast("float64").nullif(0)
        ),
    ),
    Feature(
        "return_share",
        "purchase_days",
        Text("Share sent back", "退货占比"),
        Text("Value of returns divided by value of orders.", "退货金额除以订单金额。"),
        "share",
        lambda rows: rows.returned.sum().fill_null(0).cast("float64") / rows.amount.sum().cast("float64").nullif(0),
    ),
    Feature(
        "returns_90",
        "purchase_days",
        Text("Returns in 90 days", "近 90 天退货次数"),
        Text("Returns booked in the last 90 days.", "最近 90 天的退货单数。"),
        "count",
        lambda rows: rows.returns.sum(where=rows.days_ago < 90).fill_null(0),
        window=90,
        absent=0,
    ),
    Feature(
        "returns_365",
        "purchase_days",
        Text("Returns in a year", "近一年退货次数"),
        Text("Returns booked in the last 365 days.", "最近 365 天的退货单数。"),
        "count",
        lambda rows: rows.returns.sum(where=rows.days_ago < 365).fill_null(0),
        window=365,
        absent=0,
    ),
    Feature(
        "return_share_180",
        "purchase_days",
        Text("Share sent back lately", "近期退货占比"),
        Text("Value of returns divided by value of orders, last 180 days.", "最近 180 天退货金额除以订单金额。"),
        "share",
        lambda rows: share(
            rows.returned.sum(where=rows.days_ago < 180).fill_null(0), rows.amount.sum(where=rows.days_ago < 180)
        ),
        window=180,
    ),
    Feature(
        "order_value_trend",
        "purchase_days",
        Text("Order value against usual", "客单价变化"),
        Text(
            "Average order of the last 180 days divided by the average order ever.",
            "最近 180 天平均订单金额除以历史平均订单金额。",
        ),
        "ratio",
        lambda rows: (
            share(rows.amount.sum(where=rows.days_ago < 180), rows.orders.sum(where=rows.days_ago < 180))
            / share(rows.amount.sum(), rows.orders.sum()).nullif(0)
        ),
    ),
    Feature(
        "largest_purchase",
        "purchase_days",
        Text("Largest purchase", "最大单日消费"),
        Text("The most spent on one day.", "单日最高消费额。"),
        "money",
        lambda rows: rows.amount.max(),
    ),
    Feature(
        "last_purchase_value",
        "purchase_days",
        Text("Latest purchase", "最近一次购买金额"),
        Text("Spent on the last day with a paid order.", "最近一个购买日的消费额。"),
        "money",
        lambda rows: rows.amount.argmin(rows.bought_days_ago),
    ),
    Feature(
        "pieces_per_order",
        "purchase_days",
        Text("Pieces per order", "每单件数"),
        Text(
            "Pieces bought divided by orders, where the number of pieces is told.", "购买件数除以订单数（件数已知时）。"
        ),
        "ratio",
        lambda rows: share(rows.pieces.sum(), rows.orders.sum(where=rows.pieces.notnull())),
    ),
    Feature(
        "discount_share_180",
        "purchase_days",
        Text("Share bought at a discount lately", "近期优惠占比"),
        Text(
            "Discounts of the last 180 days divided by what those orders would have cost without them.",
            "最近 180 天优惠金额除以这些订单优惠前金额。",
        ),
        "share",
        lambda rows: share(
            rows.discount.sum(where=rows.days_ago < 180).fill_null(0),
            rows.amount.sum(where=rows.days_ago < 180) + rows.discount.sum(where=rows.days_ago < 180).fill_null(0),
        ),
        window=180,
    ),
    Feature(
        "coupon_share",
        "purchase_days",
        Text("Share of orders with a coupon", "用券订单占比"),
        Text("Paid orders with a coupon divided by paid orders.", "使用优惠券的付款订单占比。"),
        "share",
        lambda rows: share(rows.coupons.sum(), rows.orders.sum()),
    ),
    Feature(
        "last_sales_channel",
        "purchase_days",
        Text("Channel of the latest purchase", "最近一次购买渠道"),
        Text("The sales channel of the last day with a paid order.", "最近一个购买日的销售渠道。"),
        "text",
        lambda rows: latest_word(rows, rows.channel),
    ),
)
