"""What a desk holds of one person: their reports and calls. Registered with access as a holder. Never: writes."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q

from haidang.access.personal.subjects.holders import Held, Holder
from haidang.cases import senders
from haidang.cases.clocks import HERE
from haidang.cases.erasing import actions
from haidang.cases.models import Call, Case, Sender
from haidang.catalog.declared import Desk, declared
from haidang.words.nouns import Label
from haidang.words.texts import texts

COLUMNS = (
    "code",
    "sent_at",
    "channel",
    "text",
    "address",
    "state",
    "result",
    "rating_words",
    "name",
    "phone",
    "email",
    "zalo",
    "facebook",
    "home",
    "account",
    "called_at",
)


def holders() -> tuple[Holder, ...]:
    """One for every desk that is declared."""
    return tuple(_holder(desk) for desk in declared().desks())


def _holder(desk: Desk) -> Holder:
    source, said = texts()["cases.senders-source"], desk.senders
    return Holder(
        desk.key,
        desk.pack,
        desk.title,
        source,
        said.basis,
        said.verified,
        said.erase == "allowed",
        tuple((name, _title(name)) for name in COLUMNS),
        partial(find, desk),
        partial(actions.erase, desk.key),
    )


def _title(name: str) -> Label:
    return texts()[f"cases.held-{name}"]


def find(desk: Desk, identifier: str) -> Held:
    """By telephone, e-mail, or the id a provider knows somebody by."""
    digests = {name: senders.digest(name, identifier) for name in senders.KNOWN_BY}
    known = Q(pk__in=[])
    for name, digest in digests.items():
        known |= Q(**{f"{name}_digest": digest})
    people = tuple(Sender.objects.filter(known, erased=None, cases__desk=desk.key).distinct())
    cases = Case.objects.filter(sender__in=people, desk=desk.key).select_related("sender").order_by("number")
    calls = Call.objects.filter(phone_digest=digests["phone"]).order_by("rang_at") if people else ()
    rows = (*map(_case, cases), *map(_call, calls))
    return Held(rows, tuple(one.pk for one in people))


def _case(row: Case) -> dict[str, Any]:
    who = senders.person(row.sender) if row.sender else senders.Person()
    same = ("code", "channel", "address", "state", "result", "rating_words")
    told = {name: getattr(row, name) for name in same}
    told |= {name: getattr(who, name) for name in ("name", "phone", "email", "zalo", "facebook", "account")}
    sent = row.sent_at.astimezone(HERE)
    told |= {"text": senders.unseal(row.raw) or row.text, "home": who.address, "sent_at": sent.isoformat()}
    return {**told, "_run": "", "_period": sent.date().isoformat()}


def _call(row: Call) -> dict[str, Any]:
    rang = row.rang_at.astimezone(HERE)
    told = {"called_at": rang.isoformat(), "phone": senders.unseal(row.phone)}
    return {**told, "_run": "", "_period": rang.date().isoformat()}
