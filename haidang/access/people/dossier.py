"""One account beside its line in the list: how it signs in, and what its keeper may do. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass

from haidang.access.identity import reads as identity
from haidang.access.identity.locks import Held
from haidang.access.identity.sessions import Session
from haidang.access.people import reach
from haidang.words.nouns import Actor


@dataclass(frozen=True)
class Dossier:
    """How an account signs in, and what `who` may do about it.

    `own`: it is `who`'s; `change`: `who` may change it; `stand`: `who` may be handed a way into it (password, token,
    factor); `last`: nobody else administers the centre; `password`: it has one.
    """

    sessions: tuple[Session, ...]
    held: tuple[Held, ...]
    factors: int
    needs_factor: bool
    password: bool
    own: bool
    change: bool
    stand: bool
    last: bool


def dossier(who: Actor, name: str) -> Dossier:
    """Of an account somebody keeps; raises Absent('unknown-actor')."""
    from haidang.access.identity.factors import reads as factors

    account = reach.managed(who, name)
    own = account.name == who.name
    return Dossier(
        identity.sessions(account),
        identity.locked(account.name),
        len(factors.factors(account)),
        identity.needs_factor(account),
        account.has_usable_password(),
        own,
        reach.may_change(who, account),
        not own and reach.may_stand_for(who, account),
        reach.last_administrator(account),
    )
