"""Secrets of sources, encrypted at rest (words.sealing). Never: prints one.

The key comes from HAIDANG_SEAL_KEY, else from the machine's secret key: after a change they are typed anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings

from haidang.words import sealing
from haidang.words.errors import IntakeStopped

_PURPOSE = "haidang sources v1"


def seal(values: Mapping[str, str]) -> str:
    """The values as one sealed text; "" for none."""
    return sealing.seal(json.dumps(dict(values), sort_keys=True), key=_key(), purpose=_PURPOSE) if values else ""


def unseal(text: str) -> dict[str, str]:
    """What was sealed; raises IntakeStopped('secrets-unreadable') when the key is another or the text was touched."""
    if not text:
        return {}
    try:
        found: dict[str, str] = json.loads(sealing.unseal(text, key=_key(), purpose=_PURPOSE))
    except ValueError:
        raise IntakeStopped("secrets-unreadable") from None
    return found


def _key() -> str:
    return settings.SEAL_KEY or settings.SECRET_KEY
