"""Rows of the desk's pages: for whoever works at no desk they are absent."""

from __future__ import annotations

from house.cast import CAST

WORKING = ("lanh-dao", "xa-dong-dang", "truc-1022", "don-vi-xu-ly")


def only(*people: str) -> dict[str, int]:
    return {name: 200 if name in people else 404 for name in CAST}


ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "cases/": [("/cases/", only(*WORKING)), ("/cases/?q=o+ga&state=late&place=20", only(*WORKING))],
    "cases/export.<slug:kind>": [("/cases/export.csv", only(*WORKING)), ("/cases/export.exe", only())],
    "cases/map": [("/cases/map", only(*WORKING)), ("/cases/map?view=heat", only(*WORKING))],
    "cases/points.json": [("/cases/points.json", only(*WORKING)), ("/cases/points.json?view=heat", only(*WORKING))],
    "cases/mine": [("/cases/mine", only("xa-dong-dang", "don-vi-xu-ly"))],
    "cases/<int:number>": [("/cases/99999999", only())],
    "cases/<int:number>/sender": [("/cases/99999999/sender", only())],
}
ELSEWHERE: dict[str, str] = {
    "cases/<int:number>/<slug:act>": "tests/web/test_pages_cases.py",
}
