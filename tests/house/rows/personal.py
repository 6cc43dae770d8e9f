"""Rows of the doors of people's data: purposes, data subjects. The people here reach nobody's data in the demo."""

NOBODY = dict.fromkeys(
    (
        "lanh-dao",
        "so-giao-duc",
        "xa-dong-dang",
        "truc-1022",
        "don-vi-xu-ly",
        "quan-tri",
        "cong-dan",
        "peer-68",
        "cong-chung",
    ),
    404,
)
ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "purpose/": [("/purpose/", NOBODY)],
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
