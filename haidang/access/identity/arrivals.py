"""What else happens when somebody has signed in or out: the session is entered with its longest life, or let go of.

Never: signs anybody in.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from haidang.access.identity import actions, reads
from haidang.access.models import Account


def watch() -> None:
    """From now on."""
    user_logged_in.connect(_arrived, dispatch_uid="haidang.arrived")
    user_logged_out.connect(_left, dispatch_uid="haidang.left")


def _arrived(request: HttpRequest | None, user: Account, **_: Any) -> None:
    """Not for sessions that no caller is behind (a test that signs in by itself)."""
    if request is None or not request.META.get("REMOTE_ADDR"):
        return
    by = reads.rules()
    service = reads.kind(user, request.META.get("HTTP_USER_AGENT", "")) == "service"
    request.session.set_expiry(3600 * (by.service_hours if service else by.absolute_hours))
    actions.begun(request, user)
    vars(request)["signed_in"] = user.name


def _left(request: HttpRequest | None, **_: Any) -> None:
    if request is not None and request.session.session_key:
        actions.left(request.session.session_key)
