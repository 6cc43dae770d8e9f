"""`haidang cases`: the list of the desk, one Case, an act on it, the list as CSV, Cases of another program brought in.

Whoever acts by `--as` sees and does here what they see and do on the screen. Never: shows who sent a Case.
"""

from __future__ import annotations

import csv
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.cases.machine import STATES
from haidang.cli import importing_cases, machine, show
from haidang.words.errors import BadQuestion
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.cases.reads import Sought

NARROWED = ("desk", "channel", "group", "category", "office")
PLAIN = ("number", "state", "channel", "category", "office", "unit", "title", "sent_at", "due", "urgent", "rating")
STANDING = (*STATES, "open", "late", "ended")
AT_ONCE = 500


def arguments(parser: ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="verb", required=True, metavar="list|show|act|export|import")
    for name in ("list", "export"):
        _narrowing(inside.add_parser(name))
    inside.choices["list"].add_argument("--page", type=int, default=1)
    inside.choices["export"].add_argument("file", type=Path, metavar="FILE.csv|-")
    inside.add_parser("show").add_argument("number", type=int)
    _acting(inside.add_parser("act"))
    importing_cases.arguments(inside.add_parser("import"))
    for name, one in inside.choices.items():
        one.add_argument("--json", action="store_true", default=False, dest="json_too")
        one.add_argument("--lang", choices=("vi", "en"), default=SUPPRESS)
        if name != "import":
            show.add_as(one)


def _narrowing(parser: ArgumentParser) -> None:
    parser.add_argument("--q", default="", metavar="WORDS", help="words without tones, or a number")
    parser.add_argument("--state", action="append", default=[], choices=STANDING, metavar="STATE|open|late|ended")
    for name in NARROWED:
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--place", default="", metavar="PLACE")
    parser.add_argument("--since", type=date.fromisoformat, default=None, metavar="DAY")
    parser.add_argument("--until", type=date.fromisoformat, default=None, metavar="DAY")
    parser.add_argument("--urgent", action="store_true")
    parser.add_argument("--mine", action="store_true", help="what one's own offices handle")
    parser.add_argument("--sort", default="newest", choices=("newest", "due", "oldest", "changed"))


def _acting(parser: ArgumentParser) -> None:
    parser.add_argument("number", type=int)
    parser.add_argument("act")
    parser.add_argument("--words", default="")
    parser.add_argument("--office", default="")
    parser.add_argument("--due", default="", metavar="MOMENT", help="2026-11-25T17:00, Việt Nam time")
    parser.add_argument("--into", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--rating", type=int, default=0, metavar="1|2|3")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", dest="fields")
    parser.add_argument("--version", type=int, default=0, help="of the Case as it was seen; 0 for any")


def run(options: Namespace) -> int | None:
    """Raises Absent, BadQuestion, Denied, NotNow as `cases.actions`."""
    options.json = options.json or options.json_too
    if options.verb == "import":
        return importing_cases.run(options)
    {"list": _list, "show": _show, "act": _act, "export": _export}[options.verb](options)
    return None


def _sought(options: Namespace) -> Sought:
    from haidang.access import territory
    from haidang.cases.reads import Sought

    same = ("q", *NARROWED, "since", "until", "urgent", "mine", "sort")
    unit = territory.unit_id(options.place) if options.place else ""
    return Sought(**{name: getattr(options, name) for name in same}, states=tuple(options.state), unit=unit)


def _list(options: Namespace) -> None:
    from haidang.cases import reads

    who, want = machine.actor(options.who), _sought(options)
    found, many = reads.cases(who, want, page=options.page), reads.count(who, want)
    if options.json:
        show.as_json({"count": many, "page": options.page, "cases": [asdict(one) for one in found]})
        return
    heads = [text(f"cli.case-{name}", options.lang) for name in ("number", "state", "due", "office", "title")]
    rows = [
        (str(one.number), text(f"case.state-{one.state}", options.lang), _moment(one.due), one.office, one.title)
        for one in found
    ]
    show.table(text("cli.cases-found", options.lang, count=show.number(many, 0, options.lang)), heads, rows)


def _show(options: Namespace) -> None:
    from haidang.cases import reads

    whole = reads.case(machine.actor(options.who), options.number)
    if options.json:
        show.as_json({**asdict(whole), "roles": sorted(whole.roles)})
        return
    out, language = show.console(), options.lang
    line = whole.line
    out.print(
        f"{line.number} · {text(f'case.state-{line.state}', language)} · {line.office or '—'} · {_moment(line.due)}"
    )
    out.print(whole.text)
    for one in whole.steps:
        out.print(f"  {_moment(one.at)} {text(f'case.act-{one.act}', language)} {one.by} {one.words}".rstrip())
    out.print(text("cli.case-acts", language, acts=", ".join(whole.acts) or "—"))


def _act(options: Namespace) -> None:
    from haidang.cases.actions import Wanted, act

    same = ("words", "office", "into", "rating", "version")
    said = {name: getattr(options, name) for name in same}
    wanted = Wanted(options.act, **said, due=_due(options.due), fields=dict(map(_field, options.fields)))
    done = act(machine.actor(options.who), options.number, wanted)
    if options.json:
        show.as_json({"number": done.pk, "state": done.state, "version": done.version, "due": done.due})
    else:
        state = text(f"case.state-{done.state}", options.lang)
        show.console().print(text("cli.case-acted", options.lang, number=done.pk, state=state))


def _field(said: str) -> tuple[str, Any]:
    name, _, value = said.partition("=")
    return name, {"true": True, "false": False}.get(value, value)


def _due(said: str) -> datetime | None:
    from haidang.cases.clocks import HERE

    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
        return (moment if moment.tzinfo else moment.replace(tzinfo=HERE)).astimezone(HERE)
    except (ValueError, OverflowError):
        raise BadQuestion("bad-field", found="due") from None


def _moment(moment: datetime | None) -> str:
    from haidang.cases.clocks import HERE

    return f"{moment.astimezone(HERE):%H:%M %d/%m/%Y}" if moment else "—"


def _export(options: Namespace) -> None:
    """Every line one sees; traced, as from the screen."""
    from haidang.access.people import actions
    from haidang.cases import reads

    if options.file.suffix not in (".csv", ""):
        raise BadQuestion("unknown-download", found=options.file.suffix, nearest="csv")
    who, want = machine.actor(options.who), _sought(options)
    many = reads.count(who, want)
    if str(options.file) == "-":
        _write(sys.stdout, _lines(who, want))
    else:
        with options.file.open("w", encoding="utf-8-sig", newline="") as file:
            _write(file, _lines(who, want))
    actions.exported(who, "cases", many)
    if str(options.file) != "-":
        show.as_json({"file": str(options.file), "count": many})


def _lines(who: Any, want: Sought) -> Iterable[dict[str, Any]]:
    from haidang.cases import reads

    page = 1
    while found := reads.cases(who, want, page=page, size=AT_ONCE):
        yield from (asdict(one) for one in found)
        page += 1


def _write(file: Any, lines: Iterable[dict[str, Any]]) -> None:
    from haidang.cases.faces import Line

    names = [one.name for one in fields(Line) if one.name in PLAIN]
    sheet = csv.DictWriter(file, names, extrasaction="ignore")
    sheet.writeheader()
    for line in lines:
        sheet.writerow({name: _cell(line[name]) for name in names})


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would reckon with stands as a text."""
    from haidang.access.tracing.exporting import RISKY

    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
