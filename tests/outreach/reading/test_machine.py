"""What speaks for a machine, what for a person; and how well it goes on a labelled set."""

from dataclasses import replace

import pytest

from bench.reading import ASSUMED, CHROME, LOSS, RECALL, hold
from tenure.app.wiring import Stores
from tenure.outreach.reading.agents import kind_of, of_a_scanner
from tenure.outreach.reading.machine import Seen, judge
from tenure.outreach.reading.words import REASONS

PERSON = Seen("click", "GET", 3600, CHROME, "84.10.2.0/24", links=1, read_before=True)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"seconds": 0.5}, "delay"),
        ({"trapped": True}, "trap"),
        ({"kind": "trap"}, "trap"),
        ({"method": "HEAD"}, "head"),
        ({"headed": True, "seconds": 40.0}, "head_first"),
        ({"links": 5}, "links"),
        ({"recipients": 30}, "recipients"),
        ({"agent": "python-requests/2.31"}, "agent_scanner"),
        ({"network": "40.107.3.0/24", "read_before": False}, "network"),
        ({"kind": "open", "agent": "Mozilla/5.0", "seconds": 60.0}, "agent_privacy_proxy"),
        ({"caught": True, "seconds": 60.0, "read_before": False}, "caught"),
    ],
)
def test_each_sign_alone_gives_a_machine_away(changed: dict[str, object], code: str) -> None:
    assert judge(PERSON).human
    judged = judge(replace(PERSON, **changed))  # type: ignore[arg-type]
    assert not judged.human
    assert code in [one.code for one in judged.reasons if one.weight > 0]
    assert {one.code for one in judged.reasons} <= set(REASONS)


def test_googles_proxy_reads_for_many_and_is_nobodys_machine() -> None:
    proxy = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
    assert judge(Seen("open", "GET", 900, proxy, "66.249.84.0/24", recipients=500)).human
    assert not judge(Seen("open", "GET", 0.4, proxy, "66.249.84.0/24")).human


def test_two_links_in_two_tabs_are_still_a_person() -> None:
    assert judge(replace(PERSON, links=2)).human
    assert judge(replace(PERSON, links=3)).human


def test_programs_and_networks_are_known() -> None:
    assert [kind_of(name) for name in ("", "Mozilla/5.0", CHROME, "curl/8")] == [
        "empty", "privacy_proxy", "browser", "scanner",
    ]  # fmt: skip
    assert (of_a_scanner("104.47.7.0/24"), of_a_scanner("84.10.2.0/24"), of_a_scanner("")) == (True, False, False)


def test_scanners_are_recognised_and_people_are_not_lost(stores: Stores) -> None:
    found = hold(stores, replace(ASSUMED, recipients=1500), seed=3)
    assert found.recall >= RECALL
    assert found.loss <= LOSS
    assert found.reads["person"] > 300
