"""Why, and what was agreed to, asked at the command face."""

from collections.abc import Callable, Iterator

import pytest

from tenure.app import wiring
from tenure.app.settings import Settings
from tests.app.cli.face import Run, face
from tests.directory.make import owner
from tests.outreach.make import Pigeon, ask, people, run


@pytest.fixture(scope="module")
def command(new_settings: Callable[[], Settings]) -> Iterator[Run]:
    """A shop where one message went, and one was refused."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        owner(stores)
        people(stores, "a", "b", consent=None)
        typed = face(settings)
        assert typed("consent", "say", "a", "marketing", "email", "granted", "--proof", "form 17").code == 0
        ask(stores, ["a", "b"])
        run(stores, Pigeon())
        yield typed


def test_the_trace_is_told_in_both_languages(command: Run) -> None:
    told = command("why", "b", "news-1")
    assert (told.code, "They never agreed to “marketing” on this channel." in told.said) == (0, True)
    assert "There is no next good moment." in told.said
    assert "客户未同意通过此渠道接收“marketing”" in command("why", "b", "news-1", TENURE_LANGUAGE="zh").said
    assert command("why", "a", "news-1", "--json").json()["state"] == "accepted"  # type: ignore[index]


def test_without_a_message_the_risk_is_told(command: Run) -> None:
    assert "No score yet" in command("why", "a").said
    assert "If it were decided now" in command("why", "a", "--messages").said


def test_words_of_consent_are_shown_with_their_proof(command: Run) -> None:
    entries = command("consent", "show", "a", "--json").json()
    assert [(one["state"], one["source"], one["proof"]) for one in entries] == [  # type: ignore[attr-defined]
        ("granted", "command_line", {"note": "form 17"})
    ]
    assert "granted" in command("consent", "show", "a").said


def test_what_is_wrong_is_told_with_its_remedy(command: Run) -> None:
    assert command("why", "nobody").code == 4
    assert command("why", "nobody", "--messages").code == 4
    assert command("consent", "say", "a", "marketing", "email", "perhaps").code == 2
    refused = command("consent", "say", "a", "marketing", "email", "granted", "--basis", "luck")
    assert (refused.code, "legitimate_interest" in refused.told) == (2, True)
