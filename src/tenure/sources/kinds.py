"""What can be imported: for every kind of file its fields, their types, and which of them it cannot do without."""

from dataclasses import dataclass
from typing import Literal

from tenure.kit.i18n import Text
from tenure.warehouse.schema import CONTRACTS

FieldType = Literal["id", "text", "money", "number", "time", "date", "email", "phone", "choice", "flag", "currency"]
KEPT = (
    "attributes"  # the pseudo-field of columns kept under their own name: attributes of customers, properties of events
)


@dataclass(frozen=True)
class Field:
    """One thing a column may mean; ``weight`` is how much its presence says about the kind of file."""

    name: str
    label: Text
    type: FieldType
    required: bool = False
    weight: float = 1.0


@dataclass(frozen=True)
class Kind:
    """One kind of file: the table its rows go to first, and the fields its columns may be."""

    name: str
    label: Text
    table: str
    time: str
    fields: tuple[Field, ...]
    keeps: bool = False

    def field(self, name: str) -> Field | None:
        """Return one field by name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def required(self) -> tuple[str, ...]:
        """Return the fields this kind cannot do without."""
        return tuple(field.name for field in self.fields if field.required)


_TYPES: dict[str, FieldType] = {"float64": "number", "boolean": "flag", "date": "date"}


def _of(table: str, *names: str, required: tuple[str, ...] = (), heavy: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Make fields of a contract's columns, under their labels."""
    return tuple(
        Field(
            name,
            CONTRACTS[table].column(name).label,
            _type_of(table, name),
            name in required,
            3.0 if name in heavy else 1.0,
        )
        for name in names
    )


def _type_of(table: str, name: str) -> FieldType:
    column = CONTRACTS[table].column(name)
    if name in ("email", "phone", "currency"):
        return name  # type: ignore[return-value]
    if name.endswith("_id"):
        return "id"
    if column.allowed:
        return "choice"
    if column.dtype.startswith("decimal"):
        return "money"
    if column.dtype.startswith("timestamp"):
        return "time"
    return _TYPES.get(column.dtype, "text")


PERSON = (
    *_of("customers", "name", "email", "phone", "company", "country", "region", "city"),
    Field("customer_channel", Text("Acquired through", "获客渠道"), "text"),
)
IDENTITY = _of("customers", "customer_id")
LINE = (
    *_of("order_items", "product_id", "product_name", "category", "unit_price", heavy=("product_id", "unit_price")),
    Field("line_amount", Text("Amount of the line", "明细金额"), "money", weight=2.0),
)
ORDER = (
    *_of("orders", "order_id", "ordered_at", required=("ordered_at",), heavy=("order_id",)),
    *IDENTITY,
    *_of("orders", "amount", "quantity", "discount", "currency", "status", "kind", "channel", "coupon"),
    *LINE,
    *PERSON,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "customers",
            Text("Customers", "客户"),
            "customers",
            "joined_at",
            (
                *IDENTITY,
                *_of(
                    "customers", "name", "email", "phone", "wecom_id", "company", "country", "region", "city", "gender"
                ),
                *_of(
                    "customers",
                    "birthday",
                    "language",
                    "channel",
                    "joined_at",
                    "left_at",
                    "left_reason",
                    heavy=("birthday",),
                ),
                Field("left", Text("Has left (yes or no)", "是否流失"), "flag", weight=4.0),
                Field("marketing_consent", Text("Agreed to marketing (yes or no)", "是否同意营销"), "flag", weight=2.0),
            ),
            keeps=True,
        ),
        Kind(
            "orders",
            Text("Orders (a row per order or per line)", "订单（每行一单或每行一件商品）"),
            "orders",
            "ordered_at",
            ORDER,
        ),
        Kind(
            "order_items",
            Text("Order lines", "订单明细"),
            "order_items",
            "ordered_at",
            tuple(
                Field(f.name, f.label, f.type, f.name == "order_id", f.weight)
                for f in ORDER
                if f.name not in ("amount",)
            ),
        ),
        Kind(
            "products",
            Text("Products", "商品"),
            "products",
            "listed_at",
            _of(
                "products",
                "product_id",
                "name",
                "category",
                "brand",
                "price",
                "currency",
                "listed_at",
                required=("product_id",),
                heavy=("brand", "price", "listed_at", "product_id"),
            ),
        ),
        Kind(
            "payments",
            Text("Payments", "付款"),
            "payments",
            "paid_at",
            (
                *_of(
                    "payments", "payment_id", "paid_at", "amount", required=("paid_at", "amount"), heavy=("payment_id",)
                ),
                *IDENTITY,
                *_of(
                    "payments",
                    "due_at",
                    "order_id",
                    "subscription_id",
                    "currency",
                    "method",
                    "status",
                    heavy=("method", "due_at"),
                ),
                *PERSON[:3],
            ),
        ),
        Kind(
            "subscriptions",
            Text("Subscriptions", "订阅"),
            "subscriptions",
            "started_at",
            (
                *_of(
                    "subscriptions",
                    "period_id",
                    "subscription_id",
                    "plan",
                    "started_at",
                    "ended_at",
                    "end_reason",
                    "paid_through_at",
                    "monthly_amount",
                    "currency",
                    "trial",
                    required=("started_at", "monthly_amount"),
                    heavy=("subscription_id", "plan", "started_at", "monthly_amount"),
                ),
                *IDENTITY,
                *PERSON[:3],
            ),
        ),
        Kind(
            "events",
            Text("Visits and events", "行为事件"),
            "events",
            "occurred_at",
            (
                *_of(
                    "events",
                    "event_id",
                    "occurred_at",
                    "name",
                    "platform",
                    "session_id",
                    "page",
                    "product_id",
                    "duration_seconds",
                    required=("occurred_at", "name"),
                    heavy=("event_id", "name", "session_id", "page", "duration_seconds"),
                ),
                *IDENTITY,
                *(f for f in PERSON if f.name in ("email", "phone", "customer_channel")),
            ),
            keeps=True,
        ),
        Kind(
            "tickets",
            Text("Service tickets", "工单"),
            "tickets",
            "opened_at",
            (
                *_of(
                    "tickets",
                    "ticket_id",
                    "opened_at",
                    "first_response_at",
                    "closed_at",
                    "channel",
                    "topic",
                    "priority",
                    "reopened",
                    "satisfaction",
                    "text",
                    "language",
                    required=("opened_at",),
                    heavy=("ticket_id", "first_response_at", "closed_at", "priority", "opened_at"),
                ),
                *IDENTITY,
                *PERSON[:3],
            ),
        ),
        Kind(
            "feedback",
            Text("Feedback and reviews", "反馈与评价"),
            "feedback",
            "answered_at",
            (
                *_of(
                    "feedback",
                    "feedback_id",
                    "answered_at",
                    "kind",
                    "score",
                    "text",
                    "language",
                    "topic",
                    "product_id",
                    "order_id",
                    required=("answered_at",),
                    heavy=("feedback_id", "score", "text", "answered_at"),
                ),
                *IDENTITY,
                *PERSON[:3],
            ),
        ),
    )
}
IDENTIFIERS = ("customer_id", "email", "phone")
