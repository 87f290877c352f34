"""The demo workspace: a made-up company enters like anyone's data, is computed, and opened."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tenure import demo
from tenure.app import demo_messages
from tenure.app.pipelines.refresh import refresh
from tenure.app.progress import Report, part
from tenure.app.wiring import Stores
from tenure.directory.credentials.principal import Principal
from tenure.directory.members import service as members
from tenure.directory.members.rules import NewMember
from tenure.directory.roles import permissions_of
from tenure.directory.workspace import service as workspace
from tenure.directory.workspace.rules import Demo
from tenure.kit.db import transaction
from tenure.kit.i18n import Language, Text
from tenure.sources import typed_tables

SEED = 20_240_924
CUSTOMERS = 20_000
MONTHS = 26
EMAIL = "owner@hearth-harbor.example.com"
SOURCE = "demo"


def furnish(
    stores: Stores, report: Report, language: Language, *, customers: int = CUSTOMERS, seed: int = SEED
) -> Demo:
    """Fill an empty workspace with the demo company and everything computed from it; returns the log-in."""
    end = stores.clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    report(0.0, Text("Simulating the company", "正在模拟公司"))
    company = demo.generate(seed, end=end, customers=customers, months=MONTHS)
    now = stores.clock.now()
    with transaction(stores.engine) as session:
        named = replace(workspace.read(session), name=demo.NAME, currency="CNY", time_zone="Asia/Shanghai")
        workspace.change(session, named, None, now)
    typed_tables.take_in(stores.engine, stores.lake, company.tables, SOURCE, now, part(report, 0.15, 0.45))
    refresh(stores, report=part(report, 0.45, 1.0))
    return _open_door(stores, language)


def export_truth(folder: Path, end: datetime, *, customers: int = CUSTOMERS, seed: int = SEED) -> list[Path]:
    """Write the company's tables, and the truth nobody there knows, as Parquet; returns the files."""
    return demo.write(demo.generate_batches(seed, end=end, customers=customers, months=MONTHS), folder)


def _open_door(stores: Stores, language: Language) -> Demo:
    """Make the owner, write messages in their name, note the log-in; last, so that an interrupted demo begins again."""
    now = stores.clock.now()
    login = Demo(EMAIL, f"demo-{secrets.token_hex(4)}")
    with transaction(stores.engine) as session:
        owner = NewMember(name="Demo", email=login.email, role="owner", password=login.password, language=language)
        made = members.set_up(session, owner, now)
        writer = Principal("member", made.id, made.name, made.role, permissions_of(made.role), made.id)
        demo_messages.write(session, writer, now)
        workspace.change(session, replace(workspace.read(session), demo=login), None, now)
    return login
