"""Links led through us, and nowhere else."""

import re

import pytest

from tenure.kit.errors import NotFound
from tenure.outreach.reading.marks import Mark, Marks, read

BASE = "https://crm.example.com"
OUT = f"{BASE}/unsubscribe/abc"
MAIL = f"""<html><body><a href="https://shop.example.com/?a=1&amp;b=2#top">Go</a>
<a class='x' href='http://other.example/'>Other</a> <a href="mailto:hi@shop.example.com">Write</a> <a href="#top">Up</a>
<a href="{OUT}">Unsubscribe</a> <a href="{BASE}/preferences/xyz">Choose</a> <a href="javascript:alert(1)">No</a>
<!--[if mso]><a href="https://shop.example.com/mso">Outlook</a><![endif]--></body></html>"""


def targets(marked: str, place: str = "r") -> list[str]:
    return [read("secret", token).target for token in re.findall(rf"{BASE}/{place}/([\w.~-]+)", marked)]


def test_links_lead_through_us_and_ways_out_stay_as_they_are() -> None:
    marked = Marks("secret", BASE + "/").html(MAIL, "snd_1", {OUT})
    assert targets(marked) == [
        "https://shop.example.com/?a=1&b=2#top", "http://other.example/", "https://shop.example.com/mso", "",
    ]  # fmt: skip
    for kept in (f'"{OUT}"', f'"{BASE}/preferences/xyz"', "mailto:hi", '"#top"', "javascript:alert(1)"):
        assert kept in marked
    assert targets(marked, "o") == [""]
    assert marked.endswith("</body></html>")
    trap = marked[marked.index("<div style=") :]
    assert trap.startswith('<div style="display:none')
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1"' in trap


def test_a_text_mail_keeps_its_punctuation() -> None:
    text = f"看看 https://shop.example.com/new。Or (http://b.example/x), or {OUT}."
    marked = Marks("secret", BASE).text(text, "snd_1", {OUT})
    assert targets(marked) == ["https://shop.example.com/new", "http://b.example/x"]
    assert marked.endswith(f", or {OUT}.")
    assert "。Or (" in marked


def test_nobody_makes_our_address_lead_elsewhere() -> None:
    marked = Marks("secret", BASE).html('<a href="https://shop.example.com">x</a>', "snd_1")
    token = re.findall(rf"{BASE}/r/([\w.~-]+)", marked)[0]
    assert read("secret", token) == Mark("snd_1", "https://shop.example.com")
    for wrong in (token[:-1], "a" + token, "https://evil.example", "", token.replace(".", "")):
        with pytest.raises(NotFound):
            read("secret", wrong)
    with pytest.raises(NotFound):
        read("another secret", token)
