"""Reviews of grants: the list, one with its lines, deciding several at once, closing, the file.

Never: decides who decides (`access.people.reviews` does).
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from haidang.access.people import reads as people
from haidang.access.people.granting import words
from haidang.access.people.reviews import actions, reads
from haidang.access.people.reviews.reads import LineFace, ReviewFace
from haidang.web import choices, page, sheets
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, BadQuestion, Denied, HaiDangError
from haidang.words.texts import say, text

MARKS = {"": "watch", "keep": "good", "withdraw": "none", "until": "good", "gone": "none"}
HEADS = (
    "people.account", "people.grants", "review.since", "people.seen", "review.decision", "people.until", "review.by",
    "review.at", "people.why",
)  # fmt: skip


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The reviews one may look at, open ones first; who keeps offices may open one now."""
    seen = page.visit(request)
    found = reads.reviews(seen.who)
    return page.render(request, "reviews", seen, reviews=found, offices=people.offices_of(seen.who))


@require_POST
@door
def start(request: HttpRequest) -> HttpResponse:
    """Open the review of an office now."""
    seen = page.visit(request)
    try:
        number = actions.open_review(seen.who, request.POST.get("office", ""))
    except BadQuestion as wrong:
        messages.error(request, say(wrong, seen.language), extra_tags="bad")
        return HttpResponseRedirect("/reviews/")
    return HttpResponseRedirect(f"/reviews/{number}")


@door
def review(request: HttpRequest, number: int) -> HttpResponse:
    """One review: a line per grant, what was decided, what is left."""
    seen = page.visit(request)
    return page.render(request, "review", seen, **_context(seen, reads.review(seen.who, number)))


@require_POST
@door
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide the ticked lines."""
    seen = page.visit(request)
    ticked = [int(one) for one in request.POST.getlist("line") if one.isdecimal() and len(one) < 19]
    said = request.POST
    try:
        decision = actions.Decision(said.get("what", ""), _until(said.get("until", "")), said.get("words", "").strip())
        count = actions.decide(seen.who, number, ticked, decision)
    except HaiDangError as wrong:
        return _wrong(request, seen, number, wrong)
    messages.success(request, text("review.decided-done", seen.language, count=count), extra_tags="good")
    return HttpResponseRedirect(f"/reviews/{number}")


@require_POST
@door
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close it once every line is decided."""
    seen = page.visit(request)
    try:
        actions.close(seen.who, number)
    except HaiDangError as wrong:
        return _wrong(request, seen, number, wrong)
    messages.success(request, text("review.closed-done", seen.language), extra_tags="good")
    return HttpResponseRedirect(f"/reviews/{number}")


def _wrong(request: HttpRequest, seen: Visit, number: int, wrong: HaiDangError) -> HttpResponse:
    """What one may know is said on the page; what must look absent is raised on."""
    if isinstance(wrong, Absent) or not isinstance(wrong, BadQuestion | Denied):
        raise wrong
    messages.error(request, say(wrong, seen.language), extra_tags="bad")
    return HttpResponseRedirect(f"/reviews/{number}")


def _until(written: str) -> datetime | None:
    day = choices.day(written)
    return datetime.combine(day, time.max, timezone.get_default_timezone()) if day else None


@door
def export(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The review as a file: for the record the law asks for."""
    seen = page.visit(request)
    face = reads.review(seen.who, number)
    heads = [text(code, seen.language) for code in HEADS]
    rows = [_row(line, seen.language) for line in reads.lines(seen.who, number)]
    about = [
        (text("people.office", seen.language), face.name.in_(seen.language)),
        (text("review.opened", seen.language), _day(face.opened)),
        (text("review.due", seen.language), f"{face.due:%d/%m/%Y}"),
        (text("review.closed", seen.language), f"{_day(face.closed)} {face.closed_by}".strip()),
    ]
    return sheets.answer(sheets.Sheet(f"ra-soat-{face.office}-{face.opened:%Y%m%d}", heads, rows, about), kind)


def _row(line: LineFace, language: str) -> list[sheets.Value]:
    return [
        line.title or words.recipient(line.grant, language),
        words.said(line.grant, language),
        _day(line.since),
        _day(line.used),
        text(f"review.is-{line.decision or 'open'}", language),
        _day(line.until),
        line.by,
        _day(line.at),
        line.words,
    ]


def _day(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else ""


def _context(seen: Visit, face: ReviewFace) -> dict[str, Any]:
    decides = face.closed is None and reads.may_decide(seen.who, face.office)
    lines = [
        {
            "line": line,
            "to": line.title or words.recipient(line.grant, seen.language),
            "said": words.said(line.grant, seen.language),
            "mark": MARKS[line.decision],
            "state": line.decision or "open",
            "ticks": decides and not line.own and line.decision not in (reads.GONE, reads.WITHDRAW),
        }
        for line in reads.lines(seen.who, face.id)
    ]
    # What is left to decide stands first.
    lines.sort(key=lambda one: one["state"] != "open")
    return {"face": face, "lines": lines, "decides": decides, "left": face.total - face.decided}
