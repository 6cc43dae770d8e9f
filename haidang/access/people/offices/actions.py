"""Offices made, changed, closed and opened again; the committees of the centre's communes. Every act is traced.

What may be done is asked here (`reach`), so that no door can forget it. Never: changes an account or a grant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haidang.access import trace
from haidang.access.models import Account, Office
from haidang.access.people import reach
from haidang.access.people.granting import rules
from haidang.access.territory import unit_id
from haidang.catalog.places import register
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor
from haidang.words.places import Unit

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
RESERVED = ("new", "seed")
"""Words of addresses: no office bears them."""
ROOT = "ubnd-tinh"


@dataclass(frozen=True)
class Named:
    """What an office is said to be. `above`, `head`: a key and an account's name, "" for none; `place`: a code."""

    key: str
    name_vi: str
    name_en: str = ""
    above: str = ""
    place: str = ""
    head: str = ""


def set_office(by: Actor, said: Named, *, new: bool = False) -> Office:
    """Make an office or change one; the same twice is one.

    Raises Absent('unknown-office', 'unknown-actor', 'unknown-place'), Denied, and BadQuestion('bad-key' | 'no-name' |
    'office-taken' | 'office-in-circle').
    """
    _sound(said, new=new)
    with transaction.atomic():
        row = Office.objects.filter(key=said.key).first() or Office(key=said.key)
        reach.office_changed(by, row, said.above)
        row.name_vi, row.name_en = said.name_vi.strip()[:200], said.name_en.strip()[:200]
        row.above = _above(row, said.above)
        row.place = unit_id(said.place) if said.place else ""
        row.head = _head(by, said.head)
        row.save()
        trace.note(by, "office", row.key)
    return row


def _sound(said: Named, *, new: bool) -> None:
    if not _KEY.fullmatch(said.key) or said.key in RESERVED:
        raise BadQuestion("bad-key", found=said.key[:64])
    if not said.name_vi.strip():
        raise BadQuestion("no-name")
    if new and Office.objects.filter(key=said.key).exists():
        raise BadQuestion("office-taken", found=said.key)


def _above(row: Office, key: str) -> Office | None:
    if not key:
        return None
    found = Office.objects.filter(key=key, closed=None).first()
    if found is None:
        raise Absent("unknown-office", found=key[:64])
    if row.pk and found.pk in rules.beneath({row.pk}):
        raise BadQuestion("office-in-circle", found=key)
    return found


def _head(by: Actor, name: str) -> Account | None:
    if not name:
        return None
    found = reach.managed(by, name)
    if not found.is_active:
        raise Absent("unknown-actor", found=name[:64], nearest="")
    return found


def close(by: Actor, key: str) -> None:
    """Close an office nobody is in any more; its grants count no longer. Raises BadQuestion('office-in-use')."""
    with transaction.atomic():
        row = _row(by, key)
        people = Account.objects.filter(office=row, is_active=True).count()
        inside = row.below.filter(closed=None).count()
        if people or inside:
            raise BadQuestion("office-in-use", people=people, inside=inside)
        row.closed = timezone.now()
        row.save(update_fields=["closed"])
        trace.note(by, "office-close", row.key)


def reopen(by: Actor, key: str) -> None:
    """Open a closed office again; what is above it must stand."""
    with transaction.atomic():
        row = _row(by, key)
        if row.above and row.above.closed:
            raise BadQuestion("office-above-closed", found=row.above.key)
        row.closed = None
        row.save(update_fields=["closed"])
        trace.note(by, "office-open", row.key)


def _row(by: Actor, key: str) -> Office:
    row = Office.objects.select_related("above").filter(key=key).first()
    if row is None:
        raise Absent("unknown-office", found=key[:64])
    reach.office_changed(by, row, row.above.key if row.above else "")
    return row


def seed(by: Actor) -> int:
    """The committee of the centre's own place, and one per commune of it as it stands today; gives how many are new.

    Names and heads of those that stand already are left as they are.
    """
    home = register().resolve(settings.PLACE, timezone.localdate())
    communes = () if home.level == "commune" else register().of_level("commune", timezone.localdate(), home.id)
    root = ROOT if home.level == "province" else f"xa-{home.code}"
    wanted = [Named(root, *_committee(home), place=home.id)]
    wanted += [Named(f"xa-{unit.code}", *_committee(unit), above=root, place=unit.id) for unit in communes]
    if not reach.administrator(by):
        raise Denied("no-grant")
    known = set(Office.objects.values_list("key", flat=True))
    new = [one for one in wanted if one.key not in known]
    with transaction.atomic():
        for top in (one for one in new if not one.above):
            set_office(by, top)
        above = Office.objects.get(key=root)
        same = ("key", "name_vi", "name_en", "place")
        below = [one for one in new if one.above]
        Office.objects.bulk_create(Office(above=above, **{name: getattr(one, name) for name in same}) for one in below)
        if new:
            trace.note(by, "office", "seed", because=(f"{len(new)} offices",))
    return len(new)


def _committee(unit: Unit) -> tuple[str, str]:
    lower = unit.name[:1].lower() + unit.name[1:]
    return f"UBND {lower}", f"People's Committee of {unit.name}"
