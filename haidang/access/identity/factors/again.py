"""Whether somebody has lately proved who they are, before a factor is added or taken away. Never: proves it."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.http import HttpRequest

from haidang.access.models import Account

SECONDS = 600


def fresh(request: HttpRequest) -> bool:
    """Whether a password, code, passkey or provider was proved in this session within ten minutes."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - float(record.get("at", 0)) < SECONDS for record in records)


def noted(request: HttpRequest, account: Account, how: str, **more: Any) -> None:
    """Note on the session that `how` was proved (password | mfa | sso)."""
    record_authentication(request, account, how, **more)
