"""Who we are to push services (VAPID): a key pair made of the machine's own secret, so that none lies anywhere.

Never: keeps or prints the private key. Another secret of the machine makes another pair; browsers then ask anew.
"""

from __future__ import annotations

import base64
import time
from functools import lru_cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

HOURS = 12
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (FIPS 186-4)."""


def public() -> str:
    """The public key as browsers want it: 65 bytes, base64 for addresses, without padding."""
    point = _private(settings.SECRET_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def authorization(endpoint: str, now: float | None = None) -> str:
    """The heading that tells a push service who calls."""
    parts = urlsplit(endpoint)
    said = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(now or time.time()) + HOURS * 3600,
        "sub": settings.ADDRESS if settings.ADDRESS.startswith("https://") else f"mailto:{settings.MAIL_FROM}",
    }
    return f"vapid t={jwt.encode(said, _private(settings.SECRET_KEY), algorithm='ES256')}, k={public()}"


@lru_cache(maxsize=2)
def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    made = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"haidang.cases.push").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, ec.SECP256R1())
