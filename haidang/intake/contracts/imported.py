"""Pack files of an Open Data Contract Standard document, with a problem for everything they cannot say. Pure.

A draft to be read over: it is whole enough for `haidang check` to go on from there. Never: writes a file, trusts a
contract (nothing in it is run, and what it names as server leads nowhere by itself).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from haidang.intake.contracts import words
from haidang.intake.contracts.words import filled, of
from haidang.words.errors import IntakeStopped, Problem
from haidang.words.names import fold

LARGEST = 1 << 20
_PERIODS = ("period", "date", "datetime", "integer")


@dataclass
class Draft:
    """`files`: path inside the pack → text; `problems`: what the contract says and a pack cannot, or the reverse."""

    dataset: str = ""
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, where: str, found: object = "", expected: str = "") -> None:
        self.problems.append(Problem(code, where=where, found=str(found)[:80], expected=expected))


def read(text: str) -> Draft:
    """The draft of a contract; raises IntakeStopped('not-a-contract') for what is none."""
    told = _parsed(text)
    draft = Draft()
    if not str(told.get("apiVersion", "")).startswith("v3."):
        draft.add("contract-version", "apiVersion", told.get("apiVersion", ""), "v3.1.0")
    schemas = [one for one in told.get("schema") or [] if isinstance(one, dict)]
    if not schemas:
        raise IntakeStopped("not-a-contract", found="schema")
    for other in schemas[1:]:
        draft.add("contract-schema-left", "schema", other.get("name", ""))
    draft.dataset = name_of(str(schemas[0].get("name") or told.get("name") or "bo-du-lieu"))
    dataset = _dataset(draft, told, schemas[0])
    draft.files[f"datasets/{draft.dataset}.yaml"] = dump(dataset)
    for server in told.get("servers") or []:
        _source(draft, server)
    return draft


def _parsed(text: str) -> dict[str, Any]:
    """Plain YAML of bounded size without aliases (they can grow beyond all bounds)."""
    try:
        if len(text) > LARGEST or any(isinstance(t, yaml.AliasToken) for t in yaml.scan(text)):
            raise IntakeStopped("not-a-contract", found="YAML")
        told = yaml.load(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise IntakeStopped("not-a-contract", found=str(error).splitlines()[0][:80]) from error
    if not isinstance(told, dict) or told.get("kind") != "DataContract":
        raise IntakeStopped("not-a-contract", found="kind")
    return told


def name_of(text: str) -> str:
    """A name as packs have them: lower-case ASCII with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "bo-du-lieu"


def dump(value: Any) -> str:
    """YAML as packs read it: no aliases, key by key in order."""
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dataset(draft: Draft, told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    own = of(told)
    properties = [one for one in schema.get("properties") or [] if isinstance(one, dict)]
    columns = {str(one.get("name")): _column(draft, one) for one in properties}
    team = told.get("team") or {}
    owner = team.get("name", "") if isinstance(team, dict) else ""
    title = str(schema.get("businessName") or schema.get("name") or draft.dataset)
    url = next((one.get("url", "") for one in told.get("authoritativeDefinitions") or []), "")
    unpivot = own.get("unpivot") or {}
    sql = str(own.get("sql") or "")
    if sql:
        draft.files[f"sql/{draft.dataset}.sql"] = sql
    return filled(
        {
            "dataset": draft.dataset,
            "title": {"vi": title, "en": str(own.get("titleEn") or title)},
            "level": own.get("level"),
            "key": _key(draft, properties, schema),
            "place": own.get("place"),
            "period": _period(draft, own, columns),
            "grain": own.get("grain") or "day",
            "on_bad": own.get("onBad"),
            "source": _label((told.get("description") or {}).get("usage", ""), own.get("sourceEn")),
            "licence": own.get("licence"),
            "url": url,
            "owner": _label(owner, own.get("ownerEn")),
            "promise_days": own.get("promiseDays") or _latency(told),
            **{ours: True for theirs, ours in _FLAGS.items() if own.get(theirs)},
            **{name: own[theirs] for theirs, name in _PEOPLE.items() if isinstance(own.get(theirs), dict)},
            "unpivot": unpivot,
            "sql": f"{draft.dataset}.sql" if sql else "",
            "from": own.get("fromDatasets"),
            "columns": columns,
            "checks": _checks(draft, schema),
        }
    )


_FLAGS = {
    "simulated": "simulated", "person": "person", "aggregatesOnly": "aggregates_only", "everyLevel": "every_level",
}  # fmt: skip

_PEOPLE = {"subject": "person", "retain": "retain"}
"""What a contract of ours says of the people behind the rows: the mapping, in place of the flag."""


def _label(vi: object, en: object) -> dict[str, str] | None:
    return {"vi": str(vi), "en": str(en or vi)} if vi else None


def _latency(told: dict[str, Any]) -> int | None:
    for line in told.get("slaProperties") or []:
        if line.get("property") == "latency" and line.get("unit") in ("d", "day", "days"):
            return int(float(line.get("value") or 0)) or None
    return None


def _key(draft: Draft, properties: list[dict[str, Any]], schema: dict[str, Any]) -> list[str]:
    keyed = [one for one in properties if one.get("primaryKey")]
    keyed.sort(key=lambda one: int(one.get("primaryKeyPosition") or 0))
    found = keyed or [one for one in properties if one.get("unique")][:1]
    if not found:
        draft.add("contract-no-key", "schema", schema.get("name", ""), "primaryKey")
        found = properties[:1]
    return [str(one["name"]) for one in found]


def _period(draft: Draft, own: dict[str, Any], columns: dict[str, dict[str, Any]]) -> str:
    if own.get("period"):
        return str(own["period"])
    draft.add("contract-no-period", "schema", draft.dataset, "date, timestamp")
    fitting = (name for kind in _PERIODS for name, column in columns.items() if column["type"] == kind)
    return next(fitting, next(iter(columns), ""))


def _column(draft: Draft, told: dict[str, Any]) -> dict[str, Any]:
    own, where = of(told), f"schema › {told.get('name')}"
    logical = str(told.get("logicalType") or "string")
    if logical not in words.TYPES:
        draft.add("contract-type", where, logical, ", ".join(words.TYPES))
    options = told.get("logicalTypeOptions") or {}
    for name in sorted(set(options) - {"minimum", "maximum", "pattern"}):
        draft.add("contract-option", where, f"{name}: {options[name]}")
    level = str(told.get("classification") or "").lower()
    if level and level not in words.LEVELS:
        draft.add("contract-level", where, level, ", ".join(words.LEVELS))
    title = str(told.get("businessName") or told.get("name"))
    column = {
        "type": own.get("type") or words.TYPES.get(logical, "text"),
        "title": {"vi": title, "en": str(own.get("titleEn") or title)},
        "unit": own.get("unit"),
        "required": bool(told.get("required")) or None,
        "level": words.LEVELS.get(level, "internal") if level else None,
        "aliases": own.get("aliases"),
        "min": options.get("minimum"),
        "max": options.get("maximum"),
        "pattern": options.get("pattern"),
        "codes": own.get("codes"),
        "default": own.get("default"),
        "like": own.get("like"),
        "mask": own.get("mask"),
        "on_bad": own.get("onBad"),
    }
    _of_library(draft, told, column)
    return filled(column)


def _of_library(draft: Draft, told: dict[str, Any], column: dict[str, Any]) -> None:
    """Rules of the standard's library on a column: what must be there, and which values."""
    for rule in told.get("quality") or []:
        where = f"schema › {told.get('name')} › {rule.get('name') or rule.get('metric') or rule.get('type')}"
        metric, arguments = rule.get("metric") or rule.get("rule"), rule.get("arguments") or {}
        if metric in ("nullValues", "missingValues") and rule.get("mustBe") == 0:
            column["required"] = True
        elif metric == "invalidValues" and rule.get("mustBe") == 0 and arguments.get("validValues"):
            column["codes"] = column["codes"] or _codes(draft, str(told["name"]), arguments["validValues"])
        elif metric == "invalidValues" and rule.get("mustBe") == 0 and arguments.get("pattern"):
            column["pattern"] = column["pattern"] or arguments["pattern"]
        else:
            draft.add("contract-rule", where, metric or rule.get("type", ""))


def _codes(draft: Draft, column: str, values: list[Any]) -> str:
    """A code list of the allowed values; each means itself."""
    name = name_of(f"{draft.dataset}-{column}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "value", "vi", "en"))
    writer.writerows((value, value, value, value) for value in dict.fromkeys(map(str, values)))
    draft.files[f"codes/{name}.csv"] = text.getvalue()
    return name


def _checks(draft: Draft, schema: dict[str, Any]) -> list[dict[str, str]]:
    checks = []
    for rule in schema.get("quality") or []:
        told = rule.get("implementation")
        if rule.get("type") == "custom" and rule.get("engine") == words.ENGINE and isinstance(told, dict):
            checks.append({str(name): str(value) for name, value in told.items()})
        else:
            draft.add("contract-rule", f"schema › {rule.get('name') or ''}", rule.get("metric") or rule.get("type", ""))
    return checks


def _source(draft: Draft, server: dict[str, Any]) -> None:
    """A server of ours is a source; another's only says that there is one: where it is, is the province's to say."""
    own, name = of(server), name_of(str(server.get("server") or "nguon"))
    if not own.get("connector"):
        draft.add("contract-server", f"servers › {name}", server.get("type", ""))
        return
    owner = own.get("owner") or {}
    source = {
        "source": name, "dataset": draft.dataset, "connector": own["connector"], "format": server.get("format"),
        "title": own.get("title"), "owner": owner, "files": own.get("files"), "connect": own.get("connect"),
        "read": own.get("read"), "schedule": own.get("schedule"), "retain_days": own.get("retainDays", 0),
        "link": own.get("link"),
    }  # fmt: skip
    draft.files[f"sources/{name}.yaml"] = dump(filled(source))
