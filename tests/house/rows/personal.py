"""Rows of the doors of people's data: purposes, data subjects. Of the people here one reaches any: the operator, senders."""

from house.cast import OFFICERS, UNSIGNED

NOBODY = dict.fromkeys((*OFFICERS, *UNSIGNED), 404)
ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "purpose/": [("/purpose/", {**NOBODY, "truc-1022": 200})],
    "subjects/": [("/subjects/", NOBODY)],
}
ELSEWHERE: dict[str, str] = dict.fromkeys(
    (
        "purpose/end",
        "subjects/find",
        "subjects/export.<slug:kind>",
        "subjects/erase",
        "subjects/<int:number>/confirm",
        "subjects/<int:number>/refuse",
    ),
    "tests/web/test_pages_personal.py",
)
