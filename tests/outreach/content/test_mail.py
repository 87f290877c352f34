"""MJML is made into HTML once, with its Liquid whole; what would be lost or broken is refused."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tenure.outreach.content.faults import TemplateFault
from tenure.outreach.content.liquid import Templates
from tenure.outreach.content.mail import compiled, from_html, html_of_text
from tenure.outreach.content.reader import Reader

GOLDEN = Path(__file__).parent / "golden"
BLOCKS = {
    "note": "<b>{{ customer.id }}</b>",
    "header": '<mj-section background-color="{{ brand.colour }}"><mj-column><mj-text>{{ brand.name }}</mj-text></mj-column></mj-section>',
}
MAIL = """<mjml><mj-body>
{% render 'header' %}
<mj-section><mj-column>
  <mj-text>Hi {{ customer.name | default: "you" }}, {% if points < 5 and true %}soon{% endif %}</mj-text>
  {% if points %}<mj-text>{{ points }} points</mj-text>
  {% else %}<mj-button href="https://shop.test/?a=1&b={{ customer.id | url_encode }}">Join</mj-button>{% endif %}
</mj-column></mj-section>
{% for one in recommendations %}
<mj-section>{% unless one.sold_out %}<mj-column>{{ one.name }}</mj-column>{% endunless %}</mj-section>
{% endfor %}
{% render 'note' %}
</mj-body></mjml>"""
ANN = {
    "customer": {"name": "<b>Ann", "id": "c&1"},
    "points": 3,
    "recommendations": [{"name": "Tea"}, {"name": "<i>Cup"}, {"name": "Pot", "sold_out": True}],
    "brand": {"name": "Shop", "colour": "#123456", "postal_address": "1 Road"},
    "unsubscribe_url": "https://shop.test/u?x=1&y=2",
}
NOBODY = {**ANN, "customer": {"id": "c2"}, "points": None, "recommendations": []}


def written(source: str, person: dict[str, object], language: str = "en") -> tuple[str, str]:
    html, text = compiled(source, "email.mjml", language, BLOCKS, "For {{ customer.id }}", footer=True)
    return (
        Templates(BLOCKS, html=True).parse(html, "email.mjml", source).render(person, Reader(language)),
        Templates(BLOCKS, html=False).parse(text, "email.text", source).render(person, Reader(language)),
    )


def refused(inside: str) -> TemplateFault:
    with pytest.raises(TemplateFault) as raised:
        compiled(f"<mjml><mj-body>\n{inside}</mj-body></mjml>", "email.mjml", "en", BLOCKS)
    return raised.value


class Balance(HTMLParser):
    """Whether every element that opens also closes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.broken: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "link", "img", "br", "hr", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """An element that closes itself changes nothing."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)


@pytest.mark.parametrize(("name", "person", "language"), [("known.en", ANN, "en"), ("unknown.zh", NOBODY, "zh-CN")])
def test_a_mail_is_written_as_it_was_agreed(name: str, person: dict[str, object], language: str) -> None:
    html, text = written(MAIL, person, language)
    for ending, made in (("html", html), ("txt", text)):
        golden = GOLDEN / f"{name}.{ending}"
        if not golden.exists():
            golden.write_text(made, encoding="utf-8")
        assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("person", [ANN, NOBODY])
def test_conditions_and_loops_around_sections_columns_and_texts_leave_a_mail_well_formed(
    person: dict[str, object],
) -> None:
    html, _ = written(MAIL, person)
    body = html[html.index("<body") : html.index("</html>")]
    for seen in (
        re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL),
        re.sub(r"<!--\[if mso \| IE\]>|<!\[endif\]-->", "", body),
    ):
        balance = Balance()
        balance.feed(seen)
        assert (balance.broken, balance.open) == ([], [])


def test_each_customer_gets_their_own_sections() -> None:
    html, text = written(MAIL, ANN)
    assert ("3 points" in html, "Join" in html, html.count("&lt;i&gt;Cup"), "Pot" in html) == (True, False, 1, False)
    assert "background:#123456" in html
    assert "soon" in text
    html, text = written(MAIL, NOBODY)
    assert 'href="https://shop.test/?a=1&b=c2"' in html
    assert "Join (https://shop.test/?a=1&b=c2)" in text
    assert "Tea" not in html


def test_every_mail_ends_with_the_way_out_and_the_address_once() -> None:
    html, text = written(MAIL, ANN)
    assert html.count("https://shop.test/u?x=1&amp;y=2") == 1
    assert "Shop, 1 Road" in text
    own = MAIL.replace(
        "</mj-body>",
        '<mj-section><mj-column><mj-text><a href="{{ unsubscribe_url }}">out</a></mj-text></mj-column></mj-section></mj-body>',
    )
    assert "Unsubscribe" not in written(own, ANN)[0]
    assert "退订" in written(MAIL, ANN, "zh-CN")[0]


def test_what_stands_under_the_subject_is_in_the_html_and_not_in_the_text() -> None:
    html, text = written(MAIL, ANN)
    assert "For c&amp;1</div>" in html
    assert "For c&1" not in text


def test_a_mail_fetches_no_font_from_elsewhere() -> None:
    assert "fonts." not in written(MAIL, ANN)[0]


@pytest.mark.parametrize(("inside", "kind", "what"), [
    ("{% if a %}<mj-section>{% endif %}<mj-column></mj-column></mj-section>", "mjml_straddles", "{% endif %}"),
    ("<mj-section>{% for a in b %}</mj-section>{% endfor %}", "mjml_straddles", "{% for a in b %}"),
    ('<mj-section><mj-column><mj-image width="{{ w }}" src="x"/></mj-column></mj-section>', "mjml_lost", "{{ w }}"),
    ("hello<mj-section></mj-section>", "mjml_outside", "hello"),
    ("<mj-foo>x</mj-foo>", "mjml_element", "mj-foo"),
    ('<mj-include path="/etc/passwd"/>', "mjml_element", "mj-include"),
    ("<mj-section>", "mjml", "unexpected end of stream in root template"),
])  # fmt: skip
def test_what_mjml_would_lose_or_break_is_refused_and_named(inside: str, kind: str, what: str) -> None:
    found = refused(inside)
    assert (found.kind, found.what) == (kind, what)


def test_a_mail_written_in_html_has_its_text_and_its_way_out_too() -> None:
    html, text = from_html("<html><body><p>Hi {{ a }}</p><style>p{}</style></body></html>", "en", "Pre", footer=True)
    assert "display:none" in html
    assert html.index("Unsubscribe") < html.index("</body>")
    assert text.startswith("Hi {{ a }}\n")


def test_a_block_written_as_text_becomes_html_with_its_liquid_whole() -> None:
    assert html_of_text("a < b\n{{ x | append: '<' }}") == "a &lt; b<br/>\n{{ x | append: '<' }}"


LONG = 60_000


@pytest.mark.parametrize(
    "inside",
    [
        "<" + "a" * LONG,
        "<!--" * LONG,
        '<a "' * LONG,
        "<b x='" * LONG,
        "{% raw %}" * LONG,
        "{{" * LONG,
        "<mj-raw>" + "<!--x>" * LONG,
    ],
    ids=["name", "comment", "quote", "value", "raw", "value of Liquid", "comments"],
)
def test_a_draft_made_to_take_time_is_refused_at_once(inside: str) -> None:
    begun = time.process_time()
    with pytest.raises(TemplateFault):
        compiled(f"<mjml><mj-body>{inside}</mj-body></mjml>", "email.en.mjml", "en", {})
    assert time.process_time() - begun < 2, "it took hours, and nobody else got a turn"


@pytest.mark.parametrize("made", ["<a " * LONG, "<!--" * LONG, "<!--x>" * LONG, "<body" * LONG, "</a" * LONG])
def test_html_made_to_take_time_is_refused_at_once(made: str) -> None:
    begun = time.process_time()
    with pytest.raises(TemplateFault):
        from_html(made, "en", "under the subject")
    assert time.process_time() - begun < 2


def test_elements_a_thousand_deep_are_refused_before_the_compiler_falls_through_the_floor() -> None:
    deep = "<div>" * 20_000 + "</div>" * 20_000
    with pytest.raises(TemplateFault) as found:
        compiled(f"<mjml><mj-body><mj-raw>{deep}</mj-raw></mj-body></mjml>", "email.en.mjml", "en", {})
    assert found.value.kind == "too_deep"
    lines = "<br>" * 1_000
    assert "<br" in compiled(
        f"<mjml><mj-body><mj-section><mj-column><mj-text>{lines}</mj-text></mj-column></mj-section></mj-body></mjml>",
        "email.en.mjml", "en", {},
    )[0]  # fmt: skip


def test_a_section_of_sgml_is_no_crash() -> None:
    assert from_html("<p>Hi<![x[y]]></p>", "en")[1].startswith("Hi")
