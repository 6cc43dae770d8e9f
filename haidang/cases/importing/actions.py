"""Writes Cases of another program with their history, many at a time; each chunk is one transaction.

A row that came before is left as it is: the house has worked on it since. Nobody is told anything: what is brought
over is the past. Never: reads a file, makes a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from haidang.access import gate, trace
from haidang.cases import clocks, machine, senders, whereabouts
from haidang.cases.importing.brought import Aside, Brought, Imported
from haidang.cases.importing.histories import Faulty, Histories, Made, once
from haidang.cases.models import Case, Sender, Step
from haidang.cases.senders import Person
from haidang.catalog.declared import Desk, declared
from haidang.words.nouns import Actor, Scope, Subject

CHUNK = 2000
_SET = tuple(field.attname for field in Case._meta.concrete_fields if not field.primary_key)
_STEP = ("case_id", "act", "before", "after", "at", "by", "role", "office", "words", "inner", "facts", "once")


def bring(
    who: Actor, desk: str, rows: Iterable[Brought], *, progress: Callable[[Imported], None] | None = None
) -> Imported:
    """All rows, in chunks; needs `import` on the desk's pack. Raises Denied, Absent('unknown-desk').

    `progress` is told the sums after each chunk. A kill between chunks loses nothing: the same rows brought again
    are unchanged, the rest lands.
    """
    noun = declared().desk(desk)
    scope = gate.require(who, "import", Subject(noun.pack, noun.key, noun.level))
    histories, total = Histories(noun, timezone.now()), Imported()
    with clocks.remembering():
        for chunk in _chunks(rows):
            total += _chunk(chunk, noun, histories, scope)
            if progress:
                progress(total)
    trace.note(who, "import-cases", f"{noun.pack}/{noun.key} landed={total.landed} read={total.read}")
    return total


def _chunks(rows: Iterable[Brought]) -> Iterator[list[Brought]]:
    walk = iter(rows)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk


def _chunk(rows: list[Brought], desk: Desk, histories: Histories, scope: Scope) -> Imported:
    keys = [once(desk.key, row.outside) for row in rows]
    known = _numbers(keys)
    aside: list[Aside] = []
    made: dict[str, Made] = {}
    unchanged = 0
    for key, row, located in zip(keys, rows, _located(rows), strict=True):
        if key in known:
            unchanged += 1
        elif key in made:
            aside.append(Aside(row.outside[:80], "number-twice", row.outside[:80]))
        elif one := _one(row, located, histories, aside):
            if scope.units is None or one.case.unit in scope.units:
                made[key] = one
            else:
                aside.append(Aside(row.outside[:80], "no-grant-there", one.case.unit))
    with transaction.atomic():
        _write(list(made.values()), desk)
    return Imported(len(rows), len(made), unchanged, tuple(aside))


def _one(row: Brought, located: str, histories: Histories, aside: list[Aside]) -> Made | None:
    try:
        return histories.made(row, located)
    except Faulty as fault:
        aside.append(fault.aside)
        return None


def _located(rows: Sequence[Brought]) -> list[str]:
    """The unit each position lies in, asked only where no place is said."""
    return whereabouts.units([(None, None) if row.place else (row.lat, row.lon) for row in rows])


def _numbers(keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        part = Case.objects.filter(once__in=keys[start : start + 500]).values_list("once", "number")
        found |= {str(key): number for key, number in part}
    return found


def _write(made: list[Made], desk: Desk) -> None:
    if not made:
        return
    people = _senders([one.brought.sender for one in made])
    for one, sender in zip(made, people, strict=True):
        one.case.sender_id = sender
    _insert(Case, _SET, [attrgetter(*_SET)(one.case) for one in made])
    numbers = _numbers([str(one.case.once) for one in made])
    for one in made:
        one.case.number = numbers[str(one.case.once)]
    _insert(Step, _STEP, (_step(one.case.number, step) for one in made for step in one.steps))
    _merge(made, desk)


def _step(number: int, step: dict[str, Any]) -> tuple[Any, ...]:
    return (number, *(step.get(name) for name in _STEP[1:]))


def _merge(made: list[Made], desk: Desk) -> None:
    """What the other program says is a duplicate, joined to the Case it is one of (where that one is here)."""
    wanted = {one.case.number: once(desk.key, one.brought.duplicate_of) for one in made if one.brought.duplicate_of}
    others = _numbers(list(set(wanted.values())))
    for number, key in wanted.items():
        if (into := others.get(key, number)) != number:
            Case.objects.filter(pk=number, state=machine.MERGED).update(into=into)


def _insert(model: type[Model], names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """One prepared statement for all rows: Django's own bulk insert asks SQLite eighteen of these rows at a time."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    own = [fields[name] for name in names]
    prepared = [_preparing(field) for field in own]
    quote = connection.ops.quote_name
    columns, holders = ", ".join(quote(str(field.column)) for field in own), ", ".join("%s" for _ in own)
    changed = [(at, do) for at, do in enumerate(prepared) if do]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({holders})",
            [_prepared(row, changed) for row in rows],
        )


def _prepared(row: tuple[Any, ...], changed: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, do in changed:
        values[at] = do(values[at])
    return values


def _preparing(field: Any) -> Callable[[Any], Any] | None:
    """How a value of the field is written; None where it stands as it is."""
    if field.get_internal_type() == "DateTimeField":
        return _moment if connection.vendor == "sqlite" else None
    if field.get_internal_type() != "JSONField":
        return None
    nothing = field.get_db_prep_save({}, connection)
    return lambda value: field.get_db_prep_save(value, connection) if value else nothing


def _moment(value: datetime | None) -> str | None:
    """As Django writes a moment into SQLite: in UTC, its zone left out."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if value else None


def _senders(people: list[Person]) -> list[int | None]:
    """The row of each: the one of whoever said the very same of themselves before, else a new one."""
    rows = [senders.row(person) if person.known else None for person in people]
    every = {row["key"]: row for row in rows if row}
    known = _known_senders(list(every))
    fresh = [Sender(**row) for key, row in every.items() if key not in known]
    Sender.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    known |= _known_senders([key for key in every if key not in known])
    return [known[row["key"]] if row else None for row in rows]


def _known_senders(keys: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        part = Sender.objects.filter(key__in=keys[start : start + 500]).values_list("key", "pk")
        found |= {str(key): pk for key, pk in part}
    return found


__all__ = ["CHUNK", "bring"]
