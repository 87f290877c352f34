"""The import contract holds, and each of its doors shuts when somebody walks through it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCES = CHECKOUT / "src" / "tenure"

# What breaks, the file where it is written, the offending lines.
OFFENCES = {
    "1. Floors": ("warehouse/offence.py", "import tenure.metrics"),
    "2. Strangers": ("touchpoints/one/offence.py", "import tenure.touchpoints.two.service"),
    "3. Stairs": ("touchpoints/one/repository.py", "import tenure.touchpoints.one.service"),
    "4. Models are pure": ("models/offence.py", "import ibis"),
    "5. One place names an engine": ("metrics/offence.py", "import duckdb"),
    "6. The web stops at the door": ("risk/offence.py", "import fastapi"),
    "7. SQL stays in its cupboard": ("risk/offence.py", "import sqlalchemy"),
    "8. One reader of the environment": ("outcomes/offence.py", "import tenure.app.settings"),
    "9. Scores travel as rows": ("decisions/offence.py", "import tenure.warehouse.schema"),
    "10. Plugs belong to the wiring": ("sources/offence.py", "import tenure.warehouse.engines.duckdb"),
    "11. Slices are entered by the door": ("app/offence.py", "import tenure.touchpoints.one.repository"),
    "12. No cycles": ("kit/cycle_a.py", "import tenure.kit.cycle_b"),
    "13. The demo company": ("demo/offence.py", "import tenure.warehouse.schema"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources with two empty slices, for offences to be written into."""
    shutil.copytree(SOURCES, tmp_path / "tenure", ignore=shutil.ignore_patterns("__pycache__", "web_dist"))
    for slice_name in ("one", "two"):
        folder = tmp_path / "tenure" / "touchpoints" / slice_name
        folder.mkdir()
        for name in ("__init__.py", "service.py", "repository.py"):
            (folder / name).touch()
    (tmp_path / "tenure" / "kit" / "cycle_b.py").write_text("import tenure.kit.cycle_a\n")
    (tmp_path / "tenure" / "kit" / "cycle_a.py").touch()
    return tmp_path


def test_every_import_walks_downstairs() -> None:
    said = lint(SOURCES.parent)
    assert said.returncode == 0, said.stdout


def test_every_door_has_an_offence_that_tries_it() -> None:
    contract = (CHECKOUT / ".importlinter").read_text()
    titles = [line.removeprefix("name = ") for line in contract.splitlines() if line.startswith("name = ")]
    assert len(titles) == len(OFFENCES)
    for title, offence in zip(titles, OFFENCES, strict=True):
        assert title.startswith(offence)


@pytest.mark.parametrize("door", OFFENCES)
def test_an_offence_breaks_its_door(door: str, copy: Path) -> None:
    file, line = OFFENCES[door]
    (copy / "tenure" / file).write_text(f"{line}\n")
    said = lint(copy).stdout
    assert any(title.startswith(door) for title in broken(said))
    assert Path(file).stem in said


def test_a_folder_nobody_has_drawn_breaks_the_floors(copy: Path) -> None:
    (copy / "tenure" / "utils").mkdir()
    (copy / "tenure" / "utils" / "__init__.py").touch()
    said = lint(copy)
    assert said.returncode != 0
    assert "utils" in said.stdout


def lint(sources: Path) -> subprocess.CompletedProcess[str]:
    """Run the contract over a folder of sources; the one beside the checkout must not shadow it."""
    code = (
        f"import sys; sys.path.insert(0, {str(sources)!r}); from importlinter.cli import lint_imports_command as c; c()"
    )
    command = [sys.executable, "-c", code, "--config", str(CHECKOUT / ".importlinter"), "--no-cache"]
    return subprocess.run(command, cwd=sources, capture_output=True, text=True, check=False, env={"COLUMNS": "300"})


def broken(output: str) -> list[str]:
    """Return the titles of the broken contracts."""
    return [line for line in output.splitlines() if line.endswith("BROKEN") or " BROKEN (" in line]
