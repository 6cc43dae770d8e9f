"""The trace as its pages show it: what the address asks for, rows as lines, the report of looks. Never: decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localtime

from haidang.access.tracing import reads, telling
from haidang.access.tracing.reads import Looker, Row, Wanted
from haidang.web import choices, formats, sheets
from haidang.web.page import Visit
from haidang.words.texts import text

DOORS = ("web", "api", "cli", "jobs", "hook")
OUTCOMES = ("done", "allowed", "shown", "denied", "failed")
FILES = (("csv", "CSV"), ("xlsx", "Excel"), ("jsonl", "JSONL"))
WELL = ("done", "allowed", "shown")
WINDOW = timedelta(days=3)
"""How far back the report of who looked begins when nothing was said: a notice is due within 72 hours."""
LOOKER_HEADS = ("person", "account", "looks", "clear", "refused", "first", "last", "addresses", "purposes", "things")


def wanted(given: QueryDict) -> Wanted:
    """Raises BadQuestion('not-a-date' | 'days-turned-round')."""
    names = ("who", "action", "subject", "outcome", "address", "door")
    said = {name: given.get(name, "")[:100] for name in names}
    before = given.get("before", "")
    return Wanted(
        **said,
        start=choices.day(given.get("from", "")),
        end=choices.day(given.get("to", "")),
        text=given.get("q", "")[:200],
        personal=given.get("personal") == "1",
        before=int(before) if before.isdecimal() and len(before) < 18 else 0,
    )


def line(row: Row, language: str, titles: Mapping[str, str]) -> dict[str, Any]:
    """One row of the list: its sentence, a mark (refused, personal, plain), when and from where."""
    return {
        "row": row,
        "sentence": telling.sentence(row, language, titles),
        "mark": "bad" if row.outcome not in WELL else "watch" if personal(row) else "none",
        "personal": personal(row),
        "at": f"{row.at:%d/%m/%Y %H:%M:%S}",
        "from": place(row, language),
    }


FIELDS = ("who", "title", "real", "action", "subject", "outcome", "because", "purpose", "address", "door", "privilege")


def fields(row: Row, language: str) -> list[tuple[str, object]]:
    """Everything a row says, named, words for codes; what is empty is left out."""
    told = {name: getattr(row, name) for name in FIELDS}
    told["action"] = f"{telling.act(row.action, language)} ({row.action})"
    if row.outcome in OUTCOMES:
        told["outcome"] = text(f"trace.outcome-{row.outcome}", language)
    if row.door in DOORS:
        told["door"] = text(f"trace.door-{row.door}", language)
    told |= {"times": row.times} if row.times > 1 else {}
    return [(text(f"trace.{name}", language), value) for name, value in told.items() if value]


def personal(row: Row) -> bool:
    return bool(row.purpose) or row.subject.endswith("(personal)")


def place(row: Row, language: str) -> str:
    """`trên web, từ 10.0.0.7`."""
    door = text(f"trace.door-{row.door}", language) if row.door in DOORS else row.door
    return ", ".join(filter(None, (door, row.address)))


def context(seen: Visit, asked: Wanted, given: QueryDict) -> dict[str, Any]:
    """What the list's page needs: its rows, the filters as they stand, the ways to older rows and to files."""
    language, found, titles = seen.language, reads.search(seen.who, asked), reads.titles()
    newest = _query(given, before="")
    return {
        "asked": asked,
        "start": formats.day(asked.start) if asked.start else "",
        "end": formats.day(asked.end) if asked.end else "",
        "lines": [line(row, language, titles) for row in found.rows],
        "older": f"/trace/?{_query(given, before=str(found.older))}" if found.older else "",
        "newest": f"/trace/?{newest}" if asked.before else "",
        "files": [(words, f"/trace.{kind}?{newest}") for kind, words in FILES],
        "acts": sorted(((act, telling.act(act, language)) for act in reads.actions_known()), key=lambda pair: pair[1]),
        "outcomes": OUTCOMES,
        "doors": DOORS,
        "narrowed": bool(newest),
    }


def _query(given: QueryDict, **changes: str) -> str:
    query = given.copy()
    for name, value in changes.items():
        query[name] = value
    for name in [name for name in query if not query[name]]:
        del query[name]
    return query.urlencode()


# --- who looked


def window(given: QueryDict, today: date) -> tuple[date, date]:
    """From which day to which; the last three when nothing is said."""
    asked = Wanted(start=choices.day(given.get("from", "")), end=choices.day(given.get("to", "")))
    end = asked.end or today
    return asked.start or min(end, today) - WINDOW, end


def datasets(seen: Visit) -> list[tuple[str, str]]:
    """Every dataset above the open level, by title: looks at open ones are not traced."""
    nouns = [one for pack in seen.catalog.packs for one in pack.datasets if _traced(one)]
    return sorted(((one.key, one.title.in_(seen.language)) for one in nouns), key=lambda pair: pair[1])


def _traced(noun: Any) -> bool:
    return bool(max([noun.level, *(column.level or noun.level for column in noun.columns)]))


def looker(one: Looker, language: str) -> dict[str, Any]:
    """One person's line."""
    return {
        "one": one,
        "person": telling.person(one.who, {one.who: one.title}, language),
        "first": formats.moment(localtime(one.first).isoformat()),
        "last": formats.moment(localtime(one.last).isoformat()),
        "things": [telling.named(thing, language) for thing in sorted(one.things)],
        "addresses": ", ".join(sorted(one.addresses)),
        "purposes": "; ".join(sorted(one.purposes)),
    }


def looker_sheet(told: list[dict[str, Any]], name: str, language: str) -> sheets.Sheet:
    """The report as a file."""
    heads = [text(f"lookers.{head}", language) for head in LOOKER_HEADS]
    rows = [
        [
            *(one["person"], one["one"].who, one["one"].looks, one["one"].clear, one["one"].refused, one["first"]),
            *(one["last"], one["addresses"], one["purposes"], "; ".join(one["things"])),
        ]
        for one in told
    ]
    return sheets.Sheet(f"ai-da-xem-{name}", heads, rows)
