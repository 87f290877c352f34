"""Personalised mails written in a second on one core, after the version is made ready: ``python3 run.py bench [--small] content``.

Each mail is MJML with conditions, a loop over three products, points, a coupon, dates and money, a preheader and the
footer; subject, HTML and text are written for every customer. Profiles are at hand: reading them is measured apart.
"""

import argparse
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tenure.outreach.content.reader import Reader
from tenure.outreach.content.variants import Variant
from tenure.outreach.content.wording import Wording

AIM = 2_000
NAMES = ("Ann <Lee>", "王小明", "José & Co", "Bob")
GOODS = tuple({"name": f"Tea no. {number} & more", "price": 9.5 + number} for number in range(200))
MJML = """<mjml><mj-head><mj-title>Spring</mj-title></mj-head><mj-body>
<mj-section background-color="{{ brand.colour }}"><mj-column>
  <mj-image src="{{ brand.logo_url }}" width="120px" alt="{{ brand.name }}"/>
</mj-column></mj-section>
<mj-section><mj-column>
  <mj-text>Dear {{ customer.name | default: "friend" }},</mj-text>
  {% if orders.count > 3 %}<mj-text>Thank you for {{ orders.count }} orders since {{ orders.first_at | date }}.</mj-text>
  {% else %}<mj-text>Good to have you with us.</mj-text>{% endif %}
  {% render 'points' %}
</mj-column></mj-section>
{% if recommendations %}<mj-section><mj-column><mj-text>Chosen for you</mj-text></mj-column></mj-section>
{% for one in recommendations limit: 3 %}
<mj-section><mj-column width="70%"><mj-text>{{ one.name }}</mj-text></mj-column>
<mj-column width="30%"><mj-text>{{ one.price | money }}</mj-text></mj-column></mj-section>
{% endfor %}{% endif %}
<mj-section><mj-column>{% render 'coupon' %}
  <mj-button href="https://shop.example.com/spring?c={{ customer.id | url_encode }}">Have a look</mj-button>
</mj-column></mj-section>
</mj-body></mjml>"""


def wording() -> Wording:
    """Return the version all mails are written from, in two languages."""
    variant = Variant("{{ customer.name | default: 'You' }}, spring is here", "For {{ customer.name }}", MJML)
    return Wording({"email": {"en": variant, "zh": variant}}, {}, "en", transactional=False)


def people(number: int, seed: int = 0) -> list[tuple[Mapping[str, object], Reader]]:
    """Draw customers as profiles hold them, half of them reading Chinese."""
    rng = np.random.default_rng(seed)
    brand = {
        "name": "Tea & Co",
        "colour": "#1f6f54",
        "logo_url": "https://shop.example.com/l.png",
        "postal_address": "1 Road",
    }
    drawn: list[tuple[Mapping[str, object], Reader]] = []
    for place in range(number):
        first = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=float(rng.exponential(400)))
        goods = [GOODS[one] for one in rng.integers(0, len(GOODS), 3)]
        drawn.append((
            {
                "customer": {"id": f"c&{place}", "name": NAMES[place % len(NAMES)]},
                "orders": {"count": int(rng.poisson(4)), "first_at": first},
                "points": {"balance": int(rng.integers(10_000))},
                "recommendations": goods,
                "given": {"coupon": {"code": f"SPRING{place}", "until": "2026-05-01"}},
                "brand": brand,
                "unsubscribe_url": f"https://shop.example.com/u/{place}",
            },
            Reader("zh" if place % 2 else "en", "CNY", ZoneInfo("Asia/Shanghai")),
        ))  # fmt: skip
    return drawn


def main() -> None:
    """Print how long making ready takes, and mails a second after that."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true", help="a size that takes a second")
    number = 500 if parser.parse_args().small else 20_000
    drawn, words = people(number), wording()
    begin = time.process_time()
    words.check()
    ready = time.process_time() - begin
    begin = time.process_time()
    size = 0
    for variables, reader in drawn:
        written = words.write("email", variables, reader)
        size += len(written.html or "")
    taken = time.process_time() - begin
    print(f"{number:,} mails in two languages, {size / number / 1024:.1f} kB of HTML each")
    print(f"make ready (MJML compiled, Liquid read)   {ready * 1000:>10.0f} ms, once for a version")
    print(f"write subject, HTML and text              {number / taken:>10,.0f} a second on one core")
    print(f"aim: {AIM:,} a second")


if __name__ == "__main__":
    main()
