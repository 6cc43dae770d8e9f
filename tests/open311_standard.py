"""What GeoReport v2 asks of an answer, written down from the specification: fields, types, values, the XML mapping.

`spec_errors` finds every deviation. It knows nothing of this centre: any server can be held to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$")
SERVICE = {
    "service_code": "text",
    "service_name": "text",
    "description": "text?",
    "metadata": "yes",
    "type": ("realtime", "batch", "blackbox"),
    "keywords": "text?",
    "group": "text?",
}
VALUE = {"key": "text", "name": "text"}
ATTRIBUTE = {
    "variable": "yes",
    "code": "text",
    "datatype": ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"),
    "required": "yes",
    "datatype_description": "text?",
    "order": "whole",
    "description": "text?",
    "values": [VALUE],
}
DEFINITION = {"service_code": "text", "attributes": [ATTRIBUTE]}
REQUEST = {
    "service_request_id": "text",
    "status": ("open", "closed"),
    "status_notes": "text?",
    "service_name": "text?",
    "service_code": "text",
    "description": "text?",
    "agency_responsible": "text?",
    "service_notice": "text?",
    "requested_datetime": "moment",
    "updated_datetime": "moment?",
    "expected_datetime": "moment?",
    "address": "text?",
    "address_id": "text?",
    "zipcode": "text?",
    "lat": "number?",
    "long": "number?",
    "media_url": "text?",
}
CREATED = {"service_request_id": "text", "service_notice": "text?", "account_id": "text?"}
TOKEN = {"service_request_id": "text", "token": "text"}
ERROR = {"code": "whole", "description": "text"}
ENDPOINT = {"specification": "text", "url": "text", "changeset": "moment", "type": "text", "formats": ["text"]}
DISCOVERY = {"changeset": "moment", "contact": "text", "key_service": "text", "endpoints": [ENDPOINT]}
WITHIN = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


def spec_errors(shape: Any, value: Any, at: str = "$") -> Iterator[str]:
    """Every way in which a JSON value is not of a shape."""
    if isinstance(shape, dict) and isinstance(value, dict):
        yield from _of_fields(shape, value, at)
    elif isinstance(shape, list) and isinstance(value, list):
        for n, one in enumerate(value):
            yield from spec_errors(shape[0], one, f"{at}[{n}]")
    elif isinstance(shape, dict | list):
        yield f"{at}: {type(value).__name__}, not {type(shape).__name__}"
    elif (value not in shape) if isinstance(shape, tuple) else not _is_a(shape, value):
        yield f"{at}: {value!r} is no {shape}"


def _of_fields(shape: dict[str, Any], value: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}.{name}: missing" for name in shape.keys() - value.keys())
    yield from (f"{at}.{name}: not of the standard" for name in value.keys() - shape.keys())
    for name in shape.keys() & value.keys():
        yield from spec_errors(shape[name], value[name], f"{at}.{name}")


def _is_a(kind: str, value: Any) -> bool:
    if kind.endswith("?"):
        return value is None or value == "" or _is_a(kind[:-1], value)
    if kind == "yes":
        return isinstance(value, bool)
    if kind == "whole":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "moment":
        return isinstance(value, str) and bool(MOMENT.match(value))
    return isinstance(value, str) and value != ""


def of_json(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, (response.status_code, response.content[:400])
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def of_xml(response: Any, outer: str, status: int = 200) -> ET.Element:
    assert response.status_code == status, (response.status_code, response.content[:400])
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.lower().startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    root = ET.fromstring(response.content)
    assert root.tag == outer
    assert "}" not in root.tag
    return root


def spark(element: ET.Element, shape: Any) -> Any:
    """An XML element by the standard's mapping to JSON, its texts read as the shape says."""
    if isinstance(shape, dict):
        return {child.tag: spark(child, shape.get(child.tag, "text")) for child in element}
    if isinstance(shape, list):
        assert {child.tag for child in element} <= {WITHIN[element.tag]}, element.tag
        return [spark(child, shape[0]) for child in element]
    said = element.text
    if said is None or isinstance(shape, tuple):
        return said
    kind = shape.rstrip("?")
    if kind == "yes":
        return {"true": True, "false": False}[said]
    return int(said) if kind == "whole" else float(said) if kind == "number" else said
