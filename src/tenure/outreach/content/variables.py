"""Every variable a template may use: what it means, what it looks like, and which part of a profile it needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from tenure.kit.i18n import Text
from tenure.outreach.content.faults import Place, TemplateFault
from tenure.outreach.content.liquid import Template
from tenure.outreach.content.telling import written_line


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable; below an ``open`` one any name may stand."""

    name: str
    meaning: Text
    open: bool = False


VARIABLES = (
    Variable("customer.id", Text("Customer id", "客户编号")),
    Variable("customer.name", Text("Name", "姓名")),
    Variable("customer.email", Text("E-mail address", "邮箱")),
    Variable("customer.phone", Text("Telephone number", "电话")),
    Variable("customer.company", Text("Company", "公司")),
    Variable("customer.country", Text("Country", "国家")),
    Variable("customer.region", Text("Region", "省份")),
    Variable("customer.city", Text("City", "城市")),
    Variable("customer.gender", Text("Gender", "性别")),
    Variable("customer.language", Text("Language", "语言")),
    Variable("customer.birthday", Text("Birthday", "生日")),
    Variable("customer.joined_at", Text("When they joined", "加入时间")),
    Variable("customer.tier", Text("Tier by predicted value: A, B or C", "按预测价值的等级：A、B、C")),
    Variable("customer.attributes", Text("The workspace's own attributes, by name", "自定义属性"), open=True),
    Variable("orders.count", Text("Orders so far", "订单数")),
    Variable("orders.spend", Text("Spent so far", "累计消费")),
    Variable("orders.first_at", Text("First order", "首单时间")),
    Variable("orders.last_at", Text("Latest order", "最近下单时间")),
    Variable("orders.usual_gap_days", Text("Usual days between orders", "通常购买间隔（天）")),
    Variable("orders.next_at", Text("Next order expected on", "预计下次下单日期")),
    Variable("points.balance", Text("Points in hand", "积分余额")),
    Variable("recommendations", Text("Products, best first: id, name, category, price", "推荐商品"), open=True),
    Variable(
        "given", Text("What was given with the asking: a coupon, an offer", "发送时给定的数据：券、优惠"), open=True
    ),
    Variable("brand.name", Text("The brand's name", "品牌名称")),
    Variable("brand.colour", Text("Its colour", "品牌颜色")),
    Variable("brand.text_colour", Text("The colour of words on it", "品牌色上的文字颜色")),
    Variable("brand.logo_url", Text("Address of its logo", "标志图片地址")),
    Variable("brand.site_url", Text("Address of its shop", "网站地址")),
    Variable("brand.postal_address", Text("Postal address", "邮寄地址")),
    Variable("media.url", Text("Where uploaded pictures lie", "已上传图片的地址")),
    Variable("confirm_url", Text("Where to confirm a subscription", "订阅确认链接")),
    Variable("unsubscribe_url", Text("Where to unsubscribe", "退订链接")),
    Variable("now", Text("The time of sending", "发送时间"), open=True),
    Variable("today", Text("The day of sending", "发送日期"), open=True),
)
_KNOWN = {variable.name: variable for variable in VARIABLES}
_ROOTS = {name.split(".")[0] for name in _KNOWN}
_ALWAYS = frozenset({"forloop", "tablerowloop"})


def check(template: Template) -> frozenset[str]:
    """Return which parts of a profile a template needs, or raise naming the first variable that does not exist."""
    parts, found = set(), template.analysis()
    for name in found.filters:
        if name not in template.bound.env.filters:
            raise TemplateFault("unknown_filter", name, Place(template.part, written_line(template.written, name)))
    for root, used in found.globals.items():
        if root in _ALWAYS:
            continue
        for variable in used:
            names = [str(segment) for segment in variable.segments if isinstance(segment, str)]
            if not _exists(names):
                told = ".".join(names)
                raise TemplateFault(
                    "unknown_variable", told, Place(template.part, written_line(template.written, told))
                )
        parts.add(root)
    return frozenset(parts)


def _exists(names: Iterable[str]) -> bool:
    path = list(names)
    for length in range(len(path), 0, -1):
        found = _KNOWN.get(".".join(path[:length]))
        if found is not None:
            return length == len(path) or found.open or path[length:] in (["size"], ["first"], ["last"])
    return False
