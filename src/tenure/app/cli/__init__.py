"""The command line: `tenure` and its commands, one file per group."""

import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from tenure.app import settings as environment
from tenure.app.cli.contents import Commands
from tenure.kit import log
from tenure.kit.errors import TenureError

app = typer.Typer(
    cls=Commands,
    name="tenure",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"tenure {version('tenure')}")
        raise typer.Exit


@app.callback()
def _start(
    tell: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Tenure (留客): who is leaving, why, what to do about it, and what it was worth."""


def main() -> None:
    """Run a command; a known error ends with its fact, its remedy and its own exit code."""
    log.set_up(environment.read().log_level)
    try:
        app()
    except TenureError as error:
        terminal = import_module("tenure.app.cli.terminal")  # loads the stores, which a list of commands can do without
        sys.exit(terminal.fail(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        told = import_module("tenure.app.cli.faults").known(error)
        if told is None:
            raise
        sys.exit(import_module("tenure.app.cli.terminal").fail(told))


if __name__ == "__main__":
    main()
