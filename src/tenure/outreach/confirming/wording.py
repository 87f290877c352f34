"""What the message that asks for a yes says before anybody changed it, in both languages."""

from collections.abc import Mapping

from tenure.outreach.content.variants import Variant
from tenure.outreach.content.wording import Channels

NAME = "Confirm a subscription · 订阅确认"
PURPOSE = "service"


def _mail(lines: Mapping[str, str]) -> str:
    return f"""<mjml>
  <mj-body background-color="#f4f4f2">
    <mj-section background-color="#ffffff" padding="28px 8px">
      <mj-column>
        <mj-text font-size="15px">
          {{% if brand.logo_url %}}<img src="{{{{ brand.logo_url }}}}" alt="{{{{ brand.name }}}}" height="44">
          {{% elsif brand.name %}}<b>{{{{ brand.name }}}}</b>{{% endif %}}
        </mj-text>
        <mj-text font-size="24px" font-weight="700" line-height="1.3">{lines["title"]}</mj-text>
        <mj-text font-size="15px" line-height="1.6">{lines["asked"]}</mj-text>
        <mj-text font-size="15px" line-height="1.6">
          {{% if given.words.{lines["tag"]} %}}<b>{lines["quoted"]}</b>{{% endif %}}
        </mj-text>
        <mj-button href="{{{{ confirm_url }}}}" background-color="{{{{ brand.colour }}}}" color="{{{{ brand.text_colour }}}}"
                   font-size="16px" border-radius="8px" align="left">{lines["button"]}</mj-button>
        <mj-text font-size="13px" line-height="1.6" color="#5b6b7b">{lines["ends"]}</mj-text>
        <mj-text font-size="13px" line-height="1.6" color="#5b6b7b">{lines["not_you"]}</mj-text>
        <mj-text font-size="13px" line-height="1.6" color="#5b6b7b">
          {{% if brand.postal_address %}}{{{{ brand.name }}}} · {{{{ brand.postal_address }}}}{{% endif %}}
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
"""


_EN = {
    "tag": "en",
    "title": "Please confirm that you want this",
    "asked": "Somebody, we hope you, asked us to send “{{ given.list.en }}” to this address. Please tell us that you want it.",
    "quoted": "{{ given.words.en }}",
    "button": "Yes, I want that",
    "ends": "The link is good for {{ given.days }} days. Until you press the button we send you none of it.",
    "not_you": "It was not you? Then do nothing, and you will not hear from us.",
}
_ZH = {
    "tag": "zh",
    "title": "请确认您的订阅",
    "asked": "我们收到了通过此地址订阅“{{ given.list.zh }}”的请求。如果是您本人，请点击下方按钮确认。",
    "quoted": "{{ given.words.zh }}",
    "button": "确认订阅",
    "ends": "链接在 {{ given.days }} 天内有效。在您确认之前，我们不会发送此类消息。",
    "not_you": "不是您本人操作？忽略此邮件即可，我们不会再打扰您。",
}
_BRAND = "{% if brand.name %}{{ brand.name }}: {% endif %}"
_BRAND_ZH = "{% if brand.name %}【{{ brand.name }}】{% endif %}"
CHANNELS: Channels = {
    "email": {
        "en": Variant(subject=f"{_BRAND}please confirm “{{{{ given.list.en }}}}”", mjml=_mail(_EN)),
        "zh": Variant(subject=f"{_BRAND_ZH}请确认订阅“{{{{ given.list.zh }}}}”", mjml=_mail(_ZH)),
    },
    "sms": {
        "en": Variant(text=f"{_BRAND}confirm “{{{{ given.list.en }}}}” here: {{{{ confirm_url }}}}"),
        "zh": Variant(text=f"{_BRAND_ZH}请打开链接确认订阅“{{{{ given.list.zh }}}}”：{{{{ confirm_url }}}}"),
    },
}
