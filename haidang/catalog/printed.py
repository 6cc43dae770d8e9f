"""The catalog as plain values for JSON: what `haidang packs --json` prints. Names are those of the YAML.

Never: shows a file's path or a row of data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from haidang.catalog.nouns import Board, Column, Dataset, Desk, Indicator, Pack, Source
from haidang.words.nouns import Label, Level


def pack(noun: Pack, levels: dict[str, Level]) -> dict[str, Any]:
    """One pack; `levels`: the effective level of every indicator by key."""
    return {
        "key": noun.key,
        "title": _label(noun.title),
        "version": noun.version,
        "icon": noun.icon,
        "description": _label(noun.description),
        "owner": _label(noun.owner),
        "legal": list(noun.legal),
        "teaching": noun.teaching,
        "groups": {number: _label(title) for number, title in noun.groups},
        "datasets": [_dataset(dataset) for dataset in noun.datasets],
        "indicators": [_indicator(indicator, levels[indicator.key]) for indicator in noun.indicators],
        "boards": [_board(board) for board in noun.boards],
        "sources": [_source(source) for source in noun.sources],
        "desks": [_desk(desk) for desk in noun.desks],
    }


def packs(nouns: Iterable[Pack], levels: dict[str, Level]) -> dict[str, Any]:
    """`{"packs": […]}`."""
    return {"packs": [pack(noun, levels) for noun in nouns]}


def _label(label: Label) -> dict[str, str]:
    return {"vi": label.vi, "en": label.en}


def _dataset(noun: Dataset) -> dict[str, Any]:
    return {
        "key": noun.key,
        "title": _label(noun.title),
        "level": noun.level.name.lower(),
        "person": noun.person,
        "simulated": noun.simulated,
        "unique": list(noun.unique),
        "place": noun.place,
        "period": noun.period,
        "grain": noun.grain,
        "source": _label(noun.source),
        "licence": noun.licence,
        "columns": [_column(column) for column in noun.columns],
    }


def _column(noun: Column) -> dict[str, Any]:
    return {
        "name": noun.name,
        "type": noun.type,
        "title": _label(noun.title),
        "unit": noun.unit,
        "required": noun.required,
        "level": noun.level.name.lower(),
    }


def _indicator(noun: Indicator, level: Level) -> dict[str, Any]:
    return {
        "key": noun.key,
        "title": _label(noun.title),
        "kind": noun.kind,
        "unit": noun.unit,
        "grain": noun.grain,
        "direction": noun.direction,
        "level": level.name.lower(),
        "dataset": noun.dataset,
        "formula": noun.formula,
        "slices": list(noun.slices),
        "group": noun.group,
        "has_data": noun.has_data,
        "verified": noun.verified,
    }


def _board(noun: Board) -> dict[str, Any]:
    return {"key": noun.key, "title": _label(noun.title), "indicators": [tile.indicator for tile in noun.tiles]}


def _source(noun: Source) -> dict[str, Any]:
    return {"key": noun.key, "dataset": noun.dataset, "title": _label(noun.title), "format": noun.format}


def _desk(noun: Desk) -> dict[str, Any]:
    return {
        "key": noun.key,
        "title": _label(noun.title),
        "open": noun.open,
        "approval": noun.approval,
        "categories": [
            {"key": one.key, "title": _label(one.title), "group": one.group, "office": one.office}
            for one in noun.categories
        ],
    }
