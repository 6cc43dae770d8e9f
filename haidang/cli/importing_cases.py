"""`haidang cases import`: Cases of another program out of a file, with their history. Never: reads the file itself."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from time import perf_counter

from haidang.cli import exits, machine, show
from haidang.words.texts import text, texts


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("desk", metavar="DESK")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--map", type=Path, default=None, metavar="MAP.yaml", dest="how")
    parser.add_argument("--aside", type=int, default=20, metavar="ROWS", help="how many rows set aside are told")
    show.add_as(parser)


def run(options: Namespace) -> int:
    """Every row is tried; those set aside are told with their reason."""
    from haidang.cases import importing
    from haidang.cases.importing.brought import Aside

    who, unread, began = machine.actor(options.who), list[Aside](), perf_counter()
    how = importing.mapping(options.how) if options.how else None
    done = importing.bring(who, options.desk, importing.rows(options.file, how, unread.append))
    aside = (*unread, *done.set_aside)
    seconds = round(perf_counter() - began, 2)
    body = {"read": done.read + len(unread), "landed": done.landed, "unchanged": done.unchanged}
    if options.json:
        told = [{"outside": one.outside, "code": one.code, "found": one.found} for one in aside[: options.aside]]
        reasons = dict(Counter(one.code for one in aside))
        show.as_json({**body, "set_aside": len(aside), "reasons": reasons, "rows": told, "seconds": seconds})
    else:
        _tell({**body, "set_aside": len(aside)}, aside[: options.aside], options.lang)
    return exits.BAD_INPUT if aside and not (done.landed or done.unchanged) else exits.DONE


def _tell(counts: dict[str, int], aside: tuple[object, ...], language: str) -> None:
    out = show.console()
    out.print(text("cases-import.done", language, **{k: show.number(v, language=language) for k, v in counts.items()}))
    for one in aside:
        code, found, outside = (getattr(one, name) for name in ("code", "found", "outside"))
        known = f"case-aside.{code}" if f"case-aside.{code}" in texts() else code
        out.print(f"    {outside} · {text(known, language, found=found)}")
