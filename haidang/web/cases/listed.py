"""The page of the list: its lines, how many of each state, its filters, its pages. Never: decides, writes."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import mark_safe

from haidang.cases import machine, reads
from haidang.cases.faces import Line
from haidang.web.cases import wanted as addresses
from haidang.web.cases.lines import row
from haidang.web.cases.names import Names, options
from haidang.web.cases.wanted import Wanted
from haidang.web.page import Visit
from haidang.words.texts import text

COUNTED = ("open", "late", *machine.STATES)


def context(seen: Visit, want: Wanted) -> dict[str, Any]:
    """Everything the template of the list needs."""
    names = Names(seen.catalog, seen.language)
    counts = reads.by_state(seen.who, addresses.sought(want, seen, states=()))
    many = total(seen, want, counts)
    pages = max(1, -(-many // reads.PAGE))
    found = reads.cases(seen.who, addresses.sought(want, seen), page=want.page)
    return {
        "wanted": want,
        "rows": [drawn(line, names, seen.now) for line in found],
        "total": many,
        "strip": strip(want, counts, names),
        "filters": filters(seen, want, names),
        "pages": pages,
        "earlier": addresses.url(want, page=want.page - 1) if want.page > 1 else "",
        "later": addresses.url(want, page=want.page + 1) if want.page < pages else "",
        "csv": addresses.url(want, "/cases/export.csv"),
        "xlsx": addresses.url(want, "/cases/export.xlsx"),
        "map": addresses.url(want, "/cases/map"),
        "plain": addresses.url(Wanted()),
        "path": "/cases/",
        **said(names.language),
    }


MOST_KEPT = 4000
_kept: dict[tuple[Line, str, int], str] = {}


def drawn(line: Line, names: Names, now: datetime) -> str:
    """One line of the table. The same line is drawn once a minute: it holds nothing but what it is made of."""
    key = (line, names.language, int(now.timestamp()) // 60)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        words = {"one": row(line, names, now), **said(names.language)}
        found = _kept[key] = mark_safe(_template().render(words).strip())
    return found


@cache
def _template() -> Any:
    return get_template("web/cases/line.html")


SAID = ("urgent", "reopened", "abusive", "simulated", "uncategorised", "unrouted")
HEADS = ("left", "state", "office", "place", "sent")


def said(language: str) -> dict[str, Any]:
    """Words that stand in every line, looked up once."""
    words: dict[str, Any] = {one: text(f"cases.{one}", language) for one in SAID}
    return words | {"heads": {one: text(f"cases.head-{one}", language) for one in HEADS}}


def total(seen: Visit, want: Wanted, counts: dict[str, int]) -> int:
    """Out of the counts of the states where they say it; a mixture of `late` with others is counted anew."""
    states = want.states
    if not states or states == ("late",):
        return counts["late"] if states else _of(counts, machine.STATES)
    if "late" in states:
        return reads.count(seen.who, addresses.sought(want, seen))
    groups = {"open": machine.OPEN, "ended": machine.ENDED}
    return _of(counts, frozenset[str]().union(*(groups.get(one, {one}) for one in states)))


def _of(counts: dict[str, int], states: Any) -> int:
    return sum(counts.get(state, 0) for state in states)


def strip(
    want: Wanted, counts: dict[str, int], names: Names, path: str = "/cases/"
) -> list[tuple[str, str, int, str, bool]]:
    """(state, name, how many, address, chosen) of everything, the open, the late, and each state that is there."""
    every = {"all": _of(counts, machine.STATES), "open": _of(counts, machine.OPEN), **counts}
    shown = [one for one in ("all", *COUNTED) if every.get(one) or one in ("all", "open", "late")]
    chosen = ",".join(want.states) or "all"
    return [(one, _name(one, names), every.get(one, 0), _turn(want, one, path), one == chosen) for one in shown]


def _name(state: str, names: Names) -> str:
    return names.state(state) if state in machine.STATES else text(f"cases.state-{state}", names.language)


def _turn(want: Wanted, state: str, path: str) -> str:
    plain = addresses.DEFAULT if not want.q else "all"
    return addresses.url(want, path, state="" if state == plain else state)


def filters(seen: Visit, want: Wanted, names: Names) -> dict[str, Any]:
    """The options of each select."""
    desks = [desk for desk, _ in reads.desks(seen.who)]
    first = next((desk for desk in desks if desk.key == want.desk), desks[0])
    groups = {key: label.in_(names.language) for key, label in first.groups}
    of_group = [one for one in first.categories if want.group in ("", one.group)]
    return {
        "desks": options({one.key: one.title.in_(names.language) for one in desks}, want.desk) if desks[1:] else "",
        "channels": options({one: names.channel(one) for one in reads.WAYS}, want.channel),
        "groups": options(groups, want.group),
        "categories": options({one.key: one.title.in_(names.language) for one in of_group}, want.category),
        "offices": options(names.standing, want.office),
        "places": options(names.communes, want.place),
        "sorts": options({one: text(f"cases.sort-{one}", names.language) for one in reads.SORTS}, want.sort),
    }
