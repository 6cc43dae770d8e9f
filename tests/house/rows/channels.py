"""Rows of channels: for whoever manages no desk they are absent."""

from __future__ import annotations

from house.cast import OFFICERS, UNSIGNED

CAST = (*OFFICERS, *UNSIGNED)


def only(*people: str) -> dict[str, int]:
    return {name: 200 if name in people else 404 for name in CAST}


ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "cases/channels": [("/cases/channels", only("quan-tri"))],
    "cases/channels/told/<int:number>": [("/cases/channels/told/99999", only())],  # tests/web/test_pages_channels.py
    "cases/channels/<str:desk>/<slug:kind>": [
        ("/cases/channels/phan-anh.phan-anh/zalo", only("quan-tri")),
        ("/cases/channels/phan-anh.phan-anh/khong-co", only()),
        ("/cases/channels/khong.co/zalo", only()),
    ],
    "hooks/desk/<slug:kind>": [
        ("/hooks/desk/zalo", dict.fromkeys(CAST, 404)),  # signed pushes alone: tests/cases/channels
        ("/hooks/desk/web", dict.fromkeys(CAST, 404)),
    ],
}
ELSEWHERE: dict[str, str] = {
    "cases/channels/<str:desk>/<slug:kind>/test": "tests/web/test_pages_channels.py",
}
