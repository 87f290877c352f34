"""Workers die a hundred times on the way to ten thousand people; each is accounted for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tenure.app import settings as environment
from tenure.app.send_proof.proof import Account, prove


@pytest.mark.timeout(900)
def test_a_hundred_dead_workers_lose_nothing_and_double_nothing() -> None:
    account = prove(environment.read({}), 10_000, 100, seed=7)
    assert account.kills >= 100
    assert (account.doubled, account.lost, account.invented, account.other) == (0, 0, 0, 0)
    assert account.accepted + account.unknown == 10_000
    assert account.unknown <= account.kills
    assert account.holds


def test_an_account_with_one_double_or_one_lost_does_not_hold() -> None:
    fine = Account(100, 5, 1, 1.0, 98, 2, 1, 0, 0, 0, 0)
    assert fine.holds
    for changes in ({"doubled": 1}, {"lost": 1}, {"invented": 1}, {"other": 1}, {"unknown": 6, "accepted": 94}):
        assert not Account(**{**fine.__dict__, **changes}).holds


def test_the_command_prints_its_table_and_ends_with_zero(tmp_path: Path) -> None:
    asked = [str(Path(sys.executable).parent / "tenure"), "send-proof", "--recipients", "300", "--kills", "4", "--json"]
    done = subprocess.run(
        asked, capture_output=True, text=True, check=False, env={**os.environ, "TENURE_HOME": str(tmp_path)}
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["recipients"], told["holds"], told["kills"]) == (300, True, 4)
