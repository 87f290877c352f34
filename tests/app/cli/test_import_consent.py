"""Importing at the command line says what becomes of consent, and takes a declaration of where it comes from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tenure.app import wiring
from tenure.app.settings import Settings
from tests.app.cli.face import face

pytestmark = pytest.mark.filterwarnings("ignore:fetch_:DeprecationWarning")


def test_grounds_are_declared_at_the_command_line(new_settings: Callable[[], Settings], tmp_path: Path) -> None:
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")):
        pass
    run = face(settings)
    file = tmp_path / "people.csv"
    file.write_text("customer_id,email,city\na,a@x.test,Berlin\n")
    asked = ("import", file, "--kind", "customers", "--no-refresh", "--yes")
    silent = run(*asked, "--preview")
    assert "no consent to messages is recorded" in silent.said + silent.told
    assert run(*asked, "--basis", "consent").code == 2
    grounds = ("--basis", "consent", "--consent-from", "Form on the site", "--consent-at", "2025-05-01")
    told = run(*asked, *grounds, "--json").json()
    assert told["counts"]["consents"] == {"granted": 1, "withdrawn": 0}  # type: ignore[index]
    assert "Form on the site" not in run("consent", "show", "a").said
    shown = run("consent", "show", "a", "--json").json()
    assert shown[0]["proof"]["where"] == "Form on the site"  # type: ignore[index]
