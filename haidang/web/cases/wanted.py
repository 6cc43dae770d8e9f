"""What an address of the desk's list asks for, and addresses with some of it changed. Never: looks a Case up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from haidang.cases import machine
from haidang.cases.reads import SORTS, WAYS, Sought
from haidang.web import choices
from haidang.web.page import Visit

STATES = ("open", "late", "ended", "all", *machine.STATES)
DEFAULT = "open"
"""What a list shows when nothing was said; a search looks everywhere."""


@dataclass(frozen=True)
class Wanted:
    """One address of a list, as plain texts; what is not known counts as not said. `place`: a code as written."""

    state: str = ""
    q: str = ""
    desk: str = ""
    channel: str = ""
    group: str = ""
    category: str = ""
    office: str = ""
    place: str = ""
    since: date | None = None
    until: date | None = None
    urgent: bool = False
    mine: bool = False
    sort: str = ""
    page: int = 1

    @property
    def states(self) -> tuple[str, ...]:
        """`all` and an unnamed search: every state."""
        said = self.state or ("all" if self.q else DEFAULT)
        return () if said == "all" else tuple(said.split(","))

    @property
    def narrowed(self) -> bool:
        """Whether anything but the state and the words is said."""
        names = ("desk", "channel", "group", "category", "office", "place", "since", "until", "urgent", "mine")
        return any(getattr(self, name) for name in names)


def wanted(given: Mapping[str, str]) -> Wanted:
    """Raises BadQuestion('not-a-date')."""
    page, state = given.get("page", ""), given.get("state", "")
    return Wanted(
        state=",".join(one for one in state.split(",")[:12] if one in STATES),
        q=given.get("q", "").strip()[:80],
        channel=given.get("channel", "") if given.get("channel") in WAYS else "",
        since=choices.day(given.get("since", "")),
        until=choices.day(given.get("until", "")),
        urgent=given.get("urgent") == "1",
        mine=given.get("mine") == "1",
        sort=given.get("sort", "") if given.get("sort") in SORTS else "",
        page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
        **{name: given.get(name, "").strip()[:128] for name in ("desk", "group", "category", "office", "place")},
    )


def sought(want: Wanted, seen: Visit, **changes: Any) -> Sought:
    """The same as the room of Cases asks it; the place is the one the visit resolved."""
    same = ("desk", "q", "states", "channel", "group", "category", "office", "since", "until", "urgent", "mine")
    told = {name: getattr(want, name) for name in same}
    made = Sought(**told, unit=seen.place.id if want.place else "", sort=want.sort or "newest")
    return replace(made, **changes)


def url(want: Wanted, path: str = "/cases/", **changes: Any) -> str:
    """The address with some of its choices changed; another choice begins at the first page."""
    changed = replace(want, **({"page": 1} | changes))
    return path + (f"?{query}" if (query := urlencode(_said(changed), safe=",")) else "")


def _said(want: Wanted) -> dict[str, str]:
    """What differs from saying nothing; days as addresses write them."""
    plain = {name: value for name, value in vars(want).items() if value != getattr(Wanted(), name)}
    return {name: "1" if value is True else str(value) for name, value in plain.items()}
