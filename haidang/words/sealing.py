"""Small secrets encrypted at rest (Fernet; its key is made from the machine's by HKDF, one per purpose).

Pure: who calls hands in the machine's key. The one module of this room that is not the standard library alone.
Never: prints a secret, reads a setting.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def seal(text: str, *, key: str, purpose: str) -> str:
    """`text` sealed with a key made of `key` for `purpose`; the same text sealed twice differs."""
    return Fernet(base64.urlsafe_b64encode(_made(key, purpose))).encrypt(text.encode()).decode()


def unseal(sealed: str, *, key: str, purpose: str) -> str:
    """What was sealed; raises ValueError when key or purpose is another, or the text was touched."""
    try:
        return Fernet(base64.urlsafe_b64encode(_made(key, purpose))).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise ValueError("sealed with another key, or touched") from None


def digest(text: str, *, key: str, purpose: str) -> str:
    """A keyed digest (64 hexadecimal digits), by which a secret is known again without being kept."""
    return hmac.new(_made(key, purpose), text.encode(), hashlib.sha256).hexdigest()


def _made(key: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key.encode())
