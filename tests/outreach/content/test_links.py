"""Links are judged by how they look, and asked whether they live when that is wanted."""

import pytest

from tenure.outreach.content.links import dead, links_of, trouble


@pytest.mark.parametrize(("link", "wrong"), [
    ("https://shop.com/a?b=1", None), ("mailto:a@shop.com", None), ("tel:+8613800000000", None),
    ("", "empty"), ("#", "empty"), ("/a", "relative"), ("shop.com/a", "relative"), ("//shop.com/a", "relative"),
    ("http://shop.com", "not_https"), ("https://localhost/a", "nowhere"), ("https://shop.test/", "nowhere"),
    ("https://intranet/", "nowhere"), ("javascript:alert(1)", "relative"),
])  # fmt: skip
def test_a_link_tells_by_its_look_what_is_wrong_with_it(link: str, wrong: str | None) -> None:
    assert trouble(link) == wrong


def test_links_and_pictures_are_found_once_each() -> None:
    html = (
        '<a href="https://a.com">x</a><a name="b">y</a><a href=" https://a.com ">z</a><img src="https://a.com/p.png">'
    )
    assert links_of(html) == ["https://a.com", "https://a.com/p.png"]


def test_only_links_that_could_live_are_asked_and_each_once() -> None:
    asked: list[str] = []

    def alive(link: str) -> bool:
        asked.append(link)
        return link.endswith("/here")

    links = [
        "https://a.com/here",
        "https://a.com/gone",
        "http://a.com/gone",
        "/x",
        "mailto:a@b.com",
        "https://a.com/gone",
    ]
    assert dead(links, alive) == ["https://a.com/gone", "http://a.com/gone"]
    assert asked == ["https://a.com/here", "https://a.com/gone", "http://a.com/gone"]
