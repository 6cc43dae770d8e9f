"""Who is reminded of what at a desk: unfinished work, what is due, what has become late, the morning sheet.

Each word names an account, a notice and facts as that account may see them; whoever cannot see a Case is told nothing
of it. Never: sends (a duty tells, `watch` keeps it once), says who sent a Case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from haidang.access import gate
from haidang.access.people.granting import rules
from haidang.access.people.offices import reads as offices
from haidang.access.people.offices.reads import OfficeFace
from haidang.cases import clocks, machine, reads, rights
from haidang.cases.digest import reads as digest
from haidang.cases.digest import sentences
from haidang.cases.digest.areas import moment
from haidang.cases.models import Case
from haidang.catalog import calendar
from haidang.catalog.declared import Desk
from haidang.words.nouns import ANY, Actor

LOOKED_BACK = timedelta(days=7)
"""A Case that became late longer ago than this has been told of."""
MOST = 8
"""More Cases of an office that became late at once are told in one sentence."""


@dataclass(frozen=True)
class Word:
    """One notice to one account; `key`: said once per account."""

    actor: str
    code: str
    facts: Mapping[str, str]
    link: str
    key: str


def sheets(desk: Desk, now: datetime) -> Iterator[Word]:
    """The morning sheet, to the head of every office who works at the desk or reads it, as they may see it."""
    day = timezone.localdate(now)
    for name in dict.fromkeys(one.head for one in offices.offices() if one.head):
        who = gate.actor(name)
        if not rights.works_at(who, desk.pack):
            continue
        made = digest.sheet(who, desk, day, now)
        if not made.empty:
            yield Word(name, "desk-digest", _sheet(made), f"/cases/today?day={day}", f"desk-digest:{desk.key}:{day}")


def _sheet(made: digest.Sheet) -> dict[str, str]:
    facts = {"resolved": made.resolved, "late": made.late, "due": made.due_week}
    said = {name: str(value) for name, value in facts.items()}
    for tail, language in (("", "vi"), ("_en", "en")):
        said[f"headline{tail}"] = _capital(sentences.headline(made, language))
        said[f"unusual{tail}"] = _capital(sentences.told(made, language))
    return said


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def work(desk: Desk, now: datetime) -> Iterator[Word]:
    """In the morning: to officers what is not done, to heads what is due this week and, once a month, this month."""
    day = timezone.localdate(now)
    heads = holders(desk, machine.APPROVE)
    for name in sorted(holders(desk, machine.HANDLE) - heads):
        yield from _unfinished(name, desk, day, now)
    for name in sorted(heads):
        for code, span in (("desk-week", "week"), ("desk-month", "month")):
            if _first(day, span):
                yield from _owed(name, desk, code, (day, now))


def _first(day: date, span: str) -> bool:
    """Whether this is the first working day of its week or month."""
    back = day.weekday() if span == "week" else day.day - 1
    return calendar.working(day) and not any(calendar.working(day - timedelta(days=n)) for n in range(1, back + 1))


def _unfinished(name: str, desk: Desk, day: date, now: datetime) -> Iterator[Word]:
    """Of what the officer's office handles: nobody else's by name."""
    mine = _of(gate.actor(name), machine.HANDLE, desk).filter(state__in=machine.OPEN - {machine.APPROVING})
    own = mine.filter(person__in=("", name))
    counts = {
        "open": own.count(),
        "late": own.filter(reads.late(now)).count(),
        "today": own.filter(due__gte=now, due__lt=moment(day + timedelta(days=1))).count(),
        "asked": own.filter(state=machine.ASKED).count(),
    }
    if counts["open"]:
        yield Word(name, "desk-work", _texts(counts), "/cases/mine", f"desk-work:{desk.key}:{day}")


def _owed(name: str, desk: Desk, code: str, at: tuple[date, datetime]) -> Iterator[Word]:
    day, now = at
    week, month = digest.ends(day)
    mine = _of(gate.actor(name), machine.APPROVE, desk).filter(state__in=machine.OPEN)
    counts = {
        "week": mine.filter(due__gte=now, due__lt=week).count(),
        "month": mine.filter(due__gte=now, due__lt=month).count(),
        "late": mine.filter(reads.late(now)).count(),
        "approving": mine.filter(state=machine.APPROVING).count(),
    }
    if counts["week" if code == "desk-week" else "month"] or counts["late"] or counts["approving"]:
        yield Word(name, code, _texts(counts), "/cases/?mine=1&sort=due", f"{code}:{desk.key}:{day}")


def late(desk: Desk, now: datetime) -> Iterator[Word]:
    """What has become late: to the head of the office at once, to the desk when a working day later it still is."""
    found = Case.objects.filter(desk=desk.key, due__lt=now, due__gte=now - LOOKED_BACK).filter(reads.late(now))
    known = {one.key: one for one in offices.offices()}
    of_office: dict[str, list[Case]] = defaultdict(list)
    for case in found.exclude(office="").order_by("due"):
        of_office[case.office].append(case)
    for office, cases in of_office.items():
        if head := _head(known, office):
            yield from _escalated(head, "desk-late", known[office], cases)
    day = sum((_long(span) for span in desk.hours), timedelta())
    long = [c for cases in of_office.values() for c in cases if c.due and clocks.between(c.due, now, desk.hours) >= day]
    for name in sorted(holders(desk, machine.ROUTE)) if long else ():
        for office in {case.office for case in long} & set(known):
            of = [case for case in long if case.office == office]
            yield from _escalated(name, "desk-late-desk", known[office], of)


def _long(span: tuple[time, time]) -> timedelta:
    begin, end = (datetime.combine(date.min, at) for at in span)
    return end - begin


def _head(known: Mapping[str, OfficeFace], office: str) -> str:
    """The head of an office, or of the nearest above it that has one."""
    while office in known:
        if known[office].head:
            return known[office].head
        office = known[office].above
    return ""


def _escalated(name: str, code: str, office: OfficeFace, cases: list[Case]) -> Iterator[Word]:
    seen = set(rights.visible(gate.actor(name)).filter(pk__in=[c.pk for c in cases]).values_list("pk", flat=True))
    cases = [case for case in cases if case.pk in seen]
    named = {"office": office.name.vi, "office_en": office.name.en}
    if len(cases) > MOST:
        key = f"{code}:{office.key}:{max(case.due for case in cases if case.due):%F %T}"
        link = f"/cases/?state=late&office={office.key}"
        yield Word(name, "desk-late-many", {**named, "count": str(len(cases))}, link, key)
        return
    for case in cases:
        due = f"{timezone.localtime(case.due):%H:%M %d/%m/%Y}"
        facts = {**named, "number": str(case.pk), "title": case.title, "due": due}
        yield Word(name, code, facts, f"/cases/{case.pk}", f"{code}:{case.pk}:{case.due:%F %T}")


def holders(desk: Desk, action: str) -> set[str]:
    """Accounts of officers a running grant lets play a part at the desk."""
    rows = rules.running_rows().filter(action__in=(action, ANY), pack__in=(desk.pack, ANY))
    return {one.name for row in rows for one in rules.holders(row) if one.kind == "officer"}


def _of(who: Actor, action: str, desk: Desk) -> QuerySet[Case]:
    return Case.objects.filter(gate.allowing(who, action, Case), desk=desk.key)


def _texts(counts: Mapping[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in counts.items()}
