"""`haidang records`: the facts behind an indicator, as the actor may see them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from haidang.cli import machine, question, show
from haidang.words.texts import text


def arguments(parser: ArgumentParser) -> None:
    question.add_to(parser)
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--sort", default="", metavar="COLUMN|-COLUMN")
    parser.add_argument("--search", default="")
    show.add_purpose(parser)


def run(options: Namespace) -> None:
    from haidang.indicators import answer as face

    page = {"limit": max(1, options.limit), "offset": max(0, options.offset)}
    who = machine.actor(options.who, options.purpose)
    found = face.records(question.read(options), who, **page, sort=options.sort, search=options.search)
    if options.json:
        columns = [dict(zip(("name", "vi", "en", "unit"), column, strict=True)) for column in found.columns]
        body = {"dataset": found.dataset, "columns": columns, "rows": list(found.rows), "total": found.total}
        hidden = {"masked": list(found.masked), "covered": list(found.covered), "clear": list(found.clear)}
        show.as_json({**body, **hidden, "because": list(found.scope.because)})
        return
    names = [name for name, *_ in found.columns]
    titles = [en if options.lang == "en" else vi for _, vi, en, _ in found.columns]
    rows = [["" if row.get(name) is None else str(row[name]) for name in names] for row in found.rows]
    show.table(text("cli.records", options.lang, shown=len(rows), total=found.total), titles, rows)
