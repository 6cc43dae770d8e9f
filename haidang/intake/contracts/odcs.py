"""A declared dataset as an Open Data Contract Standard 3.1 document. Pure.

Secrets and the province's addresses are not in a pack, so they cannot be in here. What the standard has no word for
stands in `customProperties`, so that an import loses nothing. Never: writes, reads data.
"""

from __future__ import annotations

from typing import Any

import yaml

from haidang.catalog.declared import Check, Column, Dataset, Schedule, Source, declared
from haidang.intake.cells import ENGINE_TYPE
from haidang.intake.contracts.words import DIMENSIONS, ENGINE, LOGICAL, SEVERITY, VERSION, custom, filled
from haidang.words.nouns import Label, Level

MOST_CODES = 500
"""Of longer code lists only the name is said."""


def as_yaml(dataset: str) -> str:
    """The contract of a declared dataset; raises Absent('unknown-dataset')."""
    return yaml.safe_dump(contract(declared().dataset(dataset)), allow_unicode=True, sort_keys=False, width=120)


def contract(dataset: Dataset) -> dict[str, Any]:
    """The contract as plain values."""
    pack = declared().pack(dataset.pack)
    sources = [source for source in declared().sources() if source.dataset == dataset.key]
    return filled(
        {
            "apiVersion": VERSION, "kind": "DataContract", "id": dataset.key, "name": dataset.key,
            "version": pack.version, "status": "active", "domain": dataset.pack, "dataProduct": pack.title.vi,
            "description": filled({"purpose": dataset.title.vi, "usage": dataset.source.vi}),
            "authoritativeDefinitions": [{"url": dataset.url, "type": "source"}] if dataset.url else [],
            "team": {"name": dataset.owner.vi} if dataset.owner.vi else {},
            "schema": [_schema(dataset)],
            "servers": [_server(source) for source in sources],
            "slaProperties": [*_promise(dataset), *(line for source in sources for line in _sla(source))],
            "customProperties": custom(_said(dataset)),
        }
    )  # fmt: skip


def _said(dataset: Dataset) -> dict[str, Any]:
    """What the standard has no word for."""
    return {
        "titleEn": dataset.title.en, "place": dataset.place, "period": dataset.period, "grain": dataset.grain,
        "level": dataset.level.name.lower(), "onBad": dataset.on_bad, "licence": dataset.licence,
        "sourceEn": dataset.source.en, "ownerEn": dataset.owner.en, "promiseDays": dataset.promise_days,
        "simulated": dataset.simulated, "person": dataset.person, "aggregatesOnly": dataset.aggregates_only,
        "everyLevel": dataset.every_level, "unpivot": dict(dataset.unpivot),
        "sql": dataset.sql, "fromDatasets": list(dataset.from_datasets),
        "subject": _subject(dataset), "retain": _retain(dataset),
    }  # fmt: skip


def _subject(dataset: Dataset) -> dict[str, Any]:
    """Whose data a row is, and whether it may be erased."""
    if (whose := dataset.subject) is None:
        return {}
    return {
        "id": list(whose.id), "erase": whose.erase, "basis": _label(whose.basis), "verified": whose.verified,
        "floor": dataset.person,
    }  # fmt: skip


def _retain(dataset: Dataset) -> dict[str, Any]:
    kept = dataset.retain
    months = {"personal": f"{kept.personal}m" if kept.personal else "", "rows": f"{kept.rows}m" if kept.rows else ""}
    return filled({**months, "basis": _label(kept.basis), "verified": kept.verified}) if any(months.values()) else {}


def _schema(dataset: Dataset) -> dict[str, Any]:
    return filled(
        {
            "name": dataset.key.split(".", 1)[1],
            "physicalName": dataset.table,
            "physicalType": "table",
            "businessName": dataset.title.vi,
            "dataGranularityDescription": f"{dataset.grain}: {', '.join(dataset.unique)}",
            "properties": [_property(dataset, column) for column in dataset.columns],
            "quality": [_rule(check) for check in dataset.checks],
        }
    )


def _property(dataset: Dataset, column: Column) -> dict[str, Any]:
    key = column.name in dataset.unique
    said = {
        "type": column.type, "titleEn": column.title.en, "unit": column.unit, "aliases": list(column.aliases),
        "codes": column.codes, "default": column.default, "like": column.like, "onBad": column.on_bad,
        "mask": column.mask,
    }  # fmt: skip
    return filled(
        {
            "name": column.name,
            "businessName": column.title.vi,
            "logicalType": LOGICAL[column.type],
            "physicalType": ENGINE_TYPE[column.type],
            "logicalTypeOptions": _options(column),
            "required": column.required,
            "unique": key and len(dataset.unique) == 1,
            "primaryKey": key,
            "primaryKeyPosition": dataset.unique.index(column.name) + 1 if key else None,
            "classification": Level(column.level).name.lower(),
            "relationships": _relationships(dataset, column),
            "quality": _values(dataset, column),
            "customProperties": custom(said),
        }
    )


def _options(column: Column) -> dict[str, Any]:
    return filled({"minimum": column.min, "maximum": column.max, "pattern": column.pattern})


def _relationships(dataset: Dataset, column: Column) -> list[dict[str, Any]]:
    """To the dataset a check `exists` asks."""
    found = []
    for settings in (dict(check.settings) for check in dataset.checks if check.kind == "exists"):
        if settings.get("column") == column.name:
            found.append({"type": "foreignKey", "to": f"{settings['dataset'].rsplit('.', 1)[-1]}.{settings['key']}"})
    return found


def _values(dataset: Dataset, column: Column) -> list[dict[str, Any]]:
    """The allowed codes as a rule of the standard's library."""
    if not column.codes:
        return []
    codes = [dict(row)["code"] for row in declared().code_list(dataset.pack, column.codes).rows]
    if len(codes) > MOST_CODES:
        return []
    return [{"type": "library", "metric": "invalidValues", "arguments": {"validValues": codes}, "mustBe": 0}]


def _rule(check: Check) -> dict[str, Any]:
    return filled(
        {
            "name": check.kind,
            "type": "custom",
            "engine": ENGINE,
            "implementation": {"kind": check.kind, **dict(check.settings), "on_fail": check.on_fail},
            "dimension": DIMENSIONS.get(check.kind, ""),
            "severity": SEVERITY[check.on_fail],
        }
    )


def _server(source: Source) -> dict[str, Any]:
    said = {
        "title": _label(source.title), "owner": _label(source.owner), "connector": source.connector,
        "connect": dict(source.connect), "read": dict(source.read), "files": list(source.files), "link": source.link,
        "retainDays": source.retain_days, "schedule": _schedule(source.schedule),
    }  # fmt: skip
    name = source.key.split(".", 1)[1]
    return {"server": name, "type": "custom", "format": source.format, "customProperties": custom(said)}


def _schedule(schedule: Schedule | None) -> dict[str, Any]:
    if schedule is None:
        return {}
    days = {"days": schedule.days} if schedule.at else {}
    every = {"every": f"{schedule.every}s"} if schedule.every else {"at": schedule.at}
    return {**every, **days, **({"grace": f"{schedule.grace}s"} if schedule.grace else {})}


def _promise(dataset: Dataset) -> list[dict[str, Any]]:
    return [_line("latency", dataset.promise_days, "d")] if dataset.promise_days else []


def _sla(source: Source) -> list[dict[str, Any]]:
    """The schedule as service levels: how often, by when, with which grace; how long the bytes are kept."""
    lines = [_line("retention", source.retain_days, "d")] if source.retain_days else []
    if schedule := source.schedule:
        when = (
            _line("frequency", schedule.every, "s")
            if schedule.every
            else _line("timeOfAvailability", f"{schedule.at}+07:00")
        )
        lines.append(when)
        lines += [_line("latency", schedule.grace, "s")] if schedule.grace else []
    name = source.key.split(".", 1)[1]
    return [{**line, "description": f"server: {name}"} for line in lines]


def _line(name: str, value: object, unit: str = "") -> dict[str, Any]:
    return filled({"property": name, "value": value, "unit": unit, "driver": "operational"})


def _label(label: Label) -> dict[str, str]:
    return {"vi": label.vi, "en": label.en}
