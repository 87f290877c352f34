"""What is wrong with a field, in both languages, from the kind of mistake pydantic found."""

from collections.abc import Mapping

from tenure.kit.i18n import Text

_NUMBER = Text("Give a number.", "请填写数字。")
_WHOLE = Text("Give a whole number.", "请填写整数。")
_YES_OR_NO = Text("Give true or false.", "请填写 true 或 false。")
_DATE = Text("Give a date such as 2026-01-31.", "请填写日期，如 2026-01-31。")
_TIME = Text("Give a time such as 2026-01-31T09:00:00Z.", "请填写时间，如 2026-01-31T09:00:00Z。")
_LIST = Text("Give a list.", "请填写列表。")
_OBJECT = Text("Give an object with named fields.", "请填写对象（含字段名）。")
_TEXT = Text("Give a text.", "请填写文本。")
OTHERWISE = Text("This value does not fit.", "该值不符合要求。")

WORDS: Mapping[str, Text] = {
    "missing": Text("This is needed.", "此项必填。"),
    "extra_forbidden": Text("There is no such field.", "没有这个字段。"),
    "json_invalid": Text("This is not JSON.", "不是有效的 JSON。"),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": Text("Give at least {min_length} characters.", "至少 {min_length} 个字符。"),
    "string_too_long": Text("Give at most {max_length} characters.", "最多 {max_length} 个字符。"),
    "string_pattern_mismatch": OTHERWISE,
    "too_short": Text("Give at least {min_length}.", "至少 {min_length} 项。"),
    "too_long": Text("Give at most {max_length}.", "最多 {max_length} 项。"),
    "literal_error": Text("Choose one of {expected}.", "可选值：{expected}。"),
    "enum": Text("Choose one of {expected}.", "可选值：{expected}。"),
    "greater_than": Text("Give more than {gt}.", "须大于 {gt}。"),
    "greater_than_equal": Text("Give at least {ge}.", "须不小于 {ge}。"),
    "less_than": Text("Give less than {lt}.", "须小于 {lt}。"),
    "less_than_equal": Text("Give at most {le}.", "须不大于 {le}。"),
    "finite_number": Text("Give a finite number.", "请填写有限的数字。"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "timezone_aware": _TIME,
    "list_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}


def in_words(kind: str, context: Mapping[str, object]) -> Text:
    """Return what is wrong; a kind of mistake we have no words for is told in general ones."""
    words = WORDS.get(kind, OTHERWISE)
    try:
        return words.fill(**context)
    except KeyError:
        return OTHERWISE
