"""Accounts nobody has used for too long are disabled; before that their holders and the administrators are told.

What has run out of signing in (sessions, counts of failures) is let go of. Screens on a wall, machines and citizens
are not concerned. Never: disables the last administrator; takes a grant away.
"""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(hours=1)


def run(now: datetime) -> None:
    from haidang.access import gate, trace
    from haidang.access.identity import actions, idle

    with trace.context(door="jobs"):
        actions.tidy(now)
        found = idle.look(now)
        for one in found.over:
            actions.disable(gate.operator(), one.name, "idle")
            _tell_administrators("account-idle", one.title, f"/people/{one.name}", f"idle:{one.name}:{one.last:%F}")
        for one in found.soon:
            _warn(one.name, one.title, one.ends, f"idle-soon:{one.name}:{one.last:%F}")
        for one in found.passwords:
            facts = {"day": _day(one.ends), "title": one.title, "title_en": one.title}
            _tell(one.name, "password-soon", facts, "/me/password", f"password:{one.name}:{one.last:%F}")


def _warn(name: str, title: str, ends: datetime, key: str) -> None:
    facts = {"day": _day(ends), "title": title, "title_en": title}
    _tell(name, "account-idle-soon", facts, "/me/", key)
    _tell_administrators("account-idle-coming", title, f"/people/{name}", key, day=_day(ends))


def _tell_administrators(code: str, title: str, link: str, key: str, **more: str) -> None:
    from haidang.access.people.granting.rules import administrators

    for name in administrators():
        _tell(name, code, {"title": title, "title_en": title, **more}, link, key)


def _tell(name: str, code: str, facts: dict[str, str], link: str, key: str) -> None:
    from haidang.watch import actions

    actions.tell(name, code, facts, link, key=key)


def _day(at: datetime) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(at):%d/%m/%Y}"
