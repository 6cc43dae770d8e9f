"""Rows of the desk's pages: for whoever works at no desk they are absent."""

from __future__ import annotations

from house.cast import CAST

WORKING = ("lanh-dao", "xa-dong-dang", "truc-1022", "don-vi-xu-ly")


def only(*people: str) -> dict[str, int]:
    return {name: 200 if name in people else 404 for name in CAST}


ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "cases/": [("/cases/", only(*WORKING)), ("/cases/?q=o+ga&state=late&place=20", only(*WORKING))],
    "cases/export.<slug:kind>": [("/cases/export.csv", only(*WORKING)), ("/cases/export.exe", only())],
}
