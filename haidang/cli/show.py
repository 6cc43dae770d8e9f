"""How the terminal writes.

One JSON object, tables, numbers as they are written in Việt Nam. Never: decides or reckons.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from haidang.words.texts import text

_SWAP = str.maketrans(",.", ".,")


def as_json(body: Any) -> None:
    """One object in UTF-8 on stdout."""
    json.dump(body, sys.stdout, ensure_ascii=False, default=str)
    sys.stdout.write("\n")


def number(value: float | int | None, digits: int = 2, language: str = "vi") -> str:
    """`1.234.567,89` (English `1,234,567.89`); "—" for none."""
    if value is None:
        return "—"
    written = f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
    return written if language == "en" else written.translate(_SWAP)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    drawn = Table(*columns, title=title or None, title_justify="left", header_style="bold")
    for row in rows:
        drawn.add_row(*row)
    console().print(drawn)


def console() -> Console:
    # Into a file or a pipe nothing is cut to the width of a screen.
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160)


def add_as(parser: ArgumentParser) -> None:
    parser.add_argument("--as", dest="who", default="", metavar="ACTOR")


def add_purpose(parser: ArgumentParser) -> None:
    """What personal data is looked at for: without it none of it stands in clear."""
    parser.add_argument("--purpose", default="", metavar="CODE|WORDS")


@contextmanager
def progress(options: Namespace) -> Iterator[Progress]:
    """A progress display on stderr, silent with --json or where stderr is no screen."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, disable=options.json or not screen.is_terminal, transient=True) as shown:
        yield shown


class Steps:
    """The `progress` of intake shown as one line: `step(code, done, of)`."""

    def __init__(self, shown: Progress, name: str, language: str) -> None:
        self._shown, self._name, self._language = shown, name, language
        self._task = shown.add_task(name, total=None)

    def __call__(self, step: str, done: int, of: int) -> None:
        told = text(f"cli.step.{step}", self._language)
        said = f"{self._name} · {told if told != f'cli.step.{step}' else step}"
        self._shown.update(self._task, description=said, completed=done, total=of or None)
