"""Passkeys: what the browser is asked, and the proof of what it answers (WebAuthn, by allauth and fido2).

Every passkey is made to be able to sign in alone: it is found without a name and proves its holder (PIN, finger, face).
The challenge waits in the session and is good once. Never: keeps a passkey (actions do).
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from haidang.access.models import Account
from haidang.words.errors import BadQuestion

MOST = 16_384
"""Bytes of an answer: a credential is far smaller."""


def ask_new(account: Account) -> dict[str, Any]:
    """What `navigator.credentials.create` is called with."""
    return dict(auth.begin_registration(account, True))


def registered(account: Account, answer: str) -> dict[str, Any]:
    """The credential, proved; raises BadQuestion('passkey-wrong')."""
    credential = _read(answer)
    try:
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        raise BadQuestion("passkey-wrong") from None
    finally:
        auth.clear_state()
    if not made.is_user_verified() or _known(made.credential_data.credential_id):
        raise BadQuestion("passkey-wrong")
    return credential


def ask(account: Account | None = None) -> dict[str, Any]:
    """What `navigator.credentials.get` is called with; without an account, any passkey of this centre may answer."""
    return dict(auth.begin_authentication(account))


def proved(answer: str, account: Account | None = None) -> Authenticator:
    """The passkey that answered; of `account` when one is given. Raises BadQuestion('passkey-wrong')."""
    credential = _read(answer)
    try:
        auth.parse_authentication_response(credential)
        holder = account or auth.extract_user_from_response(credential)
        found = auth.complete_authentication(holder, credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        raise BadQuestion("passkey-wrong") from None
    finally:
        auth.clear_state()
    if not found.user.is_active:
        raise BadQuestion("passkey-wrong")
    return found


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > MOST:
        raise BadQuestion("passkey-wrong")
    try:
        found = json.loads(answer)
    except ValueError:
        raise BadQuestion("passkey-wrong") from None
    if not isinstance(found, dict):
        raise BadQuestion("passkey-wrong")
    return found


def _known(identifier: bytes) -> bool:
    """Whether some account has this passkey: the same one must not open two."""
    rows = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    return any(row.wrap().authenticator_data.credential_data.credential_id == identifier for row in rows)
