"""How commands speak: one console, one language, tables for people and JSON for machines."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.kit.errors import TenureError
from tenure.kit.i18n import Language, Text, preferred_language

Report = Callable[[float, Text], None]
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def language() -> Language:
    """Return the language the terminal asks for."""
    return preferred_language(environment.read().language)


def say(text: Text, style: str = "") -> None:
    """Print a sentence in the reader's language."""
    out.print(text.say(language()), style=style, markup=False)


def note(text: Text) -> None:
    """Print a side remark to standard error, so that it never mixes with the answer."""
    err.print(text.say(language()), style="dim", markup=False)


def fail(error: TenureError) -> int:
    """Print an error with its remedy; returns the exit code of the process."""
    spoken = language()
    err.print(("错误：" if spoken == "zh" else "Error: ") + error.message.say(spoken), style="bold red", markup=False)
    for field in error.fields:
        err.print(f"  {field.path}: {field.message.say(spoken)}", markup=False)
    if error.remedy is not None:
        err.print("→ " + error.remedy.say(spoken), style="yellow", markup=False)
    return error.exit_code


@contextmanager
def workspace(name: str | None = None) -> Iterator[Stores]:
    """Open the workspace a command works on."""
    settings = environment.read()
    with wiring.stores(settings, wiring.workspace_folder(settings, name)) as stores:
        yield stores


@contextmanager
def progress() -> Iterator[Report]:
    """Show a bar on standard error; the function given moves it and says what is being done."""
    spoken = language()
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=32), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=not err.is_terminal) as bar:
        task = bar.add_task("", total=1.0)

        def report(fraction: float, step: Text) -> None:
            bar.update(task, completed=fraction, description=f"{step.say(spoken):<34.34}")

        yield report


def show(rows: Sequence[Mapping[str, object]], headings: Mapping[str, Text], as_json: bool) -> None:
    """Print rows as a table, or as JSON when asked; ``headings`` names the columns to show and their order."""
    if as_json:
        print_json(list(rows))
        return
    spoken = language()
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, heading in headings.items():
        numeric = any(isinstance(row.get(name), int | float | Decimal) for row in rows)
        table.add_column(heading.say(spoken), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(_shown(row.get(name)) for name in headings))
    out.print(table)


def print_json(value: object) -> None:
    """Print a value as JSON, times in ISO-8601."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return {"en": value.en, "zh": value.zh}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, Text):
        return value.say(language())
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if value.hour or value.minute else value.strftime("%Y-%m-%d")
    if isinstance(value, float | Decimal):
        number = float(value)
        return f"{number:,.3f}" if abs(number) < 10 else f"{number:,.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)
