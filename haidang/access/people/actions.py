"""What is done to accounts by those who keep them. Whether one may is asked here, so that no door can forget it.

For whoever does not keep an account it is absent. Every act is traced. Never: gives a grant (`granting`), signs in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from haidang.access import actions, trace
from haidang.access.identity import actions as identity
from haidang.access.identity.factors import actions as factors
from haidang.access.models import USES, Account, Office, Token
from haidang.access.people import once, reach, reads
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor

RESERVED = ("new", "import")
"""Words of addresses: no account bears them."""
MOST_TOKENS = 20


@dataclass(frozen=True)
class Said:
    """What is said of an account. `office`: a key, "" for none; `sure`: one has seen who else bears name and phone."""

    name: str
    title: str = ""
    holder: str = ""
    office: str = ""
    post: str = ""
    phone: str = ""
    email: str = ""
    use: str = "business"
    kind: str = "officer"
    sure: bool = False


def open_person(by: Actor, said: Said) -> str:
    """Open an account with a one-time password; gives that password, which is kept nowhere.

    Raises Denied('beyond-your-own' | 'admin-only'), Absent('unknown-office'), BadQuestion('name-taken' | 'same-person'
    | …).
    """
    account = open_without_password(by, said)
    return _handed(by, account)


def open_without_password(by: Actor, said: Said) -> Account:
    """The same without a password: nobody signs in to it until `first_password` (import hands them out together)."""
    with transaction.atomic():
        account = check(by, said, new=True)
        actions.open_account(by, _person(replace(said, name=account.name)))
    return Account.objects.select_related("office").get(name=account.name)


def change(by: Actor, said: Said) -> None:
    """Change what is said of an account; raises as `open_person`, and Denied('not-yourself') for one's own place."""
    with transaction.atomic():
        account = check(by, said)
        actions.open_account(by, _person(replace(said, name=account.name, kind=account.kind), account.unit))


def check(by: Actor, said: Said, *, new: bool = False) -> Account:
    """Whether `said` may be opened (`new`) or changed, without doing it; gives the account, unsaved when new."""
    account = _fresh(by, said.name) if new else reach.acting(by, said.name, self_too=True)
    _allowed(by, account, said)
    if not new and said.email != account.email and account.name != by.name:
        # An address is a way in: the province's own sign-in may go by it.
        reach.standing_for(by, account)
    return account


def _fresh(by: Actor, name: str) -> Account:
    name = name.strip().lower()
    if not reach.keeps_any(by):
        raise Denied("no-grant")
    if name in RESERVED:
        raise BadQuestion("bad-name", found=name)
    if Account.objects.filter(name=name).exists():
        raise BadQuestion("name-taken", found=name[:64])
    return Account(name=name)


def _allowed(by: Actor, account: Account, said: Said) -> None:
    office = _office(said.office)
    reach.placed(by, account, office, said.post)
    if said.use not in USES:
        raise BadQuestion("unknown-use", found=said.use[:32], known=", ".join(USES))
    changed = said.use != (account.use if account.pk else "business")
    if changed and account.name == by.name:
        raise Denied("not-yourself")
    if changed and "admin" in (said.use, account.use) and not reach.administrator(by):
        raise Denied("admin-only")
    twins = () if said.sure else reads.alike(by, said.holder, said.phone, but=account.name)
    if twins and (account.holder, account.phone) != (said.holder, said.phone):
        raise BadQuestion("same-person", found=", ".join(twins[:5]))


def _office(key: str) -> Office | None:
    return actions.office(key) if key else None


def _person(said: Said, unit: str = "") -> actions.Person:
    """The account as it is kept; its unit is that of its office."""
    office = _office(said.office)
    return actions.Person(
        said.name,
        said.title.strip()[:200],
        said.kind,
        office.place if office and office.place else unit,
        said.email.strip(),
        said.office,
        said.post,
        " ".join(said.holder.split())[:200],
        said.phone.strip()[:32],
        said.use,
    )


# --- in and out


def disable(by: Actor, name: str, why: str) -> None:
    """Nobody signs in to it until it is enabled. Raises BadQuestion('why-missing'), Denied('last-administrator')."""
    account = reach.acting(by, name)
    if not why.strip():
        raise BadQuestion("why-missing", least=1)
    if reach.last_administrator(account):
        raise Denied("last-administrator")
    identity.disable(by, account.name, why.strip())


def enable(by: Actor, name: str) -> None:
    """Open again what was disabled."""
    identity.enable(by, reach.acting(by, name).name)


def unlock(by: Actor, name: str) -> None:
    """Let go of what holds an account for too many failures."""
    identity.unlock(by, reach.acting(by, name).name)


def new_password(by: Actor, name: str) -> str:
    """A one-time password, to be changed at the next sign-in; given back this once. Every session of it ends."""
    account = reach.acting(by, name)
    _for_people(account)
    reach.standing_for(by, account)
    identity.end_all(by, account)
    return _handed(by, account)


def first_password(by: Actor, name: str) -> str:
    """The first password of an account that has none yet; raises BadQuestion('has-password') for one that has."""
    account = reach.acting(by, name)
    _for_people(account)
    if account.has_usable_password():
        raise BadQuestion("has-password", found=account.name)
    reach.standing_for(by, account)
    return _handed(by, account)


def _for_people(account: Account) -> None:
    """Raises BadQuestion('no-password-kind'): machines and other centres carry tokens."""
    if account.kind not in ("officer", "citizen"):
        raise BadQuestion("no-password-kind", found=account.name)


def _handed(by: Actor, account: Account) -> str:
    made = once.password()
    identity.set_password(by, account, made, must_change=True)
    return made


def reset_factor(by: Actor, name: str) -> int:
    """Take its second factors away (they were lost); how many there were."""
    account = reach.acting(by, name)
    reach.standing_for(by, account)
    return factors.reset(by, account.name)


def end_sessions(by: Actor, name: str, key: str = "") -> None:
    """End one session of an account by its key, or all of them."""
    account = reach.acting(by, name)
    if key:
        identity.end_session(by, account, key)
    else:
        identity.end_all(by, account)


# --- tokens


def issue_token(by: Actor, name: str, label: str, until: datetime) -> str:
    """A token for a machine that acts as this account; given back this once. It always ends.

    Raises BadQuestion('label-missing' | 'many-tokens').
    """
    account = reach.acting(by, name)
    reach.standing_for(by, account)
    if not label.strip():
        raise BadQuestion("label-missing")
    if account.tokens.count() >= MOST_TOKENS:
        raise BadQuestion("many-tokens", most=MOST_TOKENS)
    return actions.issue_token(by, account.name, until=until, label=label.strip()[:100])


def revoke_token(by: Actor, name: str, number: int) -> None:
    """A token of an account ends at once; raises Absent('unknown-token')."""
    account = reach.acting(by, name)
    with transaction.atomic():
        gone, _ = Token.objects.filter(account=account, pk=number).delete()
        if not gone:
            raise Absent("unknown-token", found=number)
        trace.note(by, "token-revoke", account.name)


def exported(by: Actor, what: str, count: int) -> None:
    """Trace that a list of people left as a file."""
    trace.note(by, "export", what, because=(f"{count} rows",))
