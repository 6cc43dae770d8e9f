"""Everything a report is offered, for whoever asks; earlier Cases are those they may see. Never: writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from haidang.access import territory
from haidang.cases import machine, rights, routing
from haidang.cases.models import Case, File
from haidang.cases.suggest import categories, duplicates, listed, named
from haidang.cases.suggest.faces import Draft, Earlier, Offered, Suggestion, Why
from haidang.catalog.declared import Desk, declared
from haidang.words.nouns import Actor

LEARNED = 800
"""How many handled Cases are asked for their category, newest first."""
COMPARED = 400
"""How many earlier Cases are compared at most, newest first."""
BOX = 0.01
"""Degrees to each side: about a kilometre."""
_CONFIRMED = (machine.ASSIGNED, machine.IN_PROGRESS, machine.APPROVING, machine.RESOLVED, machine.PUBLISHED)
"""States in which the desk has said the category is right by sending it on."""
_NAMES = ("number", "fold", "category", "unit", "sent_at", "lat", "lon")


def offered(who: Actor, draft: Draft) -> Offered:
    """Offers for a report that is being written or that came; raises Absent('unknown-desk')."""
    desk = declared().desk(draft.desk)
    units = named.units(f"{draft.address} · {draft.text}", draft.lat, draft.lon)
    draft = replace(draft, unit=draft.unit or next((one.value for one in units), ""))
    found = categories.category(desk, draft.text, learned(who, draft)) if draft.text.strip() else ()
    meant = draft.category or next((one.value for one in found), "")
    return Offered(
        categories=found,
        offices=offices(desk, meant, draft.unit),
        units=units,
        duplicates=duplicates.duplicates(replace(draft, category=meant), near(who, draft), timezone.now()),
        urgent=listed.urgent(desk, draft.text, meant),
        abusive=listed.abusive(desk, draft.text),
    )


def for_case(who: Actor, number: int) -> Offered:
    """Offers for a Case that came; raises Absent('unknown-case')."""
    return offered(who, drafted(rights.seen(who, number)))


def drafted(row: Case) -> Draft:
    """A Case as what it was before anybody judged it (its own category too: it may be what the sender chose)."""
    same = ("desk", "text", "address", "category", "lat", "lon")
    unit = "" if row.unit == territory.home() else row.unit
    digests = frozenset(File.objects.filter(case=row, kind="photo").values_list("digest", flat=True))
    given = {name: getattr(row, name) for name in same}
    return Draft(**given, unit=unit, at=row.sent_at, number=row.pk, digests=digests)


def offices(desk: Desk, category: str, unit: str) -> tuple[Suggestion, ...]:
    """The office the desk's routes lead to, none when they lead nowhere."""
    way = routing.way(desk, category, unit)
    if not way.office:
        return ()
    return (Suggestion(way.office, 1.0 if way.why == "route" else 0.9, (Why(f"suggest.why-{way.why}"),)),)


def learned(who: Actor, draft: Draft) -> tuple[Earlier, ...]:
    """Handled Cases of the desk whose words tell their category."""
    rows = rights.visible(who).filter(desk=draft.desk, state__in=_CONFIRMED).exclude(category="")
    rows = rows.exclude(pk=draft.number).order_by("-number")
    return _earlier(rows.values(*_NAMES, "state")[:LEARNED])


def near(who: Actor, draft: Draft) -> tuple[Earlier, ...]:
    """Earlier Cases that could be the same thing: about the same time, and near or, without a position, in the unit;
    with their photos' digests."""
    at = draft.at or timezone.now()
    window = Q(sent_at__gte=at - duplicates.LONGEST, sent_at__lte=at + duplicates.LONGEST)
    # What is near is looked for first, by its index, then who may see it: the other way round every Case is read.
    around = {pk for one in _around(draft) for pk in Case.objects.filter(one & window).values_list("pk", flat=True)}
    newest = sorted(around - {draft.number}, reverse=True)[: 2 * COMPARED]
    rows = rights.visible(who).filter(pk__in=newest, desk=draft.desk, into=None).exclude(state=machine.REFUSED)
    found = list(rows.order_by("-number").values(*_NAMES, "state")[:COMPARED])
    return _earlier(found, _digests([row["number"] for row in found]) if draft.digests else {})


def _around(draft: Draft) -> Iterable[Q]:
    """Conditions each of which an index answers: the same photo; near; of the unit, with no position to compare."""
    if draft.digests:
        yield Q(files__digest__in=draft.digests, files__kind="photo")
    placed = draft.lat is not None and draft.lon is not None
    if draft.lat is not None and draft.lon is not None:
        yield Q(lat__range=(draft.lat - BOX, draft.lat + BOX), lon__range=(draft.lon - BOX, draft.lon + BOX))
    if draft.unit:
        yield Q(unit=draft.unit, lat=None) if placed else Q(unit=draft.unit)


def _digests(numbers: list[int]) -> dict[int, frozenset[str]]:
    pairs = File.objects.filter(case__in=numbers, kind="photo").values_list("case_id", "digest")
    return {number: frozenset(one for case, one in pairs if case == number) for number in {case for case, _ in pairs}}


def _earlier(rows: Iterable[dict[str, Any]], digests: dict[int, frozenset[str]] | None = None) -> tuple[Earlier, ...]:
    return tuple(
        Earlier(
            **{name: row[name] for name in _NAMES},
            open=row["state"] in machine.OPEN,
            digests=(digests or {}).get(row["number"], frozenset()),
        )
        for row in rows
    )
