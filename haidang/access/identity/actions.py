"""What changes signing in: passwords, locks, sessions, closing and opening, the rules. Every act is traced.

Never: asks whether one may (doors do).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from haidang.access import trace
from haidang.access.identity import locks, passwords, reads, sessions
from haidang.access.identity.rules import table
from haidang.access.models import Account, PasswordUsed, Rule
from haidang.network import remote
from haidang.words.errors import Absent, BadQuestion
from haidang.words.nouns import Actor

SEEN = timedelta(seconds=20)
"""How exactly it is kept when a session was last used: not every look is a write."""


def set_password(by: Actor, account: Account, password: str, *, must_change: bool | None = None) -> None:
    """Give an account a password; raises passwords.Weak with every rule it breaks.

    `must_change`: it has to be another at the next sign-in (default: when somebody else sets it). Every session of the
    account ends; whoever changes his own goes on with `keep_alone`.
    """
    passwords.prove(account, password, reads.rules(), second=reads.has_factor(account))
    with transaction.atomic():
        account.set_password(password)
        account.must_change = by.name != account.name if must_change is None else must_change
        account.password_at = timezone.now()
        account.save(update_fields=["password", "must_change", "password_at"])
        PasswordUsed.objects.create(account=account, encoded=account.password)
        _forget_oldest(account)
        if by.name != account.name:
            _end(UserSession.objects.filter(user=account))
        trace.note(by, "password", account.name)


def keep_alone(request: HttpRequest, account: Account) -> None:
    """After one's own password has changed: this session goes on, with a key of its own; the others end."""
    before = request.session.session_key
    row = UserSession.objects.filter(session_key=before, user=account).first()
    end_all(account.actor, account, but=str(row.pk) if row else None)
    update_session_auth_hash(request, account)
    if row is not None:
        UserSession.objects.filter(pk=row.pk).update(session_key=request.session.session_key)


def set_email(by: Actor, account: Account, email: str) -> None:
    """Where notices go too; "" takes it away. Raises BadQuestion('bad-email')."""
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise BadQuestion("bad-email", found=email[:80]) from None
    account.email = email
    account.save(update_fields=["email"])
    trace.note(by, "email", account.name)


def _forget_oldest(account: Account) -> None:
    kept = account.passwords_used.order_by("-at", "-pk").values_list("pk", flat=True)[: reads.rules().reuse]
    account.passwords_used.exclude(pk__in=list(kept)).delete()


def unlock(by: Actor, name: str) -> int:
    """Let go of what holds an account for too many failures; how many counts there were. Raises Absent."""
    account = _account(name)
    with transaction.atomic():
        gone = locks.clear(account.name)
        trace.note(by, "unlock", account.name)
    return gone


def disable(by: Actor, name: str, why: str) -> None:
    """Nobody signs in to it until it is enabled, its sessions end; raises Absent('unknown-actor')."""
    account = _account(name)
    with transaction.atomic():
        account.is_active, account.disabled, account.disabled_why = False, timezone.now(), why[:64]
        account.save(update_fields=["is_active", "disabled", "disabled_why"])
        _end(UserSession.objects.filter(user=account))
        trace.note(by, "disable", account.name, because=(why[:64],))


def enable(by: Actor, name: str) -> None:
    """Open again what was disabled or closed; its idle days begin anew. Raises Absent('unknown-actor')."""
    account = _account(name)
    with transaction.atomic():
        account.is_active, account.disabled, account.disabled_why = True, None, ""
        account.last_seen = timezone.now()
        account.save(update_fields=["is_active", "disabled", "disabled_why", "last_seen"])
        trace.note(by, "enable", account.name)


def seen(request: HttpRequest, account: Account, *, itself: bool) -> str:
    """Keep that a session is used (not when the page asks by `itself`); why it has ended ("idle" | "over"), else ""."""
    now, key = timezone.now(), request.session.session_key
    row = UserSession.objects.filter(session_key=key).first()
    if row is None or row.user_id != account.pk:
        begun(request, account)
        return ""
    kind = reads.kind(account, row.user_agent)
    if why := sessions.ended(kind, row.created_at, row.last_seen_at, now, reads.rules()):
        trace.note(account.name, "session-end", why)
        return why
    if not itself and now - row.last_seen_at >= SEEN:
        UserSession.objects.filter(pk=row.pk).update(last_seen_at=now, ip=_address(request))
        Account.objects.filter(pk=account.pk).update(last_seen=now)
    return ""


def begun(request: HttpRequest, account: Account) -> None:
    """Enter a session that has just begun."""
    if not request.session.session_key:
        request.session.save()
    now, key = timezone.now(), request.session.session_key
    said = {"user": account, "ip": _address(request), "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200]}
    UserSession.objects.update_or_create(session_key=key, defaults={**said, "created_at": now, "last_seen_at": now})
    Account.objects.filter(pk=account.pk).update(last_seen=now)
    Account.objects.filter(pk=account.pk, activated=None).update(activated=now)


def left(key: str) -> None:
    """Let go of a session's row, by the store's key."""
    UserSession.objects.filter(session_key=key).delete()


def tidy(now: datetime) -> None:
    """Let go of what has run out: counts of failures, sessions, and their rows."""
    locks.clean(now - timedelta(hours=reads.rules().lock_hours))
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    for row in UserSession.objects.filter(last_seen_at__lt=now - timedelta(hours=1)).select_related("user"):
        if not row.exists() or reads.over(row.user, row.session_key):
            row.end()


def _address(request: HttpRequest) -> str:
    return remote.of_request(request.META) or "::"


def end_session(by: Actor, account: Account, key: str) -> None:
    """End one session by its key (`Session.key`); raises Absent('unknown-session')."""
    found = UserSession.objects.filter(user=account, pk=int(key)) if key.isdecimal() and len(key) < 19 else None
    if found is None or not found.exists():
        raise Absent("unknown-session", found=key[:20])
    _end(found)
    trace.note(by, "end-session", account.name)


def end_all(by: Actor, account: Account, *, but: str | None = None) -> int:
    """End every session but the one of that key; how many ended."""
    rows = UserSession.objects.filter(user=account).exclude(pk=int(but) if but else 0)
    count = _end(rows)
    if count:
        trace.note(by, "end-sessions", account.name)
    return count


def _end(rows: object) -> int:
    ended = list(rows)  # type: ignore[call-overload]  # a queryset of a library without types
    for row in ended:
        row.end()
    return len(ended)


def set_rule(by: Actor, key: str, value: int | None) -> None:
    """Set a rule within its bounds; None: as the law has it.

    Raises Absent('unknown-sign-in-rule'), BadQuestion('rule-bounds').
    """
    law = table().get(key)
    if law is None:
        raise Absent("unknown-sign-in-rule", found=key[:64])
    if value is not None and not law.least <= value <= law.most:
        raise BadQuestion("rule-bounds", found=value, least=law.least, most=law.most)
    with transaction.atomic():
        Rule.objects.filter(key=key).delete()
        if value is not None and value != law.value:
            Rule.objects.create(key=key, value=str(value), by=by.name)
        trace.note(by, "rule", f"{key}={law.value if value is None else value}")


def _account(name: str) -> Account:
    account = Account.objects.filter(name=name.strip().lower()).first()
    if account is None:
        raise Absent("unknown-actor", found=name[:64], nearest="")
    return account
