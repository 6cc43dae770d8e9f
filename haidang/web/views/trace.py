"""The trace on screen: search, one row with its proof, files, who looked at a dataset. Never: decides, writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from haidang.access.tracing import exporting, reads
from haidang.access.tracing.reads import Wanted
from haidang.web import page, sheets, traced
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, BadQuestion
from haidang.words.texts import text

MOST = 100_000
"""Rows of one file."""


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The trace, newest first, narrowed as the address says."""
    seen = page.visit(request)
    return page.render(request, "trace", seen, **traced.context(seen, _asked(request, seen), request.GET))


def _asked(request: HttpRequest, seen: Visit) -> Wanted:
    """What the address asks for; that it cannot be understood is said only to whoever may ask."""
    try:
        return traced.wanted(request.GET)
    except BadQuestion:
        reads.require(seen.who)
        raise


def _window(request: HttpRequest, seen: Visit) -> tuple[str, date, date]:
    """Which dataset, from which day to which."""
    try:
        start, end = traced.window(request.GET, seen.today)
    except BadQuestion:
        reads.require(seen.who)
        raise
    return request.GET.get("dataset", "")[:128], start, end


@door
def row(request: HttpRequest, number: int) -> HttpResponse:
    """One row: every field, and how it is sealed."""
    seen = page.visit(request)
    found = reads.one(seen.who, number)
    return page.render(
        request,
        "trace_row",
        seen,
        line=traced.line(found, seen.language, reads.titles()),
        fields=traced.fields(found, seen.language),
    )


@door
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the address asks for as CSV, XLSX or JSON lines; raises Absent('unknown-download')."""
    seen = page.visit(request)
    if kind not in ("csv", "xlsx", "jsonl"):
        raise Absent("unknown-download", found=kind[:20], nearest="csv, xlsx, jsonl")
    rows = reads.taken(seen.who, _asked(request, seen), MOST)
    name = f"nhat-ky-{seen.today:%Y%m%d}"
    if kind == "jsonl":
        return sheets.file(exporting.jsonl(rows), f"{name}.jsonl", "application/jsonl; charset=utf-8")
    lines = exporting.lines(rows, seen.language, reads.titles())
    return sheets.answer(sheets.Sheet(name, exporting.heads(seen.language), lines, _about(seen)), kind)


def _about(seen: Visit) -> list[tuple[str, str]]:
    return [(text("file.taken", seen.language), f"{seen.now:%d/%m/%Y %H:%M} · {seen.who.name}")]


@door
def lookers(request: HttpRequest) -> HttpResponse:
    """Who looked at a dataset within some days: for the notice of a breach (24 and 72 hours)."""
    seen = page.visit(request)
    key, start, end = _window(request, seen)
    if not key:
        reads.require(seen.who)
    query = request.GET.urlencode()
    return page.render(
        request,
        "trace_lookers",
        seen,
        dataset=key,
        datasets=traced.datasets(seen),
        start=f"{start:%d/%m/%Y}",
        end=f"{end:%d/%m/%Y}",
        told=_told(seen, key, start, end) if key else None,
        files=[(words, f"/trace/lookers.{kind}?{query}") for kind, words in (("csv", "CSV"), ("xlsx", "Excel"))],
    )


@door
def lookers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    seen = page.visit(request)
    key, start, end = _window(request, seen)
    told = _told(seen, key, start, end)
    return sheets.answer(traced.looker_sheet(told, f"{key}-{start:%Y%m%d}-{end:%Y%m%d}", seen.language), kind)


def _told(seen: Visit, key: str, start: date, end: date) -> list[dict[str, Any]]:
    return [traced.looker(one, seen.language) for one in reads.lookers(seen.who, key, start, end)]
