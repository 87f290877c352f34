"""Carries declared consent from a file's rows into the consent ledger, with the file and the row as proof."""

from collections.abc import Mapping
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


def check_declared(session: repository.Session, declared: Declared | None, now: datetime) -> None:
    """Raise unless a declaration can be vouched for."""
    if declared is not None:
        check(declared, consent.purpose_names(session), list(BASES), now)


def take_consents(intake: Intake, session: repository.Session, facts: ImportFacts, worked: Worked) -> Mapping[str, int]:
    """Record what the file's people said: a yes only on declared grounds, a no always. Returns how many of each."""
    declared, now = facts.options.consent, intake.clock.now()
    said_no = yes = 0
    if "marketing_consent" in worked.plan.fields:
        rows = _said(intake, worked, lambda table: ~table.marketing_consent)
        said_no = _take(session, facts, rows, SAID_NO, ("withdrawn", now, Grounds(_proof(facts, None))))
    if declared is not None and declared.basis != NONE and worked.prepared.told is not None:
        grounds = Grounds(_proof(facts, declared), declared.basis)
        for channel in declared.channels:
            rows = _said(intake, worked, lambda table, channel=channel: _agreed(table, worked, channel))
            at = declared.at or now
            yes += _take(session, facts, rows, (channel,), ("granted", at, grounds), declared.purpose)
    return {"granted": yes, "withdrawn": said_no}


def _said(intake: Intake, worked: Worked, which: object) -> pa.Table:
    """Return the last good row of each customer the condition names, by the number of the row."""
    rows = kept(intake.lake, RESOLVED)
    good = rows.filter(~rows[BAD] & rows.customer_id.notnull())
    if "marketing_consent" in worked.plan.fields:
        last = good.filter(good.marketing_consent.notnull()).group_by("customer_id").aggregate(__last=ibis._[ROW].max())
        good = good.inner_join(last, "customer_id")
        good = good.filter(good[ROW] == good["__last"])
    chosen = good.filter(which(good))  # type: ignore[operator]
    return intake.lake.read(chosen.group_by("customer_id").aggregate(row=chosen[ROW].max()))


def _agreed(table: ir.Table, worked: Worked, channel: str) -> ir.BooleanValue:
    """Say whether a row says yes and has an address for the channel; a file that asks nobody needs the address."""
    column, asked = ADDRESSED_BY[channel], "marketing_consent" in worked.plan.fields
    reachable = table[column].notnull() if column in worked.plan.fields else ibis.literal(asked)
    return reachable & table.marketing_consent if asked else reachable


def _take(
    session: repository.Session,
    facts: ImportFacts,
    rows: pa.Table,
    channels: tuple[str, ...],
    word: tuple[str, datetime, Grounds],
    purpose: str = "marketing",
) -> int:
    state, at, grounds = word
    taken = 0
    for channel in channels:
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
        taken += customers.take_in_consents(
            session, batch.to_batches(), import_id=facts.id, source=facts.id, grounds=grounds
        )
    return taken


def _proof(facts: ImportFacts, declared: Declared | None) -> dict[str, object]:
    proof: dict[str, object] = {"file": facts.file_name, "sha256": facts.sha256}
    if declared is not None:
        proof |= {"where": declared.source, "words": declared.wording}
    return proof
