"""Why a cell or a row is refused, in both languages; the code is what is stored."""

from tenure.kit.i18n import Text

REASONS: dict[str, Text] = {
    "missing": Text("A value is needed here.", "此处必须有值。"),
    "not_money": Text("Not an amount of money.", "不是有效金额。"),
    "not_number": Text("Not a number.", "不是有效数字。"),
    "not_time": Text("Not a date or time we can read.", "无法识别的日期或时间。"),
    "not_date": Text("Not a date we can read.", "无法识别的日期。"),
    "not_email": Text("Not an e-mail address.", "不是有效的电子邮箱。"),
    "not_phone": Text("Not a telephone number.", "不是有效的电话号码。"),
    "not_choice": Text("Not one of the words known for this column.", "不是该列可识别的取值。"),
    "not_flag": Text("Neither yes nor no.", "无法识别为“是”或“否”。"),
    "not_currency": Text("Not an ISO 4217 currency code such as CNY.", "不是 ISO 4217 币种代码（如 CNY）。"),
    "no_rate": Text("No exchange rate was given for this currency.", "未提供该币种的汇率。"),
    "too_low": Text("Lower than possible.", "低于允许的最小值。"),
    "too_high": Text("Higher than possible.", "高于允许的最大值。"),
    "no_customer": Text("The row names no customer (id, e-mail or phone).", "该行没有客户标识（编号、邮箱或电话）。"),
    "no_amount": Text("Neither an amount nor a unit price.", "缺少金额或单价。"),
    "unknown_order": Text(
        "No order of this number is known, and the row has no date.", "没有该订单号的订单，且该行没有日期。"
    ),
    "sibling": Text("Another line of the same order is refused.", "同一订单的其他明细行未通过校验。"),
    "erased": Text("This person was erased earlier; the row is skipped.", "该客户的数据此前已按要求删除，本行已跳过。"),
    "broken_row": Text("The row cannot be read.", "该行无法读取。"),
}

# A telephone number that cannot be read is no reason to lose an order: the value is left out, the row goes in.
LEFT_OUT = frozenset({"not_email", "not_phone"})


def reason(code: str, row_reasons: dict[str, Text] | None = None) -> Text:
    """Return the sentence of a code."""
    return (row_reasons or {}).get(code) or REASONS[code]
