"""The trace.

One row for every act, look, refusal and sign-in. Only adds rows. Never: decides, reads a row back for a decision.

Looks at open data are not traced (there is nothing to account for, and anyone could fill the disk with them); the same
look by the same actor is written once a minute.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from haidang.access.models import Trace
from haidang.words.nouns import Actor, Level, Subject

FOLD_SECONDS = 60.0
_MOST_LOOKS = 10_000
_looks: dict[tuple[str, str, str, str], float] = {}


def note(who: str, action: str, subject: str, *, outcome: str = "done", because: Iterable[str] = ()) -> None:
    """Add one row."""
    Trace(
        who=who[:64], action=action[:32], subject=subject[:300], outcome=outcome[:32], because=" ".join(because)
    ).save()


def look(who: Actor, action: str, subject: Subject, *, outcome: str, because: Iterable[str] = ()) -> None:
    """Add a row for a decision, unless it is a look at open data or the same look was traced less than a minute ago."""
    if action == "read" and outcome == "allowed" and subject.level is Level.PUBLIC:
        return
    about = f"{subject.pack}/{subject.thing}" if subject.thing else subject.pack
    if action == "read" and _seen_lately((who.name, action, about, outcome)):
        return
    note(who.name, action, f"{about} ({subject.level.name.lower()})", outcome=outcome, because=because)


def _seen_lately(key: tuple[str, str, str, str]) -> bool:
    now = time.monotonic()
    if now - _looks.get(key, -FOLD_SECONDS) < FOLD_SECONDS:
        return True
    if len(_looks) >= _MOST_LOOKS:
        _looks.clear()
    _looks[key] = now
    return False


def forget_looks() -> None:
    """Write the next look of everyone whatever came before (tests start from here)."""
    _looks.clear()


def watch_sign_ins() -> None:
    """Trace whoever signs in, signs out or fails to."""
    user_logged_in.connect(_signed_in, dispatch_uid="haidang.signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="haidang.signed-out")
    user_login_failed.connect(_refused, dispatch_uid="haidang.sign-in-refused")


def _signed_in(user: Any, **_: Any) -> None:
    note(user.get_username(), "sign-in", "")


def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        note(user.get_username(), "sign-out", "")


def _refused(credentials: dict[str, Any], **_: Any) -> None:
    note(str(credentials.get("username", ""))[:64], "sign-in", "", outcome="denied")
