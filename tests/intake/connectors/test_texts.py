"""Every setting has a label and a help, every code a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from haidang.intake import connectors
from haidang.words.texts import texts

FOLDER = Path(connectors.__file__).parent
OWN = ("http", "folder", "sftp", "sql", "imap")


@pytest.mark.parametrize("name", OWN)
def test_every_setting_has_its_texts(name: str) -> None:
    settings = connectors.settings_of(name)
    wanted = [f"connector.{name}{more}" for more in ("", ".help")]
    wanted += [f"connector.{name}.{setting.name}{more}" for setting in settings for more in ("", ".help")]
    assert settings
    assert [code for code in wanted if code not in texts()] == []
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", setting.name) for setting in settings)


@pytest.mark.parametrize("name", OWN)
def test_every_setting_is_documented(name: str) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "connectors.md").read_text()
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert [s.name for s in connectors.settings_of(name) if f"`{s.name}`" not in section] == []


def test_every_code_has_its_sentence() -> None:
    own = [f for f in FOLDER.glob("*.py") if not f.name.startswith(("_mqtt", "mqtt", "_spool", "hook", "_hook"))]
    own.append(FOLDER.parent / "sources" / "guard.py")
    raised = {code for f in own for code in re.findall(r'(?:IntakeStopped|Unavailable)\(\s*"([a-z-]+)"', f.read_text())}
    assert len(raised) > 20
    assert sorted(raised - set(texts())) == []
