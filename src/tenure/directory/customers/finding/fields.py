"""What customers can be filtered and sorted by: every known field, and every custom attribute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tenure.kit.i18n import Text

FieldType = Literal["text", "number", "date", "choice"]
ATTRIBUTE = "attributes."
OPS: dict[FieldType, tuple[str, ...]] = {
    "text": ("eq", "ne", "in", "contains", "empty", "not_empty"),
    "choice": ("eq", "ne", "in", "empty", "not_empty"),
    "number": ("eq", "ne", "in", "lt", "lte", "gt", "gte", "empty", "not_empty"),
    "date": ("eq", "lt", "lte", "gt", "gte", "empty", "not_empty"),
}


@dataclass(frozen=True)
class Field:
    """One thing customers can be filtered and sorted by."""

    name: str
    label: Text
    type: FieldType
    choices: Sequence[str] = field(default=())

    @property
    def ops(self) -> tuple[str, ...]:
        """Return the comparisons it knows."""
        return OPS[self.type]

    @property
    def attribute(self) -> str | None:
        """Return the name of the custom attribute, when it is one."""
        return self.name.removeprefix(ATTRIBUTE) if self.name.startswith(ATTRIBUTE) else None


def _field(name: str, en: str, zh: str, kind: FieldType, choices: Sequence[str] = ()) -> Field:
    return Field(name, Text(en, zh), kind, choices)


KNOWN: Mapping[str, Field] = {
    known.name: known
    for known in (
        _field("id", "Customer id", "客户编号", "text"),
        _field("name", "Name", "姓名", "text"),
        _field("email", "E-mail", "邮箱", "text"),
        _field("phone", "Phone", "电话", "text"),
        _field("tier", "Tier", "客户分级", "choice", ("A", "B", "C")),
        _field("churn_risk", "Churn risk", "流失风险", "number"),
        _field("value_365", "Value in the next 365 days", "未来 365 天价值", "number"),
        _field("expected_loss", "Risk × value in the next 365 days", "流失风险 × 未来 365 天价值", "number"),
        _field("value_90", "Value in the next 90 days", "未来 90 天价值", "number"),
        _field("expected_orders_90", "Expected orders in 90 days", "未来 90 天预期订单数", "number"),
        _field("expected_orders_365", "Expected orders in 365 days", "未来 365 天预期订单数", "number"),
        _field("probability_of_order_90", "Probability of an order in 90 days", "未来 90 天下单概率", "number"),
        _field("orders", "Orders", "订单数", "number"),
        _field("revenue", "Revenue", "累计消费", "number"),
        _field("usual_gap_days", "Usual days between orders", "常规下单间隔（天）", "number"),
        _field("first_order_at", "First order", "首次下单", "date"),
        _field("last_order_at", "Last order", "最近下单", "date"),
        _field("next_order_at", "Next order expected", "预计下次下单", "date"),
        _field("rfm", "RFM", "RFM 评分", "text"),
        _field("company", "Company", "公司", "text"),
        _field("country", "Country", "国家或地区", "choice"),
        _field("region", "Province or state", "省份", "text"),
        _field("city", "City", "城市", "text"),
        _field("gender", "Gender", "性别", "choice"),
        _field("birthday", "Birthday", "生日", "date"),
        _field("language", "Language", "语言", "choice"),
        _field("channel", "Acquired through", "获客渠道", "choice"),
        _field("joined_at", "Customer since", "成为客户时间", "date"),
        _field("left_at", "Left at", "流失时间", "date"),
        _field("left_reason", "Reason for leaving", "流失原因", "text"),
        _field("wecom_id", "WeCom id", "企业微信编号", "text"),
    )
}
CHOICES_FROM_DATA = ("country", "gender", "language", "channel")
