"""The facts behind a number, page by page, and as a file. Never: shows a column above the reader's level (the gate has
cut it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from haidang.access import gate
from haidang.catalog.declared import Dataset, Indicator
from haidang.catalog.places import register
from haidang.indicators.answer import Records
from haidang.indicators.answer import records as ask
from haidang.web import drill, formats, meaning, page, sheets
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.views import indicators
from haidang.words.errors import Absent
from haidang.words.nouns import Level, Subject
from haidang.words.texts import text

PAGE = 50
MOST = 100_000
"""Rows of a download; more than this is the dataset itself, not a look at it."""


@dataclass(frozen=True)
class Look:
    """What is looked for in the records, in what order (`column` or `-column`), on which page (from 1)."""

    search: str = ""
    sort: str = ""
    number: int = 1

    def url(self, base: str, **changes: Any) -> str:
        """The address of this look with some of it changed; a new order or search begins at the first page."""
        wanted = {"q": self.search, "sort": self.sort, "page": self.number, **changes}
        pairs = {key: value for key, value in wanted.items() if value and (key, value) != ("page", 1)}
        joint = "&" if "?" in base else "?"
        return base + (joint + urlencode(pairs) if pairs else "")


@door
def records(request: HttpRequest, key: str) -> HttpResponse:
    """One page of the facts; raises Denied where only sums may leave."""
    seen = page.visit(request)
    declared = seen.catalog.indicator(key)
    look = _look(request)
    found = _ask(seen, declared, look, limit=PAGE)
    return page.render(request, "records", seen, **_context(seen, declared, look, found))


@door
def download(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The whole selection, up to MOST rows."""
    seen = page.visit(request)
    declared = seen.catalog.indicator(key)
    found = _ask(seen, declared, _look(request), limit=MOST, whole=True)
    language = seen.language
    titles = [_titled(column, language) for column in found.columns]
    names = [column[0] for column in found.columns]
    sheet = sheets.Sheet(
        f"ban-ghi-{declared.name}",
        [*titles, *(text(f"records.{name}", language) for name in ("run", "row", "mark"))],
        ([row[name] for name in (*names, "_run", "_row", "_mark")] for row in found.rows),
        _about(seen, declared, found),
        (text("records.title", language), text("file.sources", language)),
    )
    return sheets.answer(sheet, kind)


def _look(request: HttpRequest) -> Look:
    given = request.GET
    number = given.get("page", "1")
    return Look(given.get("q", "").strip()[:80], given.get("sort", "")[:64], int(number) if number.isdigit() else 1)


def _ask(seen: Visit, declared: Indicator, look: Look, *, limit: int, whole: bool = False) -> Records:
    question = indicators.question(seen, declared)
    offset = 0 if whole else (max(1, look.number) - 1) * PAGE
    return ask(question, seen.who, limit=limit, offset=offset, sort=look.sort, search=look.search)


def _titled(column: tuple[str, str, str, str], language: str) -> str:
    _, vi, en, unit = column
    return (en if language == "en" else vi) + (f" ({formats.unit_in(unit, language)})" if unit else "")


def _about(seen: Visit, declared: Indicator, found: Records) -> list[tuple[str, str]]:
    dataset = seen.catalog.dataset(found.dataset)
    language = seen.language
    return [
        (text("fiche.indicator", language), f"{declared.title.in_(language)} ({declared.key})"),
        (text("tile.place", language), f"{seen.place.name} ({seen.place.code})"),
        (text("fiche.dataset", language), f"{dataset.title.in_(language)} ({dataset.key})"),
        (text("fiche.source", language), dataset.source.in_(language)),
        (text("fiche.licence", language), dataset.licence),
        (text("records.total", language), f"{len(found.rows)} / {found.total}"),
        (text("file.taken", language), formats.moment(seen.now.isoformat()) + f" · {seen.who.name}"),
    ]


def _context(seen: Visit, declared: Indicator, look: Look, found: Records) -> dict[str, Any]:
    base = seen.choice.url()
    pages = max(1, -(-found.total // PAGE))
    dataset = seen.catalog.dataset(found.dataset)
    titles = {column.name: column.title.in_(seen.language) for column in dataset.columns}
    kinds = {column.name: column.type for column in dataset.columns}
    files = f"/indicators/{declared.key}/records"
    return {
        "declared": declared,
        "dataset": dataset,
        "look": look,
        "total": found.total,
        "heads": [_head(column, (look, base), kinds, seen.language) for column in found.columns],
        "rows": [_row(row, found, (kinds, _links(seen, dataset)), seen.language) for row in found.rows],
        "masked": [titles[name] for name in found.masked],
        "covered": [titles[name] for name in found.covered],
        "reveal": _reveal(seen, dataset),
        "few": found.few,
        "level": meaning.level(found.scope.level, seen.language),
        "pages": pages,
        "earlier": look.url(base, page=look.number - 1) if look.number > 1 else "",
        "later": look.url(base, page=look.number + 1) if look.number < pages else "",
        "csv": look.url(seen.choice.url(f"{files}.csv"), page=1),
        "xlsx": look.url(seen.choice.url(f"{files}.xlsx"), page=1),
        "most": formats.number(MOST, seen.language, 0),
        "back": seen.choice.url(f"/indicators/{declared.key}"),
    }


def _reveal(seen: Visit, dataset: Dataset) -> str:
    """Where to say a purpose, for whoever would then see the personal columns; "" for everybody else."""
    ready = bool(dataset.personal) and not gate.purposed(seen.who, dataset.pack) and not seen.who.real
    if not ready or not gate.may(seen.who, "read", Subject(dataset.pack, "", Level.PERSONAL)):
        return ""
    return f"/purpose/?{urlencode({'pack': dataset.pack, 'back': seen.choice.url()})}"


def _head(
    column: tuple[str, str, str, str], about: tuple[Look, str], kinds: dict[str, str], language: str
) -> drill.Head:
    look, base = about
    name = column[0]
    now = look.sort.removeprefix("-") == name
    turned = f"-{name}" if now and not look.sort.startswith("-") else name
    state = ("descending" if look.sort.startswith("-") else "ascending") if now else ""
    number = kinds[name] in ("integer", "decimal")
    return drill.Head(_titled(column, language), look.url(base, sort=turned, page=1), state, number)


@dataclass(frozen=True)
class Line:
    """One fact as written: cells (text, is a number, address), its mark in words, where it stood in which run."""

    cells: list[tuple[str, bool, str]]
    mark: str
    run: str
    row: int


def _links(seen: Visit, dataset: Dataset) -> dict[str, str]:
    """Column → the address its cells lead to: a row of the desk's ledger is a Case."""
    own = (one for one in seen.catalog.sources() if one.dataset == dataset.key and one.connector == "own")
    return {dataset.unique[0]: "/cases/"} if any(dict(one.connect).get("kind") == "cases" for one in own) else {}


def _row(row: dict[str, Any], found: Records, columns: tuple[dict[str, str], dict[str, str]], language: str) -> Line:
    # Behind its mask a cell is a text, whatever it was.
    kinds, links = {**columns[0], **dict.fromkeys(found.covered, "text")}, columns[1]
    cells = [
        (_written(row[name], kinds[name], language), _numeric(kinds[name]), _address(links.get(name, ""), row[name]))
        for name, *_ in found.columns
    ]
    mark = text(f"reason.{row['_mark']}", language) if row["_mark"] else ""
    return Line(cells, mark, row["_run"], row["_row"])


def _address(way: str, value: Any) -> str:
    return f"{way}{value}" if way and isinstance(value, int) else ""


def _numeric(kind: str) -> bool:
    return kind in ("integer", "decimal")


def _written(value: Any, kind: str, language: str) -> str:
    if value is None:
        return formats.MISSING
    if _numeric(kind):
        # A year or a code number is not a quantity: only decimals and large integers are grouped.
        return formats.number(value, language) if kind == "decimal" or abs(value) >= 10_000 else str(value)
    if kind in ("date", "datetime"):
        return formats.moment(str(value))
    return _place(str(value)) if kind == "place" else str(value)


def _place(code: str) -> str:
    try:
        return f"{register().resolve(code, register().versions(code)[-1].start).name} ({code})"
    except (Absent, IndexError):
        return code
