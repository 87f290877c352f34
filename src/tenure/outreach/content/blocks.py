"""Blocks every workspace has: recommendations, points, a coupon and an offer; a block of the same name replaces one."""

from collections.abc import Mapping

from tenure.outreach.content.mail import html_of_text
from tenure.outreach.content.variants import Block, Languages, choose

Blocks = Mapping[str, Languages[Block]]

_CARD = (
    '<table role="presentation" width="100%" style="border-collapse:collapse"><tr>'
    '<td style="padding:12px 16px;border:1px solid #dddddd;border-radius:8px">{inside}</td></tr></table>'
)


def _both(en: str, zh: str, en_text: str, zh_text: str, only_with: str = "") -> Languages[Block]:
    """Make a block of both languages; with nothing to show of ``only_with`` there is no card either."""
    card = f"{{% if {only_with} %}}{_CARD}{{% endif %}}" if only_with else _CARD
    return {"en": Block(card.replace("{inside}", en), en_text), "zh": Block(card.replace("{inside}", zh), zh_text)}


_GOODS = (
    "<p><b>HEADING</b></p>{% for one in recommendations limit: 3 %}<p>"
    "{{ one.name }}{% if one.price %} · {{ one.price | money }}{% endif %}</p>{% endfor %}"
)
_GOODS_TEXT = (
    "{% if recommendations %}HEADING{% for one in recommendations limit: 3 %}\n- {{ one.name }}"
    "{% if one.price %} {{ one.price | money }}{% endif %}{% endfor %}{% endif %}"
)
_COUPON = "{{ given.coupon.code }}"
_OFFER = "{{ given.offer.name }}"
BUILT_IN: Blocks = {
    "recommendations": _both(
        _GOODS.replace("HEADING", "You may like"),
        _GOODS.replace("HEADING", "为您推荐"),
        _GOODS_TEXT.replace("HEADING", "You may like:"),
        _GOODS_TEXT.replace("HEADING", "为您推荐："),
        only_with="recommendations",
    ),
    "points": _both(
        "You have <b>{{ points.balance | number }}</b> points.",
        "您有 <b>{{ points.balance | number }}</b> 积分。",
        "You have {{ points.balance | number }} points.",
        "您有 {{ points.balance | number }} 积分。",
    ),
    "coupon": _both(
        f"Your code: <b>{_COUPON}</b>{{% if given.coupon.until %}}, until {{{{ given.coupon.until | date }}}}{{% endif %}}",
        f"您的优惠码：<b>{_COUPON}</b>{{% if given.coupon.until %}}，有效期至 {{{{ given.coupon.until | date }}}}{{% endif %}}",
        f"Your code: {_COUPON}{{% if given.coupon.until %}}, until {{{{ given.coupon.until | date }}}}{{% endif %}}",
        f"您的优惠码：{_COUPON}{{% if given.coupon.until %}}，有效期至 {{{{ given.coupon.until | date }}}}{{% endif %}}",
    ),
    "offer": _both(
        f'<b>{_OFFER}</b>{{% if given.offer.url %}} <a href="{{{{ given.offer.url }}}}">See it</a>{{% endif %}}',
        f'<b>{_OFFER}</b>{{% if given.offer.url %}} <a href="{{{{ given.offer.url }}}}">查看</a>{{% endif %}}',
        f"{_OFFER}{{% if given.offer.url %}} {{{{ given.offer.url }}}}{{% endif %}}",
        f"{_OFFER}{{% if given.offer.url %}} {{{{ given.offer.url }}}}{{% endif %}}",
    ),
}


def spoken(own: Blocks, language: str, default: str, *, mail: bool) -> dict[str, str]:
    """Return every block in the words of a language, as it stands in mail or in texts."""
    found = {}
    for name, languages in {**BUILT_IN, **own}.items():
        tag = choose(languages, language, default)
        if tag is not None:
            block = languages[tag]
            found[name] = (block.mail or html_of_text(block.text)) if mail else (block.text or "")
    return found
