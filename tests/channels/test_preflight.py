"""What stands in the way of a newsletter, by records given; and real questions over UDP."""

from collections.abc import Mapping, Sequence

import pytest

from tenure.channels.preflight import Lookup, findings

GOOD = {
    ("shop.example", "TXT"): ["google-site-verification=1", "v=spf1 include:mail.example -all"],
    ("s1._domainkey.shop.example", "TXT"): ["v=DKIM1; k=rsa; p=MII AB"],
    ("_dmarc.shop.example", "TXT"): ["v=DMARC1; p=quarantine"],
    ("shop.example", "MX"): ["mx.shop.example"],
}


def of(records: Mapping[tuple[str, str], Sequence[str] | None]) -> Lookup:
    return lambda name, kind: records.get((name, kind), [])


def blocked(
    records: Mapping[tuple[str, str], Sequence[str] | None], site: str | None = "https://shop.example"
) -> set[str]:
    found = findings("shop.example", "v=DKIM1; k=rsa; p=MIIAB", "s1", site, of(records))
    assert [one.name for one in found] == ["SPF", "DKIM", "DMARC", "MX", "One-click"]
    assert all(one.ok or one.remedy is not None for one in found)
    return {one.name for one in found if one.blocks}


def test_a_domain_in_order_is_let_through() -> None:
    assert blocked(GOOD) == set()


@pytest.mark.parametrize(
    ("place", "records", "name"),
    [
        (("shop.example", "TXT"), [], "SPF"),
        (("shop.example", "TXT"), ["v=spf1 a -all", "v=spf1 mx -all"], "SPF"),
        (("shop.example", "TXT"), ["v=spf1 +all"], "SPF"),
        (("s1._domainkey.shop.example", "TXT"), ["v=DKIM1; k=rsa; p=another"], "DKIM"),
        (("_dmarc.shop.example", "TXT"), ["something else"], "DMARC"),
        (("shop.example", "MX"), [], "MX"),
    ],
)
def test_what_is_missing_blocks_by_its_name(place: tuple[str, str], records: list[str], name: str) -> None:
    assert blocked({**GOOD, place: records}) == {name}


def test_mail_without_key_or_links_without_https_block() -> None:
    assert blocked(GOOD, site=None) == {"One-click"}
    assert blocked(GOOD, site="http://shop.example") == {"One-click"}
    unsigned = findings("shop.example", None, None, "https://shop.example", of(GOOD))
    assert [one.name for one in unsigned if one.blocks] == ["DKIM"]


def test_where_nobody_could_be_asked_nothing_is_claimed() -> None:
    away = dict.fromkeys(GOOD)
    found = findings("shop.example", "v=DKIM1; p=MIIAB", "s1", "https://shop.example", of(away))
    assert not any(one.blocks for one in found)
    assert [one.ok for one in found] == [False, False, False, False, True]


def test_where_bounces_come_back_to_another_domain_its_records_are_asked() -> None:
    records = {**GOOD, ("back.example", "TXT"): [], ("back.example", "MX"): []}
    found = findings(
        "shop.example", "v=DKIM1; k=rsa; p=MIIAB", "s1", "https://shop.example", of(records), "back.example"
    )
    assert {one.name for one in found if one.blocks} == {"SPF", "MX"}
