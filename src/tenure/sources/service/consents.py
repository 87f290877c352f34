"""Carries declared consent from a file's rows into the consent ledger, with the file and the row as proof."""

from collections.abc import Callable, Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tenure.directory.customers.consent import service as consent
from tenure.directory.customers.consent.words import BASES
from tenure.directory.customers.intake import repository as customers
from tenure.directory.customers.intake.rules import Grounds
from tenure.sources import repository
from tenure.sources.declared import ADDRESSED_BY, NONE, Declared, check
from tenure.sources.intake import Intake
from tenure.sources.preparing import RESOLVED, kept
from tenure.sources.service.facts import ImportFacts
from tenure.sources.service.working import Worked
from tenure.sources.source import ROW
from tenure.sources.validation import BAD

SAID_NO = ("email", "phone", "sms")  # a no of a file speaks of every way to reach a customer
ASKED = "marketing_consent"


def check_declared(session: repository.Session, declared: Declared | None, now: datetime) -> None:
    """Raise unless a declaration can be vouched for."""
    if declared is not None:
        check(declared, consent.purpose_names(session), list(BASES), now)


def told_consents(intake: Intake, worked: Worked) -> dict[str, int]:
    """Return how many words a file carries into the ledger: of yes where that was declared, and of no."""
    yes = sum(len(_yes(intake, worked, channel)) for channel in _declared_channels(worked))
    kept = "pending" if worked.declared is not None and worked.declared.confirm else "granted"
    return {"granted": 0, kept: yes, "withdrawn": len(SAID_NO) * len(_no(intake, worked))}


def take_consents(intake: Intake, session: repository.Session, facts: ImportFacts, worked: Worked) -> None:
    """Record what the file's people said: a yes only on declared grounds, a no always."""
    declared, now = worked.declared, intake.clock.now()
    no = ("withdrawn", now, Grounds(_proof(facts, None)))
    for channel in SAID_NO if ASKED in worked.plan.fields else ():
        _take(session, facts, _no(intake, worked), channel, no)
    for channel in _declared_channels(worked):
        assert declared is not None
        # Who is to confirm is asked today, whenever they are said to have agreed; the proof tells when that was.
        state, at = ("pending", now) if declared.confirm else ("granted", declared.at or now)
        yes = (state, at, Grounds(_proof(facts, declared), declared.basis))
        _take(session, facts, _yes(intake, worked, channel), channel, yes, declared.purpose)


def _declared_channels(worked: Worked) -> Sequence[str]:
    """Return the channels a yes was declared for."""
    declared = worked.declared
    if declared is None or declared.basis == NONE or worked.prepared.told is None:
        return ()
    return declared.channels


def _yes(intake: Intake, worked: Worked, channel: str) -> pa.Table:
    return _said(intake, worked, lambda table: _agreed(table, worked, channel))


def _no(intake: Intake, worked: Worked) -> pa.Table:
    if ASKED not in worked.plan.fields:
        return pa.table({"customer_id": pa.array([], pa.string()), "row": pa.array([], pa.int64())})
    return _said(intake, worked, lambda table: ~table.marketing_consent)


def _said(intake: Intake, worked: Worked, which: Callable[[ir.Table], ir.BooleanValue]) -> pa.Table:
    """Return the last good row of each customer the condition names, by the number of the row."""
    rows = kept(intake.lake, RESOLVED)
    good = rows.filter(~rows[BAD] & rows.customer_id.notnull())
    if ASKED in worked.plan.fields:
        last = good.filter(good.marketing_consent.notnull()).group_by("customer_id").aggregate(__last=ibis._[ROW].max())
        good = good.inner_join(last, "customer_id")
        good = good.filter(good[ROW] == good["__last"])
    chosen = good.filter(which(good))
    return intake.lake.read(chosen.group_by("customer_id").aggregate(row=chosen[ROW].max()))


def _agreed(table: ir.Table, worked: Worked, channel: str) -> ir.BooleanValue:
    """Say whether a row says yes and has an address for the channel; a file that asks nobody needs the address."""
    column, asked = ADDRESSED_BY[channel], ASKED in worked.plan.fields
    reachable = table[column].notnull() if column in worked.plan.fields else ibis.literal(asked)
    return reachable & table.marketing_consent if asked else reachable


def _take(
    session: repository.Session,
    facts: ImportFacts,
    rows: pa.Table,
    channel: str,
    word: tuple[str, datetime, Grounds],
    purpose: str = "marketing",
) -> None:
    state, at, grounds = word
    batch = pa.table(
        {
            "customer_id": rows["customer_id"],
            "purpose": pa.repeat(purpose, len(rows)),
            "channel": pa.repeat(channel, len(rows)),
            "state": pa.repeat(state, len(rows)),
            "at": pa.repeat(pa.scalar(at, pa.timestamp("us", "UTC")), len(rows)),
            "row": rows["row"],
        }
    )
    customers.take_in_consents(session, batch.to_batches(), import_id=facts.id, source=facts.id, grounds=grounds)


def _proof(facts: ImportFacts, declared: Declared | None) -> dict[str, object]:
    proof: dict[str, object] = {"file": facts.file_name, "sha256": facts.sha256}
    if declared is not None:
        proof |= {"where": declared.source, "words": declared.wording}
        if declared.confirm and declared.at is not None:
            proof["agreed_at"] = declared.at.isoformat()
    return proof
