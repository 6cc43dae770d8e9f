"""What the templates of the operator's screen need: options, the map to point at, calls, who calls. Never: decides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from haidang.access import territory
from haidang.cases import machine
from haidang.cases.calls import reads, taking
from haidang.cases.calls.reads import CallFace, Card
from haidang.cases.calls.taking import Spot
from haidang.cases.faces import Line
from haidang.catalog.declared import Desk
from haidang.web.cases.lines import Row, row
from haidang.web.cases.names import Names
from haidang.web.page import Visit
from haidang.words.names import fold

BY_PHONE = ("supply", "add", "rate", "reopen")
"""What a caller may say about an earlier report."""


@dataclass(frozen=True)
class Earlier:
    """One earlier report of a caller: its line, and what may be said about it now."""

    row: Row
    line: Line
    acts: tuple[str, ...]


@lru_cache(maxsize=8)
def categories(desk: Desk, language: str) -> SafeString:
    """Options by group; each knows its keywords without tones, so that `o ga` finds the damaged road."""
    parts = []
    for key, title in desk.groups:
        of_group = [one for one in desk.categories if one.group == key]
        lines = (
            (one.key, fold(" ".join((title.in_(language), *one.keywords))), one.title.in_(language)) for one in of_group
        )
        options = format_html_join("", '<option value="{}" data-words="{}">{}</option>', lines)
        parts.append((title.in_(language), options))
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', parts)


def communes() -> SafeString:
    """Options by name; each knows the names it bore or took in."""
    lines = ((one.code, one.words, _also(one), one.name) for one in taking.communes())
    return format_html_join("", '<option value="{}" data-words="{}" data-also="{}">{}</option>', lines)


def _also(one: taking.Commune) -> str:
    return ", ".join(taking.bare(name) for _, name in one.names[1:])


def offices(names: Names) -> SafeString:
    lines = ((key, fold(name), name) for key, name in names.standing.items())
    return format_html_join("", '<option value="{}" data-words="{}">{}</option>', lines)


def chosen(options: SafeString, key: str) -> SafeString:
    """The same options with one of them selected."""
    mark = format_html('value="{}"', key)
    return mark_safe(options.replace(mark, f"{mark} selected", 1)) if key else options


def spots(found: tuple[Spot, ...]) -> list[dict[str, Any]]:
    """Places an address may mean, each with the fields it fills and where to look."""
    shown = []
    for one in found:
        fields: dict[str, Any] = {"place": one.place}
        if one.before and one.at:
            fields |= {"address": one.title, "lat": f"{one.at[0]:.6f}", "lon": f"{one.at[1]:.6f}"}
        look = json.dumps([one.at[1], one.at[0]]) if one.at and not one.before else ""
        shown.append({"spot": one, "put": json.dumps(fields, ensure_ascii=False), "look": look})
    return shown


def ground(place: str) -> dict[str, Any]:
    """The communes of this centre as a map to point at (`hd-map`)."""
    home = territory.home().partition("@")[0]
    edge = {"line-color": "var(--edge)", "line-width": 1}
    beam = {"line-color": "var(--beam)", "line-width": 2.4}
    over: Any = ["case", ["boolean", ["feature-state", "over"], False], "var(--s2)", "var(--s0)"]
    return {
        "shapes": f"/map/shapes/commune/{home}.json?on={timezone.localdate().isoformat()}",
        "layers": [
            {"id": "areas", "type": "fill", "source": "places", "paint": {"fill-color": over}},
            {"id": "edges", "type": "line", "source": "places", "paint": edge},
            {
                "id": "chosen",
                "type": "line",
                "source": "places",
                "filter": ["==", ["get", "code"], place],
                "paint": beam,
            },
        ],
        "tips": {},
        "links": {},
    }


def earlier(seen: Visit, card: Card | None) -> list[Earlier]:
    """A caller's earlier reports with what may be said about each."""
    if card is None:
        return []
    names = Names(seen.catalog, seen.language)
    return [Earlier(row(line, names, seen.now), line, acts(line)) for line in card.lines]


def acts(line: Line) -> tuple[str, ...]:
    open_now = machine.allowed(line.state, frozenset({machine.ROUTE}))
    rated = {"rate"} if line.rating else set()
    again = {"reopen"} if line.reopened else set()
    return tuple(one for one in BY_PHONE if one in open_now and one not in rated | again)


def shift(seen: Visit, desk: Desk) -> str:
    """`on` callers stand in clear; `off` they would once a shift is begun; "" never for this person."""
    if not reads.reaches(seen.who, desk):
        return ""
    return "on" if reads.clear(seen.who) else "off"


def spelled(code: str) -> SafeString:
    """A code in groups as it is read aloud."""
    return format_html_join("-", "<b>{}</b>", ((part,) for part in code.split("-")))


def length(call: CallFace) -> str:
    """`03:25`."""
    return f"{call.seconds // 60:02d}:{call.seconds % 60:02d}"
