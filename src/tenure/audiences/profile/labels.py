"""Readable names for the short words that systems write: events, topics, campaigns, channels."""

import re

from tenure.kit.i18n import Text

_LABELS = {
    "login": Text("logged in", "登录"),
    "search": Text("searched", "搜索"),
    "view_product": Text("looked at a product", "浏览商品"),
    "view_item": Text("looked at a product", "浏览商品"),
    "view_category": Text("looked at a category", "浏览类目"),
    "view_order": Text("looked at an order", "查看订单"),
    "page_view": Text("looked at a page", "浏览页面"),
    "add_to_cart": Text("put into the cart", "加入购物车"),
    "checkout": Text("went to the checkout", "去结算"),
    "purchase": Text("bought", "购买"),
    "screen_view": Text("looked at a screen", "浏览屏幕"),
    "Product Viewed": Text("looked at a product", "浏览商品"),
    "Product List Viewed": Text("looked at a category", "浏览类目"),
    "Products Searched": Text("searched", "搜索"),
    "Product Added": Text("put into the cart", "加入购物车"),
    "Product Removed": Text("took out of the cart", "移出购物车"),
    "Cart Viewed": Text("looked at the cart", "查看购物车"),
    "Checkout Started": Text("went to the checkout", "去结算"),
    "Order Completed": Text("bought", "购买"),
    "Order Cancelled": Text("cancelled an order", "取消订单"),
    "Order Refunded": Text("got money back", "退款"),
    "Signed Up": Text("signed up", "注册"),
    "Signed In": Text("logged in", "登录"),
    "use_support_page": Text("sought help", "查看帮助"),
    "newsletter": Text("newsletter", "资讯"),
    "care": Text("care", "关怀"),
    "care_call": Text("care call", "关怀电话"),
    "save": Text("retention offer", "挽留"),
    "save_offer": Text("retention offer", "挽留优惠"),
    "win_back": Text("win-back", "挽回"),
    "win_back_coupon": Text("win-back coupon", "挽回优惠券"),
    "thank_you_gift": Text("thank-you gift", "答谢礼"),
    "email": Text("e-mail", "邮件"),
    "sms": Text("text message", "短信"),
    "phone": Text("telephone", "电话"),
    "wecom": Text("WeCom", "企业微信"),
    "damaged": Text("arrived damaged", "到货破损"),
    "app_problem": Text("trouble with the app", "应用问题"),
    "product_question": Text("question about a product", "商品咨询"),
    "delivery_delay": Text("late delivery", "配送延误"),
    "late_delivery": Text("late delivery", "配送延误"),
    "delivery": Text("delivery", "配送"),
    "product_quality": Text("product quality", "产品质量"),
    "quality": Text("product quality", "产品质量"),
    "price": Text("price", "价格"),
    "refund": Text("refund", "退款"),
    "service": Text("service", "服务"),
    "service_attitude": Text("how we served them", "服务态度"),
    "wrong_item": Text("wrong item", "发错商品"),
    "billing": Text("billing", "账单"),
    "how_to": Text("how to use it", "使用咨询"),
    "return_policy": Text("returns", "退换货"),
}
_WORD = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def label(word: str) -> Text:
    """Return what a word of a system means, or the word itself without its underscores."""
    known = _LABELS.get(word)
    if known is not None:
        return known
    plain = word.replace("_", " ") if _WORD.fullmatch(word) else word
    return Text(plain, plain)


def labels(words: str) -> Text:
    """Return a list such as ``search, view_product …`` in readable names, each said once."""
    more = " …" if words.endswith(" …") else ""
    told = list(dict.fromkeys(label(word) for word in words.removesuffix(" …").split(", ")))
    return Text(", ".join(one.en for one in told) + more, "、".join(one.zh for one in told) + more)
