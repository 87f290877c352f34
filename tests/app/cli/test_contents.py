"""The list of commands says what the commands say of themselves, and costs none of their libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

from tenure.app.cli.contents import CONTENTS, Entry, load

CLI = Path(__file__).resolve().parents[3] / "src" / "tenure" / "app" / "cli"
HEAVY = ("ibis", "pandas", "scipy", "sklearn", "sqlalchemy", "fastapi")


@pytest.mark.parametrize("entry", CONTENTS, ids=lambda entry: entry.name)
def test_a_command_is_found_and_its_help_is_the_one_in_the_list(entry: Entry) -> None:
    command = load(entry.name)
    assert command.name == entry.name
    assert command.help.splitlines()[0] == entry.help


def test_no_command_is_listed_twice() -> None:
    assert len({entry.name for entry in CONTENTS}) == len(CONTENTS)
    assert len({entry.place for entry in CONTENTS}) == len(CONTENTS)


def test_the_list_is_told_without_loading_what_commands_need() -> None:
    asked = "import sys; from tenure.app.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert "hold-outs" in told
    assert set(HEAVY) & set(told.splitlines()[-1].split()) == set()
