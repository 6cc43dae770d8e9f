"""Rows of the API of Cases: whoever works at no desk finds an empty list."""

from __future__ import annotations

from house.cast import CAST

EVERYBODY, NOBODY = dict.fromkeys(CAST, 200), dict.fromkeys(CAST, 404)
ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "api/v1/cases": [("/api/v1/cases?state=open&size=5", EVERYBODY)],
    "api/v1/cases/counts": [("/api/v1/cases/counts", EVERYBODY)],
    "api/v1/cases/<number>": [("/api/v1/cases/999999999", NOBODY)],
}
ELSEWHERE: dict[str, str] = {"api/v1/cases/<number>/acts": "tests/api/test_cases.py"}
