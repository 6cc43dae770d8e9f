"""The only file that writes providers, links, what a mapping gives, and sessions a provider vouches for.

Every act is traced. Never: believes a claim that `protocol` did not prove; links by anything but `sub`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from haidang.access import actions as access
from haidang.access import trace
from haidang.access.identity.providers import claims, discovery, protocol, reads
from haidang.access.identity.providers.claims import Mapped, Meant
from haidang.access.identity.providers.protocol import Identity
from haidang.access.models import Account, GrantRow, Linked, Office, Provider, SignedBy, UsedOnce
from haidang.access.models.providers import OPEN, REFUSE
from haidang.access.territory import unit_id
from haidang.words import sealing
from haidang.words.errors import BadQuestion, Denied
from haidang.words.nouns import ANY, Actor, Grant, Level

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")
_NAMES = ("name_vi", "name_en", "issuer", "client_id", "scopes", "unknown", "place", "days", "bounded", "on")


@dataclass(frozen=True)
class Said:
    """A provider as an administrator describes it. `secret`: None leaves the one that is kept, "" takes it away."""

    name_vi: str
    issuer: str
    client_id: str
    mapping: Mapped
    name_en: str = ""
    secret: str | None = None
    scopes: str = "openid profile"
    unknown: str = REFUSE
    level: Level = Level.INTERNAL
    place: str = ANY
    days: int = 30
    bounded: bool = False
    on: bool = False


def keep(by: Actor, key: str, said: Said) -> None:
    """Add a provider or change it. Its issuer stays once people are linked: another one's `sub` is somebody else.

    Raises Absent, BadQuestion('provider-key' | 'provider-needs' | 'provider-issuer-stays' | 'claim-rule').
    """
    _sound(key, said)
    with transaction.atomic():
        kept, _ = Provider.objects.select_for_update().get_or_create(key=key, defaults={"issuer": said.issuer})
        if kept.issuer != said.issuer and kept.links.exists():
            raise BadQuestion("provider-issuer-stays")
        for name in _NAMES:
            setattr(kept, name, getattr(said, name))
        kept.place = said.place if said.place == ANY else unit_id(said.place)
        kept.level = int(said.level)
        kept.mapping = claims.written(said.mapping, key=reads.machine_key())
        if said.secret is not None:
            kept.secret = _sealed(said.secret)
        kept.at = timezone.now()
        kept.save()
        trace.note(by.name, "provider", key, because=("on" if said.on else "off", kept.issuer))
    discovery.forget()


def _sound(key: str, said: Said) -> None:
    if not _KEY.fullmatch(key) or key == "new":
        raise BadQuestion("provider-key", found=key[:32])
    if not (said.name_vi and said.issuer and said.client_id) or "openid" not in said.scopes.split():
        raise BadQuestion("provider-needs")
    if said.unknown not in (REFUSE, OPEN) or not 1 <= said.days <= 366:
        raise BadQuestion("provider-needs")
    for rule in said.mapping.rules:
        if rule.to == "office":
            access.office(rule.key)
        elif rule.to == "grant" and rule.place != ANY:
            unit_id(rule.place)


def _sealed(text: str) -> str:
    return sealing.seal(text, key=reads.machine_key(), purpose=reads.PURPOSE) if text else ""


def remove(by: Actor, key: str) -> None:
    """Take a provider away with its links, what its mapping gave and the sessions it vouched for. Raises Absent."""
    kept = reads.row(key)
    with transaction.atomic():
        _end(SignedBy.objects.filter(link__provider=kept))
        for number in GrantRow.objects.filter(given_by=_who(kept).name).values_list("pk", flat=True):
            access.withdraw(by, number)
        kept.delete()
        trace.note(by.name, "provider-remove", key)
    discovery.forget()


# --- signing in


def arrive(party_key: str, told: Identity) -> tuple[Account, bool]:
    """The account of whom a provider vouches for, brought up to date; whether a second factor was proved.

    Raises Denied('sso-unknown' | 'sso-closed').
    """
    kept = reads.row(party_key, on=True)
    meant = _meant(kept, told)
    with transaction.atomic():
        link = Linked.objects.select_related("account").filter(provider=kept, sub=told.sub).first()
        if link is None:
            link = _opened(kept, told, meant)
        if not link.account.is_active or link.account.kind not in ("officer", "citizen"):
            _refused(kept, link.account.name, "sso-closed")
        Linked.objects.filter(pk=link.pk).update(last=timezone.now())
        _place(kept, link.account, meant)
        _renew(kept, link.account, meant)
    return link.account, meant.factor


def _meant(kept: Provider, told: Identity) -> Meant:
    mapping = claims.read(kept.mapping)
    return claims.meant(told.told, told.signed, mapping, reads.ceiling(kept), key=reads.machine_key())


def _opened(kept: Provider, told: Identity, meant: Meant) -> Linked:
    """A new account, where the provider opens some: named by a digest, never by what somebody is called there."""
    name = f"{kept.key}.{hashlib.sha256(f'{kept.issuer} {told.sub}'.encode()).hexdigest()[:10]}"
    if kept.unknown != OPEN:
        _refused(kept, name, "sso-unknown")
    by = _who(kept)
    if not Account.objects.filter(name=name).exists():
        kind = "officer" if meant.office else "citizen"
        access.open_account(by, access.Person(name, meant.title or name, kind))
    # One that is there was opened for this very issuer and sub, before the provider was taken away and added again.
    account = Account.objects.get(name=name)
    trace.note(by.name, "link", name)
    return Linked.objects.create(provider=kept, sub=told.sub, account=account)


def _refused(kept: Provider, name: str, code: str) -> None:
    """Raises Denied; the trace of it stays though the transaction does not."""
    raise Denied(code, found=name, provider=kept.key)


def _place(kept: Provider, account: Account, meant: Meant) -> None:
    """Title, office and post as the claims have them; what no rule speaks of stays."""
    office = Office.objects.filter(key=meant.office, closed=None).first() if meant.office else None
    said = {"office": office or account.office, "post": meant.post or account.post}
    if account.name.startswith(f"{kept.key}."):
        said["title"] = meant.title or account.title
    changed = [name for name, value in said.items() if getattr(account, name) != value]
    for name in changed:
        setattr(account, name, said[name])
    if changed:
        account.save(update_fields=changed)
        trace.note(_who(kept).name, "account", account.name, because=changed)


def _renew(kept: Provider, account: Account, meant: Meant) -> None:
    """Grants by mapping: new ones given, old ones renewed, those whose claim is gone withdrawn at once."""
    by, until = _who(kept), timezone.now() + timedelta(days=kept.days)
    wanted = {_like(grant): grant for grant in meant.grants}
    for row in GrantRow.objects.filter(account=account, given_by=by.name):
        if wanted.pop((row.action, row.pack, row.place, row.level), None):
            GrantRow.objects.filter(pk=row.pk).update(until=until)
        else:
            access.withdraw(by, row.pk)
    for grant in wanted.values():
        access.give(by, replace(grant, actor=account.name, until=until), why=f"{kept.name_vi}")
    for beyond in meant.beyond:
        trace.note(by.name, "grant", f"{account.name}:{beyond}", outcome="beyond-ceiling")


def _like(grant: Grant) -> tuple[str, str, str, int]:
    place = grant.place if grant.place == ANY else unit_id(grant.place)
    return (grant.action, grant.pack, place, int(grant.level))


def _who(kept: Provider) -> Actor:
    """By whom what a mapping does is done; grants bear this name as who gave them."""
    return Actor(f"sso:{kept.key}", "robot", kept.name_vi)


def link(account: Account, party_key: str, told: Identity) -> None:
    """Link an account, whose holder is signed in, to whom the provider vouches for.

    Raises Denied('sso-linked-elsewhere').
    """
    kept = reads.row(party_key, on=True)
    with transaction.atomic():
        other = Linked.objects.filter(provider=kept, sub=told.sub).exclude(account=account)
        another = Linked.objects.filter(provider=kept, account=account).exclude(sub=told.sub)
        if other.exists() or another.exists():
            raise Denied("sso-linked-elsewhere")
        Linked.objects.get_or_create(provider=kept, sub=told.sub, account=account)
        trace.note(account.name, "link", kept.key)


def unlink(account: Account, key: str) -> None:
    """Undo a link, with what the mapping gave; sessions it vouched for end. Raises BadQuestion('only-way-in')."""
    found = Linked.objects.filter(account=account, provider__key=key).select_related("provider").first()
    if found is None:
        return
    others = Linked.objects.filter(account=account).exclude(pk=found.pk).exists()
    if not others and not account.has_usable_password():
        raise BadQuestion("only-way-in")
    with transaction.atomic():
        _renew(found.provider, account, Meant())
        _end(SignedBy.objects.filter(link=found))
        found.delete()
        trace.note(account.name, "unlink", key)


def voucher(party_key: str, told: Identity) -> dict[str, Any]:
    """What a login carries until its session begins (JSON; the token sealed)."""
    return {"provider": party_key, "sub": told.sub, "sid": told.sid, "until": told.until, "hint": _sealed(told.token)}


def vouched(account: Account, voucher: Mapping[str, Any], session: Any) -> None:
    """Note on the session that has just begun who vouched for it, and until when."""
    kept = reads.row(str(voucher["provider"]))
    found = Linked.objects.get(provider=kept, sub=voucher["sub"], account=account)
    if not session.session_key:
        session.save()
    session[reads.SESSION] = {"provider": kept.key, "until": voucher["until"] if kept.bounded else 0}
    row = {"session": session.session_key, "sid": voucher["sid"], "hint": voucher["hint"]}
    SignedBy.objects.create(link=found, **row)


def leave(session_key: str | None) -> None:
    """A session that was vouched for has ended here."""
    SignedBy.objects.filter(session=session_key or "").delete()


def logged_out(key: str, token: str) -> int:
    """The provider says that somebody signed out there: end the sessions it vouched for; how many there were.

    Raises Absent('unknown-provider'), Denied('sso-logout-token' | 'sso-token').
    """
    party = reads.party(key)
    told = protocol.logout_token(party, token)
    _once(f"{party.issuer} {told['jti']}", int(told["exp"]))
    rows = SignedBy.objects.filter(link__provider__key=key)
    rows = rows.filter(sid=str(told["sid"])) if told.get("sid") else rows.filter(link__sub=str(told["sub"]))
    if told.get("sid") and told.get("sub"):
        rows = rows.filter(link__sub=str(told["sub"]))
    names = sorted(set(rows.values_list("link__account__name", flat=True)))
    count = _end(rows)
    for name in names:
        trace.note(f"sso:{key}", "sign-out", name)
    return count


def _once(about: str, until: int) -> None:
    """Raises Denied('sso-logout-token') when it came before."""
    UsedOnce.objects.filter(until__lt=timezone.now()).delete()
    digest = hashlib.sha256(about.encode()).hexdigest()
    good_until = datetime.fromtimestamp(until, UTC) + timedelta(minutes=5)
    _, new = UsedOnce.objects.get_or_create(digest=digest, defaults={"until": good_until})
    if not new:
        raise Denied("sso-logout-token", found="jti")


def sweep(now: datetime) -> int:
    """Let go of what vouched for sessions that are over, and of what its age refuses anyway; how many sessions."""
    from django.contrib.sessions.models import Session

    running = Session.objects.filter(expire_date__gt=now).values("session_key")
    gone, _ = SignedBy.objects.exclude(session__in=running).delete()
    UsedOnce.objects.filter(until__lt=now).delete()
    return int(gone)


def _end(rows: Any) -> int:
    """End browser sessions; how many."""
    from django.contrib.sessions.models import Session

    keys = list(rows.values_list("session", flat=True))
    with transaction.atomic():
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        rows.delete()
    return len(keys)


def refused(key: str, code: str, found: Mapping[str, Any]) -> None:
    """Keep that a sign-in by a provider was refused, and why."""
    because = (f"{name}={value}" for name, value in found.items() if value)
    trace.note(f"sso:{key}", "sign-in", str(found.get("found", ""))[:64], outcome="denied", because=(code, *because))
