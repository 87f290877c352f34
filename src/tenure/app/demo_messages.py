"""The demo company's voice: its brand, and three published messages to look at, change and try. Nothing is sent."""

from datetime import datetime
from string import Template

from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.outreach.content import service as content
from tenure.outreach.content.kept import BrandWords
from tenure.outreach.content.service import Wanted
from tenure.outreach.content.variants import Variant

BRAND = BrandWords(
    name="Hearth & Harbor 栖岸家居",
    language="zh",
    colour="#0f5f5a",
    site_url="https://hearth-harbor.example.com",
    postal_address="12 Harbour Road, Qingdao 青岛市港湾路 12 号",
    sender_name="Hearth & Harbor 栖岸家居",
    sender_address="hello@hearth-harbor.example.com",
)
_LETTER = Template("""\
<mjml>
  <mj-body background-color="#f4f4f2">
    <mj-section background-color="#ffffff" padding="28px 12px 8px">
      <mj-column>
        <mj-text font-size="14px" font-weight="700" color="{{ brand.colour }}">{{ brand.name }}</mj-text>
        <mj-text font-size="26px" font-weight="700" line-height="1.3">$heading</mj-text>
        <mj-text font-size="15px" line-height="1.7">$hello</mj-text>
        <mj-text font-size="15px" line-height="1.7">$body</mj-text>
        <mj-text>{% render "recommendations" %}</mj-text>
        <mj-button href="{{ brand.site_url }}" background-color="{{ brand.colour }}" color="{{ brand.text_colour }}" border-radius="8px">$button</mj-button>
      </mj-column>
    </mj-section>
    <mj-section padding="14px 12px">
      <mj-column>
        <mj-text font-size="12px" color="#5b6460">{{ brand.postal_address }} · <a href="{{ unsubscribe_url }}">$leave</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
""")


def _letter(subject: str, preheader: str, **words: str) -> Variant:
    return Variant(subject=subject, preheader=preheader, mjml=_LETTER.substitute(words))


MESSAGES = (
    Wanted(
        "Come back to the harbour 栖岸来信", "marketing", "win_back", ("demo",), transactional=False,
        channels={"email": {
            "en": _letter(
                "{{ customer.name | default: 'Hello' }}, what came in since your last visit",
                "Chosen for your home, by what you liked before.",
                heading="New at the harbour",
                hello="Hello {{ customer.name | default: 'there' }},",
                body="{% if orders.last_at %}Your last order with us was on {{ orders.last_at | date }}. {% endif %}"
                     "These are the pieces people with a taste like yours took home this month.",
                button="Have a look",
                leave="Unsubscribe",
            ),
            "zh": _letter(
                "{{ customer.name | default: '您好' }}，栖岸有新品到店",
                "按您喜欢过的款式，为您的家挑选。",
                heading="栖岸新品",
                hello="{{ customer.name | default: '您好' }}：",
                body="{% if orders.last_at %}您上次下单是在 {{ orders.last_at | date }}。{% endif %}"
                     "以下是与您品味相近的顾客本月带回家的好物。",
                button="去看看",
                leave="退订",
            ),
        }},
    ),
    Wanted(
        "Your parcel is on its way 发货通知", "transactional", "order", ("demo",), transactional=True,
        channels={"sms": {
            "en": Variant(text="Hearth & Harbor: your order is on its way. {{ brand.site_url }}"),
            "zh": Variant(text="【栖岸家居】您的订单已发出，物流详情见 {{ brand.site_url }}"),
        }},
    ),
    Wanted(
        "Welcome back 欢迎回来", "marketing", "care", ("demo",), transactional=False,
        channels={"in_app": {
            "en": Variant(
                subject="Good to see you, {{ customer.name | default: 'friend' }}",
                text="Three new pieces that go with what you have.\n\n[Have a look]({{ brand.site_url }})",
            ),
            "zh": Variant(
                subject="欢迎回来，{{ customer.name | default: '朋友' }}",
                text="三件新品，与您家里的正相配。\n\n[去看看]({{ brand.site_url }})",
            ),
        }},
    ),
)  # fmt: skip


def write(session: Session, owner: Principal, now: datetime) -> None:
    """Say how the demo company looks, and publish what it has to say."""
    content.change_brand(session, BRAND, owner, now)
    for wanted in MESSAGES:
        content.publish(session, content.make(session, wanted, owner, now).id, owner, now)
