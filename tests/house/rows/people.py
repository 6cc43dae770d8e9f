"""Rows of offices, accounts, import and reviews: for whoever keeps nobody they are absent."""

from __future__ import annotations

from house.cast import OFFICERS, UNSIGNED

CAST = (*OFFICERS, *UNSIGNED)


def only(*people: str) -> dict[str, int]:
    return {name: 200 if name in people else 404 for name in CAST}


ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "people/": [("/people/", only("quan-tri")), ("/people/?q=so+y+te", only("quan-tri"))],
    "people.<slug:kind>": [("/people.csv", only("quan-tri")), ("/people.exe", only())],
    "people/new": [("/people/new", only("quan-tri"))],
    "people/import": [("/people/import", only("quan-tri"))],
    "people/import/template.xlsx": [("/people/import/template.xlsx", only("quan-tri"))],
    "people/<str:name>": [
        ("/people/so-y-te", only("quan-tri")),
        ("/people/quan-tri", only("quan-tri")),
        ("/people/cong-chung", only()),
        ("/people/khong-co", only()),
    ],
    "offices/": [("/offices/", only("quan-tri"))],
    "offices/new": [("/offices/new", only("quan-tri"))],
    "reviews/": [("/reviews/", only("lanh-dao", "so-giao-duc", "quan-tri"))],  # and the heads of offices
    "reviews/<int:number>": [("/reviews/99999", only())],
    "reviews/<int:number>.<slug:kind>": [("/reviews/99999.csv", only())],
    "offices/<str:key>": [("/offices/so-y-te", only("quan-tri")), ("/offices/khong-co", only())],
}
ELSEWHERE: dict[str, str] = {
    "people/<str:name>/<slug:act>": "tests/web/test_pages_people.py",
    "people/import/confirm": "tests/web/test_pages_people.py",
    "people/import/passwords": "tests/web/test_pages_people.py",
    "offices/seed": "tests/web/test_pages_people.py",
    "reviews/open": "tests/web/test_pages_reviews.py",
    "reviews/<int:number>/decide": "tests/web/test_pages_reviews.py",
    "reviews/<int:number>/close": "tests/web/test_pages_reviews.py",
    "offices/<str:key>/<slug:act>": "tests/web/test_pages_people.py",
}
