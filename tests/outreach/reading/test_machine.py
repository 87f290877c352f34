"""What speaks for a machine, what for a person; and how well it goes on a labelled set."""

from dataclasses import replace

import pytest

from bench.reading import ASSUMED, CHROME, IPHONE, LOSS, RECALL, hold
from tenure.app.wiring import Stores
from tenure.outreach.reading.agents import kind_of, of_a_scanner
from tenure.outreach.reading.machine import AHEAD, Seen, judge
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


def test_telephones_behind_one_carrier_are_people_and_what_hurries_is_not() -> None:
    press = Seen("click", "GET", 60, IPHONE, "117.136.0.0/24", links=1, recipients=400, channel="sms")
    assert judge(press).human
    assert judge(replace(press, seconds=12.0)).human, "a text message is read at once"
    assert not judge(replace(press, seconds=1.0)).human
    assert not judge(replace(press, seconds=5.0)).human, "hundreds within seconds are a gateway"
    assert not judge(replace(press, channel="email")).human, "of mails one address for hundreds is one"


@pytest.mark.parametrize(
    "agent",
    [
        "facebookexternalhit/1.1 Facebot Twitterbot/1.0",  # Messages of Apple, drawing a preview
        "Messages/1.0 CFNetwork/1494.0.7 Darwin/23.4.0",
        "Dalvik/2.1.0 (Linux; U; Android 14; M2012K11AC Build/UKQ1)",
        "Mozilla/5.0 (Linux; Android 14) Chrome/126.0.0.0 Mobile (compatible; Google-PageRenderer)",
        "okhttp/4.12.0",
    ],
)
def test_telephones_that_look_before_anybody_presses_are_machines(agent: str) -> None:
    assert kind_of(agent) == "scanner"
    assert not judge(Seen("click", "GET", 90, agent, channel="sms")).human


def test_who_says_that_it_looks_ahead_is_believed() -> None:
    judged = judge(replace(PERSON, method=AHEAD))
    assert (judged.human, "ahead" in [one.code for one in judged.reasons]) == (False, True)
    assert "ahead" in REASONS


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
