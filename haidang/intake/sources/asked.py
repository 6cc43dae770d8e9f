"""The settings of one source as a form shows them: what the connector asks, what the pack says, what the province said.

Never: writes; gives a secret away (only whether one is kept).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from haidang.catalog.declared import declared
from haidang.intake.connectors import Setting, settings_of
from haidang.intake.sources import reads


@dataclass(frozen=True)
class Asked:
    """One setting. `value`: the province's own, "" when it said none; `falls_to`: what then holds (pack, default).

    `kept`: a secret of this name is kept, sealed.
    """

    setting: Setting
    value: str
    falls_to: str
    kept: bool

    @property
    def name(self) -> str:
        return self.setting.name


def settings(source: str) -> tuple[Asked, ...]:
    """Those the province may say, in the connector's order; raises Absent('unknown-source')."""
    noun, face = declared().source(source), reads.source(source)
    pack = dict(noun.connect)
    ours = [setting for setting in settings_of(noun.connector) if setting.home != "pack"]
    return tuple(_asked(setting, pack, face) for setting in ours)


def _asked(setting: Setting, pack: Mapping[str, str], face: reads.SourceFace) -> Asked:
    value = "" if setting.secret else face.values.get(setting.name, "")
    return Asked(setting, value, pack.get(setting.name, setting.default), setting.name in face.secrets)
