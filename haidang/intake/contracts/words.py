"""The words of both sides: types, levels, dimensions. Never: reads a contract or a dataset."""

from __future__ import annotations

from typing import Any

VERSION = "v3.1.0"
ENGINE = "haidang"
"""Of a custom quality rule that is one of our checks."""

LOGICAL = {
    "text": "string", "integer": "integer", "decimal": "number", "date": "date", "datetime": "timestamp",
    "boolean": "boolean", "place": "string", "period": "string",
}  # fmt: skip
TYPES = {
    "string": "text", "integer": "integer", "number": "decimal", "date": "date", "timestamp": "datetime",
    "boolean": "boolean", "time": "text",
}  # fmt: skip
LEVELS = {
    "public": "public", "internal": "internal", "confidential": "restricted", "restricted": "restricted",
    "sensitive": "restricted", "personal": "personal", "pii": "personal", "private": "personal",
}  # fmt: skip
DIMENSIONS = {
    "exists": "consistency", "compare": "consistency", "sum": "consistency", "order": "consistency",
    "unit": "conformity", "clock": "timeliness", "volume": "completeness", "page": "completeness",
    "history": "coverage",
}  # fmt: skip
SEVERITY = {"stop": "error", "set-aside": "error", "mark": "warning"}


def custom(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Custom properties of what is said at all, by camel-case names."""
    return [
        {"property": name, "value": value} for name, value in values.items() if value not in ("", None, [], {}, False)
    ]


def of(thing: dict[str, Any]) -> dict[str, Any]:
    """The custom properties of a part of a contract, by name."""
    found = thing.get("customProperties") or []
    return {str(one.get("property")): one.get("value") for one in found if isinstance(one, dict)}


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is not said."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
