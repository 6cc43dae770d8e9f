"""Accounts from Excel: the template, the file judged, the confirmation and its report, the first passwords once.

Never: writes before it is confirmed, keeps a file or a password.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access.people import reads
from haidang.access.people.importing import actions
from haidang.access.people.importing.judged import CHANGE, NEW, SAME, WRONG, Fault, Judge, Verdict
from haidang.access.people.importing.table import HEADINGS, MOST_BYTES, MOST_ROWS, Table
from haidang.access.people.importing.table import read as read_table
from haidang.web import formats, page, roll, sheets
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import BadQuestion, Denied
from haidang.words.texts import say, text

MARKS = {NEW: "good", CHANGE: "watch", SAME: "none", WRONG: "bad"}
MEGA = 1024 * 1024
EXAMPLE = ("nguyen-van-an", "Nguyễn Văn An", "", "", "chuyen-vien", "0912345678", "an@example.vn", "business")


@door
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with its headings and one example; its second sheet says how, and lists the offices one keeps."""
    seen = _keeping(request)
    language = seen.language
    kept = reads.offices_of(seen.who)
    example = list(EXAMPLE)
    example[3] = kept[0].key if kept else ""
    example[4], example[7] = roll.post(EXAMPLE[4], language), text(f"people.use-{EXAMPLE[7]}", language)
    how = [(_heading(field, language), text(f"import.how-{field}", language)) for field in HEADINGS]
    offices = [(one.key, one.name.in_(language)) for one in kept]
    titles = (text("people.title", language), text("import.how", language))
    heads = [_heading(field, language) for field in HEADINGS]
    return sheets.answer(sheets.Sheet("mau-tai-khoan", heads, [example], [*how, ("", ""), *offices], titles), "xlsx")


def _heading(field: str, language: str) -> str:
    return text(f"import.head-{field}", language)


# The form is only read, and its token only checked, by `_sent`: a file too large is refused unread.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door
def upload(request: HttpRequest) -> HttpResponse:
    """The form; with a file sent, the preview of it."""
    seen = _keeping(request)
    if request.method != "POST":
        return page.render(request, "people_import", seen, **_form())
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + MEGA:
        said = text("people-file-large", seen.language, most=MOST_BYTES // MEGA)
        return page.render(request, "people_import", seen, status=413, **_form(said))
    answer: HttpResponse = _sent(request, seen)
    return answer


@csrf_protect
def _sent(request: HttpRequest, seen: Visit) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise BadQuestion("people-no-file")
        table = read_table(file.read(MOST_BYTES + 1), file.name or "")
    except BadQuestion as wrong:
        return page.render(request, "people_import", seen, status=422, **_form(say(wrong, seen.language)))
    return page.render(request, "people_import", seen, **_form(), **_preview(seen, table))


@require_POST
@door
def confirm(request: HttpRequest) -> HttpResponse:
    """Bring the confirmed rows in, and say what came of it."""
    seen = _keeping(request)
    table = actions.unsealed(seen.who, request.POST.get("seal", ""))
    report = actions.bring(seen.who, table)
    context = {
        "report": report,
        "faults": [_fault(fault, table, seen.language) for fault in report.faults],
        "names": actions.sealed_names(seen.who, report.opened) if report.opened else "",
    }
    return page.render(request, "people_imported", seen, **context)


@sensitive_variables()
@require_POST
@door
def passwords(request: HttpRequest) -> HttpResponse:
    """The one-time passwords of the accounts an import opened, as a file, once."""
    seen = _keeping(request)
    made = actions.first_passwords(seen.who, request.POST.get("seal", ""))
    lines = [(reads.person(seen.who, name), password) for name, password in made]
    language = seen.language
    heads = [*(_heading(field, language) for field in ("name", "holder", "office")), text("import.password", language)]
    rows = [
        [one.name, one.holder, one.office.name.in_(language) if one.office else "", password] for one, password in lines
    ]
    about = [(text("file.taken", language), formats.moment(seen.now.isoformat()) + f" · {seen.who.name}")]
    return sheets.answer(sheets.Sheet("mat-khau-mot-lan", heads, rows, about), "xlsx")


def _keeping(request: HttpRequest) -> Visit:
    """Raises Denied for whoever keeps nobody."""
    seen = page.visit(request)
    if not reads.keeps_any(seen.who):
        raise Denied("no-grant")
    return seen


def _form(trouble: str = "") -> dict[str, Any]:
    return {"trouble": trouble, "most_rows": MOST_ROWS, "most_size": MOST_BYTES // MEGA}


def _preview(seen: Visit, table: Table) -> dict[str, Any]:
    judged = Judge(seen.who, table).judged()
    sound = judged.count(NEW) + judged.count(CHANGE)
    return {
        "preview": True,
        "counts": [(does, MARKS[does], judged.count(does)) for does in (NEW, CHANGE, SAME, WRONG)],
        "verdicts": [_line(verdict, seen.language) for verdict in judged.verdicts],
        "faults": [_fault(fault, table, seen.language) for fault in judged.faults],
        "sound": sound,
        "wrong": judged.count(WRONG),
        "seal": actions.sealed(seen.who, table) if sound else "",
    }


def _line(verdict: Verdict, language: str) -> dict[str, Any]:
    changed = ", ".join(_heading(field, language).lower() for field in verdict.changed)
    return {
        "row": verdict.row,
        "said": verdict.said,
        "holder": verdict.row.said.get("holder", ""),
        "does": verdict.does,
        "mark": MARKS[verdict.does],
        "changed": changed,
        "post": roll.post(verdict.said.post, language),
    }


def _fault(fault: Fault, table: Table, language: str) -> dict[str, Any]:
    """Where a fault stands, as its writer sees it, and what it is."""
    heading = table.headings.get(fault.field) or (_heading(fault.field, language) if fault.field else "–")
    found = fault.row.said.get(fault.field, "") if fault.field else fault.row.said.get("name", "")
    return {
        "sheet": fault.row.sheet or "CSV",
        "row": fault.row.number,
        "column": heading,
        "found": found,
        "what": say(fault.problem, language),
    }
