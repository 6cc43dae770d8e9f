"""Rows of the doors of files and suggestions. A file that is not there is absent for everybody."""

from house.cast import CAST

NOBODY = dict.fromkeys(CAST, 404)
ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "cases/suggest": [("/cases/suggest", NOBODY), ("/cases/suggest?number=987654", NOBODY)],
    "cases/files/<slug:key>": [("/cases/files/tinh", NOBODY), ("/cases/files/tinh?size=small", NOBODY)],
}
ELSEWHERE: dict[str, str] = {"cases/files/<slug:key>/judge": "tests/cases/test_files_door.py"}
