"""The register of places of this process, read from packs/dia-ban and the updates under HAIDANG_HOME/places."""

from __future__ import annotations

from haidang.words.places import Register


def register() -> Register:
    """Every unit of every time; cached, re-read when an update file is imported."""
    raise NotImplementedError
