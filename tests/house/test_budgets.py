"""The budgets we hold ourselves to. The list of exceptions may only shrink."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_FILE = 400
MAX_ARGUMENTS = 5
EXCEPTIONS: dict[str, str] = {}  # path → reason; may only shrink


def modules() -> list[Path]:
    return [p for p in (ROOT / "haidang").rglob("*.py") if "migrations" not in p.parts]


def functions() -> list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (file, node)
        for file in modules()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code, without the docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 2


def test_files_are_small() -> None:
    sizes = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in modules()}
    too_long = {p: n for p, n in sizes.items() if n > MAX_FILE and p not in EXCEPTIONS}
    assert not too_long, too_long
    assert statistics.median(n for n in sizes.values() if n > 8) <= 100


def test_functions_are_short() -> None:
    sizes = sorted(length(node) for _, node in functions())
    assert statistics.median(sizes) <= 9
    assert sizes[int(len(sizes) * 0.9)] <= 32


def test_few_arguments() -> None:
    wrong = []
    for file, node in functions():
        positional = [a.arg for a in node.args.posonlyargs + node.args.args if a.arg not in {"self", "cls"}]
        total = len(positional) + len(node.args.kwonlyargs)
        if total > MAX_ARGUMENTS + 2 or len(positional) > MAX_ARGUMENTS:
            wrong.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not wrong, "\n".join(wrong)


def test_modules_say_what_they_hold() -> None:
    missing = [
        str(p.relative_to(ROOT))
        for p in modules()
        if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))
    ]
    assert not missing, missing


def test_own_javascript_is_little() -> None:
    lines = sum(
        len(p.read_text().splitlines())
        for p in (ROOT / "haidang" / "web" / "src").rglob("*")
        if p.suffix in {".js", ".mjs", ".ts"}
    )
    assert lines <= 1500
