"""One run: how far it is, what came of it, the rows set aside by reason. Never: writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from haidang.access import gate
from haidang.catalog.declared import Dataset, Source
from haidang.intake import reads
from haidang.intake.reads import RunFace, Wanted
from haidang.web import aside, behind, choices, feeds, formats, page, sheets
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent
from haidang.words.texts import text

MOST = 50
"""Runs of one page."""


@door
def listing(request: HttpRequest) -> HttpResponse:
    """Runs page by page, newest first; of one dataset, source, state or day when they say which."""
    seen = page.visit(request)
    key, source = request.GET.get("dataset", "")[:128], request.GET.get("source", "")[:128]
    noun = feeds.dataset(seen, seen.catalog.source(source).dataset if source else key) if key or source else None
    wanted = _wanted(request, seen, noun, source)
    found, older = reads.page(wanted, MOST)
    told = [feeds.told(seen, face) for face in found]
    return page.render(
        request, "runs", seen, noun=noun, runs=told, **_around(request, seen, wanted, found if older else ())
    )


def _wanted(request: HttpRequest, seen: Visit, noun: Dataset | None, source: str) -> Wanted:
    """What the address asks for, of the datasets one may see; raises BadQuestion('not-a-date')."""
    state = request.GET.get("state", "")
    return Wanted(
        frozenset({noun.key}) if noun else frozenset(feeds.visible(seen)),
        source,
        state if state in feeds.STATES else "",
        choices.day(request.GET.get("day", "")),
        request.GET.get("before", "")[:40],
    )


def _around(request: HttpRequest, seen: Visit, wanted: Wanted, page_: Sequence[RunFace]) -> dict[str, Any]:
    """The filters as they stand, and the way to older runs."""
    known = feeds.visible(seen)
    query = request.GET.copy()
    query["before"] = page_[-1].run if page_ else ""
    newest = request.GET.copy()
    newest.pop("before", None)
    return {
        "wanted": wanted,
        "day": formats.day(wanted.day) if wanted.day else "",
        "dataset": request.GET.get("dataset", ""),
        "states": feeds.STATES,
        "sources": [(one.key, one.title.in_(seen.language)) for one in seen.catalog.sources() if one.dataset in known],
        "older": f"/runs/?{query.urlencode()}" if page_ else "",
        "newest": f"/runs/?{newest.urlencode()}" if wanted.before else "",
    }


@door
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    """The page; `part=progress` the piece of it that is asked again while the run goes on."""
    seen = page.visit(request)
    face = reads.run(run_id)
    noun = feeds.dataset(seen, face.dataset)
    if request.GET.get("part") == "progress":
        return _progress(request, seen, face)
    return page.render(request, "run", seen, **_context(request, seen, face, noun))


@door
def rejects(request: HttpRequest, run_id: str) -> HttpResponse:
    """The rows set aside as CSV, for those who may mend them."""
    seen = page.visit(request)
    face = reads.run(run_id)
    noun = seen.catalog.dataset(face.dataset)
    gate.require(seen.who, "mend", behind.subject(noun))
    found, _ = aside.rows(seen, face, code=request.GET.get("code", ""), state="", number=0)
    heads = [text(f"run.{name}", seen.language) for name in ("where", "row", "column", "reason", "found", "expected")]
    names = [column.name for column in noun.columns]
    lines: list[list[sheets.Value]] = [
        [one.where, one.row, one.column, one.reason, one.found, one.expected, *(one.raw.get(n, "") for n in names)]
        for one in found
    ]
    return sheets.answer(sheets.Sheet(f"de-rieng-{face.run}", [*heads, *names], lines), "csv")


def _progress(request: HttpRequest, seen: Visit, face: RunFace) -> HttpResponse:
    words, share = feeds.step(face, seen.language)
    context = {"face": face, "going": face.state in feeds.GOING, "step": words, "share": share}
    answer = render(request, "web/parts/run_progress.html", {**context, "language": seen.language})
    if not context["going"]:
        answer["HX-Refresh"] = "true"
    return answer


def _context(request: HttpRequest, seen: Visit, face: RunFace, noun: Dataset) -> dict[str, Any]:
    words, share = feeds.step(face, seen.language)
    return {
        "face": face,
        "told": feeds.told(seen, face),
        "noun": noun,
        "going": face.state in feeds.GOING,
        "step": words,
        "share": share,
        "log": feeds.log(face, seen.language) if feeds.works(seen, face.dataset) else [],
        "source": _source(seen, face),
        "raw": _raw_kept(seen, face),
        "reasons": [(code, feeds.reason(code, seen.language), count) for code, count in face.reasons.items()],
        "mends": aside.mends(seen, noun),
        **(_aside(request, seen, face) if face.set_aside and aside.mends(seen, noun) else {}),
    }


def _source(seen: Visit, face: RunFace) -> Source | None:
    """The declared source it came from; None when by hand, or the pack no longer declares it."""
    try:
        return seen.catalog.source(face.source) if face.source else None
    except Absent:
        return None


def _raw_kept(seen: Visit, face: RunFace) -> str:
    """Until when the bytes are kept as they came, in words."""
    if not face.raw:
        return text("run.raw-gone", seen.language)
    source = _source(seen, face)
    if source is None or not source.retain_days:
        return text("run.raw-ever", seen.language)
    until = localdate(face.received_at) + timedelta(days=source.retain_days)
    return text("run.raw-until", seen.language, day=formats.day(until))


def _aside(request: HttpRequest, seen: Visit, face: RunFace) -> dict[str, Any]:
    """The rows one may mend, grouped by reason; `code` and `state` narrow them."""
    code = request.GET.get("code", "")
    state = request.GET.get("state", "open")
    state = state if state in (*aside.STATES, "all") else "open"
    number = request.GET.get("page", "1")
    at = max(1, int(number)) if number.isdigit() else 1
    found, total = aside.rows(seen, face, code=code, state="" if state == "all" else state, number=at)
    counts = aside.counts(seen, face)
    base = f"/runs/{face.run}?state={state}&code={code}"
    return {
        "rows": found,
        "total": total,
        "counts": [(name, feeds.reason(name, seen.language), count) for name, count in counts.items()],
        "open": sum(counts.values()),
        "code": code,
        "said": feeds.reason(code, seen.language) if code else "",
        "state": state,
        "states": ("open", "mended", "accepted", "discarded", "all"),
        "acceptable": bool(code and counts.get(code) and not code.startswith("duplicate-")),
        "number": at,
        "pages": max(1, -(-total // aside.PAGE)),
        "earlier": f"{base}&page={at - 1}#aside" if at > 1 else "",
        "later": f"{base}&page={at + 1}#aside" if at * aside.PAGE < total else "",
    }
