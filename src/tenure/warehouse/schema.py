"""The tables we promise, declared once: importers, the lake, the docs and every expression read this file.

Times are UTC without a zone in the type, money is DECIMAL(18,4) in the workspace's reporting
currency, ids are text. A row is known from ``recorded_at`` on and happened at the column that
``Contract.time`` names; a point-in-time question needs both. A row that is replaced stays known since it was first
recorded; ``changed_at`` says since when it reads as it does.
"""

from dataclasses import dataclass

import ibis

from tenure.kit.i18n import Text

MONEY = "decimal(18, 4)"
TIME = "timestamp(6)"
TAGS = "map<string, string>"


@dataclass(frozen=True)
class Column:
    """One promised column: its type as Ibis spells it, its meaning, and what may stand in it."""

    name: str
    dtype: str
    label: Text
    required: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Contract:
    """One promised table; ``key`` makes a row unique and ``time`` says when it happened."""

    name: str
    label: Text
    key: str
    time: str
    columns: tuple[Column, ...]

    def schema(self) -> ibis.Schema:
        """Return the table's columns and types for Ibis."""
        return ibis.schema({column.name: column.dtype for column in self.columns})

    def column(self, name: str) -> Column:
        """Return one column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names in order."""
        return tuple(column.name for column in self.columns)


def _key(name: str, en: str, zh: str) -> Column:
    return Column(name, "string", Text(en, zh), required=True)


def _text(name: str, en: str, zh: str, allowed: tuple[str, ...] = (), required: bool = False) -> Column:
    return Column(name, "string", Text(en, zh), required=required, allowed=allowed)


def _time(name: str, en: str, zh: str, required: bool = False) -> Column:
    return Column(name, TIME, Text(en, zh), required=required)


def _money(name: str, en: str, zh: str, required: bool = False) -> Column:
    return Column(name, MONEY, Text(en, zh), required=required)


def _number(name: str, en: str, zh: str, low: float | None = None, high: float | None = None) -> Column:
    return Column(name, "float64", Text(en, zh), low=low, high=high)


CUSTOMER = _text("customer_id", "Customer id", "客户编号")
KNOWN_CUSTOMER = _text("customer_id", "Customer id", "客户编号", required=True)
CURRENCY = _text("currency", "Currency", "币种")
PROVENANCE = (
    _text("source", "Where the row came from", "来源", required=True),
    _time("recorded_at", "Known to us since", "入库时间", required=True),
    _time("changed_at", "Reads as it does since (empty: never changed)", "最近更正时间（空为从未更正）"),
)
SALE_KINDS = ("sale", "return", "adjustment")

CUSTOMERS = Contract(
    "customers",
    Text("Customers", "客户"),
    key="customer_id",
    time="joined_at",
    columns=(
        KNOWN_CUSTOMER,
        _time("joined_at", "Became a customer at", "成为客户时间"),
        _text("name", "Name", "姓名"),
        _text("email", "E-mail", "邮箱"),
        _text("phone", "Phone", "电话"),
        _text("wecom_id", "WeCom id", "企业微信编号"),
        _text("company", "Company", "公司"),
        _text("country", "Country", "国家或地区"),
        _text("region", "Province or state", "省份"),
        _text("city", "City", "城市"),
        _text("gender", "Gender", "性别"),
        Column("birthday", "date", Text("Birthday", "生日")),
        _text("language", "Language", "语言"),
        _text("channel", "Acquired through", "获客渠道"),
        _time("left_at", "Left at", "流失时间"),
        _text("left_reason", "Reason for leaving", "流失原因"),
        Column("attributes", TAGS, Text("Custom attributes", "自定义属性")),
        *PROVENANCE,
    ),
)

ORDERS = Contract(
    "orders",
    Text("Orders", "订单"),
    key="order_id",
    time="ordered_at",
    columns=(
        _key("order_id", "Order number", "订单号"),
        CUSTOMER,
        _time("ordered_at", "Ordered at", "下单时间", required=True),
        _text("kind", "Sale, return or adjustment", "类型", SALE_KINDS, required=True),
        _text("status", "Status", "订单状态", ("paid", "pending", "cancelled"), required=True),
        _money("amount", "Amount (returns are negative)", "金额（退货为负）", required=True),
        _money("discount", "Discount given", "优惠金额"),
        _number("quantity", "Pieces", "件数"),
        CURRENCY,
        _text("channel", "Sales channel", "销售渠道"),
        _text("coupon", "Coupon", "优惠券"),
        *PROVENANCE,
    ),
)

ORDER_ITEMS = Contract(
    "order_items",
    Text("Order lines", "订单明细"),
    key="order_item_id",
    time="ordered_at",
    columns=(
        _key("order_item_id", "Line id", "明细编号"),
        _text("order_id", "Order number", "订单号", required=True),
        CUSTOMER,
        _time("ordered_at", "Ordered at", "下单时间", required=True),
        _text("kind", "Sale, return or adjustment", "类型", SALE_KINDS, required=True),
        _text("product_id", "Product code", "商品编码"),
        _text("product_name", "Product name", "商品名称"),
        _text("category", "Category", "类目"),
        _number("quantity", "Pieces", "数量"),
        _money("unit_price", "Unit price", "单价"),
        _money("amount", "Amount (returns are negative)", "金额（退货为负）", required=True),
        CURRENCY,
        *PROVENANCE,
    ),
)

PRODUCTS = Contract(
    "products",
    Text("Products", "商品"),
    key="product_id",
    time="listed_at",
    columns=(
        _key("product_id", "Product code", "商品编码"),
        _time("listed_at", "Listed at", "上架时间"),
        _text("name", "Product name", "商品名称"),
        _text("category", "Category", "类目"),
        _text("brand", "Brand", "品牌"),
        _money("price", "List price", "标价"),
        CURRENCY,
        *PROVENANCE,
    ),
)

PAYMENTS = Contract(
    "payments",
    Text("Payments", "付款"),
    key="payment_id",
    time="paid_at",
    columns=(
        _key("payment_id", "Payment number", "付款编号"),
        KNOWN_CUSTOMER,
        _time("paid_at", "Paid (or tried) at", "付款时间", required=True),
        _time("due_at", "Due at", "应付时间"),
        _text("order_id", "Order number", "订单号"),
        _text("subscription_id", "Subscription number", "订阅编号"),
        _money("amount", "Amount", "金额", required=True),
        CURRENCY,
        _text("method", "Method", "付款方式"),
        _text("status", "Outcome", "结果", ("succeeded", "failed", "refunded"), required=True),
        *PROVENANCE,
    ),
)

SUBSCRIPTIONS = Contract(
    "subscriptions",
    Text("Subscription periods", "订阅"),
    key="period_id",
    time="started_at",
    columns=(
        _key("period_id", "Period id (one per plan and price)", "订阅期编号"),
        _text("subscription_id", "Subscription number", "订阅编号", required=True),
        KNOWN_CUSTOMER,
        _text("plan", "Plan", "套餐"),
        _time("started_at", "Started at", "开始时间", required=True),
        _time("ended_at", "Ended at (empty while it runs)", "结束时间"),
        _text(
            "end_reason",
            "Why the period ended",
            "结束原因",
            ("cancelled", "payment_failed", "expired", "plan_change"),
        ),
        _time("paid_through_at", "Paid through", "已付至"),
        _money("monthly_amount", "Amount per month", "月费", required=True),
        CURRENCY,
        Column("trial", "boolean", Text("Trial", "试用")),
        *PROVENANCE,
    ),
)

EVENTS = Contract(
    "events",
    Text("Visits and events", "行为事件"),
    key="event_id",
    time="occurred_at",
    columns=(
        _key("event_id", "Event id", "事件编号"),
        KNOWN_CUSTOMER,
        _time("occurred_at", "Happened at", "发生时间", required=True),
        _text("name", "Event name", "事件名", required=True),
        _text("platform", "Platform", "平台"),
        _text("session_id", "Session", "会话"),
        _text("page", "Page", "页面"),
        _text("product_id", "Product code", "商品编码"),
        _number("duration_seconds", "Seconds spent", "时长（秒）", low=0),
        Column("properties", TAGS, Text("Further properties", "其他属性")),
        *PROVENANCE,
    ),
)

ANONYMOUS_EVENTS = Contract(
    "anonymous_events",
    Text("Events of visitors nobody knows yet", "匿名访客事件"),
    key="event_id",
    time="occurred_at",
    columns=(
        _key("event_id", "Event id", "事件编号"),
        _text("anonymous_id", "Visitor", "访客编号", required=True),
        *(column for column in EVENTS.columns if column.name not in ("event_id", "customer_id")),
    ),
)

TICKETS = Contract(
    "tickets",
    Text("Service tickets", "工单"),
    key="ticket_id",
    time="opened_at",
    columns=(
        _key("ticket_id", "Ticket number", "工单号"),
        KNOWN_CUSTOMER,
        _time("opened_at", "Opened at", "创建时间", required=True),
        _time("first_response_at", "First answered at", "首次响应时间"),
        _time("closed_at", "Closed at", "关闭时间"),
        _text("channel", "Channel", "渠道"),
        _text("topic", "Topic", "主题"),
        _text("priority", "Priority", "优先级"),
        _number("reopened", "Times reopened", "重开次数", low=0),
        _number("satisfaction", "Satisfaction (1–5)", "满意度（1–5）", low=1, high=5),
        _text("text", "What was said", "内容"),
        _text("language", "Language", "语言"),
        *PROVENANCE,
    ),
)

FEEDBACK = Contract(
    "feedback",
    Text("Feedback", "反馈"),
    key="feedback_id",
    time="answered_at",
    columns=(
        _key("feedback_id", "Feedback id", "反馈编号"),
        KNOWN_CUSTOMER,
        _time("answered_at", "Given at", "反馈时间", required=True),
        _text("kind", "Kind", "类型", ("nps", "csat", "ces", "review", "comment"), required=True),
        _number("score", "Score (NPS 0–10, CSAT and reviews 1–5, CES 1–7)", "分数", low=0, high=10),
        _text("text", "What was said", "内容"),
        _text("language", "Language", "语言"),
        _text("topic", "Topic", "主题"),
        _text("product_id", "Product code", "商品编码"),
        _text("order_id", "Order number", "订单号"),
        *PROVENANCE,
    ),
)

MESSAGES = Contract(
    "messages",
    Text("Messages", "消息"),
    key="message_id",
    time="sent_at",
    columns=(
        _key("message_id", "Message id", "消息编号"),
        KNOWN_CUSTOMER,
        _time("sent_at", "Sent at", "发送时间", required=True),
        _text("channel", "Channel", "渠道", required=True),
        _text("category", "Category", "类别"),
        _text("campaign", "Campaign", "活动"),
        _text("status", "What became of it", "状态"),
        _time("delivered_at", "Delivered at", "送达时间"),
        _time("opened_at", "Opened by a person at", "打开时间"),
        _time("clicked_at", "Clicked by a person at", "点击时间"),
        _time("unsubscribed_at", "Unsubscribed at", "退订时间"),
        _time("dismissed_at", "Closed on the site at", "在网站上关闭的时间"),
        *PROVENANCE,
    ),
)

POINTS = Contract(
    "points",
    Text("Points", "积分"),
    key="entry_id",
    time="booked_at",
    columns=(
        _key("entry_id", "Entry id", "流水号"),
        KNOWN_CUSTOMER,
        _time("booked_at", "Booked at", "入账时间", required=True),
        _text("kind", "Kind", "类型", ("earn", "redeem", "expire", "adjust"), required=True),
        _number("points", "Points (redeemed are negative)", "积分"),
        *PROVENANCE,
    ),
)

SCORES = Contract(
    "scores",
    Text("Scores", "评分"),
    key="score_id",
    time="as_of",
    columns=(
        _key("score_id", "Score id", "评分编号"),
        KNOWN_CUSTOMER,
        _time("as_of", "As of", "截至", required=True),
        _text("name", "What is scored", "评分项", required=True),
        _number("value", "Value", "数值"),
        _number("low", "Lower bound", "下限"),
        _number("high", "Upper bound", "上限"),
        _text("label", "Class, or date", "等级或日期"),
        _text("reasons", "Reasons, as JSON", "原因（JSON）"),
        _text("model", "Model", "模型", required=True),
        _text("model_version", "Model version", "模型版本", required=True),
        Column("snapshot", "int64", Text("Lake snapshot read", "数据快照"), required=True),
        *PROVENANCE,
    ),
)

CUSTOMER_LINKS = Contract(
    "customer_links",
    Text("Merged customers", "客户合并"),
    key="customer_id",
    time="linked_at",
    columns=(
        KNOWN_CUSTOMER,
        _text("canonical_id", "Merged into", "并入客户", required=True),
        _time("linked_at", "Merged at", "合并时间", required=True),
        *PROVENANCE,
    ),
)

CONTRACTS: dict[str, Contract] = {
    contract.name: contract
    for contract in (
        CUSTOMERS,
        ORDERS,
        ORDER_ITEMS,
        PRODUCTS,
        PAYMENTS,
        SUBSCRIPTIONS,
        EVENTS,
        ANONYMOUS_EVENTS,
        TICKETS,
        FEEDBACK,
        MESSAGES,
        POINTS,
        SCORES,
        CUSTOMER_LINKS,
    )
}
