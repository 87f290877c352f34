"""An import records consent only where somebody says where it comes from, with the file and the row as proof."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.sources import service
from tenure.sources.declared import Declared
from tenure.sources.service import Intake, Options
from tests.sources.make import bring, csv_of, request_of, upload

FORM = Declared(
    "consent",
    "marketing",
    ("email", "sms"),
    "The form at the till",
    "Write to me about offers",
    datetime(2025, 5, 1, tzinfo=UTC),
)
SAYING = csv_of(
    "customer_id,email,phone,marketing_consent",
    "a,a@x.test,,yes",
    "b,b@x.test,+8613800000001,no",
    "c,c@x.test,+8613800000002,yes",
)
ADDRESSED = csv_of("customer_id,email,city", "a,a@x.test,Berlin", "b,,Bonn")


def ledger(intake: Intake) -> list[tuple[str, str, str, str, str | None]]:
    """What the consent ledger says: who, over which channel, what, on which basis, and by which row."""
    with transaction(intake.engine) as session:
        rows = session.execute(
            text("SELECT customer_id, channel, state, basis, proof->>'row' AS row FROM consent_records ORDER BY id")
        ).all()
    return sorted(tuple(row) for row in rows)


def test_without_a_declaration_only_a_no_is_recorded_and_that_is_said(intake: Intake) -> None:
    done = bring(intake, SAYING, "customers")
    assert {(who, state) for who, _, state, *_ in ledger(intake)} == {("b", "withdrawn")}
    assert any("no consent to messages is recorded" in note.en for note in done.notes)
    assert done.counts is not None
    assert done.counts["consents"] == {"granted": 0, "withdrawn": 3}


def test_declared_consent_is_recorded_for_who_agreed_and_can_be_reached(intake: Intake) -> None:
    done = bring(intake, SAYING, "customers", Options(consent=FORM))
    assert [one for one in ledger(intake) if one[2] == "granted"] == [
        ("a", "email", "granted", "consent", "2"),
        ("c", "email", "granted", "consent", "4"),
        ("c", "sms", "granted", "consent", "4"),
    ]
    with transaction(intake.engine) as session:
        proof, at = session.execute(text("SELECT proof, at FROM consent_records WHERE customer_id = 'a'")).one()
    assert (proof["where"], proof["words"], proof["sha256"], at) == (FORM.source, FORM.wording, done.sha256, FORM.at)


def test_a_file_of_customers_with_addresses_is_asked_too(intake: Intake) -> None:
    silent = bring(intake, ADDRESSED, "customers")
    assert ledger(intake) == []
    assert any("Nobody said where" in note.en for note in silent.notes)
    told = bring(intake, ADDRESSED + b"c,c@x.test,Ulm\n", "customers", Options(consent=Declared("none")))
    assert any("Declared: no consent" in note.en for note in told.notes)
    assert ledger(intake) == []
    bring(intake, ADDRESSED + b"d,d@x.test,Ulm\n", "customers", Options(consent=FORM))
    assert [(who, channel) for who, channel, *_ in ledger(intake)] == [("a", "email"), ("d", "email")]
    assert {who for who, *_ in ledger(intake)} == {"a", "d"}


def test_a_declaration_without_where_and_when_is_refused(intake: Intake) -> None:
    facts = upload(intake, ADDRESSED, kind="customers")
    with pytest.raises(Invalid) as refused:
        service.import_now(
            intake, facts.id, request_of(facts, Options(consent=Declared("consent", "letters", ("pigeon",))))
        )
    assert {field.path for field in refused.value.fields} == {
        f"/options/consent/{name}" for name in ("purpose", "channels", "source", "at")
    }


def test_undoing_the_import_takes_back_what_it_brought_and_an_older_no_counts_again(intake: Intake) -> None:
    bring(intake, SAYING, "customers")
    later = csv_of("customer_id,email,marketing_consent", "b,b@x.test,yes")
    fresh = Declared("consent", "marketing", ("email",), "The form at the till", "", intake.clock.now())
    done = bring(intake, later, "customers", Options(consent=fresh))
    assert _standing(intake)["b", "email"] == "granted"
    service.undo(intake, done.id)
    assert _standing(intake)["b", "email"] == "withdrawn"


def _standing(intake: Intake) -> dict[tuple[str, str], str]:
    with transaction(intake.engine) as session:
        rows = session.execute(text("SELECT customer_id, channel, state FROM consents")).all()
    return {(row.customer_id, row.channel): row.state for row in rows}
