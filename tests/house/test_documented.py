"""Every setting, command and kind stands in the handbook, every word in the glossary in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def source() -> str:
    return "\n".join(p.read_text() for p in (ROOT / "haidang").rglob("*.py") if "migrations" not in p.parts)


def kinds(folder: str) -> set[str]:
    return {
        p.stem for p in (ROOT / "haidang" / folder).glob("*.py") if not p.stem.startswith("_") and p.stem != "sparkline"
    }


def test_settings() -> None:
    named = set(re.findall(r'"(HAIDANG_[A-Z_]+)"', source()))
    named |= {f"HAIDANG_{name}" for name in re.findall(r'value\("(?!HAIDANG_)([A-Z_]+)"', source())}
    written = (DOCS / "settings.md").read_text()
    assert named
    assert [n for n in sorted(named) if n not in written] == []


def test_commands() -> None:
    written = (DOCS / "terminal.md").read_text()
    commands = {name.rstrip("_").replace("_", "-") for name in kinds("cli/commands")}
    assert commands
    assert [n for n in sorted(commands) if f"haidang {n}" not in written] == []


@pytest.mark.parametrize(
    ("folder", "page"),
    [
        ("intake/checks", "packs.md"),
        ("web/charts", "packs.md"),
        ("intake/formats", "formats.md"),
        ("intake/connectors", "connectors.md"),
    ],
)
def test_kinds(folder: str, page: str) -> None:
    written = (DOCS / page).read_text()
    open_to_packs = {
        name
        for name in kinds(folder)
        if "SUFFIXES" in (ROOT / "haidang" / folder / f"{name}.py").read_text() or folder != "intake/formats"
    }
    assert [n for n in sorted(open_to_packs) if not re.search(rf"\b{n.rstrip('_')}\b", written)] == []


def test_glossary_has_both_languages() -> None:
    rows = [line for line in (DOCS / "glossary.md").read_text().splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 20
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 3, row
        assert all(cells), row


def test_links_of_the_handbook_lead_somewhere() -> None:
    wrong = []
    for page in [ROOT / "README.md", ROOT / "README.vi.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                wrong.append(f"{page.relative_to(ROOT)} → {target}")
    assert not wrong, "\n".join(wrong)
