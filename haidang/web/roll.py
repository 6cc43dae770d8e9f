"""The list of accounts: what the address asks for, its filters, its rows as a file. Never: looks one up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from haidang.access.people import reads
from haidang.access.people.reads import Found, Line, Wanted
from haidang.web import formats, sheets
from haidang.web.page import Visit
from haidang.words.texts import text

MARKS = {"in-use": "good", "locked": "warn", "never": "watch", "idle": "watch", "disabled": "none"}
SORTS = ("name", "title", "office", "state", "-seen", "seen", "-created")
HEADS = (
    "people.use", "people.account", "people.state", "people.holder", "people.office", "people.activated",
    "people.disabled", "people.disabled-why", "people.display", "people.post", "people.phone", "people.email",
    "people.kind", "people.seen",
)  # fmt: skip
"""First what the law lists (kind, name, state, owner, unit, activated, disabled), then the rest."""


def wanted(given: Mapping[str, str]) -> Wanted:
    """What an address asks for; what is not known counts as not said."""
    page = given.get("page", "")
    return Wanted(
        given.get("q", "").strip()[:80],
        given.get("office", "")[:64],
        given.get("use", "") if given.get("use") in reads.USES else "",
        given.get("state", "") if given.get("state") in reads.STATES else "",
        given.get("sort", "") if given.get("sort") in SORTS else SORTS[0],
        int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


def url(want: Wanted, path: str = "/people/", **changes: Any) -> str:
    """The address of the list with some of its choices changed; another choice begins at the first page."""
    changed = replace(want, **({"page": 1} | changes))
    kept = {name: value for name, value in vars(changed).items() if value != getattr(Wanted(), name)}
    return path + (f"?{urlencode(kept)}" if kept else "")


def context(seen: Visit, want: Wanted, found: Found) -> dict[str, Any]:
    """The page of the list."""
    language = seen.language
    return {
        "wanted": want,
        "lines": [(line, MARKS[line.state], why(line.why, language)) for line in found.lines],
        "total": found.total,
        "every": sum(found.by_state.values()),
        "counts": [(state, MARKS[state], count, _turn(want, state)) for state, count in found.by_state.items()],
        "offices": reads.offices_of(seen.who),
        "uses": {use: text(f"people.use-{use}", language) for use in reads.USES},
        "states": {state: text(f"people.state-{state}", language) for state in reads.STATES},
        "sorts": {sort: text(f"people.sort-{sort}", language) for sort in SORTS},
        "number": want.page,
        "pages": found.pages,
        "earlier": url(want, page=want.page - 1) if want.page > 1 else "",
        "later": url(want, page=want.page + 1) if want.page < found.pages else "",
        "csv": url(want, "/people.csv"),
        "xlsx": url(want, "/people.xlsx"),
    }


def _turn(want: Wanted, state: str) -> str:
    return url(want, state="" if want.state == state else state)


def sheet(seen: Visit, found: Found) -> sheets.Sheet:
    """The list as the law asks for it, as a file."""
    language = seen.language
    heads = [text(code, language) for code in HEADS]
    about = [(text("file.taken", language), formats.moment(seen.now.isoformat()) + f" · {seen.who.name}")]
    titles = (text("people.title", language), text("file.sources", language))
    return sheets.Sheet("tai-khoan", heads, [_row(line, language) for line in found.lines], about, titles)


def _row(line: Line, language: str) -> list[sheets.Value]:
    return [
        text(f"people.use-{line.use}", language),
        line.name,
        text(f"people.state-{line.state}", language),
        line.holder,
        line.office.name.in_(language) if line.office else "",
        _day(line.activated),
        _day(line.disabled),
        why(line.why, language),
        line.title,
        post(line.post, language),
        line.phone,
        line.email,
        text(f"people.kind-{line.kind}", language),
        _day(line.seen),
    ]


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else ""


def why(said: str, language: str) -> str:
    """Why an account was disabled: what the keeper wrote, or the rule that did it in words."""
    return text(f"people.why-{said}", language).removeprefix("people.why-") if said else ""


def post(key: str, language: str) -> str:
    """A post in words; one nobody put into words stands by its key."""
    return text(f"post.{key}", language).removeprefix("post.") if key else ""
