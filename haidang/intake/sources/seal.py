"""Secrets of sources, encrypted at rest (Fernet; the key is made from the machine's by HKDF). Never: prints one.

The key comes from HAIDANG_SEAL_KEY, else from the machine's secret key: after a change they are typed anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from haidang.words.errors import IntakeStopped

_INFO = b"haidang sources v1"


def seal(values: Mapping[str, str]) -> str:
    """The values as one sealed text; "" for none."""
    if not values:
        return ""
    return _fernet().encrypt(json.dumps(dict(values), sort_keys=True).encode()).decode()


def unseal(text: str) -> dict[str, str]:
    """What was sealed; raises IntakeStopped('secrets-unreadable') when the key is another or the text was touched."""
    if not text:
        return {}
    try:
        found: dict[str, str] = json.loads(_fernet().decrypt(text.encode()))
    except InvalidToken:
        raise IntakeStopped("secrets-unreadable") from None
    return found


def _fernet() -> Fernet:
    key = settings.SEAL_KEY or settings.SECRET_KEY
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(made))
