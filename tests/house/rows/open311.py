"""Rows of Open311: services are open to everybody; what is asked without a key is what is published."""

from __future__ import annotations

from house.cast import CAST

EVERYBODY, NOBODY = dict.fromkeys(CAST, 200), dict.fromkeys(CAST, 404)
_V2 = "/open311/v2"
ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "open311/discovery.<slug:kind>": [("/open311/discovery.json", EVERYBODY)],
    "open311/v2/discovery.<slug:kind>": [(f"{_V2}/discovery.xml", EVERYBODY), (f"{_V2}/discovery.exe", NOBODY)],
    "open311/v2/services.<slug:kind>": [(f"{_V2}/services.json", EVERYBODY)],
    "open311/v2/services/<str:code>.<slug:kind>": [
        (f"{_V2}/services/mat-duong.xml", EVERYBODY),
        (f"{_V2}/services/khong-co.xml", NOBODY),
    ],
    "open311/v2/requests.<slug:kind>": [(f"{_V2}/requests.json", EVERYBODY)],
    "open311/v2/requests/<str:key>.<slug:kind>": [(f"{_V2}/requests/PA000000-AAAAAA.json", NOBODY)],
    "open311/v2/tokens/<str:key>.<slug:kind>": [(f"{_V2}/tokens/PA000000-AAAAAA.json", NOBODY)],
}
