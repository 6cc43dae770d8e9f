"""What is known of signing in: the rules, what an account owes before anything else, its locks and its sessions.

Never: writes; tells a stranger whether an account exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from haidang.access import standing
from haidang.access.identity import locks
from haidang.access.identity import sessions as lasting
from haidang.access.identity.locks import Held
from haidang.access.identity.rules import Rules, Set
from haidang.access.identity.rules import rules as _rules
from haidang.access.identity.rules import standing as _standing
from haidang.access.identity.sessions import Session
from haidang.access.models import Account
from haidang.words.nouns import ANY

PASSWORD, FACTOR = "password", "factor"
SPECIAL = frozenset({"manage", "people", "audit", "personal"})
"""Actions for which a second factor is asked."""
ADMIN = frozenset({"manage", "people"})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


Holder: TypeAlias = Account
"""Whoever signs in, as doors know them."""


def holder(user: object) -> Holder | None:
    """The account behind a request's user, None when nobody has signed in."""
    return user if isinstance(user, Account) else None


def holders(names: Iterable[str]) -> tuple[Holder, ...]:
    """The accounts of these names that may sign in, by name."""
    return tuple(Account.objects.filter(name__in=list(names), is_active=True).order_by("name"))


def rules() -> Rules:
    """The rules of signing in as they stand now."""
    return _rules()


def every_rule() -> tuple[Set, ...]:
    """The same with the law's value, bounds, basis, and who set what."""
    return _standing()


def special(account: Account) -> frozenset[str]:
    """Which of the actions that ask for more care an account holds; looked up once per loaded account."""
    known: frozenset[str] | None = vars(account).get("_special")
    if known is None:
        held = {grant.action for grant in standing.running(account.actor) if grant.actor == account.name}
        known = SPECIAL if ANY in held else frozenset(held & SPECIAL)
        vars(account)["_special"] = known
    return known


def is_admin(account: Account) -> bool:
    """Whether the stricter rules for administrators hold: password every two months, short sessions."""
    return account.use == "admin" or bool(special(account) & ADMIN)


def needs_factor(account: Account) -> bool:
    """Whether the account may not work without a second factor."""
    return account.use == "admin" or bool(special(account))


def has_factor(account: Account) -> bool:
    """Whether a code or a passkey has been set up."""
    return bool(Authenticator.objects.filter(user=account, type__in=FACTORS).exists())


def owed(account: Account, session: Mapping[str, Any]) -> str:
    """What must be done before anything else: "" | "password" | "factor".

    Nobody owes a password who has none here, nor a factor where the province's own sign-in vouched for one.
    """
    if account.kind in ("robot", "peer", "public"):
        return ""
    if account.has_usable_password() and (account.must_change or password_ends(account) < timezone.now()):
        return PASSWORD
    if needs_factor(account) and not has_factor(account) and session.get("factor") != "sso":
        return FACTOR
    return ""


def password_ends(account: Account) -> datetime:
    """When the password has to be another; far away for whom no rule makes change it."""
    if not is_admin(account):
        return datetime.max.replace(tzinfo=timezone.get_default_timezone())
    return (account.password_at or account.created) + timedelta(days=rules().rotate_days)


def locked(name: str) -> tuple[Held, ...]:
    """What holds an account now for too many failures."""
    return locks.held(name.strip().lower(), timezone.now(), rules())


def kind(account: Account, agent: str) -> str:
    """The kind of a session: `service` | `admin` | `mobile` | `web`."""
    return lasting.kind(agent, admin=is_admin(account), service=account.use == "service")


def sessions(account: Account, *, this: str | None = None) -> tuple[Session, ...]:
    """The account's sessions that still run, the one last used first. `this`: the key of the session that asks."""
    now, by = timezone.now(), rules()
    rows = UserSession.objects.filter(user=account).order_by("-last_seen_at")
    return tuple(_session(account, row, by, this) for row in rows if row.exists() and not _over(account, row, now, by))


def _session(account: Account, row: UserSession, by: Rules, this: str | None) -> Session:
    of = kind(account, row.user_agent)
    end = lasting.ends(of, row.created_at, row.last_seen_at, by)
    mine = row.session_key == this
    return Session(str(row.pk), row.user_agent, row.ip, row.created_at, row.last_seen_at, of, end, mine)


def _over(account: Account, row: UserSession, now: datetime, by: Rules) -> str:
    return lasting.ended(kind(account, row.user_agent), row.created_at, row.last_seen_at, now, by)


def over(account: Account, key: str) -> str:
    """Why the session of that store key has ended: "idle" | "over" | "gone", or "" while it runs."""
    row = UserSession.objects.filter(session_key=key, user=account).first()
    return "gone" if row is None else _over(account, row, timezone.now(), rules())


def ends(account: Account, key: str) -> datetime | None:
    """When the session of that store key ends if nothing more is done; None when it is not known."""
    row = UserSession.objects.filter(session_key=key, user=account).first()
    if row is None:
        return None
    return lasting.ends(kind(account, row.user_agent), row.created_at, row.last_seen_at, rules())
