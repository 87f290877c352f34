"""Channels of a workspace: what the file says, what is wrong with it, and what the commands tell."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tenure.app.channels.check import examine
from tenure.app.channels.config import FILE, read
from tenure.app.cli import app
from tenure.channels.sms.accounts import Alibaba
from tenure.kit.clock import SystemClock
from tests.channels.wecom_company import CORP, KEYS, SECRET, WeComServer

GOOD = """
private_networks = ["127.0.0.0/8"]
[email]
host = "127.0.0.1"
from = "shop@tenure.example"
name = "留客商店"
[sms]
provider = "alibaba"
key_id = "LTAI"
key_secret = "hidden-key"
signature = "留客商店"
endpoint = "http://127.0.0.1:9/"
[wecom]
corp_id = "{corp}"
secret = "{secret}"
endpoint = "{endpoint}"
callback_token = "{token}"
callback_key = "{key}"
[robots.feishu.care]
url = "http://127.0.0.1:9/open-apis/bot/v2/hook/hidden-token"
secret = "hidden-sign"
"""


@pytest.fixture
def company() -> Iterator[WeComServer]:
    server = WeComServer()
    yield server
    server.close()


def write(folder: Path, words: str) -> Path:
    path = folder / FILE
    path.write_text(words, encoding="utf-8")
    path.chmod(0o600)
    return folder


def filled(company: WeComServer, secret: str = SECRET) -> str:
    return GOOD.format(corp=CORP, secret=secret, endpoint=company.url, token=KEYS.token, key=KEYS.aes_key)


def test_a_good_file_is_read_whole_and_every_channel_is_looked_at(tmp_path: Path, company: WeComServer) -> None:
    found = read(write(tmp_path, filled(company)))
    assert found.mistakes == []
    assert isinstance(found.sms, Alibaba)
    assert list(found.robots["feishu"]) == ["care"]
    findings = examine(found, company.clock, connect=True)
    assert {one.state for one in findings} == {"ok"}
    assert [one.channel for one in findings] == ["email", "sms (alibaba)", "wecom", "wecom", "feishu (care)"]
    assert "1 colleagues" in findings[3].fact.en
    hidden = [word for word in ("hidden", SECRET, KEYS.aes_key) if word in repr(findings) + repr(found)]
    assert hidden == []


def test_a_wrong_secret_is_told_in_wecoms_own_words(tmp_path: Path, company: WeComServer) -> None:
    findings = examine(read(write(tmp_path, filled(company, "wrong-secret"))), company.clock, connect=True)
    wrong = [one for one in findings if one.state == "wrong"]
    assert [one.channel for one in wrong] == ["wecom"]
    assert "40001" in wrong[0].fact.en
    assert "wrong-secret" not in repr(findings)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("[email]\nhost = 1", "email.host"),
        ('[email]\nhost = "a"\nfrom = "nobody"', "email.from"),
        ('[email]\nhost = "a"\nfrom = "a@b"\ntls = "ssl"', "email.tls"),
        ('[email]\nhost = "a"\nfrom = "a@b"\nportt = 1', "email.portt"),
        ('[sms]\nprovider = "pigeon"', "sms.provider"),
        ('[sms]\nprovider = "gateway"\nurl = "sms.example"\nsecret = "x"', "sms.url"),
        ('[sms]\nprovider = "gateway"\nurl = "https://sms.example"\nsecret = "x"', "sms.secret"),
        ('[wecom]\ncorp_id = "a"\nsecret = "b"\ncallback_token = "t"\ncallback_key = "short"', "wecom.callback_key"),
        ('[robots.teams.a]\nurl = "https://a.example"', "robots.teams"),
        ('private_networks = ["everything"]', "private_networks"),
        ("[pigeons]", "pigeons"),
        ("[email", FILE),
    ],
)
def test_every_mistake_is_named_with_its_place_and_a_remedy_in_both_languages(
    tmp_path: Path, words: str, place: str
) -> None:
    mistakes = read(write(tmp_path, words)).mistakes
    assert place in [one.place for one in mistakes]
    assert all(one.remedy.en and one.remedy.zh and one.fact.zh for one in mistakes)


def test_a_file_that_others_can_read_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, "")
    (tmp_path / FILE).chmod(0o644)
    assert [one.place for one in read(tmp_path).mistakes] == [FILE]


def test_an_address_inside_is_refused_unless_its_network_was_allowed(tmp_path: Path) -> None:
    words = '[sms]\nprovider = "gateway"\nurl = "http://127.0.0.1:9/"\nsecret = "whsec_' + "A" * 40 + '"\n'
    findings = examine(read(write(tmp_path, words)), SystemClock(), connect=False)
    assert [one.state for one in findings] == ["wrong"]
    assert "private_networks" in findings[0].remedy.en if findings[0].remedy else False


def test_the_command_lists_channels_and_says_when_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENURE_HOME", str(tmp_path))
    (tmp_path / "shop").mkdir()
    none = CliRunner().invoke(app, ["channels", "check", "-w", "shop"])
    assert (none.exit_code, FILE in none.output) == (0, True)
    write(tmp_path / "shop", '[email]\nhost = "localhost"\nfrom = "shop@tenure.example"\n')
    told = CliRunner().invoke(app, ["channels", "check", "-w", "shop", "--json"])
    assert [one["channel"] for one in json.loads(told.output)] == ["email"]


def test_the_command_reads_a_text_message_like_a_provider() -> None:
    told = CliRunner().invoke(
        app, ["channels", "lint", "好久不见", "--provider", "tencent", "--signature", "留客", "--json"]
    )
    assert told.exit_code == 1
    found = json.loads(told.output)
    assert {"sms.banned.win_back", "sms.opt_out"} <= {one["rule"] for one in found["findings"]}
    assert (found["encoding"], found["pieces"]) == ("UCS-2", 1)
    good = "【留客商店】尊敬的会员，春季新品今日上架。拒收请回复R"
    assert CliRunner().invoke(app, ["channels", "lint", good]).exit_code == 0
