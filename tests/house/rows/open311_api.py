"""Rows of the API of Cases: for whoever works at no desk it is absent."""

from __future__ import annotations

from house.cast import CAST

WORKING = ("lanh-dao", "xa-dong-dang", "truc-1022", "don-vi-xu-ly")


def only(*people: str) -> dict[str, int]:
    return {name: 200 if name in people else 404 for name in CAST}


ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "api/v1/cases": [("/api/v1/cases?state=open&size=5", only(*WORKING))],
    "api/v1/cases/counts": [("/api/v1/cases/counts", only(*WORKING))],
    "api/v1/cases/<number>": [("/api/v1/cases/999999999", only())],
}
ELSEWHERE: dict[str, str] = {"api/v1/cases/<number>/acts": "tests/api/test_cases.py"}
