"""Habits: writes live in actions, packs hold no code, texts stand in both languages, nothing names a machine or a registry."""

from __future__ import annotations

import ast
import re
import string
import subprocess
from pathlib import Path

import pytest

from haidang.words.texts import by_module, texts

ROOT = Path(__file__).resolve().parents[2]
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}


def tracked(*patterns: str) -> list[Path]:
    out = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in out.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("room", ["access", "intake", "indicators", "web", "api", "jobs"])
def test_writes_live_in_actions(room: str) -> None:
    """Only `actions.py` writes Django rows: elsewhere nobody calls `.objects….save/create/update/delete`."""
    wrong = []
    for file in (ROOT / "haidang" / room).rglob("*.py"):
        if file.name in {"actions.py", "trace.py"} or "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                source = ast.unparse(node.func.value)
                if ".objects" in source or (node.func.attr == "save" and source not in {"super()", "book"}):
                    wrong.append(f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}")
    assert not wrong, "\n".join(wrong)


def test_packs_hold_no_code() -> None:
    wrong = [
        p for p in tracked("packs") if p.suffix in {".py", ".js", ".sh", ".so", ".exe"} or p.stat().st_mode & 0o111
    ]
    assert not wrong


def test_no_text_stands_twice() -> None:
    seen: dict[str, str] = {}
    twice = []
    for module, found in by_module().items():
        twice += [f"{code}: {seen[code]} and {module}" for code in found if code in seen]
        seen |= dict.fromkeys(found, module)
    assert not twice, twice


def test_texts_stand_in_both_languages() -> None:
    for code, label in texts().items():
        assert label.vi.strip(), code
        assert label.en.strip(), code
        fields = [{name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (label.vi, label.en)]
        assert fields[0] == fields[1], f"{code}: {fields}"


def test_nothing_names_a_machine_or_a_registry() -> None:
    bad = re.compile(
        "|".join(
            [
                "pypi" + r"\.org",
                "pythonhosted" + r"\.org",
                "registry" + r"\.npmjs",
                r"deb\.debian" + r"\.org",
                "/wor" + "k/",
                r"/\.libr" + "ary",
            ]
        )
    )
    wrong = []
    for file in tracked():
        if file.suffix in {".gz", ".zip", ".png", ".parquet", ".woff2", ".xlsx", ".xls"}:
            continue
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
            if bad.search(line):
                wrong.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


def test_locks_agree_and_carry_hashes() -> None:
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9_.\-]+)==([^ ;\\]+)", (ROOT / "requirements" / name).read_text(), re.M))

    dev = pins("dev.lock")
    for name in ("core.lock", "build.lock"):
        for package, version in pins(name).items():
            assert dev.get(package) == version, package
    assert (ROOT / "requirements" / "dev.lock").read_text().count("--hash=") > len(dev)
