"""The only reader of the environment; everybody else receives values as arguments."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tenure.kit.i18n import Text


@dataclass(frozen=True)
class Setting:
    """One environment variable we read: its default in words and its meaning."""

    name: str
    default: str
    meaning: Text


SETTINGS = (
    Setting(
        "TENURE_HOME",
        "~/.tenure (/var/lib/tenure for root)",
        Text("The folder that holds the workspaces.", "存放工作区的文件夹。"),
    ),
    Setting(
        "TENURE_WORKSPACE",
        "the one last started",
        Text("The workspace commands work on: a name, or a path.", "命令所操作的工作区：名称或路径。"),
    ),
    Setting(
        "TENURE_DATABASE_URL",
        "an embedded PostgreSQL in the workspace",
        Text("A PostgreSQL ≥ 15 of your own.", "自备的 PostgreSQL（15 或更高）。"),
    ),
    Setting(
        "TENURE_LAKE_URL",
        "the folder `lake` in the workspace",
        Text("Where the Parquet files lie: a folder or s3://….", "Parquet 文件的位置：文件夹或 s3://…。"),
    ),
    Setting(
        "TENURE_PUBLIC_URL",
        "none: mails that need an unsubscribe link are held",
        Text(
            "Where the world reaches this server, such as https://crm.example.com; links in messages begin with it.",
            "外界访问本服务的地址，如 https://crm.example.com；消息中的链接以此开头。",
        ),
    ),
    Setting("TENURE_MEMORY", "4GB", Text("Memory the analytic engine may use.", "分析引擎可用内存。")),
    Setting(
        "TENURE_LANGUAGE", "from the locale", Text("Language of the command line: en or zh.", "命令行语言：en 或 zh。")
    ),
    Setting(
        "TENURE_LOG", "INFO", Text("How much is logged: DEBUG, INFO, WARNING.", "日志级别：DEBUG、INFO、WARNING。")
    ),
)


@dataclass(frozen=True)
class Settings:
    """What the environment says."""

    home: Path
    workspace: str | None
    database_url: str | None
    lake_url: str | None
    public_url: str | None
    memory: str
    language: str | None
    log_level: str


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from an environment."""
    home = environment.get("TENURE_HOME")
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return Settings(
        home=Path(home).expanduser().resolve() if home else _default_home(),
        workspace=environment.get("TENURE_WORKSPACE"),
        database_url=environment.get("TENURE_DATABASE_URL"),
        lake_url=environment.get("TENURE_LAKE_URL"),
        public_url=environment.get("TENURE_PUBLIC_URL"),
        memory=environment.get("TENURE_MEMORY", "4GB"),
        language=environment.get("TENURE_LANGUAGE") or locale,
        log_level=environment.get("TENURE_LOG", "INFO"),
    )


def secret(variable: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return a secret somebody put into a variable for one command, so that it stands in no history."""
    return environment.get(variable, "")


def _default_home() -> Path:
    if sys.platform != "win32" and os.geteuid() == 0:
        return Path("/var/lib/tenure")  # the server's account must reach it; /root is closed to others
    return Path.home() / ".tenure"
