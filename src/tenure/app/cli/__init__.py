"""The command line: `tenure` and its commands, one file per group."""

import sys

import typer

from tenure.app import settings as environment
from tenure.app.cli import (
    access,
    asking_why,
    channels,
    coming_back,
    data,
    listing,
    models,
    person,
    reading,
    recommending,
    running,
    sending,
    terminal,
    tracking,
    verifying,
    warning,
    workspaces,
)
from tenure.kit import log
from tenure.kit.errors import TenureError

app = typer.Typer(
    name="tenure",
    help="Tenure (留客): who is leaving, why, what to do about it, and what it was worth.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for group in (workspaces, data, models, reading, recommending, running, verifying, sending, asking_why):
    group.add_to(app)
app.add_typer(access.members, name="member", help="Who may log in. 成员")
app.add_typer(warning.alerts, name="alerts", help="Who is in danger, and whose task that is. 预警")
app.add_typer(listing.consent, name="consent", help="What customers agreed to. 同意")
app.add_typer(person.person, name="person", help="Everything of a person, handed out or erased. 个人数据")
app.add_typer(channels.channels, name="channels", help="Ways to reach people. 渠道")
app.add_typer(
    coming_back.holdouts, name="hold-outs", help="Customers left alone to see what messages are worth. 对照组"
)
app.add_typer(tracking.track, name="track", help="Events as they happen: send, watch, keys. 事件上报")
app.add_typer(access.keys, name="key", help="API keys. API 密钥")


def main() -> None:
    """Run a command; a known error ends with its fact, its remedy and its own exit code."""
    log.set_up(environment.read().log_level)
    try:
        app()
    except TenureError as error:
        sys.exit(terminal.fail(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
