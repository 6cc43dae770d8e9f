"""Rows of the operator's screen and of calls: for whoever takes no reports they are absent."""

from __future__ import annotations

from house.cast import CAST


def only(*people: str) -> dict[str, int]:
    return {name: 200 if name in people else 404 for name in CAST}


ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "cases/new": [("/cases/new", only("truc-1022")), ("/cases/new?call=99999999", only())],
    "cases/calls": [("/cases/calls", only("truc-1022")), ("/cases/calls?state=missed", only("truc-1022"))],
    "cases/calls/<int:number>/record": [("/cases/calls/99999999/record", only())],
}
ELSEWHERE: dict[str, str] = {
    "cases/new/way": "tests/web/test_pages_calls.py",
    "cases/new/where": "tests/web/test_pages_calls.py",
    "cases/new/caller": "tests/web/test_pages_calls.py",
    "cases/calls/shift": "tests/web/test_pages_calls.py",
    "cases/calls/said": "tests/web/test_pages_calls.py",
    "cases/calls/<int:number>/<slug:act>": "tests/web/test_pages_calls.py",
    "hooks/desk/call": "tests/web/test_pages_calls.py",
}
