"""What else happens when somebody has signed in: the session is entered and given its longest life.

Never: signs anybody in.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from haidang.access.identity import actions, reads
from haidang.access.models import Account


def watch() -> None:
    """From now on."""
    user_logged_in.connect(_arrived, dispatch_uid="haidang.arrived")


def _arrived(request: HttpRequest | None, user: Account, **_: Any) -> None:
    """Not for sessions that no caller is behind (a test that signs in by itself)."""
    if request is None or not request.META.get("REMOTE_ADDR"):
        return
    by = reads.rules()
    service = reads.kind(user, request.META.get("HTTP_USER_AGENT", "")) == "service"
    request.session.set_expiry(3600 * (by.service_hours if service else by.absolute_hours))
    actions.begun(request, user)
    vars(request)["signed_in"] = user.name
