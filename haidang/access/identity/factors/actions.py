"""The only file that writes factors. Every act is traced. Never: asks whether one may (doors do), tells anybody."""

from __future__ import annotations

import hmac
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as clock
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils import timezone

from haidang.access import trace
from haidang.access.identity import reads as identity
from haidang.access.identity.factors import reads
from haidang.access.identity.factors.reads import CODES, PASSKEY, SECOND, TOTP
from haidang.access.models import Account, FactorMiss
from haidang.words.errors import Absent, BadQuestion, NotNow
from haidang.words.nouns import Actor

STEP = 30
NEAR = 1
"""Steps of the clock before and after now that are taken, for phones that run ahead or behind."""


def new_secret() -> str:
    """A key for a clock of codes, in base 32; nothing is kept yet."""
    return str(clock.generate_totp_secret())


def confirm_totp(account: Account, secret: str, code: str) -> None:
    """Keep the key once its holder has typed a code of it; that code is then used up.

    Raises BadQuestion('code-wrong' | 'factor-there').
    """
    step = _step(secret, code, after=0)
    if step is None:
        raise BadQuestion("code-wrong")
    with transaction.atomic():
        _locked(account)
        if Authenticator.objects.filter(user=account, type=TOTP).exists():
            raise BadQuestion("factor-there")
        row = clock.TOTP.activate(account, secret).instance
        row.data["last"] = step
        row.save(update_fields=["data"])
        _added(account, TOTP)


def give_totp(by: Actor, account: Account, secret: str) -> None:
    """A key for an account that has none yet, without a code of it (the cast of a demo)."""
    with transaction.atomic():
        _locked(account)
        if not Authenticator.objects.filter(user=account, type=TOTP).exists():
            row = clock.TOTP.activate(account, secret).instance
            row.data["given"] = True
            row.save(update_fields=["data"])
            trace.note(by.name, "factor-give", account.name)


def add_passkey(account: Account, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey whose ceremony was proved (`keys.registered`)."""
    kept = name.strip()[:60]
    with transaction.atomic():
        _locked(account)
        Authenticator.objects.create(user=account, type=PASSKEY, data={"name": kept, "credential": credential})
        _added(account, PASSKEY)


def rename(account: Account, number: int, name: str) -> None:
    """Raises Absent('unknown-factor'), BadQuestion('factor-nameless')."""
    row = _own(account, number)
    if row.type != PASSKEY or not name.strip():
        raise BadQuestion("factor-nameless")
    row.data["name"] = name.strip()[:60]
    row.save(update_fields=["data"])
    trace.note(account.name, "factor-rename", f"{PASSKEY} {number}")


def remove(account: Account, number: int) -> None:
    """Take a factor away; recovery codes go with the last.

    Raises Absent('unknown-factor'), BadQuestion('last-factor') when whoever holds these rights must have one.
    """
    with transaction.atomic():
        _locked(account)
        row = _own(account, number)
        others = Authenticator.objects.filter(user=account, type__in=SECOND).exclude(pk=row.pk).exists()
        if not others and identity.needs_factor(account):
            raise BadQuestion("last-factor")
        row.delete()
        if not others:
            Authenticator.objects.filter(user=account, type=CODES).delete()
        trace.note(account.name, "factor-remove", row.type)


def reset(by: Actor, name: str) -> int:
    """Take every factor of an account away (its holder lost them) and end its sessions; how many there were.

    Raises Absent('unknown-actor'). The door tells the holder.
    """
    from haidang.access.identity import actions

    account = Account.objects.filter(name=name.strip().lower()).first()
    if account is None:
        raise Absent("unknown-actor", found=name[:64], nearest="")
    with transaction.atomic():
        found = Authenticator.objects.filter(user=account)
        count = int(found.filter(type__in=SECOND).count())
        found.delete()
        FactorMiss.objects.filter(account=account).delete()
        trace.note(by.name, "factor-reset", account.name, because=(f"{count} factors",))
    actions.end_all(by, account)
    return count


def renew_codes(account: Account) -> None:
    """New recovery codes in place of the old; raises BadQuestion('no-factor') where there is no factor to stand for."""
    if not reads.has_factor(account):
        raise BadQuestion("no-factor")
    with transaction.atomic():
        _locked(account)
        Authenticator.objects.filter(user=account, type=CODES).delete()
        RecoveryCodes.activate(account)
        trace.note(account.name, "recovery-codes", account.name)


def show_codes(account: Account) -> list[str]:
    """The recovery codes, this once; raises BadQuestion('codes-shown')."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().filter(user=account, type=CODES).first()
        if row is None or row.data.get("viewed_at"):
            raise BadQuestion("codes-shown")
        row.data["viewed_at"] = time.time()
        row.save(update_fields=["data"])
        trace.note(account.name, "recovery-codes-shown", account.name)
        return list(row.wrap().get_unused_codes())


def check_code(account: Account, code: str) -> str:
    """Prove a typed code, of the clock or a recovery code; gives the kind. Each is good once.

    Raises BadQuestion('code-wrong'), NotNow('code-waits', seconds=…) after too many wrong ones, whatever is typed.
    """
    may_try(account)
    typed = "".join(code.split())
    with transaction.atomic():
        for row in Authenticator.objects.select_for_update().filter(user=account, type__in=(TOTP, CODES)):
            if _good(row, typed):
                FactorMiss.objects.filter(account=account).delete()
                row.last_used_at = timezone.now()
                row.save(update_fields=["last_used_at"])
                return str(row.type)
    missed(account)
    raise BadQuestion("code-wrong")


def may_try(account: Account) -> None:
    """Raises NotNow('code-waits', seconds=…) while too many wrong codes or passkeys are too recent."""
    if seconds := reads.waits(account):
        raise NotNow("code-waits", seconds=seconds)


def missed(account: Account) -> None:
    """Count a wrong code or passkey; what is too old to count is let go of."""
    FactorMiss.objects.filter(account=account, at__lt=timezone.now() - reads.WITHIN).delete()
    FactorMiss.objects.create(account=account)
    trace.note(account.name, "second-step", "", outcome="denied")


def used_passkey(row: Authenticator) -> None:
    """A passkey was proved."""
    FactorMiss.objects.filter(account_id=row.user_id).delete()
    row.record_usage()


def _good(row: Authenticator, typed: str) -> bool:
    if row.type == CODES:
        return bool(row.wrap().validate_code(typed))
    step = _step(decrypt(row.data["secret"]), typed, after=row.data.get("last", 0))
    if step is None:
        return False
    row.data["last"] = step
    row.save(update_fields=["data"])
    return True


def _step(secret: str, code: str, *, after: int) -> int | None:
    """The step of the clock a code is of, later than `after`; allauth marks a code as used for 30 s and in one process
    only, while it holds for longer and several processes serve."""
    now = int(time.time()) // STEP
    typed = "".join(code.split())
    found = [
        step
        for step in range(now - NEAR, now + NEAR + 1)
        if hmac.compare_digest(clock.format_hotp_value(clock.hotp_value(secret, step)).encode(), typed.encode())
    ]
    return next((step for step in found if step > after), None)


def code_at(secret: str, step: int) -> str:
    """The code of a step of the clock (the terminal of a demo shows it; tests type it)."""
    return str(clock.format_hotp_value(clock.hotp_value(secret, step)))


def _added(account: Account, kind: str) -> None:
    if not Authenticator.objects.filter(user=account, type=CODES).exists():
        RecoveryCodes.activate(account)
    trace.note(account.name, "factor-add", kind)


def _own(account: Account, number: int) -> Authenticator:
    row = Authenticator.objects.filter(user=account, type__in=SECOND, pk=number).first()
    if row is None:
        raise Absent("unknown-factor", found=number)
    return row


def _locked(account: Account) -> None:
    """One change of an account's factors at a time."""
    Account.objects.select_for_update().get(pk=account.pk)
