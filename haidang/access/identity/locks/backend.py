"""Where Django and axes ask: the backend before all others, and axes' handler. Never: keeps what was typed."""

from __future__ import annotations

from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from haidang.access.identity.locks.actions import forget, take
from haidang.access.identity.locks.attempts import attempt
from haidang.access.identity.rules import rules


class Lock(AxesStandaloneBackend):  # type: ignore[misc]  # axes has no types
    """The first of the backends: counts the attempt, or refuses it before anything is hashed."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> None:
        """Raises PermissionDenied, which ends the asking of backends; `request.locked_until` says until when."""
        if request is None or not username or not password:
            return
        trial = attempt(request, username)
        end = take(trial, timezone.now(), rules())
        vars(request)["locked_until"], vars(request)["trial"] = end, trial
        if end is not None:
            raise PermissionDenied


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Axes' seam: it counted with the attempt already, and keeps nothing of what was typed."""

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **more: Any) -> None:
        """Nothing: the attempt was counted before it was made."""

    def user_logged_in(self, sender: Any, request: Any, user: Any, **more: Any) -> None:
        if request is not None and request.META.get("REMOTE_ADDR"):
            forget(attempt(request, user.get_username()))

    def user_logged_out(self, sender: Any, request: Any, user: Any, **more: Any) -> None:
        """Nothing."""
