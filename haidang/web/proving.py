"""Asking once more who sits there, before something grave: the password, and the code where there is a second factor.

Failures count as failures to sign in do. Never: signs anybody in.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from haidang.access.identity import locks
from haidang.access.identity.factors import actions as factors
from haidang.access.identity.factors import again, reads
from haidang.words.errors import BadQuestion


def needs_code(account: Any) -> bool:
    """Whether a code is asked besides the password."""
    return reads.has_factor(account)


def needs_password(account: Any) -> bool:
    """Whether there is a password to ask for: whoever comes by a provider alone has none here."""
    return bool(account.has_usable_password())


def prove(request: HttpRequest, account: Any, password: str, code: str) -> None:
    """Whoever has no password here must have signed in through their own provider within ten minutes.

    Raises BadQuestion('proof-wrong' | 'proof-old' | 'code-wrong'), NotNow('code-waits').
    """
    if needs_password(account):
        prove_password(request, account, password)
    elif not again.fresh(request):
        raise BadQuestion("proof-old")
    if needs_code(account):
        factors.check_code(account, code)


def prove_password(request: HttpRequest, account: Any, password: str) -> None:
    """The password alone; raises BadQuestion('proof-wrong')."""
    found = get_adapter().authenticate(request, username=account.name, password=password) if password else None
    if found is None or found.pk != account.pk:
        raise BadQuestion("proof-wrong")
    if trial := vars(request).get("trial"):
        locks.give_back(trial)
