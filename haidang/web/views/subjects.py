"""Answering data subjects: find, give, ask for erasure, confirm what somebody else asked. Never: writes the store."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from haidang.access.personal.subjects import actions
from haidang.access.personal.subjects import reads as subjects
from haidang.access.personal.subjects.holders import Holder
from haidang.intake import reads
from haidang.intake.erasing import actions as erasing
from haidang.web import formats, page, sheets
from haidang.web import subjects as files
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, BadQuestion
from haidang.words.nouns import Label
from haidang.words.texts import say, text


@require_GET
@door
def listing(request: HttpRequest) -> HttpResponse:
    """The requests so far, and the search."""
    seen = page.visit(request)
    actions.settle(reads.landed)
    return _page(request, seen)


@require_POST
@door
def find(request: HttpRequest) -> HttpResponse:
    """What is held under an identifier."""
    seen = page.visit(request)
    identifier = _identifier(request)
    try:
        found = subjects.find(seen.who, identifier)
    except BadQuestion as wrong:
        return _page(request, seen, wrong=say(wrong, seen.language), status=400)
    return _page(request, seen, found=found, identifier=identifier, searched=True)


@require_POST
@door
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Everything held, as a file for the person: `xlsx`, `csv` or `json`."""
    seen = page.visit(request)
    if kind not in ("xlsx", "csv", "json"):
        raise Absent("unknown-download", found=kind[:20], nearest="xlsx, json")
    found, looks = actions.exported(seen.who, _identifier(request), _why(request))
    if kind == "json":
        body = json.dumps(files.as_json(found, looks), ensure_ascii=False, default=str, indent=1)
        return sheets.file(body.encode(), "du-lieu-ca-nhan.json", "application/json; charset=utf-8")
    return sheets.answer(files.sheet(seen, found, looks), kind)


@require_POST
@door
def erase(request: HttpRequest) -> HttpResponse:
    """Ask for erasure; somebody else has to confirm."""
    seen = page.visit(request)
    try:
        number = actions.ask(seen.who, _identifier(request), _why(request))
    except BadQuestion as wrong:
        return _page(request, seen, wrong=say(wrong, seen.language), status=400)
    return _back(request, seen, "subject.asked", number=number)


@require_POST
@door
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """The second pair of eyes: from here the worker empties what law lets go."""
    seen = page.visit(request)
    try:
        row, datasets = actions.confirm(seen.who, number)
    except BadQuestion as wrong:
        return _page(request, seen, wrong=say(wrong, seen.language), status=400)
    runs = {key: erasing.erase(seen.who, key, [row.subject], name=f"subject-request {row.pk}") for key in datasets}
    actions.given_to_the_worker(row, runs)
    return _back(request, seen, "subject.confirmed", count=len(runs) + len(row.done.get("emptied", ())))


@require_POST
@door
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Turn it down, or take one's own back."""
    seen = page.visit(request)
    actions.refuse(seen.who, number, _why(request))
    return _back(request, seen, "subject.refused")


def _identifier(request: HttpRequest) -> str:
    return str(request.POST.get("identifier", "")).strip()[:100]


def _why(request: HttpRequest) -> str:
    return str(request.POST.get("why", "")).strip()[:200]


def _back(request: HttpRequest, seen: Visit, code: str, **facts: object) -> HttpResponse:
    messages.success(request, text(code, seen.language, **facts), extra_tags="good")
    return HttpResponseRedirect("/subjects/")


def _page(request: HttpRequest, seen: Visit, *, status: int = 200, **more: Any) -> HttpResponse:
    titles = {dataset.key: dataset for dataset in subjects.datasets(seen.who)}
    held = {one.key: one for one in subjects.held(seen.who)}
    rows = [_row(row, seen, {**titles, **held}) for row in subjects.requests(seen.who)]
    where = {"datasets": tuple(titles.values()), "held": tuple(held.values())}
    return page.render(request, "subjects", seen, status=status, requests=rows, **where, **more)


def _basis(noun: Any) -> Label:
    """What the law says of a dataset's people, or of a holder's."""
    basis: Label = noun.basis if isinstance(noun, Holder) else noun.subject.basis
    return basis


def _row(row: Any, seen: Visit, titles: dict[str, Any]) -> dict[str, Any]:
    language = seen.language
    known = {key: noun.title.in_(language) for key, noun in titles.items()}
    kept = [
        f"{known.get(key, key)} ({_basis(titles[key]).in_(language)})"
        for key in row.done.get("kept", ())
        if key in titles
    ]
    return {
        "id": row.pk,
        "kind": text(f"subject.kind-{row.kind}", language),
        "shown": row.shown,
        "why": row.why,
        "by": row.by,
        "at": formats.moment(row.at.isoformat()),
        "state": text(f"subject.state-{row.state}", language),
        "open": row.state == subjects.ASKED,
        "own": row.by == seen.who.name,
        "rows": [(known.get(key, key), count) for key, count in row.done.get("rows", {}).items()],
        "kept": kept,
        "confirmed_by": row.done.get("confirmed_by", ""),
        "refused": row.done.get("refused", ""),
    }
