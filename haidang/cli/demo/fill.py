"""Brings the files the packs ship in through intake, each as a Run.

A file that landed before is skipped. Never: writes the store.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from haidang.cli import show
from haidang.words.errors import IntakeStopped

if TYPE_CHECKING:
    from haidang.intake.actions import Landed


def files() -> list[tuple[str, Path]]:
    """(dataset key, file) of every Source whose connector is `file`, in the packs' order."""
    from haidang.catalog.declared import declared

    return [
        (source.dataset, pack.folder / name)
        for pack in declared().packs
        for source in pack.sources
        if source.connector == "file"
        for name in source.files
    ]


def fill(options: Namespace) -> Iterator[tuple[Path, Landed | IntakeStopped]]:
    """Import them one by one as the operator.

    A file that cannot be read is given back as its error, the others go on.
    """
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake import actions
    from haidang.words.nouns import Subject

    wanted = files()
    with show.progress(options) as shown:
        whole = shown.add_task("", total=len(wanted))
        for dataset, file in wanted:
            noun = declared().dataset(dataset)
            gate.require(gate.operator(), "import", Subject(noun.pack, noun.key, noun.level))
            try:
                yield (
                    file,
                    actions.import_file(
                        gate.operator(), dataset, file, progress=show.Steps(shown, file.name, options.lang)
                    ),
                )
            except IntakeStopped as stopped:
                yield file, stopped
            shown.advance(whole)
    actions.keep_up(gate.operator())
