"""Templates see plain values, escape what customers wrote, name what is missing, and stop when they cost too much."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tenure.outreach.content.bounds import Limits
from tenure.outreach.content.faults import TemplateFault
from tenure.outreach.content.liquid import Missing, Templates
from tenure.outreach.content.reader import Reader

ANN = {
    "customer": {"name": '<script>alert("x")</script>', "phone": None, "tags": ["<i>", "b"]},
    "amount": Decimal("1234.5"),
    "at": datetime(2026, 3, 1, 20, tzinfo=UTC),
}


def write(source: str, reader: Reader | None = None, *, html: bool = True, limits: Limits | None = None) -> str:
    templates = Templates(
        {"greeting": "Hi {{ customer.name }}", "endless": "{% render 'endless' %}"}, html=html, limits=limits
    )
    return templates.parse(source, "email.html").render(ANN, reader or Reader())


def fault(source: str, **named: Limits) -> TemplateFault:
    with pytest.raises(TemplateFault) as raised:
        write(source, limits=named.get("limits"))
    return raised.value


@pytest.mark.parametrize("filters", [
    "", "| upcase", "| escape_once", "| newline_to_br", "| strip_newlines", "| append: '!'", "| prepend: '<b>'",
    "| replace: 'a', '<b>'", "| truncate: 20", "| split: 'a' | join: '<b>'", "| slice: 0, 9", "| default: 'you'",
])  # fmt: skip
def test_what_a_customer_wrote_stays_words_in_a_mail_whatever_the_filter(filters: str) -> None:
    written = write("{{ customer.name " + filters + " }}{{ customer.tags }}{% render 'greeting' %}")
    assert "<script" not in written.lower()
    assert "<i>" not in written


def test_there_is_no_filter_that_lets_html_through() -> None:
    assert fault("{{ customer.name | safe }}").kind == "unknown_filter"


def test_a_text_is_not_escaped() -> None:
    assert write("{{ customer.name }}", html=False) == ANN["customer"]["name"]  # type: ignore[index]


@pytest.mark.parametrize("path", [
    "customer.__class__", "customer['__class__']", "customer.name.__class__.__mro__", "amount.__class__", "at.year",
    "customer.items", "customer.tags.append", "customer.__init__.__globals__", "at.tzinfo", "customer.tags.__class__",
])  # fmt: skip
def test_nothing_but_values_can_be_reached(path: str) -> None:
    assert fault("{{ " + path + " }}").kind == "missing_variable"


@pytest.mark.parametrize("source", [
    "{{ customer.tags | map: '__class__' }}", "{{ customer.tags | where: '__class__' }}",
    "{{ customer.tags | find: '__class__' }}",
])  # fmt: skip
def test_filters_over_lists_reach_no_further(source: str) -> None:
    assert "class" not in write(source)


def test_something_missing_is_named_with_its_line_in_both_languages() -> None:
    found = fault("Hello,\n{{ customer.nmae }}")
    assert (found.kind, found.what, str(found.place)) == ("missing_variable", "customer.nmae", "email.html:2")
    assert "customer.nmae" in found.message.zh
    assert found.remedy is not None
    assert "{{ customer.nmae | default:" in found.remedy.en


def test_a_value_that_is_empty_may_be_asked_for_and_given_a_default() -> None:
    assert write("{% if customer.phone %}a{% else %}b{% endif %}{{ customer.phone | default: 'c' }}") == "bc"
    assert fault("{{ customer.phone }}").kind == "missing_variable"
    assert fault("{{ customer.phone | upcase }}").kind == "missing_variable"
    assert fault("{% for one in customer.phones %}{% endfor %}").kind == "missing_variable"


def test_for_a_proof_everything_missing_is_noted_and_the_rest_is_written() -> None:
    missing: Missing = []
    template = Templates(html=True).parse("{{ a.b }} {{ c | upcase }}\n{{ d | money }}{{ e | default: 1 }}", "text")
    assert template.render({}, Reader(), missing).split() == ["1"]
    assert set(missing) == {("a", 1), ("c", 1), ("d", 2)}


@pytest.mark.parametrize(("source", "kind"), [
    ("{% for i in (1..1000000000) %}x{% endfor %}", "too_many_loops"),
    ("{% for i in (1..5000) %}{% for j in (1..5000) %}{% endfor %}{% endfor %}", "too_many_loops"),
    ("{% tablerow i in (1..100000) %}x{% endtablerow %}", "too_many_loops"),
    ("{% for i in (1..9999) %}{{ customer.name | append: '" + "x" * 30_000 + "' }}{% endfor %}", "too_long"),
    ("{{ (1..1000000000) | join: ',' }}", "too_many_loops"),
    ("{% if (1..99999999999) contains 'x' %}{% endif %}", "too_many_loops"),
    ("{{ (1..99999999999999999999999999999999) | first }}", "too_many_loops"),
    ("{{" * 60_000, "syntax"),
    ("{% raw %}" * 40_000, "syntax"),
    ("{% if " + "(" * 50_000 + "true" + ")" * 50_000 + " %}{% endif %}", "syntax"),
    ("{% assign a = 'x' %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}", "too_long"),
    ("{{ 'a' " + "| replace: 'a', 'aaaaaaaaaa' " * 9 + "}}", "too_long"),
    ("{% capture a %}{% for i in (1..9999) %}" + "x" * 300 + "{% endfor %}{% endcapture %}", "too_long"),
    ("{% assign a = 9 %}{% for i in (1..100) %}{% assign a = a | times: a %}{% endfor %}", "bad_value"),
    ("{% render 'endless' %}", "too_deep"),
    ("{% if a %}" * 100 + "{% endif %}" * 100, "too_deep"),
    ("{% include 'greeting' %}", "unknown_filter"),
    ("{% render 'nothing' %}", "unknown_block"),
    ("{{ 1 | divided_by: 0 }}", "bad_value"),
    ("{{ 'x' | money }}", "bad_value"),
    ("{{ a b c | }}", "syntax"),
])  # fmt: skip
def test_a_template_that_costs_too_much_or_cannot_be_read_ends_with_a_fact(source: str, kind: str) -> None:
    found = fault(source)
    assert found.kind == kind
    assert found.message.en != found.message.zh


@pytest.mark.parametrize("source", [
    "{{ amount }}", "{% for i in (1..10) %}{% assign a = i %}{% endfor %}", "{% assign a = amount | times: 2 %}",
])  # fmt: skip
def test_a_template_past_its_time_is_stopped_whether_it_writes_loops_or_reckons(source: str) -> None:
    assert fault(source, limits=Limits(seconds=-1)).kind == "too_slow"


def test_a_text_cannot_grow_past_the_limit_in_one_step() -> None:
    wide = "{% assign a = '" + "x" * 900 + "' | replace: 'x', '" + "x" * 1000 + "' %}"
    assert fault(wide + "{{ a | replace: 'x', a }}").kind == "too_long"
    assert fault(wide + "{{ (1..9999) | join: a }}").kind == "too_long"


@pytest.mark.parametrize(("language", "told"), [
    ("en", "¥1,234.50 | Mar 2, 2026 | 2026-03-02 04:00"),
    ("zh-CN", "¥1,234.50 | 2026年3月2日 | 2026-03-02 04:00"),
    ("de", "1.234,50 CN¥ | 02.03.2026 | 2026-03-02 04:00"),
])  # fmt: skip
def test_money_and_dates_are_written_as_the_reader_writes_them_on_their_own_clock(language: str, told: str) -> None:
    reader = Reader(language, "CNY", ZoneInfo("Asia/Shanghai"))
    source = "{{ amount | money }} | {{ at | date }} | {{ at | date: '%Y-%m-%d %H:%M' }}"
    assert write(source, reader).replace("\xa0", " ").replace("CN¥1", "¥1") == told
