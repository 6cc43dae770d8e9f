"""What django-allauth asks of us about factors: secrets sealed at rest, names and the centre's place on the web.

Never: decides who may.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from haidang.words import sealing

_PURPOSE = "haidang factors v1"
NAME = "Hải Đăng"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Set as MFA_ADAPTER."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, key=_key(), purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValueError when the key is another."""
        return sealing.unseal(encrypted_text, key=_key(), purpose=_PURPOSE)

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the host's name: of HAIDANG_ADDRESS where set, else as the browser asked."""
        from urllib.parse import urlsplit

        host = urlsplit(settings.ADDRESS).hostname or context.request.get_host().partition(":")[0]
        return {"id": host, "name": NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        told = super().get_public_key_credential_user_entity(user)
        return {**told, "name": user.get_username(), "display_name": user.title or user.get_username()}


def _key() -> str:
    return settings.SEAL_KEY or settings.SECRET_KEY
