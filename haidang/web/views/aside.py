"""Rows set aside over all the runs of a source: by reason; corrected one by one or by rule, accepted.

The gate is asked before every act; the writing is intake's. Never: writes itself; shows a row to whoever may not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from haidang.access import gate
from haidang.intake import actions as intake
from haidang.intake.mending import actions, reads
from haidang.web import aside, behind, feeds, groups, page, sheets, standing
from haidang.web.doors import door
from haidang.web.groups import Narrow, Reason
from haidang.web.page import Visit
from haidang.web.standing import Line
from haidang.words.errors import Absent, BadQuestion, Denied, IntakeStopped, NotNow
from haidang.words.nouns import Scope, Subject
from haidang.words.texts import say, text

MOST_EXPORTED = 100_000
MOST_RUNS = 200
"""Runs accepted by one press; what is left is accepted by the next."""


@door
def listing(request: HttpRequest, key: str) -> HttpResponse:
    seen, found, _ = _mending(request, key)
    return page.render(request, "aside", seen, **_context(request, seen, found))


@door
def export(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The rows one may mend, with what stood in the file."""
    seen, found, _ = _mending(request, key)
    rows, _ = groups.page(seen, found, narrow(request), limit=MOST_EXPORTED)
    names = [column.name for column in found.dataset.columns]
    heads = [text(f"run.{name}", seen.language) for name in ("where", "row", "column", "reason", "found", "expected")]
    lines: list[list[sheets.Value]] = [
        [one.where, one.row, one.column, one.reason, one.found, one.expected, *(one.raw.get(n, "") for n in names)]
        for one in rows
    ]
    return sheets.answer(sheets.Sheet(f"de-rieng-{found.key}", [*heads, *names], lines), kind)


@require_POST
@door
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """`found` in a column is read as `becomes`, in every open row and, when `later` is ticked, from now on."""
    seen, found, _ = _mending(request, key)
    column, was = str(request.POST.get("column", "")), str(request.POST.get("found", ""))
    later = request.POST.get("later") == "1"
    _every_place(seen, found)
    mine = reads.rows(found.dataset.key, column, was, table=groups.table(seen, found))
    if mine != reads.rows(found.dataset.key, column, was):
        raise Denied("no-grant")
    becomes, why = str(request.POST.get("becomes", "")), str(request.POST.get("why", "")).strip()
    return _done(
        request,
        (seen, found),
        lambda: actions.by_rule(seen.who, found.dataset.key, column, was, becomes, why=why, later=later),
        "aside.ruled",
    )


@require_POST
@door
def end(request: HttpRequest, key: str, rule_id: int) -> HttpResponse:
    """The rule holds no more for what arrives."""
    seen, found, _ = _mending(request, key)
    _every_place(seen, found)
    if rule_id not in {one.id for one in reads.rules(found.dataset.key)}:
        raise Absent("unknown-rule", found=str(rule_id))
    actions.end(seen.who, rule_id)
    messages.success(request, text("aside.rule-ended", seen.language), extra_tags="good")
    return HttpResponseRedirect(f"/sources/{found.key}/aside")


@require_POST
@door
def replay(request: HttpRequest, key: str) -> HttpResponse:
    """Judge every open row of a reason once more, of the places one mends."""
    seen, found, scope = _mending(request, key)
    code = str(request.POST.get("code", ""))
    return _done(
        request,
        (seen, found),
        lambda: actions.replay(seen.who, found.dataset.key, code, units=scope.units),
        "aside.replayed",
    )


@require_POST
@door
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Land every open row of a reason as it stands, marked; only for whoever may decide on all of them."""
    seen, found, _ = _mending(request, key)
    code = str(request.POST.get("code", ""))
    if not groups.all_mine(seen, found, code):
        raise Denied("no-grant")
    runs = groups.runs(seen, found, code)[:MOST_RUNS]
    return _done(request, (seen, found), lambda: [intake.accept(seen.who, run, code) for run in runs], "aside.accepted")


@require_POST
@door
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Close the ticked rows without landing them; it must be said why."""
    seen, found, _ = _mending(request, key)
    why = str(request.POST.get("why", "")).strip()
    if not why:
        raise BadQuestion("mend.no-why")
    ticked = request.POST.getlist("row")[: aside.PAGE]
    for reject in ticked:
        _, run = aside.one(seen, reject)
        if run.dataset != found.dataset.key:
            raise Absent("unknown-reject", found=reject)
    for reject in ticked:
        intake.discard(seen.who, reject, why)
    messages.success(request, text("aside.discarded", seen.language, count=len(ticked)), extra_tags="good")
    return _again(request, found)


def _mending(request: HttpRequest, key: str) -> tuple[Visit, Line, Scope]:
    seen = page.visit(request)
    found = standing.one(seen, key)
    return seen, found, gate.require(seen.who, "mend", behind.subject(found.dataset))


def _every_place(seen: Visit, found: Line) -> None:
    """A rule is about every place: it is for whoever mends the whole of the centre's. Raises Denied."""
    noun = found.dataset
    gate.require(seen.who, "mend", Subject(noun.pack, noun.key, noun.level, frozenset({page.centre().id})))


def narrow(request: HttpRequest) -> Narrow:
    given = request.GET
    state = given.get("state", "open")
    return Narrow(
        given.get("code", "")[:64],
        given.get("column", "")[:63],
        given.get("found", "")[:200],
        "" if state == "all" else state if state in aside.STATES else "open",
    )


def _context(request: HttpRequest, seen: Visit, found: Line) -> dict[str, Any]:
    chosen, reasons = narrow(request), groups.reasons(seen, found)
    number = request.GET.get("page", "1")
    at = max(1, int(number)) if number.isdecimal() else 1
    rows, total = groups.page(seen, found, chosen, number=at)
    base = f"/sources/{found.key}/aside"
    query = {"code": chosen.code, "column": chosen.column, "found": chosen.found, "state": chosen.state or "all"}
    here = f"{base}?{urlencode({name: value for name, value in query.items() if value})}"
    return {
        "one": found,
        "reasons": reasons,
        "chosen": chosen,
        "group": next((r for r in reasons if (r.code, r.column) == (chosen.code, chosen.column)), None),
        "rule_found": chosen.found or most_common(reasons, chosen),
        "said": feeds.reason(chosen.code, seen.language) if chosen.code else "",
        "rows": rows,
        "total": total,
        "handled": groups.handled(seen, found),
        "rules": reads.rules(found.dataset.key, ended=True)[:30],
        "columns": found.dataset.columns,
        "titles": {column.name: column.title.in_(seen.language) for column in found.dataset.columns},
        "whole": _may_rule(seen, found),
        "states": (*aside.STATES, "all"),
        "state": chosen.state or "all",
        "base": base,
        "here": here,
        "file": here.replace("/aside?", "/aside.csv?"),
        "number": at,
        "pages": max(1, -(-total // aside.PAGE)),
        "earlier": f"{here}&page={at - 1}#rows" if at > 1 else "",
        "later": f"{here}&page={at + 1}#rows" if at * aside.PAGE < total else "",
    }


def most_common(reasons: Sequence[Reason], chosen: Narrow) -> str:
    """What a rule would most likely be about: the value found most often in the chosen group."""
    values = next((one.values for one in reasons if (one.code, one.column) == (chosen.code, chosen.column)), ())
    return values[0].found if values else ""


def _may_rule(seen: Visit, found: Line) -> bool:
    noun = found.dataset
    return gate.may(seen.who, "mend", Subject(noun.pack, noun.key, noun.level, frozenset({page.centre().id})))


def _done(request: HttpRequest, about: tuple[Visit, Line], act: Callable[[], Any], code: str) -> HttpResponse:
    """Do it and say what came of it; what cannot be done is said, never a page of an error."""
    seen, found = about
    try:
        landed = act()
        many = landed if isinstance(landed, list) else [landed]
        count, left = sum(one.landed for one in many), sum(one.set_aside for one in many)
        said = text(code, seen.language, count=count)
        messages.success(
            request, said + (text("aside.left", seen.language, count=left) if left else ""), extra_tags="good"
        )
    except (IntakeStopped, Absent, NotNow) as trouble:
        messages.error(request, say(trouble, seen.language), extra_tags="bad")
    return _again(request, found)


def _again(request: HttpRequest, found: Line) -> HttpResponse:
    """Back to where it was pressed."""
    return HttpResponseRedirect(local(request, f"/sources/{found.key}/aside"))


def local(request: HttpRequest, default: str) -> str:
    """The page to go back to, as the form says; only a page of sources."""
    back = str(request.POST.get("back", "") or request.GET.get("back", ""))
    return back if back.startswith("/sources/") and "\\" not in back and "//" not in back else default
