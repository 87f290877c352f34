"""Asking for a message at the command line: rehearsed first, asked for once, and why some would not get it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tenure.app import wiring, worker
from tenure.app.message_jobs import message_jobs
from tenure.app.settings import Settings
from tenure.kit.db import transaction
from tenure.outreach.ledger import service as ledger
from tenure.outreach.sending import queueing
from tests.app.cli.face import Run, face
from tests.directory.make import owner
from tests.outreach.content.make import message, shop

DESK = {"TENURE_PUBLIC_URL": "https://desk.example.com"}


@pytest.fixture(scope="module")
def settings(new_settings: Callable[[], Settings]) -> Settings:
    """A shop with two customers, a published message, and no rules but consent."""
    made = new_settings()
    with wiring.stores(made, wiring.create_workspace(made, "shop")) as stores:
        shop(stores)
        browser = owner(stores)
        assert browser.put("/contact-policy", json={"hours": {}, "caps": [], "budgets": []}).status_code == 200
        message(browser, name="Greeting")
        browser.post("/messages", json={"name": "Draft"})
    return made


@pytest.fixture(scope="module")
def run(settings: Settings) -> Run:
    """Type commands in the shop."""
    return face(settings)


def outcomes(told: Any) -> dict[str, tuple[str, str]]:
    return {one["examples"]: (one["outcome"], one["reason"].split(":")[0]) for one in told}


def test_a_rehearsal_says_what_would_become_of_each_and_asks_for_nothing(settings: Settings, run: Run) -> None:
    everybody = ("--to", "ann", "--to", "bob", "--to", "nobody", "--dry-run", "--json")
    told = run("send", "Greeting", *everybody, **DESK).json()
    assert outcomes(told) == {
        "ann": ("send", ""), "bob": ("held", "missing_variable"), "nobody": ("drop", "no_such_customer")
    }  # fmt: skip
    told = run("send", "Greeting", "--to", "ann", "--dry-run", "--json").json()
    assert outcomes(told) == {"ann": ("held", "no_unsubscribe_link")}
    with wiring.stores(settings, settings.home / "shop") as stores, transaction(stores.engine) as session:
        assert ledger.counts(session) == {}


def test_a_message_is_asked_for_once_to_all_whom_a_filter_finds(run: Run) -> None:
    a_tier = '{"all":[{"field":"tier","op":"in","value":["A"]}]}'
    told = run("send", "Greeting", "--all-who", a_tier, "--json").json()
    assert isinstance(told, dict)
    assert (told["state"], told["customers"], told["handled"], told["asked"]) == ("done", 1, 1, 1)
    told = run("send", "Greeting", "--all-who", "{}", "--json").json()
    assert isinstance(told, dict)
    assert (told["customers"], told["asked"]) == (2, 1)
    assert run("send", "Greeting", "--to", "ann").said.startswith("Asked for 0; 1 had been asked for before.")
    assert run("send", "Greeting", "--to", "ann", "--all-who", "{}").code == 2, "one of them"


def test_what_was_left_to_workers_is_looked_at_again_and_followed(run: Run) -> None:
    left = run("send", "Greeting", "--to", "bob", "--occasion", "later", "--no-wait", "--json").json()
    assert isinstance(left, dict)
    assert (left["state"], left["handled"]) == ("queueing", 0)
    listed = run("dispatches", "--json").json()
    assert isinstance(listed, list)
    assert listed[0]["id"] == left["id"]
    assert run("dispatches", left["id"]).said.startswith("Asked for 1; 0 had been asked for before.")
    assert run("dispatches", "dsp_none").code == 4


def test_ctrl_c_leaves_it_running_and_says_how_to_look_again(
    settings: Settings, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as held:
        held.setattr(queueing, "carry_on", interrupted)
        ended = run("send", "Greeting", "--to", "bob", "--occasion", "stopped")
    assert ended.code == 130
    assert "Look again: tenure dispatches dsp_" in ended.told
    with wiring.stores(settings, settings.home / "shop") as stores:
        worker.run(stores, message_jobs(stores), wait=False)
        with transaction(stores.engine) as session:
            done = session.execute(text("SELECT state FROM dispatches WHERE occasion = 'stopped'")).scalar_one()
    assert done == "done", "a worker went on with it"


@pytest.mark.parametrize(("words", "code", "told"), [
    (("Draft", "--to", "ann"), 5, "not published"),
    (("Nothing", "--to", "ann"), 4, "no message Nothing"),
    (("Greeting", "--to", "ann", "--channel", "wecom"), 2, "nothing on the channel"),
    (("Greeting", "--to", "ann", "--given", "x"), 2, "not a JSON object"),
    (("Greeting", "--all-who", "x"), 2, "filter"),
])  # fmt: skip
def test_what_cannot_be_asked_for_is_refused_with_its_fact(
    run: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    ended = run("send", *words)
    assert (ended.code, told in ended.told) == (code, True), ended.told
