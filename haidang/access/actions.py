"""The only file of this room that writes accounts, grants, tokens and the count of looks.

Every act is traced. Never: asks whether one may (doors do).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from haidang.access import trace
from haidang.access.identity import actions as identity
from haidang.access.models import (
    ACTIONS,
    KINDS,
    OPERATOR,
    USES,
    Account,
    GrantEnded,
    GrantRow,
    Looker,
    Office,
    Token,
    Viewed,
)
from haidang.access.territory import unit_id
from haidang.words.errors import Absent, BadQuestion
from haidang.words.nouns import ANY, Actor, Grant, Level

USED = timedelta(minutes=1)
"""How exactly it is kept when a token was last used: not every call is a write."""
_NAME = re.compile(r"[a-z0-9][a-z0-9.@_-]{0,63}")
_POST = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True)
class Person:
    """What an account is opened with; `place` is a code or unit id of the office, "" when none.

    `email`: where notices go too. `office`: the key of one that stands; `post`, `holder`, `phone`, `use` as the account
    keeps them. Of these None leaves what is, "" takes it away.
    """

    name: str
    title: str = ""
    kind: str = "officer"
    place: str = ""
    email: str | None = None
    office: str | None = None
    post: str | None = None
    holder: str | None = None
    phone: str | None = None
    use: str | None = None


def open_account(by: Actor, person: Person, password: str | None = None, *, own: bool = False) -> Actor:
    """Open an account or bring its title, kind and place up to date; without a password nobody signs in to it.

    `own`: the password is the person's own, else it has to be changed at the first sign-in. Raises passwords.Weak.
    Raises BadQuestion('bad-name' | 'unknown-kind' | 'unknown-use' | 'bad-email' | 'bad-post'), Absent('unknown-place' |
    'unknown-office').
    """
    name = person.name.strip().lower()
    if not _NAME.fullmatch(name) or name == OPERATOR:
        raise BadQuestion("bad-name", found=person.name[:64])
    if person.kind not in KINDS:
        raise BadQuestion("unknown-kind", found=person.kind, known=", ".join(KINDS))
    unit = unit_id(person.place) if person.place else ""
    said = _said(person)
    with transaction.atomic():
        account, _ = Account.objects.get_or_create(name=name)
        account.title, account.kind, account.unit = person.title, person.kind, unit
        for field, value in said.items():
            setattr(account, field, value)
        account.activated = account.activated or timezone.now()
        if not account.password:
            account.set_unusable_password()
        account.save()
        trace.note(by, "account", name)
        if password and not account.check_password(password):
            identity.set_password(by, account, password, must_change=not own)
    return account.actor


def _said(person: Person) -> dict[str, Any]:
    """What is said of a person beside name, title, kind and place, as the account's fields."""
    if person.use is not None and person.use not in USES:
        raise BadQuestion("unknown-use", found=person.use[:32], known=", ".join(USES))
    if person.post and not _POST.fullmatch(person.post):
        raise BadQuestion("bad-post", found=person.post[:64])
    said: dict[str, Any] = {name: getattr(person, name) for name in ("post", "holder", "phone", "use")}
    if person.email is not None:
        said["email"] = _email(person.email)
    said = {name: value for name, value in said.items() if value is not None}
    if person.office is not None:
        said["office"] = office(person.office) if person.office else None
    return said


def _email(text: str) -> str:
    """Raises BadQuestion('bad-email')."""
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise BadQuestion("bad-email", found=text[:80]) from None
    return text


def close_account(by: Actor, name: str) -> None:
    """Nobody signs in to it any more and its grants stop counting; raises Absent('unknown-actor')."""
    account = _account(name)
    account.is_active = False
    account.save(update_fields=["is_active"])
    trace.note(by, "close", account.name)


def give(by: Actor, grant: Grant, why: str = "") -> Grant:
    """Add a grant (its `place` a code or unit id); the same one twice is one. Raises BadQuestion, Absent.

    To an account (`actor`), or, when that is "", by `through`: `office/post`, either of them ANY, not both.
    """
    if grant.action not in (*ACTIONS, ANY):
        raise BadQuestion("unknown-action", found=grant.action, known=", ".join(ACTIONS))
    place = grant.place if grant.place == ANY else unit_id(grant.place)
    what = {"action": grant.action, "pack": grant.pack, "place": place, "level": int(grant.level), "over": grant.over}
    with transaction.atomic():
        row, made = GrantRow.objects.get_or_create(
            **_recipient(grant),
            **what,
            until=grant.until,
            privilege=None,
            defaults={"why": why[:300], "given_by": by.name},
        )
        given = row.grant(grant.actor)
        if made:
            trace.note(by, "grant", given.id)
    return given


def _recipient(grant: Grant) -> dict[str, Any]:
    if grant.actor:
        return {"account": _account(grant.actor), "office": None, "post": ""}
    key, _, post = grant.through.partition("/")
    if key in ("", ANY) and post in ("", ANY):
        raise BadQuestion("grant-to-nobody")
    return {"account": None, "office": None if key in ("", ANY) else office(key), "post": "" if post == ANY else post}


def office(key: str) -> Office:
    """An office that stands, by its key; raises Absent('unknown-office')."""
    found = Office.objects.filter(key=key, closed=None).first()
    if found is None:
        raise Absent("unknown-office", found=key[:64])
    return found


def withdraw(by: Actor, number: int) -> None:
    """End a grant at once, and keep how it stood; raises Absent('unknown-grant')."""
    with transaction.atomic():
        row = GrantRow.objects.select_for_update(of=("self",)).filter(pk=number).first()
        if row is None:
            raise Absent("unknown-grant", found=number)
        grant = row.grant(row.account.name if row.account else "")
        trace.note(by, "withdraw", grant.id)
        kept = {name: getattr(row, name) for name in ("level", "why", "given_by", "created")}
        what = {name: getattr(grant, name) for name in ("action", "pack", "place", "until", "over", "through")}
        GrantEnded.objects.create(number=row.pk, to=grant.actor, ended_by=by.name, **kept, **what)
        row.delete()


def issue_token(by: Actor, name: str, *, until: datetime | None = None, label: str = "") -> str:
    """A new bearer token of an account, shown this once; raises Absent('unknown-actor')."""
    account = _account(name)
    token = f"hd_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        digest = hashlib.sha256(token.encode()).hexdigest()
        Token.objects.create(account=account, label=label, digest=digest, until=until)
        trace.note(by, "token", account.name)
    return token


def used(token: Token) -> None:
    """Keep when a token was last used, to the minute."""
    now = timezone.now()
    if token.last_used is None or now - token.last_used >= USED:
        Token.objects.filter(pk=token.pk).update(last_used=now)


def looked(who: Actor, kind: str, thing: str) -> None:
    """Count one opening of a screen (`board` | `indicator`) by its key. Keeps office and kind of account, no name."""
    day = timezone.localdate()
    unit = Account.objects.filter(name=who.name).values_list("unit", flat=True).first() or ""
    about: dict[str, Any] = {"day": day, "kind": kind, "thing": thing[:160], "unit": unit, "account": who.kind}
    with transaction.atomic():
        new = who.kind != "public" and _first_today(day, f"{day} {kind} {thing} {who.name}")
        Viewed.objects.get_or_create(**about)
        Viewed.objects.filter(**about).update(views=F("views") + 1, people=F("people") + int(new))


def _first_today(day: date, about: str) -> bool:
    """Whether this person opens this screen for the first time today; digests of days gone by are let go of."""
    digest = hashlib.blake2b(about.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
    _, new = Looker.objects.get_or_create(digest=digest, defaults={"day": day})
    if new:
        Looker.objects.filter(day__lt=day).delete()
    return new


def _account(name: str) -> Account:
    account = Account.objects.filter(name=name.strip().lower(), is_active=True).first()
    if account is None:
        raise Absent("unknown-actor", found=name[:64], nearest="")
    return account


def level(text: str) -> Level:
    """A level from its name; raises BadQuestion('unknown-level')."""
    try:
        return Level[text.strip().upper()]
    except KeyError:
        raise BadQuestion("unknown-level", found=text, known=", ".join(entry.name.lower() for entry in Level)) from None
