"""The list as a file. Never: holds who sent a Case or the code they follow it by."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from haidang.cases import reads
from haidang.cases.reads import Sought
from haidang.web import formats, sheets
from haidang.web.cases.lines import clock, written
from haidang.web.cases.names import Names
from haidang.web.page import Visit
from haidang.words.texts import text

MOST = 20_000
HEADS = ("number", "title", "group", "category", "place", "state", "office", "channel", "sent", "due", "left", "done",
         "rating", "reopened", "simulated")  # fmt: skip


def sheet(seen: Visit, want: Sought) -> sheets.Sheet:
    """At most `MOST` lines, the same order as on the page."""
    language = seen.language
    about = [
        (text("file.taken", language), f"{formats.moment(timezone.localtime(seen.now).isoformat())} · {seen.who.name}"),
        (text("cases.file-lines", language), text("cases.file-most", language, count=formats.number(MOST, language))),
    ]
    titles = (text("cases.title", language), text("file.sources", language))
    heads = [text(f"cases.head-{one}", language) for one in HEADS]
    return sheets.Sheet("phan-anh", heads, _rows(seen, want), about, titles)


def _rows(seen: Visit, want: Sought) -> Iterator[list[sheets.Value]]:
    names = Names(seen.catalog, seen.language)
    for line in reads.cases(seen.who, want, size=MOST):
        stands = clock(line, seen.now, seen.language)
        yield [
            line.number,
            line.title,
            names.group(line.desk, line.group),
            names.category(line.desk, line.category),
            names.place(line.unit),
            names.state(line.state),
            names.office(line.office),
            names.channel(line.channel),
            written(line.sent_at),
            written(line.due),
            stands.words,
            written(line.resolved_at),
            line.rating,
            line.reopened,
            text("cases.simulated", seen.language) if line.simulated else "",
        ]
