"""`haidang users`: list accounts, open, close and open them again, hand out passwords and tokens, bring in a table."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.cli import exits, machine, question, show
from haidang.words.texts import say, text

if TYPE_CHECKING:
    from haidang.access.people.importing.judged import Fault

VERBS = "list|add|close|enable|disable|unlock|password|import|token"


def arguments(parser: ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="verb", required=True, metavar=VERBS)
    _of_list(inside.add_parser("list"))
    _of_add(inside.add_parser("add"))
    for verb in ("close", "enable", "disable", "unlock", "password", "token"):
        inside.add_parser(verb).add_argument("name", metavar="NAME")
    inside.choices["disable"].add_argument("--why", default="", metavar="WORDS")
    inside.choices["token"].add_argument("--label", default="", metavar="WORDS")
    inside.choices["token"].add_argument("--until", default="", metavar="DATE")
    bring = inside.add_parser("import")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--check", action="store_true")
    bring.add_argument("--passwords", type=Path, metavar="FILE")
    for verb in ("list", "enable", "disable", "unlock", "password", "import"):
        show.add_as(inside.choices[verb])
    for one in inside.choices.values():
        one.add_argument("--json", action="store_true", default=False, dest="json_too")


def _of_list(parser: ArgumentParser) -> None:
    parser.add_argument("--search", default="", metavar="TEXT")
    parser.add_argument("--office", default="", metavar="KEY")
    parser.add_argument("--state", default="", metavar="in-use|locked|never|idle|disabled")


def _of_add(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--title", default="")
    parser.add_argument("--kind", default="officer")
    parser.add_argument("--place", default="", metavar="CODE")
    parser.add_argument("--email", metavar="ADDRESS")
    parser.add_argument("--office", metavar="KEY")
    parser.add_argument("--post", metavar="KEY")
    parser.add_argument("--holder", metavar="NAME")
    parser.add_argument("--phone", metavar="NUMBER")
    parser.add_argument("--use", metavar="business|admin|technical|service")
    parser.add_argument("--no-password", action="store_true")
    parser.add_argument("--own", action="store_true")


def run(options: Namespace) -> int:
    options.json = options.json or options.json_too
    verbs: dict[str, Callable[[Namespace], int | None]] = {
        "list": _list,
        "add": _add,
        "close": _close,
        "enable": _in_or_out,
        "disable": _in_or_out,
        "unlock": _in_or_out,
        "password": _new_password,
        "import": _import,
        "token": _token,
    }
    return verbs[options.verb](options) or exits.DONE


def _list(options: Namespace) -> None:
    from haidang.access.people import reads

    want = reads.Wanted(q=options.search, office=options.office, state=options.state)
    lines = reads.people(machine.actor(options.who), want, every=True).lines
    people = [_plain(line) for line in lines]
    if options.json:
        show.as_json({"users": people})
        return
    columns = ("name", "title", "kind", "office", "use", "state")
    show.table("", columns, [[str(person[name]) for name in columns] for person in people])


def _plain(line: Any) -> dict[str, Any]:
    same = (
        "name",
        "title",
        "kind",
        "unit",
        "holder",
        "phone",
        "email",
        "use",
        "post",
        "state",
        "activated",
        "disabled",
    )
    return {
        **{name: getattr(line, name) for name in same},
        "active": line.state != "disabled",
        "office": line.office.key if line.office else "",
        "seen": line.seen.isoformat() if line.seen else None,
    }


def _add(options: Namespace) -> None:
    from haidang.access import actions, gate

    more = {name: getattr(options, name) for name in ("office", "post", "holder", "phone", "use")}
    person = actions.Person(options.name, options.title, options.kind, options.place, options.email, **more)
    password = None if options.no_password else _password(options.lang)
    opened = actions.open_account(gate.operator(), person, password, own=options.own)
    if options.json:
        show.as_json({"name": opened.name, "title": opened.title, "kind": opened.kind})
    else:
        show.console().print(text("cli.opened", options.lang, name=opened.name))


def _close(options: Namespace) -> None:
    from haidang.access import actions, gate

    actions.close_account(gate.operator(), options.name)
    show.console().print(text("cli.closed", options.lang, name=options.name))


def _in_or_out(options: Namespace) -> None:
    """`enable`, `disable`, `unlock`."""
    from haidang.access.people import actions

    by = machine.actor(options.who)
    if options.verb == "disable":
        actions.disable(by, options.name, options.why)
    else:
        {"enable": actions.enable, "unlock": actions.unlock}[options.verb](by, options.name)
    done = {"enable": "people.enabled-done", "disable": "people.disabled-done", "unlock": "people.unlocked-done"}
    show.console().print(text(done[options.verb], options.lang, name=options.name))


def _new_password(options: Namespace) -> None:
    """A one-time password, on the screen this once."""
    from haidang.access.people import actions

    made = actions.new_password(machine.actor(options.who), options.name)
    if options.json:
        show.as_json({"name": options.name, "password": made})
    else:
        show.console().print(text("cli.once", options.lang, name=options.name, password=made))


def _token(options: Namespace) -> None:
    from haidang.access import actions, gate

    day = question.day(options.until)
    until = datetime.combine(day, time.max).astimezone() if day else None
    token = actions.issue_token(gate.operator(), options.name, until=until, label=options.label)
    if options.json:
        show.as_json({"name": options.name, "token": token})
    else:
        show.console().print(text("cli.token", options.lang, name=options.name, token=token))


def _import(options: Namespace) -> int:
    """`--check` judges alone; faults are told one a line, and leave exit 4 behind them."""
    from haidang.access.people.importing import actions
    from haidang.access.people.importing.judged import CHANGE, NEW, SAME, Judge
    from haidang.access.people.importing.table import read
    from haidang.words.errors import BadQuestion

    by = machine.actor(options.who)
    if options.passwords and options.passwords.exists():
        raise BadQuestion("people-file-there", found=options.passwords.name)
    table = read(_bytes(options.file), options.file.name)
    if options.check:
        judged = Judge(by, table).judged()
        told: dict[str, Any] = {does: judged.count(does) for does in (NEW, CHANGE, SAME)}
        faults = judged.faults
    else:
        report = actions.bring(by, table)
        told = {NEW: list(report.opened), CHANGE: list(report.changed), SAME: report.same}
        faults = report.faults
        if options.passwords and report.opened:
            _write_passwords(options, actions.first_passwords(by, actions.sealed_names(by, report.opened)))
    _tell(options, told, [(fault, _where(fault, table.headings, options.lang)) for fault in faults])
    return exits.BAD_INPUT if faults else exits.DONE


def _bytes(file: Path) -> bytes:
    from haidang.words.errors import BadQuestion

    try:
        return file.read_bytes()
    except OSError:
        raise BadQuestion("people-file-unreadable") from None


def _where(fault: Fault, headings: dict[str, str], language: str) -> str:
    row = f"{text('import.row', language)} {fault.row.number}"
    return " › ".join(filter(None, (fault.row.sheet, row, headings.get(fault.field, ""))))


def _tell(options: Namespace, told: dict[str, Any], faults: list[tuple[Fault, str]]) -> None:
    if options.json:
        said = [{"where": where, "code": f.problem.code, "said": say(f.problem, options.lang)} for f, where in faults]
        show.as_json({**told, "faults": said})
        return
    counts = {does: len(found) if isinstance(found, list) else found for does, found in told.items()}
    parts = (f"{text(f'import.{does}', options.lang)}: {count}" for does, count in counts.items())
    show.console().print(" · ".join(parts))
    for fault, where in faults:
        print(f"{where}: {say(fault.problem, options.lang)}", file=sys.stderr)


def _write_passwords(options: Namespace, made: list[tuple[str, str]]) -> None:
    """For the owner of this account of the machine alone; a file that is there is not written over."""
    lines = "".join(f"{name},{password}\n" for name, password in made)
    handle = os.open(options.passwords, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(lines)


def _password(language: str) -> str:
    """From HAIDANG_PASSWORD, the screen, or the first line of a pipe.

    Never from the command line, which others can read.
    """
    if given := os.environ.get("HAIDANG_PASSWORD"):
        return given
    if sys.stdin.isatty():
        return getpass.getpass(text("cli.password", language))
    return sys.stdin.readline().rstrip("\n")
