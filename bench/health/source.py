"""A source file read once: its syntax tree and the lines that hold code."""

import ast
import io
import tokenize
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
_NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.match_case)


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path
    module: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def code_lines(self) -> frozenset[int]:
        """The numbers of lines with code: no blank line, no comment, no docstring."""
        lines: set[int] = set()
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type not in _NO_CODE:
                lines.update(range(token.start[0], token.end[0] + 1))
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node) is not None:
                lines.difference_update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
        return frozenset(lines)

    @cached_property
    def functions(self) -> list[Function]:
        """Every function and method."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        """Every class."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)]

    @cached_property
    def public_functions(self) -> list[Function]:
        """Functions and methods that others may call: no leading underscore on them or on what holds them."""
        holders: list[ast.Module | ast.ClassDef] = [self.tree, *(c for c in self.classes if c.name[0] != "_")]
        return [f for holder in holders for f in holder.body if isinstance(f, Function) and f.name[0] != "_"]

    def length(self, node: Function | ast.ClassDef) -> int:
        """The number of code lines of a function or class."""
        return sum(node.lineno <= line <= (node.end_lineno or 0) for line in self.code_lines)

    def imports(self, node: ast.AST | None = None) -> set[str]:
        """The dotted names imported in the file or in one part of it."""
        found: set[str] = set()
        for inner in ast.walk(node or self.tree):
            if isinstance(inner, ast.Import):
                found.update(alias.name for alias in inner.names)
            elif isinstance(inner, ast.ImportFrom):
                found.update(f"{self._from(inner)}.{alias.name}" for alias in inner.names)
        return found

    def _from(self, node: ast.ImportFrom) -> str:
        if node.level == 0:
            return node.module or ""
        package = self.module if self.path.name == "__init__.py" else self.module.rpartition(".")[0]
        for _ in range(node.level - 1):
            package = package.rpartition(".")[0]
        return f"{package}.{node.module}" if node.module else package


def read(folder: Path, root: Path) -> list[Source]:
    """Read every Python file of a folder; module names are counted from ``root``."""
    return [Source(path, _module(path, root), path.read_text()) for path in sorted(folder.rglob("*.py"))]


def _module(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def complexity(function: Function) -> int:
    """The number of ways through a function."""
    return 1 + sum(isinstance(node, _BRANCHES) for node in ast.walk(function))


def parameters(function: Function) -> int:
    """The number of parameters a caller sees."""
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return sum(argument.arg not in ("self", "cls") for argument in given)
