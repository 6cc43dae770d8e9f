"""The files of the browser side: little, documented, locked without addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELEMENTS = sorted((ROOT / "haidang" / "web" / "src" / "elements").glob("hd-*.js"))
CSS = ROOT / "haidang" / "web" / "src" / "css"


@pytest.mark.parametrize("file", ELEMENTS, ids=lambda file: file.stem)
def test_an_element_is_named_like_its_tag_and_shows_how_to_use_it(file: Path) -> None:
    text = file.read_text()
    assert f"customElements.define('{file.stem}'" in text
    doc = text.split("*/")[0]
    assert f"<{file.stem}" in doc
    assert "script" in doc.lower()  # what happens with and without scripts


def test_the_lock_names_no_address() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "registry" not in lock
    assert all(p.get("integrity") for name, p in json.loads(lock)["packages"].items() if name and not p.get("link"))


def brightness(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


THEMES = re.findall(r"color-scheme:(?:dark|light);(.*?)\}", (CSS / "tokens.css").read_text(), re.S)


@pytest.mark.parametrize("theme", THEMES, ids=("dark", "light", "auto-light"))
@pytest.mark.parametrize("name", ["ink", "soft", "faint", "sea", "beam", "good", "watch", "warn", "bad", "none"])
def test_every_text_colour_can_be_read_on_every_surface(theme: str, name: str) -> None:
    tokens = dict(re.findall(r"--([a-z0-9-]+):#([0-9a-f]{3,6})", theme))
    for surface in ("ground", "panel", "raised"):
        assert contrast(tokens[name], tokens[surface]) >= 4.5, (name, surface)


def test_both_light_themes_are_the_same() -> None:
    light, auto = (dict(re.findall(r"--([a-z0-9-]+):([^;]+)", theme)) for theme in THEMES[1:])
    assert light == auto
