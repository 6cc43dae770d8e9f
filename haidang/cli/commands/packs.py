"""`haidang packs`: the packs with their datasets, indicators and boards."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from haidang.cli import show
from haidang.words.texts import text

NEEDS_HOME = False


def arguments(parser: ArgumentParser) -> None:
    del parser  # nothing but what every command has


def run(options: Namespace) -> None:
    from haidang.catalog.declared import as_json, declared

    catalog = declared()
    if options.json:
        show.as_json(as_json(catalog))
        return
    for pack in catalog.packs:
        told = {"datasets": len(pack.datasets), "indicators": len(pack.indicators), "boards": len(pack.boards)}
        show.console().print(f"{pack.key} {pack.version} · {pack.title.in_(options.lang)}")
        show.console().print("    " + text("cli.pack", options.lang, **told))
        for dataset in pack.datasets:
            show.console().print(f"    {dataset.key} · {dataset.title.in_(options.lang)}")
