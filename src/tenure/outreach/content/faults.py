"""What can be wrong with a template: a fact with a name, a place, and words in both languages."""

from dataclasses import dataclass
from typing import Literal

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

Kind = Literal[
    "syntax",
    "mjml",
    "mjml_lost",
    "mjml_outside",
    "mjml_straddles",
    "mjml_element",
    "missing_variable",
    "unknown_variable",
    "unknown_filter",
    "unknown_block",
    "too_many_loops",
    "too_long",
    "too_slow",
    "too_deep",
    "bad_value",
    "empty",
    "no_variant",
    "no_version",
    "no_unsubscribe_link",
]

SAYINGS: dict[Kind, Text] = {
    "syntax": Text("The template cannot be read: {what}.", "模板无法解析：{what}。"),
    "mjml": Text("The MJML cannot be read: {what}.", "MJML 无法解析：{what}。"),
    "mjml_lost": Text(
        "“{what}” cannot stand here: MJML wants a fixed value.", "此处不能使用“{what}”：MJML 需要固定值。"
    ),
    "mjml_outside": Text("“{what}” stands outside a text element.", "“{what}”不在文本元素内。"),
    "mjml_straddles": Text(
        "“{what}” must open and close inside the same element.", "“{what}”必须在同一元素内开始和结束。"
    ),
    "mjml_element": Text("“{what}” is no element that can be used.", "“{what}”不是可用的元素。"),
    "missing_variable": Text("“{what}” is not known of this customer.", "该客户没有“{what}”。"),
    "unknown_variable": Text("There is no variable “{what}”.", "没有变量“{what}”。"),
    "unknown_filter": Text("There is no filter or tag “{what}”.", "没有过滤器或标签“{what}”。"),
    "unknown_block": Text("There is no block “{what}”.", "没有内容块“{what}”。"),
    "too_many_loops": Text("The template loops more than {what} times.", "模板循环超过 {what} 次。"),
    "too_long": Text("The template writes more than {what} characters.", "模板输出超过 {what} 个字符。"),
    "too_slow": Text("The template takes longer than {what} seconds.", "模板渲染超过 {what} 秒。"),
    "too_deep": Text("Blocks stand in blocks more than {what} deep.", "内容块嵌套超过 {what} 层。"),
    "bad_value": Text("A filter cannot work with its value: {what}.", "过滤器无法处理其值：{what}。"),
    "empty": Text("Nothing is written for {what}.", "{what}没有内容。"),
    "no_variant": Text("The message says nothing on the channel “{what}”.", "消息没有“{what}”渠道的内容。"),
    "no_version": Text("The message “{what}” is not published.", "消息“{what}”尚未发布。"),
    "no_unsubscribe_link": Text(
        "Nobody gave a link to unsubscribe by, and the message needs one.", "消息需要退订链接，但没有可用的链接。"
    ),
}

REMEDIES: dict[Kind, Text] = {
    "missing_variable": Text(
        "Give a default: {{{{ {what} | default: “…” }}}}, or ask first: {{% if {what} %}}.",
        "请提供默认值：{{{{ {what} | default: “…” }}}}，或先判断：{{% if {what} %}}。",
    ),
    "unknown_variable": Text("See the list of variables in the guide.", "请查看使用指南中的变量列表。"),
    "no_unsubscribe_link": Text("Set TENURE_PUBLIC_URL.", "请设置 TENURE_PUBLIC_URL。"),
    "mjml_outside": Text("Put it into <mj-text>.", "请放入 <mj-text>。"),
    "mjml_straddles": Text(
        "Close it before the element ends, or put the element whole inside it.",
        "请在元素结束前关闭，或将整个元素放入其中。",
    ),
    "too_many_loops": Text("Loop over fewer things: limit: 10.", "请减少循环次数：limit: 10。"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the part of a message, and the line in it as it was written."""

    part: str
    line: int | None = None

    def __str__(self) -> str:
        return self.part if self.line is None else f"{self.part}:{self.line}"


class TemplateFault(Invalid):
    """A template cannot be read or written out."""

    def __init__(self, kind: Kind, what: object, place: Place) -> None:
        told = SAYINGS[kind].fill(what=what)
        where = Text(f"{place}: {told.en}", f"{place}：{told.zh}") if place.part else told
        remedy = REMEDIES[kind].fill(what=what) if kind in REMEDIES else None
        super().__init__(where, remedy=remedy, fields=(FieldProblem("/" + place.part.replace(".", "/"), told),))
        self.kind, self.what, self.place = kind, str(what), place
