"""Importing at the command line says what becomes of consent, and takes a declaration of where it comes from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.directory.customers.consent import repository as consent
from tenure.directory.customers.consent.words import Word
from tenure.kit.db import transaction
from tenure.outreach.confirming import service as confirming
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


def test_people_of_a_file_are_asked_to_confirm_where_that_is_declared(
    new_settings: Callable[[], Settings], tmp_path: Path
) -> None:
    settings = new_settings()
    folder = wiring.create_workspace(settings, "shop")
    run, file = face(settings), tmp_path / "people.csv"
    file.write_text("customer_id,email,city\na,a@x.test,Berlin\nb,b@x.test,Bonn\n")
    asked = ("import", file, "--kind", "customers", "--no-refresh", "--yes")
    grounds = ("--consent-from", "Form on the site", "--consent-at", "2025-05-01")
    assert run(*asked, "--basis", "contract", *grounds, "--consent-confirm").code == 2
    told = run(*asked, "--basis", "consent", *grounds, "--consent-confirm", "--json").json()
    assert told["counts"]["consents"] == {"granted": 0, "pending": 2, "withdrawn": 0}  # type: ignore[index]
    word = run("consent", "show", "a", "--json").json()[0]  # type: ignore[index]
    assert (word["state"], word["proof"]["agreed_at"][:10]) == ("pending", "2025-05-01")
    with wiring.stores(settings, folder) as stores, transaction(stores.engine) as session:
        now = stores.clock.now()
        assert confirming.ask_due(session, ["email"], now) == 2
        said = Word("a", "marketing", "email", "granted", now, "double_opt_in")
        consent.write_down(session, [said], now)
    file.write_text("customer_id,email,city\na,a@x.test,Rome\n")
    run(*asked, "--basis", "consent", *grounds, "--consent-confirm")
    word = run("consent", "show", "a", "--json").json()[0]  # type: ignore[index]
    assert word["state"] == "granted", "who confirmed is not asked again by the next file"
